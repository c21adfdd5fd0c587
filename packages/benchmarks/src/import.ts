import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { streamStatement } from '@recon/formats'
import { statementFiles } from './statement-files.ts'
import { workbookFile } from './workbook-file.ts'

export interface ImportOptions {
  /** Size of the large file; peers read one of a tenth of it, since they hold it whole. */
  readonly megabytes: number
  readonly rounds: number
}

interface Round {
  readonly lines: number
  readonly wall: number
  readonly cpu: number
  readonly heap: number
}

type Reader = (path: string) => Promise<{ lines: number; heap: number }>

const requirePeer = createRequire(import.meta.url)

/** What a peer's answer looks like, as far as it is counted. */
interface PeerStatement {
  readonly transactions?: readonly unknown[]
  readonly entries?: readonly unknown[]
}

const peers: Readonly<Record<string, readonly (readonly [name: string, read: Reader])[]>> = {
  bai2: [],
  'camt.053': [
    [
      'camt-parser 1.1.0',
      async (path) => {
        const { parseCamt053 } = requirePeer('camt-parser') as {
          parseCamt053(xml: string): Promise<{ statements?: PeerStatement | readonly PeerStatement[] }>
        }
        const { statements } = await parseCamt053(await readFile(path, 'utf8'))
        const all = statements === undefined ? [] : Array.isArray(statements) ? statements : [statements]
        return { lines: counted(all as readonly PeerStatement[]), heap: process.memoryUsage().heapUsed }
      },
    ],
  ],
  mt940: [
    [
      'mt940js 1.3.5',
      async (path) => {
        const { Parser } = requirePeer('mt940js') as { Parser: new () => { parse(text: string): PeerStatement[] } }
        const lines = counted(new Parser().parse(await readFile(path, 'utf8')))
        return { lines, heap: process.memoryUsage().heapUsed }
      },
    ],
    [
      '@centrapay/swift-parser 1.0.1',
      async (path) => {
        const parser = requirePeer('@centrapay/swift-parser') as {
          parse(input: { type: string; data: string; validate: boolean }): PeerStatement[]
        }
        const lines = counted(parser.parse({ type: 'mt940', data: await readFile(path, 'utf8'), validate: true }))
        return { lines, heap: process.memoryUsage().heapUsed }
      },
    ],
  ],
  ofx: [
    [
      'ofx-js 1.1.1',
      async (path) => {
        const { parse } = (await import('ofx-js')) as { parse(text: string): Promise<unknown> }
        const lines = ofxCount(await parse(await readFile(path, 'utf8')))
        return { lines, heap: process.memoryUsage().heapUsed }
      },
    ],
    [
      'node-ofx-parser 0.5.1',
      async (path) => {
        const { parse } = requirePeer('node-ofx-parser') as { parse(text: string): unknown }
        const lines = ofxCount(parse(await readFile(path, 'utf8')))
        return { lines, heap: process.memoryUsage().heapUsed }
      },
    ],
  ],
  qif: [
    [
      'qif2json 0.4.0',
      async (path) => {
        const { parse } = requirePeer('qif2json') as { parse(text: string): { transactions?: readonly unknown[] } }
        const lines = parse(await readFile(path, 'utf8')).transactions?.length ?? 0
        return { lines, heap: process.memoryUsage().heapUsed }
      },
    ],
  ],
  xlsx: [
    [
      '@e965/xlsx 0.20.3, cells only',
      async (path) => {
        const { read, utils } = requirePeer('@e965/xlsx') as {
          read(bytes: Uint8Array): { SheetNames: readonly string[]; Sheets: Readonly<Record<string, unknown>> }
          utils: { sheet_to_json(sheet: unknown, options: { header: 1 }): readonly unknown[] }
        }
        const book = read(await readFile(path))
        const lines = utils.sheet_to_json(book.Sheets[book.SheetNames[0] ?? ''], { header: 1 }).length - 1
        return { lines, heap: process.memoryUsage().heapUsed }
      },
    ],
  ],
}

/** Transactions of an OFX answer, however deep its statements stand. */
function ofxCount(answer: unknown): number {
  if (typeof answer !== 'object' || answer === null) return 0
  let count = 0
  for (const [name, value] of Object.entries(answer)) {
    if (name === 'STMTTRN') count += Array.isArray(value) ? value.length : 1
    else count += ofxCount(value)
  }
  return count
}

