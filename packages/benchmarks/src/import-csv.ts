import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { bankCsvColumns, streamBankCsv } from '@recon/formats'
import { parse } from 'csv-parse'
import Papa from 'papaparse'

export interface ImportCsvOptions {
  readonly megabytes: number
  readonly rounds: number
}

type Found = { readonly rows: number; readonly heap: number }
interface Round extends Found {
  readonly wall: number
  readonly cpu: number
}

/** Canonical bank rows of varied length, one in three with quotes; the same for the same size. */
function* bankRows(megabytes: number): Generator<string> {
  let state = 20_261_121
  const next = (bound: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state % bound
  }
  let piece = `${bankCsvColumns.map((column) => column.name).join(',')}\n`
  let written = 0
  for (let index = 0; written < megabytes * 1e6; index++) {
    const name = `Vendor ${next(5000)} ${['Ltd', 'GmbH', 'Inc', 'SA'][next(4)]}`
    const text = next(3) === 0 ? `"Invoice ${next(100_000)}, ""${name}"""` : `Invoice ${next(100_000)} ${name}`
    const day = String(1 + next(28)).padStart(2, '0')
    const amount = `${next(2) === 0 ? '-' : ''}${next(100_000)}.${String(next(100)).padStart(2, '0')}`
    piece += `B${String(index).padStart(8, '0')},OPS-${next(9)},2026-03-${day},2026-03-${day},${amount},USD,POSTED,WIRE,495,E2E${next(1e9)},BR${next(1e9)},,${text},${name},DE89370400440532${next(1e6)},,,,,\n`
    if (piece.length < 65_536) continue
    written += piece.length
    yield piece
    piece = ''
  }
  yield piece
}

async function measured(read: (path: string) => Promise<Found>, path: string): Promise<Round> {
  const cpu = process.cpuUsage()
  const started = performance.now()
  const found = await read(path)
  const used = process.cpuUsage(cpu)
  return { ...found, wall: (performance.now() - started) / 1000, cpu: (used.user + used.system) / 1e6 }
}

/** Counts rows and watches the heap now and then. */
function counter() {
  let rows = 0
  let heap = 0
  return {
    count() {
      rows++
      if (rows % 50_000 === 0) heap = Math.max(heap, process.memoryUsage().heapUsed)
    },
    found: (): Found => ({ rows, heap: Math.max(heap, process.memoryUsage().heapUsed) }),
  }
}

const opened = (path: string) => createReadStream(path, { highWaterMark: 262_144 })

/** Checked bank lines: amounts, dates, currencies and ids are read and refused where they are wrong. */
async function readWithRecon(path: string): Promise<Found> {
  const { count, found } = counter()
  for await (const event of streamBankCsv(opened(path))) {
    if (event.type !== 'value') throw new Error(`the sample is not sound: ${event.type}`)
    count()
  }
  return found()
}

/** Cells only, as strings by header. */
function readWithPapaparse(path: string): Promise<Found> {
  const { count, found } = counter()
  return new Promise((resolve, reject) => {
    const stream = opened(path).setEncoding('utf8')
    Papa.parse<Record<string, string>>(stream, {
      header: true,
      step: count,
      complete: () => resolve(found()),
      error: reject,
    })
  })
}

/** Cells only, as strings by header. */
async function readWithCsvParse(path: string): Promise<Found> {
  const { count, found } = counter()
  const parser = opened(path).pipe(parse({ columns: true }))
  for await (const _ of parser) count()
  return found()
}

const readers: readonly (readonly [string, (path: string) => Promise<Found>])[] = [
  ['recon, checked bank lines', readWithRecon],
  ['papaparse 5.7.1, cells only', readWithPapaparse],
  ['csv-parse 7.0.3, cells only', readWithCsvParse],
]

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0
}

function tableRow(name: string, size: number, taken: readonly Round[]): string {
  const wall = taken.map((round) => round.wall)
  const rate = (seconds: number) => (size / seconds).toFixed(0)
  const heap = Math.max(...taken.map((round) => round.heap)) / 1e6
  return `| ${name} | ${size.toFixed(0)} | ${taken[0]?.rows} | ${rate(median(wall))} (${rate(Math.max(...wall))} to ${rate(Math.min(...wall))}) | ${rate(median(taken.map((round) => round.cpu)))} | ${heap.toFixed(0)} |`
}

/** Row 9 of the speed table, CSV: a canonical bank file from disk to checked bank lines, beside readers of bare cells. */
export async function importCsvBench({ megabytes, rounds }: ImportCsvOptions): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'recon-import-'))
  try {
    const path = join(folder, 'bank.csv')
    const small = join(folder, 'small.csv')
    await pipeline(Readable.from(bankRows(megabytes)), createWriteStream(path))
    await pipeline(Readable.from(bankRows(megabytes / 10)), createWriteStream(small))
    const tenth: Round[] = []
    const taken = readers.map((): Round[] => [])
    for (const [, read] of readers) await read(small)
    for (let round = 0; round < rounds; round++) {
      tenth.push(await measured(readWithRecon, small))
      for (const [at, [, read]] of readers.entries()) taken[at]?.push(await measured(read, path))
    }
    const size = (await stat(path)).size / 1e6
    return [
      '| reader | MB | rows | MB/s wall, median (spread) | MB/s of cpu time | peak heap MB |',
      '|---|---|---|---|---|---|',
      tableRow('recon, a tenth of the file', (await stat(small)).size / 1e6, tenth),
      ...readers.map(([name], at) => tableRow(name, size, taken[at] ?? [])),
    ].join('\n')
  } finally {
    await rm(folder, { recursive: true })
  }
}

if (import.meta.main) {
  const [megabytes, rounds] = process.argv.slice(2).map(Number)
  process.stdout.write(`${await importCsvBench({ megabytes: megabytes ?? 100, rounds: rounds ?? 5 })}\n`)
}
