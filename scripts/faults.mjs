// Drives a provider's writeback through seeded histories of faults: pnpm faults quickbooks --from SEED --runs N
import { parseArgs } from 'node:util'
import { runQuickbooksFaults } from '../packages/providers/src/testing/index.ts'

const runners = { quickbooks: runQuickbooksFaults }
const usage = `usage: pnpm faults ${Object.keys(runners).join('|')} [--from SEED] [--runs N]`

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { from: { type: 'string', default: '1' }, runs: { type: 'string', default: '500' } },
})
const run = runners[positionals[0] ?? '']
const from = Number(values.from)
const runs = Number(values.runs)
if (!run || !Number.isSafeInteger(from) || !Number.isSafeInteger(runs) || from < 0 || runs < 1) {
  console.error(usage)
  process.exit(2)
}

let passed = 0
const totals = { writes: 0, faults: 0, failures: 0, drifts: 0 }
for (let seed = from; seed < from + runs; seed++) {
  const report = await run(seed)
  for (const name of Object.keys(totals)) totals[name] += report[name]
  if (report.broken.length === 0) passed += 1
  else console.log(`seed ${seed}\n  ${report.broken.join('\n  ')}`)
}
console.log(
  `${totals.writes} writes, ${totals.faults} faults, ${totals.failures} visible failures, ${totals.drifts} invoices with drift`,
)
console.log(`${passed} passed, ${runs - passed} failed`)
process.exit(passed === runs ? 0 : 1)