function counted(statements: readonly PeerStatement[]): number {
  return statements.reduce((sum, each) => sum + (each.transactions ?? each.entries ?? []).length, 0)
}

const readWithRecon: Reader = async (path) => {
  let lines = 0
  let heap = 0
  for await (const event of await streamStatement(createReadStream(path, { highWaterMark: 262_144 }))) {
    if (event.type !== 'line') continue
    lines += 1
    if (lines % 20_000 === 0) heap = Math.max(heap, process.memoryUsage().heapUsed)
  }
  return { lines, heap: Math.max(heap, process.memoryUsage().heapUsed) }
}

async function measured(read: Reader, path: string): Promise<Round> {
  const cpu = process.cpuUsage()
  const started = performance.now()
  const { lines, heap } = await read(path)
  const used = process.cpuUsage(cpu)
  return { lines, heap, wall: (performance.now() - started) / 1000, cpu: (used.user + used.system) / 1e6 }
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0
}

async function row(format: string, name: string, read: Reader, path: string, rounds: number): Promise<string> {
  const size = (await stat(path)).size / 1e6
  const taken: Round[] = []
  try {
    await read(path)
    for (let round = 0; round < rounds; round++) taken.push(await measured(read, path))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return `| ${format} | ${name} | ${size.toFixed(0)} | fails: ${reason.slice(0, 80).replaceAll('|', '/')} | | | |`
  }
  const wall = taken.map((round) => round.wall)
  const rate = (seconds: number) => (size / seconds).toFixed(1)
  const heap = Math.max(...taken.map((round) => round.heap)) / 1e6
  return `| ${format} | ${name} | ${size.toFixed(0)} | ${taken[0]?.lines} | ${rate(median(wall))} (${rate(Math.max(...wall))} to ${rate(Math.min(...wall))}) | ${rate(median(taken.map((round) => round.cpu)))} | ${heap.toFixed(0)} |`
}

/** Row 9 of the speed table for the bank formats: a file from disk to checked bank lines, beside the peers that read it. */
export async function importBench({ megabytes, rounds }: ImportOptions): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'recon-import-'))
  const rows = [
    '| format | reader | MB | lines | MB/s wall, median (spread) | MB/s of cpu time | peak heap MB |',
    '|---|---|---|---|---|---|---|',
  ]
  try {
    for (const [format, pieces] of Object.entries(statementFiles)) {
      const large = join(folder, 'large')
      const small = join(folder, 'small')
      await pipeline(Readable.from(pieces(megabytes)), createWriteStream(large))
      await pipeline(Readable.from(pieces(megabytes / 10)), createWriteStream(small))
      rows.push(await row(format, 'recon, a tenth', readWithRecon, small, rounds))
      rows.push(await row(format, 'recon', readWithRecon, large, rounds))
      for (const [name, read] of peers[format] ?? []) {
        // qif2json takes time by the square of the size: a tenth of the tenth.
        const slow = name.startsWith('qif2json')
        if (slow) await pipeline(Readable.from(pieces(megabytes / 100)), createWriteStream(small))
        rows.push(await row(format, name, read, small, rounds))
      }
    }
    // A workbook is held while it is read and bounded to 96 MB unpacked: a fifth of the size, and a tenth of that.
    const book = join(folder, 'book.xlsx')
    const little = join(folder, 'little.xlsx')
    await writeFile(book, workbookFile(Math.min(80, megabytes / 5)))
    await writeFile(little, workbookFile(Math.min(8, megabytes / 50)))
    rows.push(await row('xlsx', 'recon, a tenth', readWithRecon, little, rounds))
    rows.push(await row('xlsx', 'recon', readWithRecon, book, rounds))
    for (const [name, read] of peers.xlsx ?? []) rows.push(await row('xlsx', name, read, book, rounds))
    return rows.join('\n')
  } finally {
    await rm(folder, { recursive: true })
  }
}

if (import.meta.main) {
  const [megabytes, rounds] = process.argv.slice(2).map(Number)
  process.stdout.write(`${await importBench({ megabytes: megabytes ?? 100, rounds: rounds ?? 3 })}\n`)
}
