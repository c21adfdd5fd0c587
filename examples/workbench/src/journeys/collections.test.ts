import { afterAll, beforeAll, expect, it } from 'vitest'
import { accepted, type JourneyWorld, journeyWorld } from './journey-world.ts'

let world: JourneyWorld
let creditorId = ''
const invoice = () => world.simulators.quickbooks.invoices.get('145')
const livePayments = () =>
  [...world.simulators.quickbooks.payments.values()].filter((one) => !one.deleted && /[1-9]/.test(one.amount))
const placement = () => world.client.collections.placement({ placementId: 'pl_1042' })
const rows = async () =>
  (await placement()).remittances.map(({ kind, recovered, fee, net }) => [
    kind,
    recovered.amount,
    fee.amount,
    net.amount,
  ])
const syncLog = () => world.client.collections.syncLog()
const debtorPays = (cents: bigint) =>
  world.simulators.stripe.succeedPayment({ amount: cents, metadata: { placement: 'pl_1042' } })

beforeAll(async () => {
  world = await journeyWorld('collections')
  world.simulators.quickbooks.addInvoice({ id: '145', number: 'INV-1042', total: '1000.00' })
  const creditor = accepted(
    await world.client.collections.saveCreditor({
      name: 'Bluestem Dental Supply',
      booksProvider: 'quickbooks',
      transferDestination: 'acct_bluestem',
      accounts: { deposit: '35', receivable: '84', clearing: '35', feeExpense: '61' },
    }),
  )
  creditorId = creditor.id
  accepted(
    await world.client.collections.place({
      id: 'pl_1042',
      creditorId,
      invoiceNumber: 'INV-1042',
      invoiceId: '145',
      invoiceAmount: { amount: '1000.00', currency: 'USD' },
      rate: '0.10',
    }),
  )
})
afterAll(() => world.close())

let paymentId = ''

it('a debtor pays: one row, one payment in the books, one transfer, however often Stripe says so', async () => {
  paymentId = debtorPays(33_335n)
  await world.settle()
  expect(await rows()).toEqual([['PAYMENT', '333.35', '33.34', '300.01']])
  expect(livePayments()).toMatchObject([{ amount: '333.35', note: '[ai-collect:placement=pl_1042]' }])
  expect(invoice()?.balance).toBe('666.65')
  expect((await syncLog()).rows).toMatchObject([{ status: 'posted', externalId: livePayments()[0]?.id, attempts: 1 }])
  expect([...world.simulators.stripe.transfers.values()].map(({ amount }) => amount)).toEqual([30_001n])
  expect((await placement()).remittances).toMatchObject([{ status: 'paid' }])
})

it('our own payment comes back from QuickBooks and is recognised: nothing is recorded twice', async () => {
  await world.settle()
  expect(world.simulators.quickbooks.changes.map(({ entity, operation }) => `${entity} ${operation}`)).toEqual([
    'payment created',
    'invoice updated',
  ])
  expect(await rows()).toHaveLength(1)
  expect((await syncLog()).drifts).toEqual([])
})

it('the answer of a write got lost for good: the write is completed when it comes back from QuickBooks', async () => {
  const { quickbooks } = world.simulators
  const posts = ({ method, url }: { method: string; url: URL }) =>
    method === 'POST' && url.pathname.endsWith('/payment')
  // the first try and its three repeats
  for (let count = 0; count < 4; count++) quickbooks.failNext({ kind: 'LOST_AFTER', matches: posts })
  debtorPays(10_000n)
  await world.settle()
  const [write] = (await syncLog()).rows
  expect([write?.status, write?.amount.amount, write?.externalId]).toEqual(['posted', '100.00', livePayments()[1]?.id])
  expect(livePayments()).toHaveLength(2)
})

it('somebody types our stamp: the payment is not taken for ours, and the difference shows', async () => {
  const { quickbooks } = world.simulators
  const forged = quickbooks.recordPayment({
    invoiceId: '145',
    amount: '5.00',
    note: '[ai-collect:placement=pl_1042]',
  })
  await world.settle()
  expect((await syncLog()).drifts).toMatchObject([{ amount: { amount: '-5.00' } }])
  expect(await rows()).toHaveLength(2)
  quickbooks.deletePayment(forged)
  await world.settle()
  expect((await syncLog()).drifts).toEqual([])
})

