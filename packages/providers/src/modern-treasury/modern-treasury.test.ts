import type { BookEntry } from '@recon/core'
import ModernTreasury from 'modern-treasury'
import { describe, expect, it } from 'vitest'
import { createTestClock } from '../testing/test-clock.ts'
import { modernTreasury } from './modern-treasury.ts'
import { createModernTreasurySimulator } from './modern-treasury-simulator.ts'
import { signModernTreasuryWebhook } from './modern-treasury-webhook.ts'

const webhookKey = 'key of the endpoint'

function world() {
  const clock = createTestClock()
  const remote = createModernTreasurySimulator({ clock, webhookKey })
  const provider = modernTreasury({
    organizationId: 'org',
    apiKey: 'test-12345678',
    webhookKey,
    fetch: remote.fetch,
    clock,
  })
  const events = async () => {
    const taken = await remote.takeWebhooks()
    const parsed = await Promise.all(
      taken.map((webhook) => provider.parseWebhook?.({ ...webhook, receivedAt: clock.instant() })),
    )
    return parsed.flatMap((answer) => answer?.events ?? [])
  }
  const allEntries = async (): Promise<BookEntry[]> => {
    const entries: BookEntry[] = []
    let cursor: string | undefined
    do {
      const page = await provider.books.fetchEntries(cursor === undefined ? {} : { cursor })
      entries.push(...page.entries)
      cursor = page.hasMore ? page.cursor : undefined
    } while (cursor !== undefined)
    return entries
  }
  return { clock, remote, provider, events, allEntries }
}

