// A process that does with DuckDB what `recon match --pairs-only` does: bank.csv ledger.csv pairs.csv threads
import { DuckDBInstance } from '@duckdb/node-api'

const [bank, ledger, out, threads] = process.argv.slice(2)
const canonical = (column) =>
  `regexp_replace(upper(regexp_replace(${column}, '[^A-Za-z0-9]', '', 'g')), '^([A-Z]*)0+([0-9])', '\\1\\2')`
const side = (file, column) =>
  `select min(id) as id, min(amount) as amount, min(currency) as currency, key from (
     select id, amount, currency, ${canonical(column)} as key
     from read_csv('${file}', header = true, columns = {'id': 'VARCHAR', 'day': 'DATE', 'amount': 'DECIMAL(18,2)', 'currency': 'VARCHAR', '${column}': 'VARCHAR'})
   ) group by key having count(*) = 1`
const instance = await DuckDBInstance.create(':memory:', { threads })
const connection = await instance.connect()
await connection.run(`copy (
  with b as (${side(bank, 'endToEndId')}), l as (${side(ledger, 'paymentReference')})
  select b.id as bank, l.id as ledger from b join l on b.key = l.key and b.amount = l.amount and b.currency = l.currency
) to '${out}' (header true)`)
