import { expect, it } from 'vitest'
import { createQuickbooksSimulator } from '../quickbooks/quickbooks-simulator.ts'
import { quickbooksWebhook } from '../quickbooks/quickbooks-webhook.ts'
import { createStripeSimulator } from '../stripe/stripe-simulator.ts'
import { stripeWebhook } from '../stripe/stripe-webhook.ts'
import { createTestClock } from './test-clock.ts'
import { createWebhookRelay } from './webhook-relay.ts'

const verifier = 'a-verifier-token-of-tests'

function books(webhookFormat: 'CLOUD_EVENTS' | 'NOTIFICATIONS') {
  const clock = createTestClock()
  const simulator = createQuickbooksSimulator({
    clock,
    realmId: '310687',
    webhookVerifierToken: verifier,
    webhookFormat,
  })
  simulator.addInvoice({ id: '145', total: '1000.00' })
  return { clock, simulator, parse: quickbooksWebhook(verifier) }
}

it.each(['CLOUD_EVENTS', 'NOTIFICATIONS'] as const)('tells every change of the books as %s, once', async (format) => {
  const { clock, simulator, parse } = books(format)
  const payment = simulator.recordPayment({ invoiceId: '145', amount: '12.50' })
  simulator.deletePayment(payment)
  const told = []
  for (const webhook of await simulator.takeWebhooks())
    told.push(...(await parse({ ...webhook, receivedAt: clock.instant() })).events)
  expect(told.map((event) => (event.kind === 'RECORD_CHANGED' ? [event.entity, event.operation] : []))).toEqual([
    ['payment', 'created'],
    ['invoice', 'updated'],
    ['invoice', 'updated'],
    ['payment', 'deleted'],
  ])
  expect(new Set(told.map((event) => event.eventId)).size).toBeGreaterThan(2)
  expect(await simulator.takeWebhooks()).toEqual([])
})

it('splits what is told at once into deliveries of 100 events', async () => {
  const { simulator } = books('CLOUD_EVENTS')
  for (let count = 0; count < 120; count++) simulator.editInvoiceBalance('145', `${count}.00`)
  const bodies = (await simulator.takeWebhooks()).map(({ body }) => JSON.parse(new TextDecoder().decode(body)))
  expect(bodies.map((body) => body.length)).toEqual([100, 20])
})

it('insists as the provider does until it is answered, signs anew, and delivers again what was accepted', async () => {
  const clock = createTestClock()
  const secret = 'whsec_tests'
  const simulator = createStripeSimulator({ clock, webhookSecret: secret })
  const parse = stripeWebhook({ secrets: [secret], toleranceSeconds: 300 })
  const answers = [503, 500, 200, 200]
  const ids: string[] = []
  const relay = createWebhookRelay({
    provider: 'stripe',
    simulator,
    clock,
    copies: 2,
    deliver: async (webhook) => {
      const { events } = await parse({ ...webhook, receivedAt: clock.instant() })
      ids.push(...events.map((event) => event.eventId))
      return answers.shift() ?? 200
    },
  })
  simulator.succeedPayment({ amount: 100n })
  expect(await relay.run()).toBe(1)
  expect(await relay.run()).toBe(0)
  clock.advance(60_000)
  await relay.run()
  clock.advance(600_000)
  await relay.run()
  expect(relay.pending()).toBe(1)
  await relay.run()
  expect({ pending: relay.pending(), tries: ids.length, events: new Set(ids).size }).toEqual({
    pending: 0,
    tries: 4,
    events: 1,
  })
})

it('remembers all of its books in plain data', async () => {
  const { clock, simulator } = books('CLOUD_EVENTS')
  const payment = simulator.recordPayment({ invoiceId: '145', amount: '12.50' })
  const again = createQuickbooksSimulator({ clock, webhookVerifierToken: verifier, resume: simulator.remember() })
  again.deletePayment(payment)
  expect([again.invoices.get('145')?.balance, simulator.invoices.get('145')?.balance]).toEqual(['1000.00', '987.50'])
  expect((await again.takeWebhooks()).length).toBe(1)
})
