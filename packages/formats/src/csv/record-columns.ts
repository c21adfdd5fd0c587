import type { BankLine, BookEntry } from '@recon/core'
import { type CsvColumn, type CsvWriteOptions, writeCsv } from './guarded-csv.ts'

/** A text column: what it holds came from outside. */
function text<Row>(name: string, value: (row: Row) => string | undefined): CsvColumn<Row> {
  return { name, kind: 'TEXT', value }
}
function plain<Row>(name: string, value: (row: Row) => string | undefined): CsvColumn<Row> {
  return { name, kind: 'PLAIN', value }
}

/** The canonical columns of a bank CSV, in their order; what `parseBankCsv` reads. */
export const bankCsvColumns: readonly CsvColumn<BankLine>[] = [
  text('id', (line) => line.id),
  text('account', (line) => line.account),
  plain('bookingDate', (line) => line.bookingDate),
  plain('valueDate', (line) => line.valueDate),
  plain('amount', (line) => line.amount.amount),
  plain('currency', (line) => line.amount.currency),
  plain('status', (line) => line.status),
  plain('instrument', (line) => line.instrument),
  text('transactionCode', (line) => line.transactionCode),
  text('endToEndId', (line) => line.references.endToEndId),
  text('bankReference', (line) => line.references.bankReference),
  text('checkNumber', (line) => line.references.checkNumber),
  text('remittanceText', (line) => line.references.remittanceText),
  text('counterpartyName', (line) => line.counterparty?.name),
  text('counterpartyAccount', (line) => line.counterparty?.account),
  text('returnCode', (line) => line.returnCode),
  plain('originalAmount', (line) => line.originalAmount?.amount),
  plain('originalCurrency', (line) => line.originalAmount?.currency),
  text('supersedes', (line) => line.supersedes),
  plain('sourceStatus', (line) => line.sourceStatus),
]

/** Columns beyond the canonical ones, written where a line has something in them. */
const moreBankColumns: readonly CsvColumn<BankLine>[] = [
  text('sourceEntryIds', (line) => line.sourceEntryIds?.join(';')),
  text('customerReference', (line) => line.references.customerReference),
  text('structuredReference', (line) => line.references.structuredReference),
  text('mandateId', (line) => line.references.mandateId),
  text('batchId', (line) => line.references.batchId),
  text('structureId', (line) => line.references.structureId),
]

/** The canonical columns of a ledger CSV, in their order; what `parseLedgerCsv` reads. */
export const ledgerCsvColumns: readonly CsvColumn<BookEntry>[] = [
  text('id', (entry) => entry.id),
  text('account', (entry) => entry.account),
  plain('date', (entry) => entry.date),
  plain('amount', (entry) => entry.amount.amount),
  plain('currency', (entry) => entry.amount.currency),
  plain('instrument', (entry) => entry.instrument),
  plain('kind', (entry) => entry.kind),
  text('paymentReference', (entry) => entry.references.paymentReference),
  text('transactionNumber', (entry) => entry.references.transactionNumber),
  text('documentNumber', (entry) => entry.references.documentNumber),
  text('checkNumber', (entry) => entry.references.checkNumber),
  text('description', (entry) => entry.references.description),
  text('counterpartyName', (entry) => entry.counterparty?.name),
  text('counterpartyAccount', (entry) => entry.counterparty?.account),
  plain('originalAmount', (entry) => entry.originalAmount?.amount),
  plain('originalCurrency', (entry) => entry.originalAmount?.currency),
  text('source', (entry) => entry.source),
]

const moreLedgerColumns: readonly CsvColumn<BookEntry>[] = [
  plain('sourceStatus', (entry) => entry.sourceStatus),
  plain('status', (entry) => entry.status),
  plain('openAmount', (entry) => entry.openAmount?.amount),
  text('reverses', (entry) => entry.reverses),
  text('batchId', (entry) => entry.references.batchId),
  text('structureId', (entry) => entry.references.structureId),
]

function filled<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): readonly CsvColumn<Row>[] {
  return columns.filter((column) => rows.some((row) => (column.value(row) ?? '') !== ''))
}

/** Bank lines as CSV in the canonical columns. Reading it again gives the same lines, save their raw text. */
export function writeBankCsv(lines: readonly BankLine[], options: CsvWriteOptions = {}): string {
  return writeCsv([...bankCsvColumns, ...filled(moreBankColumns, lines)], lines, options)
}

/** Book entries as CSV in the canonical columns. Reading it again gives the same entries, save raw text and bounds. */
export function writeLedgerCsv(entries: readonly BookEntry[], options: CsvWriteOptions = {}): string {
  return writeCsv([...ledgerCsvColumns, ...filled(moreLedgerColumns, entries)], entries, options)
}
