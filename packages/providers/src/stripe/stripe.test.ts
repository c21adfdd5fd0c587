import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type BookEntry, money, sumMoney } from '@recon/core'
import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { parseExactJson } from '../exact-json.ts'
import { createTestClock } from '../testing/test-clock.ts'
import { stripe } from './stripe.ts'
import { moneyOfStripe, stripeAmount } from './stripe-amount.ts'
import { balanceTransactionSchema, payoutSchema } from './stripe-api.ts'
import { createStripeSimulator } from './stripe-simulator.ts'

const secret = 'whsec_of_the_endpoint'

function world() {
  const clock = createTestClock()
  const remote = createStripeSimulator({ clock, webhookSecret: secret })
  const provider = stripe({
    apiKey: 'rk_test_12345678',
    webhookSecrets: ['whsec_an_older_one', secret],
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
  return { clock, remote, provider, events }
}

describe('stripe webhooks', () => {
  it('say that a payment succeeded, with its metadata', async () => {
    const { remote, events } = world()
    const id = remote.succeedPayment({ amount: 50_000n, metadata: { placement: 'pl_1' } })
    expect(await events()).toMatchObject([
      {
        kind: 'PAYMENT_UPDATED',
        paymentId: id,
        status: 'SUCCEEDED',
        amount: { amount: '500.00', currency: 'USD' },
        metadata: { placement: 'pl_1' },
      },
    ])
  })

  it('move money for a dispute only when funds are withdrawn, and back when it is won', async () => {
    const { remote, events } = world()
    const payment = remote.succeedPayment({ amount: 50_000n })
    const inquiry = remote.openDispute(payment, { inquiry: true })
    remote.closeDispute(inquiry, 'won')
    await events().then((seen) =>
      expect(seen.map((event) => event.kind)).toEqual(['PAYMENT_UPDATED', 'OTHER', 'OTHER']),
    )
    const dispute = remote.openDispute(payment, { amount: 20_000n })
    remote.closeDispute(dispute, 'won')
    expect((await events()).filter((event) => event.kind !== 'OTHER')).toMatchObject([
      {
        kind: 'PAYMENT_REVERSED',
        reversalId: dispute,
        paymentId: payment,
        cause: 'DISPUTE',
        amount: { amount: '200.00' },
      },
      { kind: 'REVERSAL_UNDONE', reversalId: dispute, amount: { amount: '200.00' } },
    ])
  })

  it('accept what the official library signs, and refuse what is old, changed or signed by another', async () => {
    const { provider, clock } = world()
    const payload = JSON.stringify({
      id: 'evt_1',
      type: 'customer.created',
      created: 1_700_000_000,
      data: { object: { id: 'cus_1' } },
    })
    const timestamp = Math.floor(clock.now() / 1000)
    const sign = (options: { secret?: string; timestamp?: number }) =>
      Stripe.webhooks.generateTestHeaderString({
        payload,
        secret: options.secret ?? secret,
        timestamp: options.timestamp ?? timestamp,
      })
    const deliver = (header: string, text = payload) =>
      provider.parseWebhook?.({
        headers: { 'stripe-signature': header },
        body: new TextEncoder().encode(text),
        receivedAt: clock.instant(),
      })
    await expect(deliver(sign({}))).resolves.toMatchObject({ events: [{ kind: 'OTHER', eventId: 'evt_1' }] })
    for (const refused of [
      () => deliver(sign({ secret: 'whsec_wrong' })),
      () => deliver(sign({ timestamp: timestamp - 301 })),
      () => deliver(sign({ timestamp: timestamp + 301 })),
      () => deliver(sign({}), payload.replace('cus_1', 'cus_2')),
      () => deliver('t=,v1='),
      () => deliver(''),
    ]) {
      await expect(refused()).rejects.toMatchObject({ code: 'WEBHOOK_SIGNATURE_INVALID' })
    }
  })

  it('are signed by the simulator as the official library expects', async () => {
    const { remote, clock } = world()
    remote.succeedPayment({ amount: 1n })
    const [webhook] = await remote.takeWebhooks()
    const event = Stripe.webhooks.constructEvent(
      new TextDecoder().decode(webhook?.body),
      webhook?.headers['stripe-signature'] ?? '',
      secret,
      300,
      undefined,
      Math.floor(clock.now() / 1000),
    )
    expect(event.type).toBe('payment_intent.succeeded')
  })
})

describe('stripe payouts', () => {
  it('are explained to the cent once they are complete', async () => {
    const { remote, provider } = world()
    for (let count = 0; count < 230; count++) remote.succeedPayment({ amount: 1_000n + BigInt(count), fee: 59n })
    const disputed = remote.succeedPayment({ amount: 9_999n })
    remote.openDispute(disputed)
    const payout = remote.createPayout()
    expect(await provider.books.fetchEntries({})).toMatchObject({
      entries: [],
      warnings: [{ code: 'PAYOUT_NOT_COMPLETE', recordId: payout }],
    })
    remote.completePayout(payout)
    const { entries } = await provider.books.fetchEntries({})
    expect(entries).toHaveLength(232)
    expect(entries.every((entry: BookEntry) => entry.references.batchId === payout)).toBe(true)
    const sum = sumMoney(
      entries.map((entry) => entry.amount),
      'USD',
    )
    expect(sum).toEqual(moneyOfStripe(String(230n * 1000n + (229n * 230n) / 2n - 230n * 59n - 1500n), 'usd'))
  })

  it('that failed remove their entries', async () => {
    const { remote, provider } = world()
    remote.succeedPayment({ amount: 1000n })
    const payout = remote.createPayout()
    remote.completePayout(payout)
    remote.failPayout(payout)
    expect(await provider.books.fetchEntries({})).toMatchObject({ entries: [], removedEntryIds: [payout] })
  })
})

describe('stripe transfers', () => {
  it('are made once, whatever is lost, and reversed at most to their amount', async () => {
    const { remote, provider } = world()
    remote.failNext({ kind: 'LOST_AFTER' })
    const order = { idempotencyKey: 'remit-1', destination: 'acct_creditor', amount: money('300.01', 'USD') }
    const { externalId } = await provider.transfers.createTransfer(order)
    expect(remote.transfers.size).toBe(1)
    await expect(provider.transfers.createTransfer({ ...order, amount: money('300.02', 'USD') })).rejects.toMatchObject(
      { code: 'IDEMPOTENCY_CONFLICT' },
    )
    await provider.transfers.reverseTransfer({
      idempotencyKey: 'back-1',
      transferId: externalId,
      amount: money('100.00', 'USD'),
    })
    await expect(
      provider.transfers.reverseTransfer({
        idempotencyKey: 'back-2',
        transferId: externalId,
        amount: money('200.02', 'USD'),
      }),
    ).rejects.toMatchObject({
      code: 'PROVIDER_REJECTED',
    })
  })

  it('answer the official library as they answer us', async () => {
    const { remote } = world()
    const server = await remote.serve()
    const { hostname, port } = new URL(server.url)
    try {
      const client = new Stripe('sk_test_12345678', {
        host: hostname,
        port: Number(port),
        protocol: 'http',
        telemetry: false,
        maxNetworkRetries: 0,
      })
      const transfer = await client.transfers.create(
        { amount: 500, currency: 'usd', destination: 'acct_1' },
        { idempotencyKey: 'one' },
      )
      expect(transfer).toMatchObject({ object: 'transfer', amount: 500, reversed: false })
      await expect(
        client.transfers.create({ amount: 501, currency: 'usd', destination: 'acct_1' }, { idempotencyKey: 'one' }),
      ).rejects.toMatchObject({ type: 'StripeIdempotencyError' })
    } finally {
      await server.close()
    }
  })
})

describe('stripe amounts', () => {
  it.each([
    ['1099', 'usd', '10.99', 'USD'],
    ['500', 'jpy', '500', 'JPY'],
    ['1230', 'kwd', '1.230', 'KWD'],
    ['500', 'mga', '500.00', 'MGA'],
    ['50000', 'isk', '500', 'ISK'],
    ['-7', 'eur', '-0.07', 'EUR'],
  ])('%s %s is %s %s and back', (minor, currency, amount, code) => {
    expect(moneyOfStripe(minor, currency)).toEqual({ amount, currency: code })
    expect(stripeAmount({ amount, currency: code })).toBe(minor)
  })
})

const fixtures = resolve(import.meta.dirname, '../../../../../shared/provider-specs/stripe.fixtures3.json')

describe('stripe fixtures', () => {
  it('of balance transactions and payouts are read', (context) => {
    if (!existsSync(fixtures)) return context.skip('the published Stripe fixtures are not beside this repository')
    const { resources } = parseExactJson(readFileSync(fixtures, 'utf8'), 'fixtures') as {
      resources: Record<string, unknown>
    }
    expect(balanceTransactionSchema.parse(resources.balance_transaction)).toMatchObject({
      id: expect.stringMatching(/^txn_/),
    })
    expect(payoutSchema.parse(resources.payout)).toMatchObject({ id: expect.stringMatching(/^po_/) })
  })
})
