import { type Money, negateMoney } from '@recon/core'
import type { CsvColumn } from './csv-writer.ts'

/** One line of a journal to import into books: an account debited or credited. */
export interface JournalLine {
  readonly journalNumber: string
  readonly date: string
  readonly account: string
  /** Positive is a debit, negative a credit. */
  readonly amount: Money
  readonly description: string
  readonly name?: string
}

function side(line: JournalLine, credit: boolean): string {
  const negative = line.amount.amount.startsWith('-')
  if (negative !== credit) return ''
  return negative ? negateMoney(line.amount).amount : line.amount.amount
}

/** The columns general ledgers import journals by: two unsigned amount columns. */
export const journalColumns: readonly CsvColumn<JournalLine>[] = [
  { name: 'JournalNo', kind: 'TEXT', value: (line) => line.journalNumber },
  { name: 'JournalDate', kind: 'PLAIN', value: (line) => line.date },
  { name: 'AccountName', kind: 'TEXT', value: (line) => line.account },
  { name: 'Debits', kind: 'PLAIN', value: (line) => side(line, false) },
  { name: 'Credits', kind: 'PLAIN', value: (line) => side(line, true) },
  { name: 'Description', kind: 'TEXT', value: (line) => line.description },
  { name: 'Name', kind: 'TEXT', value: (line) => line.name },
  { name: 'Currency', kind: 'PLAIN', value: (line) => line.amount.currency },
]
