/**
 * The matcher of @actual-app/api on n booked transactions and n bank rows: prints its milliseconds and how many it joined.
 * Started with the folder that has the package, a data folder, and the file of rows.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [packageFolder, dataFolder, rowsFile] = process.argv.slice(2)
const { resolve } = createRequire(join(packageFolder, 'package.json'))
const { default: api } = await import(pathToFileURL(resolve('@actual-app/api')).href)
const rows = JSON.parse(readFileSync(rowsFile, 'utf8'))

console.log = () => {}
await api.init({ dataDir: dataFolder })
await api.runImport('bench', async () => {})
const account = await api.createAccount({ name: 'Bank', offbudget: false }, 0)
await api.addTransactions(
  account,
  rows.map(({ entryDate, minor, payee }) => ({ account, date: entryDate, amount: minor, payee_name: payee })),
)
const start = performance.now()
const { added, updated } = await api.importTransactions(
  account,
  rows.map(({ id, lineDate, minor, payee }) => ({
    account,
    date: lineDate,
    amount: minor,
    payee_name: payee,
    imported_id: id,
  })),
)
const milliseconds = performance.now() - start
process.stdout.write(`\nRESULT ${JSON.stringify({ milliseconds, joined: updated.length, added: added.length })}\n`)
await api.shutdown()
process.exit(0)
