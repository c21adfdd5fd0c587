import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { bankCsvColumns, streamBankCsv } from '@recon/formats'

export interface ImportCsvOptions {
  readonly megabytes: number
  readonly rounds: number
}

interface Round {
  readonly rows: number
  readonly wall: number
  readonly cpu: number
  readonly heap: number
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

async function measured(read: () => Promise<{ rows: number; heap: number }>): Promise<Round> {
  const cpu = process.cpuUsage()
  const started = performance.now()
  const { rows, heap } = await read()
  const used = process.cpuUsage(cpu)
  return { rows, heap, wall: (performance.now() - started) / 1000, cpu: (used.user + used.system) / 1e6 }
}

async function readWithRecon(path: string): Promise<{ rows: number; heap: number }> {
  let rows = 0
  let heap = 0
  for await (const event of streamBankCsv(createReadStream(path, { highWaterMark: 262_144 }))) {
    if (event.type !== 'value') throw new Error(`line ${event.type}`)
    rows++
    if (rows % 50_000 === 0) heap = Math.max(heap, process.memoryUsage().heapUsed)
  }
  return { rows, heap }
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0
}

/** Row 9 of the speed table, CSV: a canonical bank file from disk to checked bank lines, one by one. */
export async function importCsvBench({ megabytes, rounds }: ImportCsvOptions): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'recon-import-'))
  try {
    const path = join(folder, 'bank.csv')
    await pipeline(Readable.from(bankRows(megabytes)), createWriteStream(path))
    const small = join(folder, 'small.csv')
    await pipeline(Readable.from(bankRows(megabytes / 10)), createWriteStream(small))
    const whole: Round[] = []
    const tenth: Round[] = []
    await readWithRecon(small)
    for (let round = 0; round < rounds; round++) {
      tenth.push(await measured(() => readWithRecon(small)))
      whole.push(await measured(() => readWithRecon(path)))
    }
    const line = async (name: string, file: string, taken: readonly Round[]) => {
      const size = (await stat(file)).size / 1e6
      const wall = taken.map((round) => round.wall)
      const rate = (seconds: number) => (size / seconds).toFixed(0)
      return `| ${name} | ${size.toFixed(0)} | ${taken[0]?.rows} | ${rate(median(wall))} (${rate(Math.max(...wall))} to ${rate(Math.min(...wall))}) | ${rate(median(taken.map((round) => round.cpu)))} | ${(Math.max(...taken.map((round) => round.heap)) / 1e6).toFixed(0)} |`
    }
    return [
      '| file | MB | rows | MB/s wall, median (spread) | MB/s of cpu time | peak heap MB |',
      '|---|---|---|---|---|---|',
      await line('a tenth', small, tenth),
      await line('whole', path, whole),
    ].join('\n')
  } finally {
    await rm(folder, { recursive: true })
  }
}

if (import.meta.main) {
  const [megabytes, rounds] = process.argv.slice(2).map(Number)
  process.stdout.write(`${await importCsvBench({ megabytes: megabytes ?? 100, rounds: rounds ?? 5 })}\n`)
}
