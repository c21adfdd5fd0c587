import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { bankCsv, ledgerCsv } from './labelled/canonical-csv.ts'
import { generateLabelledData, type MixtureName, mixtures } from './labelled/mixtures.ts'
import { qualityBench } from './quality/quality-bench.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    size: { type: 'string' },
    sizes: { type: 'string' },
    seeds: { type: 'string' },
    rounds: { type: 'string' },
    names: { type: 'string' },
    lines: { type: 'string' },
    links: { type: 'string' },
    connections: { type: 'string' },
    seconds: { type: 'string' },
    only: { type: 'string' },
    out: { type: 'string' },
    write: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
    disguised: { type: 'boolean', default: false },
  },
})
const name = positionals[0] ?? 'quality'
const rounds = Number(values.rounds ?? 5)
const sizes = (values.sizes ?? '10000,100000,1000000').split(',').map(Number)

/** One entry per `pnpm bench <name>`. Peers are loaded only by the benchmark that runs beside them. */
const benches: Readonly<Record<string, () => Promise<string>>> = {
  quality: async () =>
    qualityBench({
      size: Number(values.size ?? 4000),
      seeds: (values.seeds ?? '1,2,3').split(',').map(Number),
      verbose: values.verbose,
      disguised: values.disguised,
      ...(values.only === undefined ? {} : { only: values.only }),
    }),
  sources: async () =>
    qualityBench({
      size: Number(values.size ?? 3000),
      seeds: (values.seeds ?? '1,2,3,4,5,6,7,8').split(',').map(Number),
      verbose: false,
      disguised: true,
      only: 'hard',
    }),
  join: async () =>
    (await import('./rows/identifier-join-bench.ts')).identifierJoinBench(Number(values.size ?? 1_000_000), rounds),
  pairs: async () =>
    (await import('./rows/whole-process-bench.ts')).wholeProcessBench(Number(values.size ?? 1_000_000), rounds),
  engine: async () =>
    (await import('./rows/engine-scale-bench.ts')).engineScaleBench(
      'The full engine on the everyday mixture',
      'engine-run',
      sizes,
      Math.min(rounds, 3),
    ),
  popular: async () => {
    const { engineScaleBench } = await import('./rows/engine-scale-bench.ts')
    const scales = values.sizes === undefined ? [100_000, 1_000_000] : sizes
    return [
      await engineScaleBench(
        'Without references, a tenth of the lines alike in amount and day, 20,000 names',
        'popular-run',
        scales,
        Math.min(rounds, 3),
        ['--names', '20000'],
      ),
      await engineScaleBench('The same with 3 names', 'popular-run', scales, Math.min(rounds, 3), ['--names', '3']),
    ].join('\n\n')
  },
  rematch: async () => (await import('./rows/rematch-bench.ts')).rematchBench(Number(values.size ?? 100_000)),
  names: async () => (await import('./rows/name-bench.ts')).nameBench(Number(values.size ?? 300_000), rounds),
  assignment: async () =>
    (await import('./rows/assignment-bench.ts')).assignmentBench(Number(values.size ?? 1000), rounds),
  actual: async () =>
    (await import('./rows/actual-bench.ts')).actualBench(
      (values.sizes ?? '1000,2000,4000').split(',').map(Number),
      rounds,
    ),
  formats: async () => {
    const megabytes = Number(values.size ?? 100)
    const { importBench } = await import('./import.ts')
    const { importCsvBench } = await import('./import-csv.ts')
    return [await importBench({ megabytes, rounds }), await importCsvBench({ megabytes, rounds })].join('\n\n')
  },
  races: async () =>
    (await import('./rows/server-races-bench.ts')).serverRacesBench(
      Number(values.links ?? 1000),
      Number(values.lines ?? 5000),
    ),
  workers: async () =>
    (await import('./rows/server-workers-bench.ts')).serverWorkersBench(
      Number(values.lines ?? 1_000_000),
      Math.min(rounds, 3),
    ),
  portal: async () =>
    (await import('./rows/server-portal-bench.ts')).serverPortalBench(
      Number(values.connections ?? 100),
      Number(values.seconds ?? 60),
    ),
  soak: async () =>
    (await import('./rows/server-portal-bench.ts')).serverPortalBench(
      Number(values.connections ?? 100),
      Number(values.seconds ?? 1800),
    ),
  subsets: async () => (await import('./rows/subset-sum-bench.ts')).subsetSumBench(rounds),
  'engine-run': async () =>
    (await import('./rows/engine-bench.ts')).engineRun('everyday', Number(values.size ?? 10_000)),
  'popular-run': async () =>
    (await import('./rows/popular-amount-bench.ts')).popularAmountRun(
      Number(values.size ?? 10_000),
      Number(values.names ?? 3),
    ),
  data: async () =>
    writeData(values.out ?? 'labelled-data', Number(values.size ?? 4000), Number(values.seeds ?? 1), values.only),
}

const bench = Object.hasOwn(benches, name) ? benches[name] : undefined
if (bench === undefined) {
  process.stderr.write(`No benchmark is called "${name}". There are ${Object.keys(benches).join(', ')}.\n`)
  process.exitCode = 2
} else {
  const table = await bench()
  process.stdout.write(`${table}\n`)
  if (values.write) keep(name, table)
}

/** Replaces the last table of this benchmark in docs/benchmarks.md, between its two marks. */
function keep(bench: string, table: string): void {
  const file = fileURLToPath(new URL('../../../docs/benchmarks.md', import.meta.url))
  const text = readFileSync(file, 'utf8')
  const [start, end] = [`<!-- ${bench} -->`, `<!-- /${bench} -->`]
  const from = text.indexOf(start)
  const to = text.indexOf(end)
  if (from < 0 || to < from) throw new Error(`docs/benchmarks.md has no place for "${bench}": ${start} ... ${end}`)
  const command = `pnpm bench ${process.argv
    .slice(2)
    .filter((word) => word !== '--write')
    .join(' ')}`
  writeFileSync(file, `${text.slice(0, from + start.length)}\n\`${command}\`\n\n${table}\n${text.slice(to)}`)
}

/** Canonical CSV pairs with their labels, one folder per mixture, for other tools to be judged on the same data. */
function writeData(folder: string, size: number, seed: number, only: string | undefined): string {
  const written: string[] = []
  for (const mixture of Object.keys(mixtures) as MixtureName[]) {
    if (only !== undefined && only !== mixture) continue
    const data = generateLabelledData(mixture, size, seed)
    const target = join(folder, `${mixture}-${seed}`)
    mkdirSync(target, { recursive: true })
    writeFileSync(join(target, 'bank.csv'), bankCsv(data.bankLines))
    writeFileSync(join(target, 'ledger.csv'), ledgerCsv(data.bookEntries))
    writeFileSync(join(target, 'labels.json'), JSON.stringify(data.labels))
    written.push(`${target}: ${data.bankLines.length} lines, ${data.bookEntries.length} entries`)
  }
  return written.join('\n')
}
