import type { IdentifierColumn } from '@recon/core'

/** The columns a join by identifier needs, over the bytes of one canonical CSV file. */
export interface PairsOnlyTable extends IdentifierColumn {
  /** Where the id of each row stands, quotes included, so that it can be written as it was read. */
  readonly idStarts: Uint32Array
  readonly idEnds: Uint32Array
  readonly days: Int32Array
}

/** Columns that may hold the identifier, in order of preference, and the kind they stand for. */
const identifierColumns = {
  BANK: [
    ['endToEndId', 1],
    ['checkNumber', 2],
  ],
  LEDGER: [
    ['paymentReference', 1],
    ['transactionNumber', 2],
    ['checkNumber', 2],
  ],
} as const

const quote = 34
const comma = 44
const lineFeed = 10
const carriageReturn = 13
/** Amounts are compared as ten-thousandths: four decimals are the most a currency has. */
const decimals = 4
const largestDigits = 15

/**
 * Reads only ids, identifiers, amounts and currencies of a canonical CSV, over its bytes and without making a string per cell.
 * Undefined when the file is not of that shape (another header, a doubled quote in a needed cell): use the full reader then.
 * Rows without a readable amount or identifier are kept and never pair.
 */
export function readPairsOnly(bytes: Uint8Array, side: 'BANK' | 'LEDGER'): PairsOnlyTable | undefined {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  const headerEnd = bytes.indexOf(lineFeed, start)
  if (headerEnd < 0) return undefined
  const header = new TextDecoder().decode(bytes.subarray(start, headerEnd)).trimEnd().split(',')
  const at = (name: string): number => header.indexOf(name)
  const layout = {
    id: at('id'),
    amount: at('amount'),
    currency: at('currency'),
    date: at(side === 'BANK' ? 'bookingDate' : 'date'),
    returnCode: at('returnCode'),
    status: at('status'),
    instrument: at('instrument'),
  }
  const identifiers = identifierColumns[side].map(([name, kind]) => ({ column: at(name), kind }))
  if (
    layout.id < 0 ||
    layout.amount < 0 ||
    layout.currency < 0 ||
    layout.date < 0 ||
    identifiers.every(({ column }) => column < 0)
  )
    return undefined
  return scan(bytes, headerEnd + 1, header.length, layout, identifiers)
}

interface Layout {
  readonly id: number
  readonly amount: number
  readonly currency: number
  readonly date: number
  readonly returnCode: number
  readonly status: number
  readonly instrument: number
}

function scan(
  bytes: Uint8Array,
  from: number,
  columns: number,
  layout: Layout,
  identifiers: readonly { readonly column: number; readonly kind: number }[],
): PairsOnlyTable | undefined {
  let capacity = likelyRows(bytes, from)
  let table = emptyTable(bytes, capacity)
  const cellStarts = new Uint32Array(columns)
  const cellEnds = new Uint32Array(columns)
  let row = 0
  let at = from
  const end = bytes.length
  while (at < end) {
    let column = 0
    let inQuotes = false
    let cellStart = at
    for (; at < end; at++) {
      const byte = bytes[at] ?? 0
      if (byte > comma) continue
      if (byte === quote) inQuotes = !inQuotes
      else if (inQuotes) continue
      else if (byte === comma) {
        if (column < columns) {
          cellStarts[column] = cellStart
          cellEnds[column] = at
        }
        column++
        cellStart = at + 1
      } else if (byte === lineFeed) break
    }
    let cellEnd = at
    if (cellEnd > cellStart && bytes[cellEnd - 1] === carriageReturn) cellEnd--
    at++
    if (column === 0 && cellEnd === cellStart) continue
    if (inQuotes) return undefined
    if (column < columns) {
      cellStarts[column] = cellStart
      cellEnds[column] = cellEnd
    }
    if (column !== columns - 1) continue
    if (row === capacity) {
      capacity = Math.ceil(capacity * 1.3) + 16
      table = grown(table, capacity)
    }
    if (!fillRow(table, row, bytes, cellStarts, cellEnds, layout, identifiers)) return undefined
    row++
  }
  return { ...table, count: row }
}

