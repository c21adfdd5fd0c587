import type { Client } from '@recon/client'
import { money, webhookCatalogue } from '@recon/core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bankLine, bookEntry } from '../testing/desk-world.ts'
import { type ReconHarness, reconHarness } from '../testing/recon-harness.ts'
import { openTestStore } from '../testing/test-store.ts'
import { checkedEvent } from './webhook-event.ts'

interface Sent {
  readonly url: string
  readonly body: { readonly event: string; readonly topic: string; readonly data: Record<string, unknown> }
}

let harness: ReconHarness
let sent: Sent[] = []
beforeAll(async () => {
  harness = reconHarness(await openTestStore(), {
    postWebhook: async (url, _headers, body) => {
      sent.push({ url, body: JSON.parse(body) as Sent['body'] })
      return { status: 200, retryAfterSeconds: undefined, reason: null }
    },
  })
})
afterAll(() => harness.close())
beforeEach(() => {
  sent = []
  harness.clock.now = '2026-11-21T09:00:00.000Z'
})

const usd = (amount: string) => money(amount, 'USD')
let tenants = 0
async function subscribed(topics: string[], events: string[] = []): Promise<Client> {
  tenants += 1
  const client = harness.client({ tenantId: `events-${tenants}`, roles: ['ADMIN'] })
  const url = `https://hooks.example.com/${topics.join('-') || 'all'}`
  expect(await client.webhooks.save({ url, topics, events })).toMatchObject({ ok: true, value: { topics, events } })
  return client
}

describe('every event of the catalogue', () => {
  it.each(webhookCatalogue.map((entry) => [`${entry.topic} ${entry.event}`, entry] as const))(
    '%s passes with its example and not with a field more',
    (_name, { topic, event, example }) => {
      expect(checkedEvent({ topic, event, data: example })).toEqual({ topic, event, data: example })
      expect(() => checkedEvent({ topic, event, data: { ...example, secret: 'x' } })).toThrow(/malformed/)
    },
  )

  it('is listed for the person who subscribes', async () => {
    const client = await subscribed([])
    expect((await client.webhooks.catalogue()).rows).toHaveLength(webhookCatalogue.length)
    const wrong = await client.webhooks.save({ url: 'https://hooks.example.com/x', topics: ['cheques'] })
    expect(wrong).toMatchObject({ ok: false, refusal: { code: 'WEBHOOK_UNKNOWN' } })
  })
})

it('tells each subscriber of a transactable kind its own kind, from tentative to overdue', async () => {
  const client = await subscribed(['payment_order'])
  await client.webhooks.save({ url: 'https://hooks.example.com/expected', topics: ['expected_payment'] })
  const common = { date: '2026-11-20', account: '0048', instrument: 'WIRE' as const }
  await client.treasury.save({
    transactables: [
      {
        ...common,
        id: 'PO-1',
        kind: 'payment_order',
        state: 'sent',
        amount: usd('-9.00'),
        references: { paymentReference: 'PO-1' },
      },
      { ...common, id: 'EP-1', kind: 'expected_payment', amount: usd('7.00'), dueBy: '2026-11-23', references: {} },
    ],
  })
  const wire = { instrument: 'WIRE' as const, references: { endToEndId: 'PO-1' } }
  await client.imports.create({ bankLines: [bankLine('p1', '-9.00', { ...wire, status: 'PENDING' })] })
  await client.treasury.match({})
  await harness.recon.drain()
  expect(sent).toEqual([
    {
      url: 'https://hooks.example.com/payment_order',
      body: expect.objectContaining({
        topic: 'payment_order',
        event: 'tentatively_reconciled',
        data: {
          object: 'payment_order',
          id: 'PO-1',
          amount: usd('-9.00'),
          status: 'sent',
          certainty: 'TENTATIVE',
          transactionIds: ['p1'],
        },
      }),
    },
  ])
  await client.imports.create({ bankLines: [bankLine('d1', '-9.00', { ...wire, bookingDate: '2026-11-21' })] })
  const row = (await client.treasury.get({ transactableId: 'PO-1' })).row
  await client.treasury.link({ transactableId: 'PO-1', version: row.version, links: [] })
  await client.treasury.link({
    transactableId: 'PO-1',
    version: row.version + 1,
    links: [{ bankLineId: 'd1', amount: usd('-4.00') }],
  })
  harness.clock.now = '2026-11-24T08:00:00.000Z'
  await harness.recon.tick()
  await harness.recon.drain()
  expect(
    sent.map(({ url, body }) => [url.split('/').at(-1), body.event, body.data.status, body.data.certainty]),
  ).toEqual([
    ['payment_order', 'tentatively_reconciled', 'sent', 'TENTATIVE'],
    ['payment_order', 'reconciled', 'completed', 'RECONCILED'],
    ['payment_order', 'unreconciled', 'sent', 'UNRECONCILED'],
    ['payment_order', 'partially_reconciled', 'sent', 'PARTIALLY_RECONCILED'],
    ['expected', 'overdue', 'unreconciled', 'UNRECONCILED'],
  ])
})

it('tells of a payment what became of it, and nothing of the holds of the desk', async () => {
  const client = await subscribed(['payment'])
  await client.imports.create({
    bankLines: [bankLine('D1', '50.00', { references: { endToEndId: 'PAY-1' } })],
    bookEntries: [
      bookEntry('PAY-1', '50.00', { kind: 'PAYMENT', references: { paymentReference: 'PAY-1' } }),
      bookEntry('PAY-2', '60.00', { kind: 'PAYMENT' }),
    ],
  })
  await client.runs.create({ policy: 'payments-desk' })
  const rows = (await client.items.list()).rows
  for (const { item } of rows) {
    if (item.bookEntryIds.includes('PAY-1')) {
      await client.items.act({ itemId: item.id, version: item.version, do: { action: 'confirm' } })
    } else {
      await client.items.act({ itemId: item.id, version: item.version, do: { action: 'markUnreceived' } })
    }
  }
  await harness.recon.drain()
  expect(
    sent.map(({ body }) => body.data).sort((a, b) => (String(a.paymentId) < String(b.paymentId) ? -1 : 1)),
  ).toEqual([
    {
      paymentId: 'PAY-1',
      amount: usd('50.00'),
      status: 'RECONCILED',
      previousStatus: 'OUTSTANDING',
      reference: null,
      bankLineIds: ['D1'],
    },
    {
      paymentId: 'PAY-2',
      amount: usd('60.00'),
      status: 'UNRECEIVED',
      previousStatus: 'OUTSTANDING',
      reference: null,
      bankLineIds: [],
    },
  ])
})
