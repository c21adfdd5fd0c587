import { money, type ProviderTokens, type TokenStore } from '@recon/core'
import { describe, expect, it } from 'vitest'
import { createTestClock } from '../testing/test-clock.ts'
import { xero } from './xero.ts'
import { dateOfXero } from './xero-convert.ts'
import { createXeroSimulator } from './xero-simulator.ts'

const webhookKey = 'key of the xero webhook'

function world() {
  const clock = createTestClock()
  const remote = createXeroSimulator({ clock, webhookKey })
  let kept: ProviderTokens = {
    ...remote.issueTokens(),
    accessTokenExpiresAt: new Date(clock.now() + 1_800_000).toISOString(),
  }
  const tokens: TokenStore = {
    load: async () => kept,
    save: async (next) => {
      kept = next
    },
  }
  const provider = xero({
    tenantId: 'tenant-1',
    clientId: 'client',
    clientSecret: 'secret',
    tokens,
    homeCurrency: 'USD',
    depositAccount: { code: '090' },
    webhookKey,
    fetch: remote.fetch,
    clock,
  })
  remote.addInvoice({ id: 'inv-1', number: 'INV-1', total: '1000.00' })
  return { clock, remote, provider }
}

const posting = {
  idempotencyKey: 'pl_1-1',
  invoiceId: 'inv-1',
  amount: money('333.35', 'USD'),
  date: '2026-11-20',
  memo: '[ai-collect:placement=pl_1]',
}

describe('xero', () => {
  it('posts a payment once and reads the balance back', async () => {
    const { remote, provider } = world()
    remote.failNext({ kind: 'LOST_AFTER', matches: (request) => request.method === 'POST' })
    await provider.writeback.postPayment?.(posting)
    expect(remote.payments.size).toBe(1)
    expect(await provider.books.readInvoice?.('inv-1')).toMatchObject({
      balance: { amount: '666.65' },
      documentNumber: 'INV-1',
    })
  })

  it('reverses by deletion, whole or not at all', async () => {
    const { remote, provider } = world()
    const receipt = await provider.writeback.postPayment?.(posting)
    const reversal = { ...posting, idempotencyKey: 'pl_1-r', paymentId: receipt?.externalId ?? '', full: true }
    await expect(provider.writeback.reversePayment?.({ ...reversal, full: false })).rejects.toMatchObject({
      code: 'PROVIDER_REJECTED',
    })
    await provider.writeback.reversePayment?.(reversal)
    expect(remote.invoices.get('inv-1')?.due).toBe('1000.00')
    await expect(
      provider.writeback.reversePayment?.({ ...reversal, idempotencyKey: 'pl_1-r2' }),
    ).resolves.toMatchObject({ state: 'DONE' })
  })

  it('repeats the reason of a refused row', async () => {
    const { provider } = world()
    await expect(
      provider.writeback.postPayment?.({ ...posting, amount: money('1000.01', 'USD') }),
    ).rejects.toMatchObject({
      code: 'PROVIDER_REJECTED',
      message: expect.stringContaining('exceeds the amount outstanding'),
      requestId: expect.any(String),
    })
  })

  it('does not wait for a day limit', async () => {
    const { remote, provider } = world()
    remote.failNext({
      kind: 'STATUS',
      response: { status: 429, headers: { 'retry-after': '40000', 'x-rate-limit-problem': 'day' }, body: '' },
    })
    await expect(provider.books.readInvoice?.('inv-1')).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      details: { limit: 'day' },
    })
  })

  it('uses each refresh token once', async () => {
    const { clock, remote, provider } = world()
    for (let hour = 0; hour < 3; hour++) {
      clock.advance(3_600_000)
      await provider.books.readInvoice?.('inv-1')
    }
    const used = remote.requests
      .filter((request) => request.url.pathname.endsWith('/token'))
      .map((request) => request.text)
    expect(new Set(used).size).toBe(3)
  })

  it('lists everything, and what was deleted as removed', async () => {
    const { remote, provider } = world()
    for (let count = 0; count < 250; count++) remote.addInvoice({ id: `b-${count}`, total: '1.00' })
    const receipt = await provider.writeback.postPayment?.(posting)
    await provider.writeback.reversePayment?.({
      ...posting,
      idempotencyKey: 'r',
      paymentId: receipt?.externalId ?? '',
      full: true,
    })
    const seen: string[] = []
    const removed: string[] = []
    let cursor: string | undefined
    do {
      const page = await provider.books.fetchEntries(cursor === undefined ? {} : { cursor })
      seen.push(...page.entries.map((entry) => entry.id))
      removed.push(...page.removedEntryIds)
      cursor = page.hasMore ? page.cursor : undefined
    } while (cursor !== undefined)
    expect(new Set(seen).size).toBe(251)
    expect(removed).toEqual([`payment:${receipt?.externalId}`])
  })

  it('hears of a payment as an update of its invoice', async () => {
    const { clock, remote, provider } = world()
    await remote.takeWebhooks()
    await provider.writeback.postPayment?.(posting)
    const [webhook] = await remote.takeWebhooks()
    const delivery = {
      headers: webhook?.headers ?? {},
      body: webhook?.body ?? new Uint8Array(),
      receivedAt: clock.instant(),
    }
    expect(await provider.parseWebhook?.(delivery)).toMatchObject({
      events: [{ entity: 'invoice', entityId: 'inv-1', operation: 'updated', occurredAt: '2026-11-20T09:00:00.000Z' }],
      respond: { status: 200, body: '' },
    })
    await expect(
      provider.parseWebhook?.({ ...delivery, headers: { 'x-xero-signature': 'AAAA' } }),
    ).rejects.toMatchObject({ code: 'WEBHOOK_SIGNATURE_INVALID' })
  })
})

it.each([
  ['/Date(1552431874205)/', '2019-03-12'],
  ['/Date(1552521600000+0000)/', '2019-03-14'],
  ['2026-03-12T00:00:00', '2026-03-12'],
])('reads the date %s', (text, date) => {
  expect(dateOfXero(text, 'it')).toBe(date)
})
