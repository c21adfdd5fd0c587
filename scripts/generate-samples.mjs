// Writes the sample files of the workbench. Seeded: the same files every time. `--check` compares instead of writing.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bai2File } from './samples/bai2-sample.mjs'
import { accounts, createDay, storeAccounts } from './samples/bank-day.mjs'
import {
  addChargesAndTransfers,
  addDirectDebits,
  addDuplicates,
  addEuro,
  addFailedPayments,
  addTimingDifferences,
  addUnmatched,
} from './samples/bank-day-exceptions.mjs'
import { addAutoReconciled, addForeignExchange, addSweeps, addSystemMatches } from './samples/bank-day-matched.mjs'
import { bookkeepingFiles } from './samples/bookkeeping-month.mjs'
import { camt053File } from './samples/camt053-sample.mjs'
import { fusionFiles } from './samples/fusion-export.mjs'
import { ledgerFile } from './samples/ledger-sample.mjs'
import { messyFiles } from './samples/messy-pair.mjs'
import { paymentsDeskFiles } from './samples/payments-desk-day.mjs'
import { treasuryFiles } from './samples/treasury-day.mjs'

const folder = join(dirname(fileURLToPath(import.meta.url)), '../examples/workbench/samples')

function bankDay() {
  const day = createDay(20261120)
  for (const add of [
    addAutoReconciled,
    addSystemMatches,
    addForeignExchange,
    addSweeps,
    addFailedPayments,
    addDuplicates,
    addUnmatched,
    addDirectDebits,
    addChargesAndTransfers,
    addEuro,
    addTimingDifferences,
  ]) {
    add(day)
  }
  return day
}

/** Banks print a day in the order things happened, not in ours. */
function shuffled(list, random) {
  const order = list.map((value) => ({ value, at: random.integer(0, 1_000_000) }))
  return order.sort((left, right) => left.at - right.at).map(({ value }) => value)
}

export function sampleFiles() {
  const day = bankDay()
  const lines = shuffled(day.lines, day.random)
  const all = [...Object.values(accounts), ...storeAccounts]
  return new Map([
    ['bank-day.bai2', bai2File(all, lines)],
    ['bank-day.camt053.xml', camt053File(all, lines)],
    ['ledger.csv', ledgerFile(day.entries)],
    ...messyFiles(),
    ...bookkeepingFiles(),
    ...paymentsDeskFiles(),
    ...treasuryFiles(),
    ...fusionFiles(),
  ])
}

const check = process.argv.includes('--check')
let different = 0
mkdirSync(folder, { recursive: true })
for (const [name, content] of sampleFiles()) {
  const path = join(folder, name)
  if (!check) {
    writeFileSync(path, content)
    continue
  }
  let committed = ''
  try {
    committed = readFileSync(path, 'utf8')
  } catch {}
  if (committed === content) continue
  different += 1
  console.error(`${name} differs from what the generator writes. Run: node scripts/generate-samples.mjs`)
}
process.exitCode = different === 0 ? 0 : 1
