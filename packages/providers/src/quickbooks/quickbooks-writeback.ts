import { compareMoney, type PaymentReversal, ReconError, type Writeback, type WritebackReceipt } from '@recon/core'
import type { QuickbooksApi, QuickbooksPayment } from './quickbooks-api.ts'
import { bookedPayment, type JournalLine, journalBody, paymentBody } from './quickbooks-convert.ts'

const provider = 'quickbooks'

export const longestKey = 48

export function checkKey(key: string): void {
  if (key.length === 0 || key.length > longestKey) {
    throw new ReconError('REQUEST_INVALID', `quickbooks: an idempotency key has 1 to ${longestKey} characters.`, {
      provider,
    })
  }
}

export function createWriteback(
  api: QuickbooksApi,
  reversal: 'VOID' | 'DELETE' | 'JOURNAL',
  homeCurrency: string,
): Writeback {
  return {
    postPayment: async (posting) => {
      checkKey(posting.idempotencyKey)
      const customerId =
        posting.customerId ?? (await api.readInvoice(posting.invoiceId, posting.signal)).CustomerRef?.value
      if (customerId === undefined)
        throw new ReconError('PROVIDER_REJECTED', `quickbooks: invoice ${posting.invoiceId} names no customer.`, {
          provider,
        })
      const sent = await api.createPayment(paymentBody(posting, customerId), posting.idempotencyKey, posting.signal)
      return receipt(sent.value.Id, sent.value.SyncToken, sent.requestId)
    },
    reversePayment: async (request) => {
      checkKey(request.idempotencyKey)
      if (!request.full || reversal === 'JOURNAL') return journalReversal(api, request, true)
      try {
        const undone = await undoPayment(api, reversal, request, homeCurrency)
        const fee =
          request.feeAmount === undefined || request.accounts?.feeExpense === undefined
            ? []
            : [(await journalReversal(api, request, false)).externalId]
        return { ...undone, relatedIds: fee }
      } catch (error) {
        if (!ReconError.is(error) || !needsJournal.has(String(error.details?.code))) throw error
        return journalReversal(api, request, true)
      }
    },
  }
}

/** 6540: the payment is in a bank deposit. 6210: the period is closed. */
export const needsJournal = new Set(['6540', '6210'])

export async function undoPayment(
  api: QuickbooksApi,
  how: 'VOID' | 'DELETE',
  request: PaymentReversal,
  homeCurrency: string,
): Promise<WritebackReceipt> {
  const undo = how === 'VOID' ? api.voidPayment : api.deletePayment
  for (let attempt = 0; ; attempt++) {
    const payment = await existing(api, request)
    // Somebody took it out of the books already: what was wanted is so.
    if (payment === undefined) return receipt(request.paymentId, undefined, undefined)
    const booked = bookedPayment(payment, homeCurrency)
    if (booked.status !== 'LIVE') return receipt(payment.Id, payment.SyncToken, undefined)
    if (compareMoney(booked.amount, request.amount) !== 0) {
      throw new ReconError(
        'PROVIDER_REJECTED',
        `quickbooks: payment ${payment.Id} is ${booked.amount.amount}, not ${request.amount.amount}; it was changed in the books.`,
        { provider },
      )
    }
    try {
      const sent = await undo(
        payment.Id,
        payment.SyncToken ?? '0',
        `${request.idempotencyKey}-${attempt}`,
        request.signal,
      )
      return receipt(sent.value.Id, sent.value.SyncToken, sent.requestId)
    } catch (error) {
      // A stale SyncToken: read the record again and try once more.
      if (!ReconError.is(error) || error.code !== 'VERSION_CONFLICT' || attempt > 0) throw error
    }
  }
}

export async function existing(api: QuickbooksApi, request: PaymentReversal): Promise<QuickbooksPayment | undefined> {
  try {
    return await api.readPayment(request.paymentId, request.signal)
  } catch (error) {
    if (ReconError.is(error) && error.code === 'NOT_FOUND') return undefined
    throw error
  }
}

/** Debits receivables and credits the deposit account; takes the fee expense back where accounts for it are given. */
export async function journalReversal(
  api: QuickbooksApi,
  request: PaymentReversal,
  withDeposit: boolean,
): Promise<WritebackReceipt> {
  const { receivable, clearing, feeExpense } = request.accounts ?? {}
  if (clearing === undefined || (withDeposit && receivable === undefined)) {
    throw new ReconError(
      'CONFIGURATION_INVALID',
      'quickbooks: this reversal needs a journal; configure the receivable and clearing accounts.',
      { provider },
    )
  }
  const customerId = request.customerId ?? (await api.readInvoice(request.invoiceId, request.signal)).CustomerRef?.value
  const lines: JournalLine[] = []
  if (withDeposit && receivable !== undefined) {
    lines.push({
      account: receivable,
      posting: 'Debit',
      amount: request.amount,
      ...(customerId === undefined ? {} : { customerId }),
    })
    lines.push({ account: clearing, posting: 'Credit', amount: request.amount })
  }
  if (request.feeAmount !== undefined && feeExpense !== undefined) {
    lines.push({ account: clearing, posting: 'Debit', amount: request.feeAmount })
    lines.push({ account: feeExpense, posting: 'Credit', amount: request.feeAmount })
  }
  const sent = await api.createJournal(
    journalBody(lines, request.date, request.memo),
    `${request.idempotencyKey}-j`,
    request.signal,
  )
  return receipt(sent.value.Id, undefined, sent.requestId)
}

export function receipt(
  externalId: string,
  revision: string | null | undefined,
  requestId: string | undefined,
): WritebackReceipt {
  return {
    state: 'DONE',
    externalId,
    ...(revision ? { revision } : {}),
    ...(requestId === undefined ? {} : { requestId }),
  }
}
