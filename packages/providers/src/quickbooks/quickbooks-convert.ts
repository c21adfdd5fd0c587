import {
  type BookEntry,
  type BookedPayment,
  type InvoiceBalance,
  isIsoDate,
  type Money,
  money,
  type PaymentPosting,
  ReconError,
} from '@recon/core'
import { exactNumber } from '../exact-json.ts'
import type { QuickbooksInvoice, QuickbooksPayment } from './quickbooks-api.ts'

const provider = 'quickbooks'

function amountOf(literal: string | null | undefined, currency: string, what: string): Money {
  if (literal === null || literal === undefined) {
    throw new ReconError('PROVIDER_RESPONSE_INVALID', `quickbooks: ${what} came without an amount.`, { provider })
  }
  try {
    return money(literal, currency)
  } catch (cause) {
    throw new ReconError(
      'PROVIDER_RESPONSE_INVALID',
      `quickbooks: ${what} came with the amount "${literal.slice(0, 40)}" ${currency}.`,
      { provider, cause },
    )
  }
}

function dateOf(text: string | null | undefined, what: string): string {
  if (text && isIsoDate(text)) return text
  throw new ReconError(
    'PROVIDER_RESPONSE_INVALID',
    `quickbooks: ${what} came with the date "${text?.slice(0, 20) ?? ''}".`,
    { provider },
  )
}

export function invoiceBalance(invoice: QuickbooksInvoice, homeCurrency: string, readAt: string): InvoiceBalance {
  const currency = invoice.CurrencyRef?.value ?? homeCurrency
  const what = `invoice ${invoice.Id}`
  return {
    invoiceId: invoice.Id,
    total: amountOf(invoice.TotalAmt, currency, what),
    balance: amountOf(invoice.Balance, currency, what),
    readAt,
    ...(invoice.DocNumber ? { documentNumber: invoice.DocNumber } : {}),
    ...(invoice.CustomerRef ? { customerId: invoice.CustomerRef.value } : {}),
    ...(invoice.SyncToken ? { revision: invoice.SyncToken } : {}),
  }
}

/** An invoice is money to come in: positive, with what is still open of it. */
export function entryOfInvoice(invoice: QuickbooksInvoice, homeCurrency: string): BookEntry {
  const currency = invoice.CurrencyRef?.value ?? homeCurrency
  const what = `invoice ${invoice.Id}`
  return {
    id: `invoice:${invoice.Id}`,
    date: dateOf(invoice.TxnDate, what),
    amount: amountOf(invoice.TotalAmt, currency, what),
    openAmount: amountOf(invoice.Balance, currency, what),
    kind: 'INVOICE',
    references: { transactionNumber: invoice.Id, ...(invoice.DocNumber ? { documentNumber: invoice.DocNumber } : {}) },
    source: provider,
    ...(invoice.CustomerRef?.name ? { counterparty: { name: invoice.CustomerRef.name } } : {}),
  }
}

export function entryOfPayment(payment: QuickbooksPayment, homeCurrency: string): BookEntry {
  const currency = payment.CurrencyRef?.value ?? homeCurrency
  const what = `payment ${payment.Id}`
  return {
    id: `payment:${payment.Id}`,
    date: dateOf(payment.TxnDate, what),
    amount: amountOf(payment.TotalAmt, currency, what),
    kind: 'PAYMENT',
    references: {
      transactionNumber: payment.Id,
      ...(payment.PaymentRefNum ? { paymentReference: payment.PaymentRefNum } : {}),
      ...(payment.PrivateNote ? { description: payment.PrivateNote } : {}),
    },
    source: provider,
    ...(payment.CustomerRef?.name ? { counterparty: { name: payment.CustomerRef.name } } : {}),
  }
}

/** A voided payment keeps its id with the amount zero and says so in its note; a deleted one has status Deleted. */
export function bookedPayment(payment: QuickbooksPayment, homeCurrency: string): BookedPayment {
  const currency = payment.CurrencyRef?.value ?? homeCurrency
  const amount = amountOf(payment.TotalAmt ?? '0', currency, `payment ${payment.Id}`)
  const invoiceIds = (payment.Line ?? []).flatMap((line) =>
    (line.LinkedTxn ?? []).filter((link) => link.TxnType === 'Invoice').map((link) => link.TxnId),
  )
  const voided = /^voided\b/i.test(payment.PrivateNote ?? '') && /^0(\.0+)?$/.test(payment.TotalAmt ?? '')
  return {
    paymentId: payment.Id,
    amount,
    date: dateOf(payment.TxnDate, `payment ${payment.Id}`),
    invoiceIds,
    status: payment.status === 'Deleted' ? 'DELETED' : voided ? 'VOIDED' : 'LIVE',
    ...(payment.PrivateNote ? { memo: payment.PrivateNote } : {}),
    ...(payment.SyncToken ? { revision: payment.SyncToken } : {}),
  }
}

const longestNote = 4000
const longestReference = 21

/** The whole amount is linked to the invoice: what is not linked would be left as a customer credit and the invoice open. */
export function paymentBody(posting: PaymentPosting, customerId: string): unknown {
  if (posting.memo.length > longestNote) {
    throw new ReconError('REQUEST_INVALID', `quickbooks: a memo has at most ${longestNote} characters.`, { provider })
  }
  const amount = exactNumber(posting.amount.amount)
  return {
    CustomerRef: { value: customerId },
    TotalAmt: amount,
    TxnDate: posting.date,
    PrivateNote: posting.memo,
    CurrencyRef: { value: posting.amount.currency },
    Line: [{ Amount: amount, LinkedTxn: [{ TxnId: posting.invoiceId, TxnType: 'Invoice' }] }],
    ...(posting.depositAccount === undefined ? {} : { DepositToAccountRef: { value: posting.depositAccount } }),
    ...(posting.reference === undefined ? {} : { PaymentRefNum: posting.reference.slice(0, longestReference) }),
  }
}

export interface JournalLine {
  readonly account: string
  readonly posting: 'Debit' | 'Credit'
  readonly amount: Money
  readonly customerId?: string
}

/** A journal; a line on accounts receivable must name its customer. */
export function journalBody(lines: readonly JournalLine[], date: string, memo: string): unknown {
  return {
    TxnDate: date,
    PrivateNote: memo,
    CurrencyRef: { value: lines[0]?.amount.currency },
    Line: lines.map((line) => ({
      Amount: exactNumber(line.amount.amount),
      DetailType: 'JournalEntryLineDetail',
      JournalEntryLineDetail: {
        PostingType: line.posting,
        AccountRef: { value: line.account },
        ...(line.customerId === undefined
          ? {}
          : { Entity: { Type: 'Customer', EntityRef: { value: line.customerId } } }),
      },
    })),
  }
}
