import { type Decision, money } from '@recon/core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { workerActor } from '../jobs/job-handlers.ts'
import { verifyActivity } from '../store/activity-chain.ts'
import type { Store } from '../store/store.ts'
import { inTransaction, systemAmbience } from '../store/unit-of-work.ts'
import { type MemoryBooks, memoryBooks } from '../testing/memory-books.ts'
import { type ReconHarness, reconHarness } from '../testing/recon-harness.ts'
import { openTestStore } from '../testing/test-store.ts'
import { receivePaymentEvent } from './receive-payment-event.ts'

let store: Store
let harness: ReconHarness
let books: MemoryBooks
let tenant = 0

beforeAll(async () => {
  store = await openTestStore()
})
beforeEach(() => {
  books = memoryBooks({ 'inv-1': money('1000.00', 'USD') })
  harness = reconHarness(store, { providers: [books.provider] })
  tenant += 1
})
// Jobs are of the whole database: what a test left waiting must not meet the books of the next one.
afterEach(() => harness.recon.drain())
afterAll(() => harness.close())

const usd = (amount: string) => money(amount, 'USD')

function must<Value>(decision: Decision<Value>): Value {
  if (!decision.ok) throw new Error(`refused: ${decision.refusal.code} ${decision.refusal.message}`)
  return decision.value
}

async function placed(rail = true) {
  const tenantId = `collections-${tenant}`
  const finance = harness.client({ tenantId, roles: ['FINANCE'] }).collections
  const creditor = must(
    await finance.saveCreditor({
      name: 'Northwind',
      booksProvider: 'memory-books',
      ...(rail ? { transferDestination: 'acct_1' } : {}),
    }),
  )
  const placement = must(
    await finance.place({
      creditorId: creditor.id,
      invoiceNumber: 'INV-1',
      invoiceId: 'inv-1',
      invoiceAmount: usd('1000.00'),
      rate: '0.10',
    }),
  )
  return { tenantId, finance, creditor, placement }
}

const paid = (paymentId: string, amount: string, day = '21') => ({
  paymentId,
  amount: usd(amount),
  occurredAt: `2026-11-${day}T08:00:00Z`,
})

