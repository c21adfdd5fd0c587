import { type BookEntry, isIsoDate, money, ReconError } from '@recon/core'
import * as z from 'zod'

const text = z.string().nullish()

/** Amounts are JSON numbers, read as their literal text. */
const externalTransaction = z.object({
  ExternalTransactionId: z.string(),
  Amount: z.string(),
  CurrencyCode: text,
  TransactionDate: text,
  ValueDate: text,
  ReconciliationReference: text,
  ReferenceText: text,
  Description: text,
  Status: text,
  BankAccountName: text,
  ClearedDate: text,
})

export const externalTransactionPage = z.object({ items: z.array(externalTransaction), hasMore: z.boolean().nullish() })

/** A cash transaction made outside of payables and receivables; its amount is signed. */
export function entryOfExternalTransaction(row: z.infer<typeof externalTransaction>): BookEntry {
  const date = (row.TransactionDate ?? row.ValueDate ?? '').slice(0, 10)
  const currency = row.CurrencyCode ?? ''
  try {
    if (!isIsoDate(date)) throw new TypeError(`no date in "${date}"`)
    return {
      id: `XT:${row.ExternalTransactionId}:`,
      date,
      amount: money(row.Amount, currency),
      kind: 'GL_ENTRY',
      references: {
        transactionNumber: row.ExternalTransactionId,
        ...(row.ReconciliationReference ? { paymentReference: row.ReconciliationReference } : {}),
        ...(row.Description || row.ReferenceText ? { description: row.Description || row.ReferenceText || '' } : {}),
      },
      source: 'oracle-fusion',
      ...(row.BankAccountName ? { account: row.BankAccountName } : {}),
      ...(/^rec/i.test(row.Status ?? '') ? { sourceStatus: 'RECONCILED' as const } : {}),
    }
  } catch (cause) {
    throw new ReconError(
      'PROVIDER_RESPONSE_INVALID',
      `oracle-fusion: external transaction ${row.ExternalTransactionId} has no usable amount, currency and date.`,
      { provider: 'oracle-fusion', cause },
    )
  }
}