function emptyTable(bytes: Uint8Array, rows: number): Omit<PairsOnlyTable, 'count'> {
  return {
    bytes,
    starts: new Uint32Array(rows),
    ends: new Uint32Array(rows),
    amounts: new Float64Array(rows),
    kinds: new Uint16Array(rows),
    idStarts: new Uint32Array(rows),
    idEnds: new Uint32Array(rows),
    days: new Int32Array(rows),
  }
}

/** From the length of the first lines, with a little to spare: counting all of them would read the file twice. */
function likelyRows(bytes: Uint8Array, from: number): number {
  let at = from
  let lines = 0
  while (lines < 1000) {
    const next = bytes.indexOf(lineFeed, at)
    if (next < 0) break
    at = next + 1
    lines++
  }
  return lines === 0 ? 16 : Math.ceil(((bytes.length - from) / ((at - from) / lines)) * 1.05) + 16
}

function grown(table: Omit<PairsOnlyTable, 'count'>, rows: number): Omit<PairsOnlyTable, 'count'> {
  const larger = emptyTable(table.bytes, rows)
  larger.starts.set(table.starts)
  larger.ends.set(table.ends)
  larger.amounts.set(table.amounts)
  larger.kinds.set(table.kinds)
  larger.idStarts.set(table.idStarts)
  larger.idEnds.set(table.idEnds)
  larger.days.set(table.days)
  return larger
}

/** False when a needed cell holds a doubled quote, which only the full reader undoes. */
function fillRow(
  table: Omit<PairsOnlyTable, 'count'>,
  row: number,
  bytes: Uint8Array,
  starts: Uint32Array,
  ends: Uint32Array,
  layout: Layout,
  identifiers: readonly { readonly column: number; readonly kind: number }[],
): boolean {
  table.idStarts[row] = starts[layout.id] ?? 0
  table.idEnds[row] = ends[layout.id] ?? 0
  unquote(bytes, starts, ends, layout.id)
  table.amounts[row] = amountOf(bytes, starts[layout.amount] ?? 0, ends[layout.amount] ?? 0)
  table.days[row] = dayOf(bytes, starts[layout.date] ?? 0, ends[layout.date] ?? 0)
  table.starts[row] = 0
  table.ends[row] = 0
  if (needsEngine(bytes, starts, ends, layout)) return true
  for (const { column, kind } of identifiers) {
    if (column < 0) continue
    const start = starts[column] ?? 0
    const end = ends[column] ?? 0
    if (end === start) continue
    if (bytes[start - 1] === quote) for (let at = start; at < end; at++) if (bytes[at] === quote) return false
    table.starts[row] = start
    table.ends[row] = end
    table.kinds[row] = kind + 3 * currencyOf(bytes, starts[layout.currency] ?? 0, ends[layout.currency] ?? 0)
    return true
  }
  return true
}

/** Takes the quotes off every cell but one, which is written back as it stands. */
function unquote(bytes: Uint8Array, starts: Uint32Array, ends: Uint32Array, except: number): void {
  for (let column = 0; column < starts.length; column++) {
    const start = starts[column] ?? 0
    const end = ends[column] ?? 0
    if (bytes[start] !== quote || end - start < 2 || bytes[end - 1] !== quote || column === except) continue
    starts[column] = start + 1
    ends[column] = end - 1
  }
}

const letterP = 80
const letterO = 79

/** Returned and pending lines, direct debits and sweeps are never linked by an identifier alone. */
function needsEngine(bytes: Uint8Array, starts: Uint32Array, ends: Uint32Array, layout: Layout): boolean {
  const filled = (column: number): boolean => column >= 0 && (ends[column] ?? 0) > (starts[column] ?? 0)
  if (filled(layout.returnCode)) return true
  const status = starts[layout.status] ?? 0
  if (filled(layout.status) && !(bytes[status] === letterP && bytes[status + 1] === letterO)) return true
  if (!filled(layout.instrument)) return false
  const first = bytes[starts[layout.instrument] ?? 0]
  return first === 68 || first === 83
}

