import { money, type ProviderTokens, type TokenStore } from '@recon/core'
import { describe, expect, it } from 'vitest'
import { createTestClock } from '../testing/test-clock.ts'
import { type QuickbooksOptions, quickbooks } from './quickbooks.ts'
import { createQuickbooksSimulator, quickbooksFault } from './quickbooks-simulator.ts'

function world(overrides: Partial<QuickbooksOptions> = {}) {
  const clock = createTestClock()
  const books = createQuickbooksSimulator({ clock })
  let kept: ProviderTokens = {
    ...books.issueTokens(),
    accessTokenExpiresAt: new Date(clock.now() + 3_600_000).toISOString(),
  }
  const tokens: TokenStore = {
    load: async () => kept,
    save: async (next) => {
      kept = next
    },
  }
  const provider = quickbooks({
    realmId: '310687',
    clientId: 'client',
    clientSecret: 'secret-of-the-app',
    tokens,
    homeCurrency: 'USD',
    fetch: books.fetch,
    clock,
    ...overrides,
  })
  books.addInvoice({ id: '145', total: '1000.00' })
  return { clock, books, provider, kept: () => kept }
}

const posting = {
  idempotencyKey: 'pl_123-1',
  invoiceId: '145',
  amount: money('333.35', 'USD'),
  date: '2026-11-20',
  memo: '[ai-collect:placement=pl_123]',
}
const voiding = { ...posting, idempotencyKey: 'pl_123-r1', full: true }

describe('quickbooks writeback', () => {
  it('posts a payment that pays the invoice down to the cent', async () => {
    const { books, provider } = world()
    const receipt = await provider.writeback.postPayment?.(posting)
    expect(receipt).toMatchObject({ state: 'DONE', requestId: expect.stringMatching(/^1-/) })
    expect(books.invoices.get('145')?.balance).toBe('666.65')
    expect(await provider.books.readInvoice?.('145')).toMatchObject({ balance: { amount: '666.65', currency: 'USD' } })
  })

  it('posts once when the answer to the first try is lost', async () => {
    const { books, provider } = world()
    books.failNext({ kind: 'LOST_AFTER', matches: (request) => request.method === 'POST' })
    await provider.writeback.postPayment?.(posting)
    expect(books.payments.size).toBe(1)
  })

  it('waits a minute when throttled and then goes on', async () => {
    const { books, provider, clock } = world()
    const before = clock.now()
    books.failNext({
      kind: 'STATUS',
      response: quickbooksFault('3001', 'ThrottleExceeded'),
      matches: (request) => request.method === 'POST',
    })
    await provider.writeback.postPayment?.(posting)
    expect(clock.now() - before).toBeGreaterThanOrEqual(60_000)
    expect(books.payments.size).toBe(1)
  })

  it('refuses what QuickBooks refuses, with its code and request id', async () => {
    const { provider } = world()
    await expect(
      provider.writeback.postPayment?.({ ...posting, amount: money('1000.01', 'USD') }),
    ).rejects.toMatchObject({
      code: 'PROVIDER_REJECTED',
      provider: 'quickbooks',
      details: { code: '6000' },
      requestId: expect.any(String),
    })
  })

  it('reads a fault inside an answer of 200', async () => {
    const { books, provider } = world()
    const inside = { ...quickbooksFault('6000', 'A business validation error has occurred'), status: 200 }
    books.failNext({ kind: 'STATUS', response: inside, matches: (request) => request.method === 'POST' })
    await expect(provider.writeback.postPayment?.(posting)).rejects.toMatchObject({ code: 'PROVIDER_REJECTED' })
  })

  it('voids a payment so that the invoice is open again', async () => {
    const { books, provider } = world()
    const receipt = await provider.writeback.postPayment?.(posting)
    await provider.writeback.reversePayment?.({ ...voiding, paymentId: receipt?.externalId ?? '' })
    expect(books.invoices.get('145')?.balance).toBe('1000.00')
    expect(await provider.books.readPayment?.(receipt?.externalId ?? '')).toMatchObject({ status: 'VOIDED' })
  })

  it('reads the sync token again when it went stale', async () => {
    const { books, provider } = world()
    const receipt = await provider.writeback.postPayment?.(posting)
    books.failNext({
      kind: 'STATUS',
      response: quickbooksFault('5010', 'Stale Object Error'),
      matches: (request) => request.url.searchParams.has('include'),
    })
    await provider.writeback.reversePayment?.({ ...voiding, paymentId: receipt?.externalId ?? '' })
    expect(books.invoices.get('145')?.balance).toBe('1000.00')
  })

  it('books a journal when the payment is already in a deposit, or says which accounts are missing', async () => {
    const { books, provider } = world()
    const receipt = await provider.writeback.postPayment?.(posting)
    books.deposit(receipt?.externalId ?? '')
    const reversal = { ...voiding, paymentId: receipt?.externalId ?? '' }
    await expect(provider.writeback.reversePayment?.(reversal)).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' })
    const accounts = { receivable: '84', clearing: '35', feeExpense: '92' }
    await provider.writeback.reversePayment?.({ ...reversal, accounts, feeAmount: money('33.34', 'USD') })
    expect([...books.journals.values()]).toMatchObject([
      { Line: [{ Amount: '333.35' }, { Amount: '333.35' }, { Amount: '33.34' }, { Amount: '33.34' }] },
    ])
  })
})

