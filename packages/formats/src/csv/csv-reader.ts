import { reportCharset } from '../charset-decoder.ts'
import { StatementTotals } from '../column-mapping/statement-totals.ts'
import { bankTable } from '../column-mapping/table-kind.ts'
import { TableReader } from '../column-mapping/table-reader.ts'
import type { OpenReader } from '../format-reader.ts'
import { CsvTextReader } from './csv-text.ts'
import { recordToTable } from './record-csv.ts'

/** The CSV reader behind `parseStatement`: one statement per account and currency, announced at the end. */
export const openCsv: OpenReader = (context) => {
  const { options } = context
  const totals = new StatementTotals('csv')
  const table = new TableReader(bankTable, options, {
    value: (line, row, part) =>
      context.emit({ type: 'line', line, group: totals.add(line, table.balanceOf(row, line.amount.currency, part)) }),
    warn: (code, message, line) => context.warn(code, message, line),
    reject: (row) => context.warn(row.code, `Row left out: ${row.message}`, row.line),
  })
  const mapping = options.mapping?.target === 'bank' ? options.mapping : undefined
  const charset = options.charset ?? mapping?.charset
  const reader = new CsvTextReader(
    {
      limits: context.limits,
      ...(charset !== undefined && { charset }),
      ...(mapping?.delimiter !== undefined && { delimiter: mapping.delimiter }),
    },
    (record) => recordToTable(record, table, (code, message, line) => context.warn(code, message, line)),
  )
  return {
    write: (bytes) => reader.write(bytes),
    end() {
      reader.end()
      reportCharset(reader.charset(), context)
      table.finish()
      for (const { statement, group, mismatch } of totals.statements(table.mapping?.balanceOrder)) {
        if (mismatch !== undefined) context.warn('BALANCE_CHAIN_BROKEN', mismatch)
        context.emit({ type: 'statement', statement, group })
      }
    },
  }
}