describe('the collections business', () => {
  it('mints a row for each payment, writes it back and pays the creditor', async () => {
    const { finance, placement } = await placed()
    const after = must(await finance.recordPayment({ placementId: placement.id, ...paid('pi_1', '333.35') }))
    expect(after.remittances).toMatchObject([
      { fee: { amount: '33.34' }, net: { amount: '300.01' }, rate: '0.10', status: 'pending' },
    ])
    await harness.recon.drain()
    expect(books.balance('inv-1')).toBe('666.65')
    expect([...books.transfers.values()]).toEqual([usd('300.01')])
    const now = await finance.placement({ placementId: placement.id })
    expect(now.remittances).toMatchObject([{ status: 'paid', transferReference: 'transfer-1' }])
    expect(now.totals).toMatchObject({ recovered: { amount: '333.35' }, outstanding: { amount: '666.65' } })
    expect((await finance.syncLog()).rows).toMatchObject([
      {
        status: 'posted',
        externalId: 'payment-1',
        amount: { amount: '333.35' },
        invoiceNumber: placement.invoiceNumber,
        paymentId: 'pi_1',
      },
    ])
  })

  it('keeps the rate of what was paid when the rate changes later, and closes when the invoice is recovered', async () => {
    const { finance, placement } = await placed()
    must(await finance.recordPayment({ placementId: placement.id, ...paid('pi_1', '500.00') }))
    const open = await finance.placement({ placementId: placement.id })
    must(
      await finance.act({
        placementId: placement.id,
        version: open.version,
        do: { action: 'changeRate', rate: '0.2', from: '2026-11-21T09:30:00.000Z' },
      }),
    )
    const last = must(
      await finance.recordPayment({
        placementId: placement.id,
        paymentId: 'pi_2',
        amount: usd('500.00'),
        occurredAt: '2026-11-21T10:00:00Z',
      }),
    )
    expect(last.remittances.map((row) => row.fee.amount)).toEqual(['50.00', '100.00'])
    expect(last).toMatchObject({ status: 'paid', totals: { fee: { amount: '150.00' } } })
    const refused = await finance.act({ placementId: placement.id, version: last.version, do: { action: 'recall' } })
    expect(refused.ok).toBe(false)
  })

  it('records the same payment once, whoever says it again', async () => {
    const { finance, placement } = await placed()
    must(await finance.recordPayment({ placementId: placement.id, ...paid('pi_1', '10.00') }))
    const again = await finance.recordPayment({ placementId: placement.id, ...paid('pi_1', '10.00') })
    expect(again).toMatchObject({ ok: false, refusal: { code: 'PAYMENT_RECORDED' } })
  })

  it('posts once when answers are lost, and shows every failure meanwhile', async () => {
    const { finance, placement } = await placed(false)
    must(await finance.recordPayment({ placementId: placement.id, ...paid('pi_1', '100.00') }))
    books.failNext('AFTER')
    await harness.recon.drain()
    const failed = (await finance.syncLog()).rows[0]
    expect(failed).toMatchObject({ status: 'failed', failure: { code: 'PROVIDER_UNAVAILABLE' }, attempts: 1 })
    must(await finance.retryWriteback({ mappingId: failed?.id ?? '', version: failed?.version ?? 0, event: 'retry' }))
    await harness.recon.drain()
    expect((await finance.syncLog()).rows).toMatchObject([{ status: 'posted' }])
    expect(books.payments.size).toBe(1)
    expect(books.balance('inv-1')).toBe('900.00')
    const entry = await finance.syncEntry({ mappingId: failed?.id ?? '' })
    expect(entry.row).toMatchObject({ status: 'posted' })
    expect(entry.actions).toEqual([])
    expect(entry.history.map((event) => event.name)).toContain('writeback.failed')
    expect((await finance.syncLog({ placementId: 'another' })).rows).toEqual([])
  })

  it('takes a chargeback back in the books, leaves the original row alone, and reinstates what was won', async () => {
    const { finance, placement } = await placed()
    const first = must(await finance.recordPayment({ placementId: placement.id, ...paid('pi_1', '333.35') }))
    await harness.recon.drain()
    const parentRemittanceId = first.remittances[0]?.id ?? ''
    const reversed = must(
      await finance.reverse({
        placementId: placement.id,
        paymentId: 'dp_1',
        parentRemittanceId,
        occurredAt: '2026-11-22T08:00:00Z',
      }),
    )
    expect(reversed.remittances).toMatchObject([
      { kind: 'PAYMENT', status: 'paid', recovered: { amount: '333.35' } },
      {
        kind: 'REVERSAL',
        status: 'reversed',
        recovered: { amount: '-333.35' },
        fee: { amount: '-33.34' },
        parentRemittanceId,
      },
    ])
    await harness.recon.drain()
    expect(books.balance('inv-1')).toBe('1000.00')
    const reversal = reversed.remittances[1]?.id ?? ''
    must(
      await finance.reinstate({
        placementId: placement.id,
        paymentId: 'dp_1:won',
        parentRemittanceId: reversal,
        occurredAt: '2026-11-23T08:00:00Z',
      }),
    )
    await harness.recon.drain()
    expect(books.balance('inv-1')).toBe('666.65')
    expect((await finance.placement({ placementId: placement.id })).totals.recovered.amount).toBe('333.35')
  })

  it('sees drift of more than a cent, corrects nothing, and hears when it is gone', async () => {
    const { finance, placement } = await placed(false)
    must(await finance.recordPayment({ placementId: placement.id, ...paid('pi_1', '100.00') }))
    await harness.recon.drain()
    books.outOfBand('inv-1', usd('0.01'))
    must(await finance.checkDrift({ placementId: placement.id }))
    await harness.recon.drain()
    expect((await finance.syncLog()).drifts).toEqual([])
    books.outOfBand('inv-1', usd('5.00'))
    must(await finance.checkDrift({ placementId: placement.id }))
    await harness.recon.drain()
    const [drift] = (await finance.syncLog()).drifts
    expect(drift).toMatchObject({
      status: 'open',
      invoiceNumber: placement.invoiceNumber,
      cached: { amount: '900.00' },
      live: { amount: '894.99' },
      amount: { amount: '-5.01' },
    })
    must(await finance.explainDrift({ driftId: drift?.id ?? '', explanation: 'paid at the counter' }))
    expect(books.balance('inv-1')).toBe('894.99')
    books.outOfBand('inv-1', usd('-5.01'))
    must(await finance.checkDrift({ placementId: placement.id }))
    await harness.recon.drain()
    expect((await finance.syncLog()).drifts).toEqual([])
    expect((await finance.drifts({ status: 'resolved' })).rows).toMatchObject([{ id: drift?.id }])
    expect((await finance.drifts({ status: 'open' })).rows).toEqual([])
  })

  it('compares every invoice again after a day by itself, and not before', async () => {
    const { finance, placement } = await placed(false)
    must(await finance.recordPayment({ placementId: placement.id, ...paid('pi_1', '100.00') }))
    await harness.recon.drain()
    const round = async (now: string) => {
      harness.clock.now = now
      await Promise.all([harness.recon.tick(), harness.recon.tick()])
      await harness.recon.drain()
      return (await finance.drifts()).rows.length
    }
    expect(await round('2026-11-21T09:10:00.000Z')).toBe(0)
    books.outOfBand('inv-1', usd('5.00'))
    expect(await round('2026-11-22T09:00:00.000Z')).toBe(0)
    expect(await round('2026-11-22T09:11:00.000Z')).toBe(1)
  })

  it('draws up statements that join, keep their hash and count each transfer in its month', async () => {
    const { finance, placement, creditor, tenantId } = await placed()
    must(await finance.recordPayment({ placementId: placement.id, ...paid('pi_1', '500.00', '03') }))
    await harness.recon.drain()
    must(await finance.adjust({ creditorId: creditor.id, date: '2026-11-10', amount: usd('-1.00'), reason: 'postage' }))
    const month = { creditorId: creditor.id, currency: 'USD', from: '2026-11-01', to: '2026-11-30' }
    expect(await finance.closeStatement(month)).toMatchObject({ ok: false, refusal: { code: 'PERIOD_OPEN' } })
    harness.clock.now = '2026-12-01T09:00:00.000Z'
    const statement = must(await finance.closeStatement(month))
    expect(statement).toMatchObject({
      opening: { amount: '0.00' },
      collected: { amount: '500.00' },
      fees: { amount: '50.00' },
      paidOut: { amount: '450.00' },
      adjusted: { amount: '-1.00' },
      closing: { amount: '-1.00' },
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    harness.clock.now = '2027-01-05T09:00:00.000Z'
    expect(await finance.closeStatement({ ...month, from: '2026-12-02', to: '2026-12-31' })).toMatchObject({
      refusal: { code: 'STATEMENT_GAP' },
    })
    must(await finance.closeStatement({ ...month, from: '2026-12-01', to: '2026-12-31' }))
    expect((await finance.statements({ creditorId: creditor.id })).rows.map((row) => row.closing.amount)).toEqual([
      '-1.00',
      '-1.00',
    ])
    const files = harness.client({ tenantId, roles: ['FINANCE'] }).exports
    for (const order of [
      { kind: 'remittances', params: {} },
      { kind: 'creditor-statement-pdf', params: { creditorId: creditor.id, currency: 'USD', from: '2026-11-01' } },
    ] as const) {
      const job = must(await files.create(order))
      await harness.recon.drain()
      expect(await files.get({ exportId: job.id })).toMatchObject({
        status: 'DONE',
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      })
    }
    expect(await verifyActivity(store.db.withSchema('recon'), tenantId)).toMatchObject({ intact: true })
  })

  it('takes the events of a processor, twice and out of order, without harm', async () => {
    const { finance, placement, tenantId } = await placed()
    const take = (event: Parameters<typeof receivePaymentEvent>[1]) =>
      inTransaction(
        store,
        { tenantId, actor: workerActor, ambience: systemAmbience, sendJobs: async () => undefined },
        (unit) => receivePaymentEvent(unit, event, { providers: [books.provider] }),
      )
    const base = { eventId: 'evt', type: 'x', occurredAt: '2026-11-21T08:00:00Z' } as const
    const withdrawn = {
      ...base,
      kind: 'PAYMENT_REVERSED',
      reversalId: 'dp_1',
      paymentId: 'pi_1',
      amount: usd('100.00'),
      cause: 'DISPUTE',
    } as const
    await expect(take(withdrawn)).rejects.toMatchObject({ code: 'NOT_FOUND', retryable: true })
    const succeeded = {
      ...base,
      kind: 'PAYMENT_UPDATED',
      paymentId: 'pi_1',
      status: 'SUCCEEDED',
      amount: usd('100.00'),
      metadata: { placement: placement.id },
    } as const
    expect([await take(succeeded), await take(succeeded)]).toEqual(['RECORDED', 'KNOWN'])
    expect([await take(withdrawn), await take(withdrawn)]).toEqual(['RECORDED', 'KNOWN'])
    const undone = {
      ...base,
      kind: 'REVERSAL_UNDONE',
      reversalId: 'dp_1',
      paymentId: 'pi_1',
      amount: usd('100.00'),
    } as const
    expect([await take(undone), await take(undone)]).toEqual(['RECORDED', 'KNOWN'])
    expect((await finance.placement({ placementId: placement.id })).totals.recovered.amount).toBe('100.00')
  })

  it('belongs to finance, and to one tenant', async () => {
    const { placement } = await placed()
    const keeper = harness.client({ tenantId: `collections-${tenant}`, roles: ['BOOKKEEPER'] }).collections
    await expect(keeper.placements()).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const stranger = harness.client({ tenantId: 'another', roles: ['FINANCE'] }).collections
    await expect(stranger.placement({ placementId: placement.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('cannot change the money of a row, whoever asks the database', async () => {
    const { finance, placement, tenantId } = await placed()
    must(await finance.recordPayment({ placementId: placement.id, ...paid('pi_1', '10.00') }))
    const forge = inTransaction(
      store,
      { tenantId, actor: workerActor, ambience: systemAmbience, sendJobs: async () => undefined },
      (unit) =>
        unit.db
          .updateTable('remittance')
          .set({ fee_minor: 0n, net_minor: 1000n })
          .where('tenant_id', '=', tenantId)
          .execute(),
    )
    await expect(forge).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
})
