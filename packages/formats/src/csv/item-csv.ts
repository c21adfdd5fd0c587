import type { BankLine, BookEntry, ReviewItem } from '@recon/core'
import { type CsvColumn, type CsvWriteOptions, writeCsv } from './guarded-csv.ts'

/** A review item with the records it is about. */
export interface ItemRow {
  readonly item: ReviewItem
  readonly bankLines: readonly BankLine[]
  readonly bookEntries: readonly BookEntry[]
}

function joined(texts: readonly (string | undefined)[]): string {
  return [...new Set(texts.filter((text): text is string => text !== undefined && text !== ''))].join('; ')
}

/** The records the row shows: the bank's, or the books' where the bank has none. */
function records({ bankLines, bookEntries }: ItemRow) {
  return bankLines.length > 0
    ? bankLines.map((line) => ({
        ...line,
        date: line.bookingDate,
        reference: line.references.endToEndId ?? line.references.checkNumber ?? line.references.bankReference,
      }))
    : bookEntries.map((entry) => ({
        ...entry,
        reference:
          entry.references.paymentReference ?? entry.references.transactionNumber ?? entry.references.documentNumber,
      }))
}

const common: readonly CsvColumn<ItemRow>[] = [
  { name: 'item', kind: 'TEXT', value: ({ item }) => item.id },
  { name: 'scenario', kind: 'PLAIN', value: ({ item }) => item.scenario },
  { name: 'status', kind: 'PLAIN', value: ({ item }) => item.status },
  { name: 'account', kind: 'TEXT', value: (row) => joined(records(row).map((record) => record.account)) },
  { name: 'date', kind: 'PLAIN', value: (row) => joined(records(row).map((record) => record.date)) },
  {
    name: 'amount',
    kind: 'PLAIN',
    value: (row) =>
      records(row).length === 1
        ? records(row)[0]?.amount.amount
        : joined(records(row).map((record) => record.amount.amount)),
  },
  { name: 'currency', kind: 'PLAIN', value: (row) => joined(records(row).map((record) => record.amount.currency)) },
  { name: 'reference', kind: 'TEXT', value: (row) => joined(records(row).map((record) => record.reference)) },
  {
    name: 'counterparty',
    kind: 'TEXT',
    value: (row) => joined(records(row).map((record) => record.counterparty?.name)),
  },
  { name: 'bankLines', kind: 'TEXT', value: ({ item }) => item.bankLineIds.join('; ') },
  { name: 'ledgerEntries', kind: 'TEXT', value: (row) => candidateIds(row).join('; ') },
]

/** Entries an item is linked with, else the ones it proposes, best first. */
export function candidateIds({ item }: ItemRow): readonly string[] {
  return item.bookEntryIds.length > 0
    ? item.bookEntryIds
    : [...new Set(item.matches.flatMap((match) => match.bookEntryIds))]
}

const exceptionColumns: readonly CsvColumn<ItemRow>[] = [
  ...common,
  { name: 'severity', kind: 'PLAIN', value: ({ item }) => String(item.severity) },
  { name: 'reason', kind: 'PLAIN', value: ({ item }) => item.reason.code },
]

const escalationColumns: readonly CsvColumn<ItemRow>[] = [
  { name: 'escalatedAt', kind: 'PLAIN', value: ({ item }) => item.escalation?.at },
  { name: 'escalatedBy', kind: 'TEXT', value: ({ item }) => item.escalation?.actorId },
  { name: 'note', kind: 'TEXT', value: ({ item }) => item.escalation?.reason },
  { name: 'returnCode', kind: 'TEXT', value: ({ bankLines }) => joined(bankLines.map((line) => line.returnCode)) },
  ...common,
]

const flagColumns: readonly CsvColumn<ItemRow>[] = [
  { name: 'flaggedAt', kind: 'PLAIN', value: ({ item }) => item.flag?.at },
  { name: 'flaggedBy', kind: 'TEXT', value: ({ item }) => item.flag?.actorId },
  { name: 'note', kind: 'TEXT', value: ({ item }) => item.flag?.reason },
  { name: 'candidates', kind: 'TEXT', value: ({ item }) => item.flag?.bookEntryIds.join('; ') },
  ...common,
]

/** Everything that still waits for a person, worst first as given. */
export function writeExceptionsCsv(rows: readonly ItemRow[], how: CsvWriteOptions = {}): string {
  return writeCsv(
    exceptionColumns,
    rows.filter(({ item }) => item.status !== 'RECONCILED'),
    how,
  )
}

/** The hand-off to accounts payable: what was escalated, when, and why the bank returned it. */
export function writeEscalationsCsv(rows: readonly ItemRow[], how: CsvWriteOptions = {}): string {
  return writeCsv(
    escalationColumns,
    rows.filter(({ item }) => item.status === 'ESCALATED'),
    how,
  )
}

/** What is held for investigation, with both candidates. */
export function writeFlaggedCsv(rows: readonly ItemRow[], how: CsvWriteOptions = {}): string {
  return writeCsv(
    flagColumns,
    rows.filter(({ item }) => item.status === 'FLAGGED'),
    how,
  )
}
