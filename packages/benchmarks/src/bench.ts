import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { importBench } from './import.ts'
import { bankCsv, ledgerCsv } from './labelled/canonical-csv.ts'
import { generateLabelledData, type MixtureName, mixtures } from './labelled/mixtures.ts'
import { qualityBench } from './quality/quality-bench.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    size: { type: 'string' },
    seeds: { type: 'string' },
    only: { type: 'string' },
    out: { type: 'string' },
    verbose: { type: 'boolean', default: false },
    disguised: { type: 'boolean', default: false },
  },
})

const name = positionals[0] ?? 'quality'
if (name === 'quality') {
  const seeds = (values.seeds ?? '1,2,3').split(',').map(Number)
  const size = Number(values.size ?? 4000)
  process.stdout.write(
    `${qualityBench({ size, seeds, verbose: values.verbose, disguised: values.disguised, ...(values.only === undefined ? {} : { only: values.only }) })}\n`,
  )
} else if (name === 'data') {
  writeData(values.out ?? 'labelled-data', Number(values.size ?? 4000), Number(values.seeds ?? 1), values.only)
} else if (name === 'formats') {
  process.stdout.write(`${await importBench({ megabytes: Number(values.size ?? 100), rounds: 3 })}\n`)
} else {
  process.stderr.write(`No benchmark is called "${name}".\n`)
  process.exitCode = 2
}

/** Canonical CSV pairs with their labels, one folder per mixture, for other tools to be judged on the same data. */
function writeData(folder: string, size: number, seed: number, only: string | undefined): void {
  for (const mixture of Object.keys(mixtures) as MixtureName[]) {
    if (only !== undefined && only !== mixture) continue
    const data = generateLabelledData(mixture, size, seed)
    const target = join(folder, `${mixture}-${seed}`)
    mkdirSync(target, { recursive: true })
    writeFileSync(join(target, 'bank.csv'), bankCsv(data.bankLines))
    writeFileSync(join(target, 'ledger.csv'), ledgerCsv(data.bookEntries))
    writeFileSync(join(target, 'labels.json'), JSON.stringify(data.labels))
    process.stdout.write(`${target}: ${data.bankLines.length} lines, ${data.bookEntries.length} entries\n`)
  }
}