/** Days since 1970-01-01 of `YYYY-MM-DD`; a day no other comes near for anything else. */
function dayOf(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 10) return noDay
  const digits = (at: number): number => ((bytes[start + at] ?? 0) - 48) * 10 + (bytes[start + at + 1] ?? 0) - 48
  const month = digits(5)
  const shifted = month <= 2 ? month + 9 : month - 3
  const year = digits(0) * 100 + digits(2) - (month <= 2 ? 1 : 0)
  const leaps = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400)
  return year * 365 + leaps + Math.floor((153 * shifted + 2) / 5) + digits(8) - 719469
}

const noDay = -1_000_000

/** Three capital letters as a number; zero for anything else. */
function currencyOf(bytes: Uint8Array, start: number, end: number): number {
  if (end - start !== 3) return 0
  let code = 0
  for (let at = start; at < end; at++) {
    const letter = (bytes[at] ?? 0) - 64
    if (letter < 1 || letter > 26) return 0
    code = code * 27 + letter
  }
  return code
}

/** A canonical decimal (`-12.50`) in ten-thousandths, NaN for anything else. */
function amountOf(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  const negative = bytes[at] === 45
  if (negative) at++
  let value = 0
  let digits = 0
  let fraction = -1
  for (; at < end; at++) {
    const byte = bytes[at] ?? 0
    if (byte === 46 && fraction < 0 && digits > 0) {
      fraction = 0
      continue
    }
    const digit = byte - 48
    if (digit < 0 || digit > 9 || digits === largestDigits) return Number.NaN
    value = value * 10 + digit
    digits++
    if (fraction >= 0) fraction++
  }
  const missing = decimals - Math.max(0, fraction)
  if (digits === 0 || fraction === 0 || missing < 0) return Number.NaN
  value *= 10 ** missing
  return Number.isSafeInteger(value) ? (negative ? -value : value) : Number.NaN
}

const chunkSize = 1 << 18

/**
 * The pairs as CSV (`bank,ledger`) in the order of the bank file, in chunks of about 256 KB: nothing is built as a whole.
 * @param pairs ledger row per bank row or -1, from `joinIdentifiers`
 */
export function* pairsOnlyCsv(bank: PairsOnlyTable, ledger: PairsOnlyTable, pairs: Int32Array): Generator<Uint8Array> {
  yield new TextEncoder().encode('bank,ledger\n')
  const cursor = { row: 0 }
  while (cursor.row < bank.count) yield nextChunk(bank, ledger, pairs, cursor)
}

function nextChunk(
  bank: PairsOnlyTable,
  ledger: PairsOnlyTable,
  pairs: Int32Array,
  cursor: { row: number },
): Uint8Array {
  let chunk = new Uint8Array(chunkSize)
  let length = 0
  const { bytes } = bank
  const { bytes: otherBytes } = ledger
  let row = cursor.row
  for (; row < bank.count; row++) {
    const other = pairs[row] ?? -1
    if (other < 0) continue
    const start = bank.idStarts[row] ?? 0
    const end = bank.idEnds[row] ?? 0
    const otherStart = ledger.idStarts[other] ?? 0
    const otherEnd = ledger.idEnds[other] ?? 0
    const needed = end - start + otherEnd - otherStart + 2
    if (length + needed > chunk.length) {
      if (length > 0) break
      chunk = new Uint8Array(needed)
    }
    for (let at = start; at < end; at++) chunk[length++] = bytes[at] ?? 0
    chunk[length++] = comma
    for (let at = otherStart; at < otherEnd; at++) chunk[length++] = otherBytes[at] ?? 0
    chunk[length++] = lineFeed
  }
  cursor.row = row
  return chunk.subarray(0, length)
}
