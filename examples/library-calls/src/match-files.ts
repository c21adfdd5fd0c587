import { readFile } from 'node:fs/promises'
import { matchLines, presets } from '@recon/core'
import { parseLedgerCsv, parseStatement } from '@recon/formats'

const samples = new URL('../../workbench/samples/', import.meta.url)

const bank = await parseStatement(await readFile(new URL('bank-day.bai2', samples)))
const ledger = await parseLedgerCsv(await readFile(new URL('ledger.csv', samples)))

const run = matchLines({ bankLines: bank.lines, bookEntries: ledger.entries }, presets.cashManagement)

const reconciled = run.items.filter((item) => item.status === 'RECONCILED')
console.log(`${reconciled.length} of ${run.items.length} items reconciled`)

const [first] = run.items
console.log(first?.scenario, first?.reason.code, first?.matches[0]?.bookEntryIds)

for (const proof of run.proofs) {
  console.log(`${proof.currency}: difference ${proof.difference.amount}, unexplained ${proof.unexplained.amount}`)
}
