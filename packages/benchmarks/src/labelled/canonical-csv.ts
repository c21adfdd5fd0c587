import type { BankLine, BookEntry } from '@recon/core'

const bankColumns =
  'id,account,bookingDate,valueDate,amount,currency,status,instrument,transactionCode,endToEndId,bankReference,checkNumber,remittanceText,counterpartyName,counterpartyAccount,returnCode,originalAmount,originalCurrency,supersedes,sourceStatus,customerReference,batchId,structureId,mandateId'
const ledgerColumns =
  'id,account,date,amount,currency,instrument,kind,paymentReference,transactionNumber,documentNumber,checkNumber,description,counterpartyName,counterpartyAccount,originalAmount,originalCurrency,source,batchId,structureId'

function cell(value: string | undefined): string {
  if (value === undefined) return ''
  return /[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

function csv(columns: string, rows: readonly (readonly (string | undefined)[])[]): string {
  return `${columns}\n${rows.map((row) => row.map(cell).join(',')).join('\n')}\n`
}

/** Bank lines in the canonical columns, batch and structure ids in columns of their own. */
export function bankCsv(lines: readonly BankLine[]): string {
  return csv(
    bankColumns,
    lines.map((line) => [
      line.id,
      line.account,
      line.bookingDate,
      line.valueDate,
      line.amount.amount,
      line.amount.currency,
      line.status,
      line.instrument,
      line.transactionCode,
      line.references.endToEndId,
      line.references.bankReference,
      line.references.checkNumber,
      line.references.remittanceText,
      line.counterparty?.name,
      line.counterparty?.account,
      line.returnCode,
      line.originalAmount?.amount,
      line.originalAmount?.currency,
      line.supersedes,
      line.sourceStatus,
      line.references.customerReference,
      line.references.batchId,
      line.references.structureId,
      line.references.mandateId,
    ]),
  )
}

export function ledgerCsv(entries: readonly BookEntry[]): string {
  return csv(
    ledgerColumns,
    entries.map((entry) => [
      entry.id,
      entry.account,
      entry.date,
      entry.amount.amount,
      entry.amount.currency,
      entry.instrument,
      entry.kind,
      entry.references.paymentReference,
      entry.references.transactionNumber,
      entry.references.documentNumber,
      entry.references.checkNumber,
      entry.references.description,
      entry.counterparty?.name,
      entry.counterparty?.account,
      entry.originalAmount?.amount,
      entry.originalAmount?.currency,
      entry.source,
      entry.references.batchId,
      entry.references.structureId,
    ]),
  )
}
