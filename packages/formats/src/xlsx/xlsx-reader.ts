import { StatementTotals } from '../column-mapping/statement-totals.ts'
import { bankTable } from '../column-mapping/table-kind.ts'
import { TableReader } from '../column-mapping/table-reader.ts'
import type { OpenReader } from '../format-reader.ts'
import { withinLimit } from '../input-limits.ts'
import { readSheetRows } from './sheet-rows.ts'

/** Rows announced between two looks at the limits. */
const stepRows = 2000

/**
 * The XLSX reader behind `parseStatement`. The directory of a ZIP file is its end, and a sheet is parsed as one document, so
 * that the packed file and the cells of its sheets are held (bounded by `guardWorkbook`); the records made of them are not.
 */
export const openXlsx: OpenReader = (context) => {
  const pieces: Uint8Array[] = []
  let length = 0
  const totals = new StatementTotals('xlsx')
  const table = new TableReader(bankTable, context.options, {
    value: (line, row, part) =>
      context.emit({ type: 'line', line, group: totals.add(line, table.balanceOf(row, line.amount.currency, part)) }),
    warn: (code, message, line) => context.warn(code, message, line),
    reject: (row) => context.warn(row.code, `Row left out: ${row.message}`, row.line),
  })
  return {
    write(bytes) {
      length += bytes.length
      withinLimit(context.limits, 'maxBytes', length)
      pieces.push(bytes.slice())
    },
    async *end() {
      const whole = new Uint8Array(length)
      let at = 0
      for (const piece of pieces.splice(0)) {
        whole.set(piece, at)
        at += piece.length
      }
      const sheet = await readSheetRows(whole, context.limits)
      if (sheet.others.length > 0) {
        const names = sheet.others.slice(0, 5).map((name) => `"${name.slice(0, 40)}"`)
        context.warn(
          'SHEETS_NOT_READ',
          `Only the sheet "${sheet.name.slice(0, 40)}" is read; there are also ${names.join(', ')}.`,
        )
      }
      for (const row of sheet.rows) {
        table.row(row)
        if (row.line % stepRows === 0) yield
      }
      table.finish()
      for (const { statement, group, mismatch } of totals.statements(table.mapping?.balanceOrder)) {
        if (mismatch !== undefined) context.warn('BALANCE_CHAIN_BROKEN', mismatch)
        context.emit({ type: 'statement', statement, group })
      }
    },
  }
}
