import type { FxJournal, JournalLine } from '@recon/core'
import { type CsvColumn, type CsvWriteOptions, writeCsv } from './guarded-csv.ts'

/** One line of a journal with what its journal says of all of them. */
export interface JournalRow {
  readonly journalId: string
  readonly date: string
  readonly line: JournalLine
  /** The customer or vendor, where the account asks for one. */
  readonly name?: string
}

/** The columns general ledgers, QuickBooks Online among them, import journals by: two unsigned amount columns. */
export const journalColumns: readonly CsvColumn<JournalRow>[] = [
  { name: 'JournalNo', kind: 'TEXT', value: (row) => row.journalId },
  { name: 'JournalDate', kind: 'PLAIN', value: (row) => row.date },
  { name: 'AccountName', kind: 'TEXT', value: (row) => row.line.account },
  { name: 'Debits', kind: 'PLAIN', value: ({ line }) => (line.side === 'DEBIT' ? line.amount.amount : '') },
  { name: 'Credits', kind: 'PLAIN', value: ({ line }) => (line.side === 'CREDIT' ? line.amount.amount : '') },
  { name: 'Description', kind: 'TEXT', value: (row) => row.line.description },
  { name: 'Name', kind: 'TEXT', value: (row) => row.name },
  { name: 'Currency', kind: 'PLAIN', value: (row) => row.line.amount.currency },
]

/** The month-end journal of exchange differences (`fxVarianceJournal` of core) as a file to import. */
export function writeFxJournalCsv(journal: FxJournal, how: CsvWriteOptions = {}): string {
  const { journalId, date } = journal
  return writeCsv(
    journalColumns,
    journal.lines.map((line) => ({ journalId, date, line })),
    how,
  )
}
