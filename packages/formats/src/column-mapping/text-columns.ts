import type { BankField, LedgerField } from './column-mapping.ts'
import type { ColumnRole } from './column-vocabulary.ts'
import { dateReader } from './date-notation.ts'
import { knownStatus } from './enum-cell.ts'
import { type MappingReason, mappingReason } from './mapping-proposal.ts'
import type { TableRow } from './row-reading.ts'
import { type ColumnProfile, columnsFor, type TableProfile } from './table-profile.ts'

export type FoundColumns = Partial<Record<BankField | LedgerField, readonly ColumnProfile[]>>

const byTarget: Readonly<Record<'bank' | 'ledger', readonly (readonly [ColumnRole, BankField | LedgerField])[]>> = {
  bank: [
    ['id', 'id'],
    ['valueDate', 'valueDate'],
    ['endToEnd', 'endToEndId'],
    ['mandate', 'mandateId'],
    ['status', 'status'],
    ['originalAmount', 'originalAmount'],
    ['originalCurrency', 'originalCurrency'],
    ['counterpartyAccount', 'counterpartyAccount'],
    ['account', 'account'],
    ['name', 'counterpartyName'],
    ['reference', 'bankReference'],
    ['checkNumber', 'checkNumber'],
  ],
  ledger: [
    ['id', 'id'],
    ['originalAmount', 'originalAmount'],
    ['originalCurrency', 'originalCurrency'],
    ['counterpartyAccount', 'counterpartyAccount'],
    ['account', 'account'],
    ['name', 'counterpartyName'],
    ['reference', 'documentNumber'],
    ['checkNumber', 'checkNumber'],
  ],
}

function values(column: ColumnProfile, rows: readonly TableRow[]): readonly string[] {
  return rows.map((row) => (row.fields[column.index] ?? '').trim()).filter((text) => text !== '')
}

/** Whether what the cells hold fits what the header says. */
function fits(role: ColumnRole, column: ColumnProfile, rows: readonly TableRow[], dateFormat: string): boolean {
  const filled = values(column, rows)
  if (filled.length === 0) return false
  switch (role) {
    case 'id':
      return filled.length === rows.length && new Set(filled).size === filled.length
    case 'valueDate': {
      const read = dateReader(dateFormat)
      return filled.every((text) => read(text) !== undefined)
    }
    case 'status':
      return filled.every((text) => knownStatus(text) !== undefined)
    case 'originalCurrency':
      return filled.every((text) => /^[A-Za-z]{3}$/.test(text))
    default:
      return true
  }
}

/** The columns that say whom, what for and under which reference, and where everything else the bank wrote ends up. */
export function findTextColumns(
  profile: TableProfile,
  rows: readonly TableRow[],
  dateFormat: string,
  used: readonly ColumnProfile[],
  target: 'bank' | 'ledger',
): { readonly columns: FoundColumns; readonly reasons: readonly MappingReason[] } {
  const taken = new Set(used)
  const columns: FoundColumns = {}
  const reasons: MappingReason[] = []
  for (const [role, field] of byTarget[target]) {
    const column = columnsFor(profile, role).find(
      (candidate) => !taken.has(candidate) && fits(role, candidate, rows, dateFormat),
    )
    if (column === undefined) continue
    taken.add(column)
    columns[field] = [column]
    reasons.push(mappingReason(field, { code: 'COLUMN_NAMED' }, column.header))
  }
  if (columns.originalCurrency === undefined) delete columns.originalAmount
  const field = target === 'bank' ? 'remittanceText' : 'description'
  const named = columnsFor(profile, 'text').filter((column) => !taken.has(column) && column.counts.TEXT > 0)
  const unnamed = profile.columns.filter((column) => !taken.has(column) && column.counts.TEXT * 2 > rows.length)
  const texts = (named.length > 0 ? named : unnamed).slice(0, 6).sort((left, right) => left.index - right.index)
  if (texts.length > 0) {
    columns[field] = texts
    const code = named.length > 0 ? 'TEXT_NAMED' : 'TEXT_UNCLAIMED'
    const names = texts.map((column) => column.header || `column ${column.index + 1}`)
    reasons.push(mappingReason(field, { code }, names.join(', ')))
  }
  return { columns, reasons }
}
