import {
  addMoney,
  type InvoiceBalance,
  type Money,
  money,
  negateMoney,
  type Provider,
  ReconError,
  subtractMoney,
} from '@recon/core'

export interface MemoryBooks {
  readonly provider: Provider
  readonly balance: (invoiceId: string) => string
  /** Payments that stand, by id. */
  readonly payments: ReadonlyMap<string, Money>
  /** Transfers that were made, by key. */
  readonly transfers: ReadonlyMap<string, Money>
  /** The next calls fail: before anything happened, or after. */
  readonly failNext: (...when: ('BEFORE' | 'AFTER')[]) => void
  /** Somebody books a payment by hand. */
  readonly outOfBand: (invoiceId: string, amount: Money) => void
}

/** Books and a transfer rail in memory that keep idempotency keys: for tests of whatever writes to a provider. */
export function memoryBooks(invoices: Readonly<Record<string, Money>>): MemoryBooks {
  const balances = new Map(Object.entries(invoices))
  const payments = new Map<string, Money>()
  const transfers = new Map<string, Money>()
  const answers = new Map<string, string>()
  const faults: ('BEFORE' | 'AFTER')[] = []
  const lost = () => new ReconError('PROVIDER_UNAVAILABLE', 'memory-books: no answer', { provider: 'memory-books' })

  /** Carries a write out once per key, and loses its answer where a fault says so. */
  async function once(key: string, work: () => string): Promise<string> {
    const fault = faults.shift()
    if (fault === 'BEFORE') throw lost()
    const answer = answers.get(key) ?? work()
    answers.set(key, answer)
    if (fault === 'AFTER') throw lost()
    return answer
  }
  const move = (invoiceId: string, by: Money): void => {
    balances.set(invoiceId, addMoney(balances.get(invoiceId) ?? money('0', by.currency), by))
  }
  const provider: Provider = {
    name: 'memory-books',
    books: {
      fetchEntries: async () => ({ entries: [], removedEntryIds: [], hasMore: false, warnings: [] }),
      readInvoice: async (invoiceId): Promise<InvoiceBalance> => {
        const balance = balances.get(invoiceId)
        if (balance === undefined)
          throw new ReconError('NOT_FOUND', 'memory-books: no such invoice', { provider: 'memory-books' })
        return { invoiceId, balance, total: balance, readAt: '2026-11-21T09:00:00Z' }
      },
    },
    writeback: {
      postPayment: async ({ idempotencyKey, invoiceId, amount }) => ({
        state: 'DONE',
        externalId: await once(idempotencyKey, () => {
          const id = `payment-${answers.size + 1}`
          payments.set(id, amount)
          move(invoiceId, negateMoney(amount))
          return id
        }),
      }),
      reversePayment: async ({ idempotencyKey, paymentId, invoiceId, amount, full }) => ({
        state: 'DONE',
        externalId: await once(idempotencyKey, () => {
          const standing = payments.get(paymentId)
          if (standing === undefined) return paymentId
          if (!full) return `journal-${answers.size + 1}`
          payments.delete(paymentId)
          move(invoiceId, subtractMoney(standing, subtractMoney(standing, amount)))
          return paymentId
        }),
      }),
    },
    transfers: {
      createTransfer: async ({ idempotencyKey, amount }) => ({
        state: 'DONE',
        externalId: await once(idempotencyKey, () => {
          transfers.set(idempotencyKey, amount)
          return `transfer-${transfers.size}`
        }),
      }),
      reverseTransfer: async ({ transferId }) => ({ state: 'DONE', externalId: transferId }),
    },
  }
  return {
    provider,
    balance: (invoiceId) => balances.get(invoiceId)?.amount ?? '',
    payments,
    transfers,
    failNext: (...when) => void faults.push(...when),
    outOfBand: (invoiceId, amount) => move(invoiceId, negateMoney(amount)),
  }
}
