import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { measuredProcess, type ProcessRun } from '../measured-process.ts'
import { median } from '../side-by-side.ts'
import { joinData } from './identifier-join-bench.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const peerScript = fileURLToPath(new URL('../peers/duckdb-pairs.mjs', import.meta.url))

/** Row 2: a process that reads two CSV files and writes the pairs as CSV. */
export async function wholeProcessBench(size: number, rounds: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'recon-bench-'))
  try {
    const [bank, ledger] = writeFiles(folder, size)
    const built = join(root, 'packages/cli/dist/recon.js')
    const entry = existsSync(built) ? [built] : ['--conditions=recon-source', join(root, 'packages/cli/src/recon.ts')]
    const contenders: readonly (readonly [string, () => Promise<ProcessRun & { readonly pairs: number }>])[] = [
      [
        `recon match --pairs-only${existsSync(built) ? '' : ' (from source)'}`,
        async () => {
          const run = await measuredProcess(
            process.execPath,
            [...entry, 'match', '--bank', bank, '--ledger', ledger, '--pairs-only'],
            { keep: true },
          )
          return { ...run, pairs: run.output.split('\n').length - 2 }
        },
      ],
      [
        'DuckDB 1.5.6, two threads',
        async () => {
          const out = join(folder, 'pairs.csv')
          const run = await measuredProcess(process.execPath, [peerScript, bank, ledger, out, '2'])
          return { ...run, pairs: readFileSync(out, 'latin1').split('\n').length - 2 }
        },
      ],
    ]
    const runs = contenders.map((): (ProcessRun & { readonly pairs: number })[] => [])
    for (let round = -1; round < rounds; round++)
      for (const [at, [, run]] of contenders.entries()) {
        const result = await run()
        if (round >= 0) runs[at]?.push(result)
      }
    const own = median((runs[0] ?? []).map((run) => run.wall))
    return [
      `**Two CSV files to a pairs CSV, whole process, ${size} x ${size}**`,
      '',
      '| contender | wall ms, median (min to max) | peak MiB | ours / theirs, wall | pairs |',
      '|---|---|---|---|---|',
      ...contenders.map(([name], at) => {
        const wall = (runs[at] ?? []).map((run) => run.wall)
        const peak = median((runs[at] ?? []).map((run) => run.peak))
        return `| ${name} | ${median(wall).toFixed(0)} (${Math.min(...wall).toFixed(0)} to ${Math.max(...wall).toFixed(0)}) | ${peak.toFixed(0)} | ${(own / median(wall)).toFixed(2)} | ${runs[at]?.[0]?.pairs} |`
      }),
    ].join('\n')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function writeFiles(folder: string, size: number): readonly [string, string] {
  const data = joinData(size, 2)
  const decimal = (minor: number): string => `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`
  const bank = join(folder, 'bank.csv')
  const ledger = join(folder, 'ledger.csv')
  const rows = (prefix: string, references: readonly string[], minor: Int32Array): string =>
    references
      .map((reference, at) => `${prefix}${at},2026-03-02,${decimal(minor[at] ?? 0)},USD,${reference}`)
      .join('\n')
  writeFileSync(bank, `id,bookingDate,amount,currency,endToEndId\n${rows('B', data.bankReferences, data.bankMinor)}\n`)
  writeFileSync(
    ledger,
    `id,date,amount,currency,paymentReference\n${rows('L', data.ledgerReferences, data.ledgerMinor)}\n`,
  )
  return [bank, ledger]
}
