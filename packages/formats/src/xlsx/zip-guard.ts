import { ReconError } from '@recon/core'
import type { InputLimits } from '../input-limits.ts'

interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly packed: number
  readonly unpacked: number
  readonly offset: number
}

/** Bounds of a workbook beside the general ones: it is read into memory whole. */
const mostUnpackedBytes = 96 * 1024 * 1024
const mostEntries = 2000
const mostCells = 4_000_000

function broken(why: string): ReconError {
  return new ReconError('FORMAT_INVALID', `The workbook cannot be opened: ${why}. Save it again as XLSX, or as CSV.`, {
    details: { reason: 'STRUCTURE_INVALID', format: 'xlsx' },
  })
}

function tooLarge(what: string, bound: number): ReconError {
  return new ReconError(
    'INPUT_TOO_LARGE',
    `The workbook goes beyond ${what} (${bound}). Split it, or save the sheet as CSV, which is read piece by piece.`,
    { details: { limit: what, bound, reason: 'LIMIT_EXCEEDED' } },
  )
}

/** The directory at the end of a ZIP file (APPNOTE 4.3.12 and 4.3.16). */
function zipEntries(bytes: Uint8Array): readonly ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = bytes.length - 22
  const stop = Math.max(0, end - 65_535)
  while (end >= stop && view.getUint32(end, true) !== 0x06054b50) end--
  if (end < stop || bytes.length < 22) throw broken('its directory is missing, the file was cut off')
  const count = view.getUint16(end + 10, true)
  const start = view.getUint32(end + 16, true)
  if (count === 0xffff || start === 0xffffffff) throw broken('it is a ZIP64 archive')
  if (count > mostEntries) throw tooLarge('entries', mostEntries)
  const entries: ZipEntry[] = []
  let at = start
  for (let index = 0; index < count; index++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw broken('its directory is damaged')
    if ((view.getUint16(at + 8, true) & 1) !== 0) throw broken('it is encrypted')
    const nameLength = view.getUint16(at + 28, true)
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

/** The packed bytes of an entry, behind its local header. */
function packedBytes(bytes: Uint8Array, entry: ZipEntry): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (entry.offset + 30 > bytes.length || view.getUint32(entry.offset, true) !== 0x04034b50) {
    throw broken(`its part ${entry.name.slice(0, 60)} is damaged`)
  }
  const start = entry.offset + 30 + view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true)
  if (start + entry.packed > bytes.length) throw broken('it was cut off')
  return bytes.subarray(start, start + entry.packed)
}

async function* unpack(bytes: Uint8Array, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const packed = packedBytes(bytes, entry)
  if (entry.method === 0) {
    yield packed
    return
  }
  if (entry.method !== 8) throw broken('it is packed in a way spreadsheets do not use')
  const stream = new Blob([packed.slice()]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  const reader = stream.getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
  } catch (cause) {
    throw ReconError.is(cause) ? cause : broken(`its part ${entry.name.slice(0, 60)} is damaged`)
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

/** Finds how far the cells of a sheet reach, from their addresses, without building the sheet. */
class CellReach {
  rows = 0
  columns = 0
  #rest = ''

  add(text: string): void {
    const all = this.#rest + text
    for (const match of all.matchAll(/\sr="([A-Z]{1,3})(\d{1,7})"/g)) {
      let column = 0
      for (const letter of match[1] ?? '') column = column * 26 + letter.charCodeAt(0) - 64
      this.columns = Math.max(this.columns, column)
      this.rows = Math.max(this.rows, Number(match[2]))
    }
    this.#rest = all.slice(-16)
  }
}

/**
 * Looks through a workbook before it is opened: what it unpacks to, truly and not only as declared, and how far its cells
 * reach. A small file can hold gigabytes of zeros, or one cell in the last corner of a sheet.
 * @throws ReconError FORMAT_INVALID or INPUT_TOO_LARGE
 */
export async function guardWorkbook(bytes: Uint8Array, limits: InputLimits): Promise<void> {
  const entries = zipEntries(bytes).filter((entry) => /\.(?:xml|rels)$/i.test(entry.name))
  if (!entries.some((entry) => /(?:^|\/)workbook\.xml$/i.test(entry.name)))
    throw broken('it is a ZIP file without a workbook in it')
  const bound = Math.min(limits.maxUnpackedBytes, mostUnpackedBytes)
  if (entries.reduce((sum, entry) => sum + entry.unpacked, 0) > bound) throw tooLarge('unpacked bytes', bound)
  let total = 0
  for (const entry of entries) {
    const reach = /worksheets\//i.test(entry.name) ? new CellReach() : undefined
    const decoder = new TextDecoder('latin1')
    let size = 0
    for await (const piece of unpack(bytes, entry)) {
      size += piece.length
      total += piece.length
      if (total > bound) throw tooLarge('unpacked bytes', bound)
      if (reach) {
        reach.add(decoder.decode(piece, { stream: true }))
        if (reach.rows > limits.maxRecords) throw tooLarge('rows', limits.maxRecords)
        if (reach.rows * reach.columns > mostCells) throw tooLarge('cells of a sheet, empty ones included', mostCells)
      }
    }
    // A directory that understates a part would let the unpacking behind this check run past it.
    if (size !== entry.unpacked) throw broken(`its part ${entry.name.slice(0, 60)} has another size than it states`)
  }
}