it('QuickBooks is down: the payment is recorded, the write is visible as failed, and a retry posts it once', async () => {
  world.simulators.quickbooks.setOutage({ status: 503 })
  debtorPays(20_000n)
  await world.settle().catch(() => undefined)
  expect(await rows()).toHaveLength(3)
  const failed = (await syncLog()).rows.find((row) => row.status === 'failed')
  expect(failed?.failure?.code).toBe('PROVIDER_UNAVAILABLE')
  world.simulators.quickbooks.setOutage(null)
  accepted(
    await world.client.collections.retryWriteback({
      mappingId: failed?.id ?? '',
      version: failed?.version ?? 0,
      event: 'retry',
    }),
  )
  await world.settle()
  expect((await syncLog()).rows.map((row) => row.status)).toEqual(['posted', 'posted', 'posted'])
  expect(livePayments()).toHaveLength(3)
  expect(invoice()?.balance).toBe('366.65')
})

it('the debtor disputes: a row of its own, the original untouched, the invoice open again', async () => {
  const before = (await placement()).remittances.find((row) => row.paymentId === paymentId)
  world.simulators.stripe.openDispute(paymentId)
  await world.settle()
  const after = (await placement()).remittances
  expect(after.find((row) => row.paymentId === paymentId)).toEqual(before)
  expect(after.filter((row) => row.parentRemittanceId === before?.id)).toMatchObject([
    {
      kind: 'REVERSAL',
      status: 'reversed',
      recovered: { amount: '-333.35' },
      fee: { amount: '-33.34' },
      net: { amount: '-300.01' },
    },
  ])
  expect(invoice()?.balance).toBe('700.00')
  expect(livePayments()).toHaveLength(2)
  expect((await syncLog()).rows.map((row) => row.status).sort()).toEqual(['posted', 'posted', 'reverted'])
  expect((await syncLog()).drifts).toEqual([])
})

it('somebody changes the invoice in QuickBooks: a drift event, and nothing is corrected', async () => {
  world.simulators.quickbooks.editInvoiceBalance('145', '690.00')
  await world.settle()
  accepted(await world.client.collections.checkDrift({ placementId: 'pl_1042' }))
  await world.settle()
  expect((await syncLog()).drifts).toMatchObject([
    { status: 'open', cached: { amount: '700.00' }, live: { amount: '690.00' }, amount: { amount: '-10.00' } },
  ])
  expect(invoice()?.balance).toBe('690.00')
  const { rows: events } = await world.client.activity.list({ limit: 100 })
  expect(events.map((event) => event.name)).toContain('writeback.drift_found')
})

it("draws up the month's statement, to the cent and under its hash", async () => {
  world.clock.advance(12 * 86_400_000)
  const statement = accepted(
    await world.client.collections.closeStatement({
      creditorId,
      currency: 'USD',
      from: '2026-11-01',
      to: '2026-11-30',
    }),
  )
  expect(statement).toMatchObject({
    opening: { amount: '0.00' },
    collected: { amount: '300.00' },
    fees: { amount: '30.00' },
  })
  expect(statement.hash).toMatch(/^[0-9a-f]{64}$/)
  for (const [kind, params, content] of [
    ['creditor-statement-pdf', { creditorId, currency: 'USD', from: '2026-11-01', to: '2026-11-30' }, /^%PDF-1/],
    ['remittances', { creditorId }, /^[a-z_]+,.*recovered_amount/],
  ] as const) {
    const ordered = accepted(await world.client.exports.create({ kind, params }))
    await world.settle()
    const done = await world.client.exports.get({ exportId: ordered.id })
    expect(done.failure).toBeNull()
    const file = await world.recon.handler(new Request(new URL(done.url ?? '', 'http://localhost')))
    expect(await file.text()).toMatch(content)
  }
})
