import { type BookEntry, type IsoDate, ReconError } from '@recon/core'
import { moneyOfStripe } from './stripe-amount.ts'
import type { StripeBalanceTransaction, StripePayout } from './stripe-api.ts'

export function dateOfSeconds(seconds: string | null | undefined): IsoDate {
  if (!seconds || !/^\d{1,12}$/.test(seconds)) {
    throw new ReconError('PROVIDER_RESPONSE_INVALID', `stripe: "${seconds?.slice(0, 20) ?? ''}" is not a moment.`, {
      provider: 'stripe',
    })
  }
  return new Date(Number(seconds) * 1000).toISOString().slice(0, 10)
}

/** What one balance transaction adds to its payout: its net, fees already taken. All of them sum to the bank deposit. */
export function entryOfBalanceTransaction(row: StripeBalanceTransaction, payout: StripePayout): BookEntry {
  const source = typeof row.source === 'object' ? row.source?.id : row.source
  return {
    id: row.id,
    date: dateOfSeconds(payout.arrival_date ?? row.created),
    amount: moneyOfStripe(row.net, row.currency),
    originalAmount: moneyOfStripe(row.amount, row.currency),
    kind: row.reporting_category?.startsWith('dispute') || row.type === 'refund' ? 'RETURN' : 'PAYMENT',
    references: {
      batchId: payout.id,
      transactionNumber: row.id,
      ...(source ? { paymentReference: source } : {}),
      description: row.description ?? row.reporting_category ?? row.type,
    },
    source: 'stripe',
  }
}

/** A manual payout has no listing behind it: it is one entry. */
export function entryOfPayout(payout: StripePayout): BookEntry {
  return {
    id: payout.id,
    date: dateOfSeconds(payout.arrival_date ?? payout.created),
    amount: moneyOfStripe(payout.amount, payout.currency),
    kind: 'PAYMENT',
    references: {
      documentNumber: payout.id,
      ...(payout.trace_id?.value ? { paymentReference: payout.trace_id.value } : {}),
      ...(payout.statement_descriptor ? { description: payout.statement_descriptor } : {}),
    },
    source: 'stripe',
  }
}

/** True when the rows, without the payout's own negative one, explain the deposit to the minor unit. */
export function sumsToPayout(rows: readonly StripeBalanceTransaction[], payout: StripePayout): boolean {
  const sum = rows.reduce((total, row) => total + BigInt(row.net), 0n)
  return sum.toString() === payout.amount
}
