import { money, ReconError } from '@recon/core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type MemoryBooks, memoryBooks } from '../testing/memory-books.ts'
import { type ReconHarness, reconHarness } from '../testing/recon-harness.ts'
import { openTestStore } from '../testing/test-store.ts'

let harness: ReconHarness
let books: MemoryBooks
const usd = (amount: string) => money(amount, 'USD')
const tenantId = 'books'

beforeAll(async () => {
  books = memoryBooks({ 'inv-1': usd('1000.00') })
  harness = reconHarness(await openTestStore(), {
    providers: [
      {
        ...books.provider,
        parseWebhook: async ({ headers, body }) => {
          if (headers['intuit-signature'] !== 'right') {
            throw new ReconError('WEBHOOK_SIGNATURE_INVALID', 'The signature is not valid.')
          }
          const { eventId, entityId } = JSON.parse(new TextDecoder().decode(body)) as Record<string, string>
          const event = { eventId: String(eventId), type: 'Invoice.Update', entityId: String(entityId) }
          return { events: [{ ...event, kind: 'RECORD_CHANGED', entity: 'Invoice', operation: 'Update' }] }
        },
      },
    ],
  })
})
afterAll(() => harness.close())

const hook = async (eventId: string, entityId: string, signature = 'right') =>
  (
    await harness.send(null, `/webhooks/${books.provider.name}/${tenantId}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'intuit-signature': signature },
      body: JSON.stringify({ eventId, entityId }),
    })
  ).status

it('compares an invoice when the books say it changed, and finds by itself what no event told (D17)', async () => {
  const finance = harness.client({ tenantId, roles: ['FINANCE'] }).collections
  const creditor = await finance.saveCreditor({ name: 'Northwind', booksProvider: books.provider.name })
  if (!creditor.ok) throw new Error(creditor.refusal.message)
  const placement = await finance.place({
    creditorId: creditor.value.id,
    invoiceNumber: 'INV-1',
    invoiceId: 'inv-1',
    invoiceAmount: usd('1000.00'),
    rate: '0.10',
  })
  expect(placement.ok).toBe(true)
  await harness.recon.tick()
  await harness.recon.drain()
  const drifts = async () => {
    await harness.recon.drain()
    return (await finance.drifts()).rows.map((drift) => [drift.status, drift.amount.amount])
  }
  expect(await drifts()).toEqual([])

  books.outOfBand('inv-1', usd('5.00'))
  expect(await hook('evt-1', 'inv-1', 'wrong')).toBe(401)
  expect(await drifts()).toEqual([])
  // Late, twice, and of an invoice nobody placed: the live balance is read, so the order of events says nothing.
  expect([await hook('evt-2', 'inv-1'), await hook('evt-2', 'inv-1'), await hook('evt-3', 'inv-9')]).toEqual([
    200, 200, 200,
  ])
  expect(await drifts()).toEqual([['open', '-5.00']])

  books.outOfBand('inv-1', usd('2.00'))
  harness.clock.now = '2026-11-22T09:30:00.000Z'
  await harness.recon.tick()
  expect(await drifts()).toEqual([['open', '-7.00']])
})
