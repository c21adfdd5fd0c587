import type { BankLine, BookEntry } from '@recon/core'
import { bankRowReader } from './bank-row.ts'
import { bankDetails, type DetailedValue, ledgerDetails } from './booking-details.ts'
import { ledgerRowReader } from './ledger-row.ts'
import type { RowLayout } from './row-layout.ts'
import type { RowReading, TableRow } from './row-reading.ts'

/** What the rows of a table become. */
export interface TableKind<Value> {
  readonly target: 'bank' | 'ledger'
  readonly open: (layout: RowLayout) => (row: TableRow) => RowReading<Value>
  readonly detailed: DetailedValue<Value>
}
export const bankTable: TableKind<BankLine> = { target: 'bank', open: bankRowReader, detailed: bankDetails }
export const ledgerTable: TableKind<BookEntry> = { target: 'ledger', open: ledgerRowReader, detailed: ledgerDetails }
