import type { BankLine } from '@recon/core'

/** A bank line as one flat object under the canonical column names, amounts as decimal strings. */
export function flatBankLine(line: BankLine): Record<string, string> {
  const { references } = line
  const fields: Record<string, string | undefined> = {
    id: line.id,
    account: line.account,
    bookingDate: line.bookingDate,
    valueDate: line.valueDate,
    amount: line.amount.amount,
    currency: line.amount.currency,
    status: line.status,
    instrument: line.instrument,
    transactionCode: line.transactionCode,
    endToEndId: references.endToEndId,
    bankReference: references.bankReference,
    customerReference: references.customerReference,
    checkNumber: references.checkNumber,
    structuredReference: references.structuredReference,
    mandateId: references.mandateId,
    batchId: references.batchId,
    structureId: references.structureId,
    remittanceText: references.remittanceText,
    counterpartyName: line.counterparty?.name,
    counterpartyAccount: line.counterparty?.account,
    returnCode: line.returnCode,
    originalAmount: line.originalAmount?.amount,
    originalCurrency: line.originalAmount?.currency,
    supersedes: line.supersedes,
    sourceStatus: line.sourceStatus,
  }
  const given: Record<string, string> = {}
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) given[name] = value
  return given
}
