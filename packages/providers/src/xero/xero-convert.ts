import {
  type BookEntry,
  type BookedPayment,
  type InvoiceBalance,
  type IsoDate,
  isIsoDate,
  type Money,
  money,
  type PaymentPosting,
  ReconError,
} from '@recon/core'
import { exactNumber } from '../exact-json.ts'
import type { XeroInvoice, XeroPayment } from './xero-api.ts'

const provider = 'xero'

/** `/Date(1552521600000+0000)/` or an ISO date, with or without a time. */
export function dateOfXero(text: string | null | undefined, what: string): IsoDate {
  const milliseconds = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/.exec(text ?? '')?.[1]
  const day =
    milliseconds === undefined ? text?.slice(0, 10) : new Date(Number(milliseconds)).toISOString().slice(0, 10)
  if (day !== undefined && isIsoDate(day)) return day
  throw new ReconError('PROVIDER_RESPONSE_INVALID', `xero: ${what} came with the date "${text?.slice(0, 40) ?? ''}".`, {
    provider,
  })
}

function amountOf(literal: string | null | undefined, currency: string, what: string): Money {
  try {
    return money(literal ?? '', currency)
  } catch (cause) {
    throw new ReconError(
      'PROVIDER_RESPONSE_INVALID',
      `xero: ${what} came with the amount "${literal?.slice(0, 30) ?? ''}" ${currency.slice(0, 10)}.`,
      { provider, cause },
    )
  }
}

export function invoiceBalance(invoice: XeroInvoice, homeCurrency: string, readAt: string): InvoiceBalance {
  const currency = invoice.CurrencyCode ?? homeCurrency
  const what = `invoice ${invoice.InvoiceID}`
  return {
    invoiceId: invoice.InvoiceID,
    total: amountOf(invoice.Total, currency, what),
    balance: amountOf(invoice.AmountDue, currency, what),
    readAt,
    ...(invoice.InvoiceNumber ? { documentNumber: invoice.InvoiceNumber } : {}),
    ...(invoice.Contact?.ContactID ? { customerId: invoice.Contact.ContactID } : {}),
  }
}

const gone = new Set(['DELETED', 'VOIDED'])
export const isGone = (record: { readonly Status?: string | null | undefined }): boolean =>
  gone.has(record.Status ?? '')

/** ACCREC invoices are money to come in, ACCPAY bills money to go out. */
export function entryOfInvoice(invoice: XeroInvoice, homeCurrency: string): BookEntry {
  const currency = invoice.CurrencyCode ?? homeCurrency
  const what = `invoice ${invoice.InvoiceID}`
  const sign = invoice.Type === 'ACCPAY' ? '-' : ''
  return {
    id: `invoice:${invoice.InvoiceID}`,
    date: dateOfXero(invoice.DateString ?? invoice.Date, what),
    amount: amountOf(`${sign}${invoice.Total ?? ''}`, currency, what),
    openAmount: amountOf(`${sign}${invoice.AmountDue ?? ''}`, currency, what),
    kind: 'INVOICE',
    references: {
      transactionNumber: invoice.InvoiceID,
      ...(invoice.InvoiceNumber ? { documentNumber: invoice.InvoiceNumber } : {}),
      ...(invoice.Reference ? { paymentReference: invoice.Reference } : {}),
    },
    source: provider,
    ...(invoice.Contact?.Name ? { counterparty: { name: invoice.Contact.Name } } : {}),
  }
}

export function entryOfPayment(payment: XeroPayment, homeCurrency: string): BookEntry {
  const what = `payment ${payment.PaymentID}`
  const sign = payment.PaymentType?.startsWith('ACCPAY') ? '-' : ''
  return {
    id: `payment:${payment.PaymentID}`,
    date: dateOfXero(payment.Date, what),
    amount: amountOf(`${sign}${payment.Amount ?? ''}`, payment.Invoice?.CurrencyCode ?? homeCurrency, what),
    kind: 'PAYMENT',
    references: {
      transactionNumber: payment.PaymentID,
      ...(payment.Reference ? { paymentReference: payment.Reference } : {}),
      ...(payment.Invoice?.InvoiceNumber ? { documentNumber: payment.Invoice.InvoiceNumber } : {}),
    },
    source: provider,
    ...(payment.IsReconciled ? { sourceStatus: 'RECONCILED' as const } : {}),
  }
}

export function bookedPayment(payment: XeroPayment, homeCurrency: string): BookedPayment {
  const what = `payment ${payment.PaymentID}`
  return {
    paymentId: payment.PaymentID,
    amount: amountOf(payment.Amount, payment.Invoice?.CurrencyCode ?? homeCurrency, what),
    date: dateOfXero(payment.Date, what),
    invoiceIds: payment.Invoice?.InvoiceID ? [payment.Invoice.InvoiceID] : [],
    status: payment.Status === 'DELETED' ? 'DELETED' : 'LIVE',
    ...(payment.Reference ? { memo: payment.Reference } : {}),
  }
}

export interface XeroDepositAccount {
  readonly accountId?: string | undefined
  readonly code?: string | undefined
}

export function paymentBody(posting: PaymentPosting, account: XeroDepositAccount): unknown {
  return {
    Invoice: { InvoiceID: posting.invoiceId },
    Account:
      account.accountId === undefined
        ? { Code: posting.depositAccount ?? account.code }
        : { AccountID: account.accountId },
    Date: posting.date,
    Amount: exactNumber(posting.amount.amount),
    Reference: posting.memo,
  }
}