describe('quickbooks tokens', () => {
  it('refreshes once for many requests and keeps the rotated token', async () => {
    const { books, provider, clock, kept } = world()
    clock.advance(3_590_000)
    const before = kept().refreshToken
    await Promise.all(Array.from({ length: 8 }, () => provider.books.readInvoice?.('145')))
    expect(books.requests.filter((request) => request.url.pathname.endsWith('bearer'))).toHaveLength(1)
    expect(kept().refreshToken).not.toBe(before)
  })

  it('refreshes when QuickBooks refuses a token that looked fresh', async () => {
    const { books, provider } = world()
    books.expireAccessTokens()
    expect(await provider.books.readInvoice?.('145')).toMatchObject({ invoiceId: '145' })
  })

  it('asks to reconnect when the refresh token is dead, and does not try again', async () => {
    const { books, provider } = world()
    books.expireAccessTokens()
    books.revokeRefreshTokens()
    await expect(provider.books.readInvoice?.('145')).rejects.toMatchObject({
      code: 'PROVIDER_CREDENTIALS_INVALID',
      retryable: false,
    })
    expect(books.requests.filter((request) => request.url.pathname.endsWith('bearer'))).toHaveLength(1)
  })
})

describe('quickbooks books', () => {
  it('lists invoices and payments to the end', async () => {
    const { provider, books } = world()
    for (let id = 1; id <= 1203; id++) books.addInvoice({ id: `b${id}`, total: '10.00' })
    await provider.writeback.postPayment?.(posting)
    const entries: string[] = []
    let cursor: string | undefined
    do {
      const page = await provider.books.fetchEntries(cursor === undefined ? {} : { cursor })
      entries.push(...page.entries.map((entry) => entry.id))
      cursor = page.hasMore ? page.cursor : undefined
    } while (cursor !== undefined)
    expect(new Set(entries).size).toBe(1205)
  })

  it('tells what changed and what was deleted', async () => {
    const { provider, books, clock } = world()
    const since = clock.instant()
    clock.advance(1000)
    const receipt = await provider.writeback.postPayment?.(posting)
    books.deletePayment(receipt?.externalId ?? '')
    expect(await provider.books.fetchEntries({ changedSince: since })).toMatchObject({
      entries: [{ id: 'invoice:145', openAmount: { amount: '1000.00' } }],
      removedEntryIds: [`payment:${receipt?.externalId}`],
    })
  })
})

it('refuses an option it does not know', () => {
  expect(() => world(JSON.parse('{"realm":"1"}'))).toThrow(
    expect.objectContaining({ code: 'CONFIGURATION_INVALID', place: 'realm' }),
  )
})
