import { type BankLine, type BookEntry, isIsoDate, type Money, money, ReconError } from '@recon/core'
import type { LeanDeposit, LeanIntent, LeanPayment } from './lean-api.ts'

const provider = 'lean'

/** Lean writes decimal major units, unlike most: 5.00 is five dirhams. */
export function moneyOfLean(literal: string, currency: string, what: string): Money {
  try {
    return money(literal, currency)
  } catch (cause) {
    throw new ReconError(
      'PROVIDER_RESPONSE_INVALID',
      `lean: ${what} came with the amount "${literal.slice(0, 30)}" ${currency.slice(0, 10)}.`,
      { provider, cause },
    )
  }
}

function dateOf(candidates: readonly (string | null | undefined)[], what: string): string {
  const day = candidates.map((text) => text?.slice(0, 10)).find((text) => text !== undefined && isIsoDate(text))
  if (day !== undefined) return day
  throw new ReconError('PROVIDER_RESPONSE_INVALID', `lean: ${what} came without a date.`, { provider })
}

export function lineOfDeposit(deposit: LeanDeposit): BankLine {
  const what = `deposit ${deposit.id}`
  return {
    id: deposit.id,
    bookingDate: dateOf([deposit.date, deposit.timestamp], what),
    amount: moneyOfLean(deposit.amount, deposit.currency, what),
    status: 'POSTED',
    instrument: 'EFT',
    references: {
      ...(deposit.reference ? { endToEndId: deposit.reference } : {}),
      ...(deposit.description ? { remittanceText: deposit.description } : {}),
    },
    ...(deposit.account_id ? { account: deposit.account_id } : {}),
    ...(deposit.sender_name || deposit.sender_account
      ? {
          counterparty: {
            ...(deposit.sender_name ? { name: deposit.sender_name } : {}),
            ...(deposit.sender_account ? { account: deposit.sender_account } : {}),
          },
        }
      : {}),
  }
}

/** Both lifecycles are in use: ACCEPTED_BY_BANK and PENDING_WITH_BANK, and CREATED, PROCESSING, PROCESSED, FAILED. */
export function paymentStatus(status: string): 'PENDING' | 'SUCCEEDED' | 'FAILED' {
  if (status === 'ACCEPTED_BY_BANK' || status === 'PROCESSED') return 'SUCCEEDED'
  return status === 'FAILED' ? 'FAILED' : 'PENDING'
}

/** A payment waits for a deposit from the moment the bank has it. What the intent is called is what the bank line shows. */
export function entryOfPayment(payment: LeanPayment, intent: LeanIntent): BookEntry {
  const what = `payment ${payment.id}`
  const reconciliation = payment.reconciliation?.status
  return {
    id: payment.id,
    date: dateOf([payment.created_at, payment.updated_at, intent.created_at], what),
    amount: moneyOfLean(payment.amount, payment.currency, what),
    kind: 'PAYMENT',
    instrument: 'EFT',
    references: {
      ...(payment.bank_transaction_reference || intent.description
        ? { paymentReference: payment.bank_transaction_reference || intent.description || '' }
        : {}),
      ...(intent.description ? { description: intent.description } : {}),
      transactionNumber: payment.id,
    },
    source: provider,
    ...(payment.sender_name ? { counterparty: { name: payment.sender_name } } : {}),
    ...(paymentStatus(payment.status) === 'FAILED' ? { status: 'CLOSED' as const } : {}),
    ...(reconciliation === 'RECONCILED' ? { sourceStatus: 'RECONCILED' as const } : {}),
  }
}