describe('modern treasury', () => {
  it('goes from pending to posted under a new id, tentatively first', async () => {
    const { remote, provider, events } = world()
    const order = remote.addPaymentOrder({ amount: 125_000n, direction: 'credit', externalId: 'PO-77' })
    await events()
    const pending = remote.reportPending({ amount: 125_000n, direction: 'debit', description: 'ACH PO-77' })
    expect(await events()).toMatchObject([
      {
        kind: 'TRANSACTABLE_UPDATED',
        event: 'tentatively_reconciled',
        transactableId: order,
        status: 'tentatively_reconciled',
      },
    ])
    expect(remote.transactables.get(order)?.status).toBe('sent')
    expect((await provider.bankFeed.fetchLines({})).lines).toMatchObject([
      { id: pending, status: 'PENDING', amount: { amount: '-1250.00' } },
    ])
    const [posted = ''] = remote.postPriorDay()
    expect(posted).not.toBe(pending)
    expect(await provider.bankFeed.fetchLines({})).toMatchObject({
      lines: [{ id: posted, status: 'POSTED' }],
      withdrawnLineIds: [pending],
    })
    expect(await events()).toMatchObject([{ event: 'reconciled', transactableKind: 'payment_order' }])
    expect(remote.transactables.get(order)?.status).toBe('completed')
  })

  it('names the pending transaction a posted one replaces where the bank gives both the same id, once', async () => {
    const { remote, provider } = world()
    const named = remote.reportPending({ amount: 700n, direction: 'credit', vendorId: 'V-1' })
    remote.reportPending({ amount: 800n, direction: 'credit' })
    remote.reportPending({ amount: 900n, direction: 'credit', vendorId: 'V-2' })
    remote.reportPending({ amount: 901n, direction: 'credit', vendorId: 'V-2' })
    remote.postPriorDay()
    const { lines } = await provider.bankFeed.fetchLines({})
    expect(lines.map(({ amount, supersedes }) => [amount.amount, supersedes])).toEqual([
      ['7.00', named],
      ['8.00', undefined],
      ['9.00', undefined],
      ['9.01', undefined],
    ])
  })

  it('lists paper items of organizations of old only where it is told to', async () => {
    const clock = createTestClock()
    const remote = createModernTreasurySimulator({ clock, webhookKey: 'key' })
    const item = remote.addPaperItem({ amount: 65_540n, direction: 'credit', externalId: '104421' })
    const listed = async (paperItems: boolean) => {
      const options = { organizationId: 'org', apiKey: 'key-of-tests', fetch: remote.fetch, clock, paperItems }
      const { books } = modernTreasury(options)
      const kinds: string[] = []
      let cursor: string | undefined
      do {
        const page = await books.fetchEntries(cursor === undefined ? {} : { cursor })
        kinds.push(...page.entries.map(({ id, kind, amount }) => `${id} ${kind} ${amount.amount}`))
        cursor = page.hasMore ? page.cursor : undefined
      } while (cursor !== undefined)
      return kinds
    }
    expect(await listed(false)).toEqual([])
    expect(await listed(true)).toEqual([`${item} PAPER_ITEM 655.40`])
  })

  it('says when a pending transaction never posts', async () => {
    const { remote, events } = world()
    remote.addPaymentOrder({ amount: 5n, direction: 'credit' })
    const pending = remote.reportPending({ amount: 5n, direction: 'debit' })
    await events()
    remote.postPriorDay({ [pending]: { withheld: true } })
    expect(await events()).toMatchObject([{ event: 'unreconciled' }])
  })

  it('reads amounts and dates of an expected payment from its rule variables', async () => {
    const { remote, allEntries } = world()
    remote.addExpectedPayment({ amount: 5_001n, direction: 'credit', externalId: 'INV-9', date: '2026-11-21' })
    remote.addPaymentOrder({ amount: 700n, direction: 'debit' })
    expect(await allEntries()).toMatchObject([
      { kind: 'PAYMENT_ORDER', amount: { amount: '7.00' } },
      {
        kind: 'EXPECTED_PAYMENT',
        amount: { amount: '50.01', currency: 'USD' },
        date: '2026-11-21',
        references: { paymentReference: 'INV-9' },
      },
    ])
  })

  it('pages to the end by the cursor alone, also over empty pages', async () => {
    const { remote, allEntries } = world()
    remote.emptyPagesFirst(true)
    for (let count = 0; count < 260; count++)
      remote.addExpectedPayment({ amount: 100n + BigInt(count), direction: 'credit' })
    expect(new Set((await allEntries()).map((entry) => entry.id)).size).toBe(260)
  })

  it('matches an expected payment by hand, once', async () => {
    const { remote, provider } = world()
    const payment = remote.addExpectedPayment({ amount: 5_001n, direction: 'credit' })
    const other = remote.addExpectedPayment({ amount: 5_001n, direction: 'credit' })
    const transaction = remote.reportPosted({ amount: 5_001n, direction: 'credit' })
    remote.failNext({ kind: 'LOST_AFTER', matches: (request) => request.method === 'POST' })
    const group = { reference: 'batch-1', bankLineIds: [transaction], bookEntryIds: [payment] }
    await provider.writeback.confirmMatches?.({ idempotencyKey: 'one', groups: [group] })
    expect(remote.lineItems).toMatchObject([{ transactionId: transaction, expectedPaymentId: payment, amount: 5_001n }])
    const again = { reference: 'batch-2', bankLineIds: [transaction], bookEntryIds: [other] }
    await expect(provider.writeback.confirmMatches?.({ idempotencyKey: 'two', groups: [again] })).rejects.toMatchObject(
      { code: 'PROVIDER_REJECTED', requestId: expect.any(String) },
    )
  })

  it('waits as long as it is told', async () => {
    const { remote, provider, clock } = world()
    const before = clock.now()
    remote.failNext({
      kind: 'STATUS',
      response: {
        status: 429,
        headers: { 'retry-after-ms': '2500' },
        body: '{"errors":{"code":"too_many_requests","message":"slow down"}}',
      },
    })
    await provider.bankFeed.fetchLines({})
    expect(clock.now() - before).toBe(2500)
  })

  it('answers the official client as it answers us', async () => {
    const { remote } = world()
    for (let count = 0; count < 30; count++) remote.reportPosted({ amount: 100n + BigInt(count), direction: 'credit' })
    const client = new ModernTreasury({
      organizationID: 'org',
      apiKey: 'test-12345678',
      baseURL: 'https://simulated.example',
      fetch: remote.fetch,
      maxRetries: 0,
    })
    const seen: string[] = []
    for await (const transaction of client.transactions.list()) seen.push(transaction.id)
    expect(new Set(seen).size).toBe(30)
  })
})

describe('modern treasury signatures', () => {
  it.each([
    ['foo', 'foo', '08ba357e274f528065766c770a639abf6809b39ccfd37c2a3157c7f51954da0a'],
    ['foo', '{"foo":"bar"}', '57e14f6f354543f0101fb06ea24df7731d90087b76651e3497345e22a3622940'],
    ['hello, world', '{"foo":"bar"}', '07e118b4a9818c9242baf9009e76a78c29aeb015da93f600d514b77185247069'],
  ])('under the key %j over %j are as published', async (key, body, signature) => {
    expect(await signModernTreasuryWebhook(new TextEncoder().encode(body), key)).toBe(signature)
  })

  it('are refused when they do not fit', async () => {
    const { provider, clock } = world()
    const body = new TextEncoder().encode('{"event":"created","data":{}}')
    for (const signature of ['', 'zz', await signModernTreasuryWebhook(body, 'another')]) {
      await expect(
        provider.parseWebhook?.({ headers: { 'x-signature': signature }, body, receivedAt: clock.instant() }),
      ).rejects.toMatchObject({ code: 'WEBHOOK_SIGNATURE_INVALID' })
    }
  })
})
