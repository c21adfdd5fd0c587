import { describe, expect, it } from 'vitest'
import { money } from '../money/money.ts'
import { buildActor } from '../testing/builders.ts'
import { type Placement, placementTotals, rateAt } from './placement.ts'
import { type PlacementContext, type PlacementOutcome, placementActions } from './placement-actions.ts'
import type { Remittance } from './remittance.ts'

const usd = (amount: string) => money(amount, 'USD')
const now = '2026-11-21T09:00:00Z'
const finance = buildActor('FINANCE')
const placement: Placement = {
  id: 'placement-1',
  version: 1,
  creditorId: 'creditor-1',
  invoiceNumber: 'INV-1042',
  invoiceAmount: usd('1000.00'),
  status: 'open',
  rates: [{ rate: '0.25', from: '2026-01-01T00:00:00Z' }],
}
const context = (remittances: readonly Remittance[] = [], transferRail = true): PlacementContext => ({
  now,
  remittances,
  transferRail,
})
const payment = (id: string, amount: string, occurredAt = '2026-11-10T08:00:00Z') => ({
  remittanceId: `row-${id}`,
  paymentId: `payment-${id}`,
  amount: usd(amount),
  occurredAt,
})
function done(answer: { ok: boolean } | undefined): PlacementOutcome {
  const decision = answer as
    | { ok: true; value: PlacementOutcome }
    | { ok: false; refusal: { code: string } }
    | undefined
  if (!decision?.ok) throw new Error(decision?.refusal.code ?? 'null action')
  return decision.value
}

describe('placementActions', () => {
  it('stays open after half, is paid after the rest, with one row each', () => {
    const first = done(placementActions(placement, finance, context()).recordPayment?.(payment('1', '500.00')))
    expect(first.subject).toMatchObject({ status: 'open', version: 2 })
    expect(first.remittance).toMatchObject({ fee: usd('125.00'), net: usd('375.00'), rate: '0.25' })
    expect(first.events.map((event) => event.name)).toEqual([
      'collections.remittance.minted',
      'collections.placement.payment_recorded',
    ])
    expect(first.effects).toEqual([
      { type: 'WRITE_BACK_PAYMENT', placementId: 'placement-1', remittanceId: 'row-1' },
      { type: 'TRANSFER_NET', placementId: 'placement-1', remittanceId: 'row-1' },
    ])
    const rows = [first.remittance as Remittance]
    const second = done(placementActions(first.subject, finance, context(rows)).recordPayment?.(payment('2', '500.00')))
    expect(second.subject.status).toBe('paid')
    expect(second.events.at(-1)?.name).toBe('collections.placement.paid')
  })

  it('counts what comes in beyond the invoice', () => {
    const more = done(placementActions(placement, finance, context()).recordPayment?.(payment('1', '1000.01')))
    expect(placementTotals(more.subject, [more.remittance as Remittance])).toEqual({
      recovered: usd('1000.01'),
      fee: usd('250.00'),
      net: usd('750.01'),
      outstanding: usd('0.00'),
      overRecovered: usd('0.01'),
    })
  })

  it('adds up its own rows only', () => {
    const paid = done(placementActions(placement, finance, context()).recordPayment?.(payment('1', '400.00')))
    const foreign = { ...(paid.remittance as Remittance), id: 'row-9', placementId: 'placement-9' }
    expect(placementTotals(placement, [paid.remittance as Remittance, foreign])).toMatchObject({
      outstanding: usd('600.00'),
      overRecovered: usd('0.00'),
    })
  })

  it('changes the rate forward only: rows that exist keep theirs', () => {
    const paid = done(placementActions(placement, finance, context()).recordPayment?.(payment('1', '500.00')))
    const rows = [paid.remittance as Remittance]
    const actions = placementActions(paid.subject, finance, context(rows))
    expect(actions.changeRate?.({ rate: '0.20', from: '2026-11-10T08:00:00Z' })).toMatchObject({
      refusal: { code: 'RATE_NOT_FORWARD', ids: ['row-1'] },
    })
    expect(actions.changeRate?.({ rate: '0.20', from: '2026-01-01T00:00:00Z' })).toMatchObject({
      refusal: { code: 'RATE_NOT_FORWARD' },
    })
    const unpaid = placementActions(placement, finance, context())
    expect(unpaid.changeRate?.({ rate: '0.20', from: '2026-01-01T00:00:00Z' })).toMatchObject({
      refusal: { code: 'RATE_NOT_FORWARD' },
    })
    const twoSteps = {
      ...placement,
      rates: [...placement.rates, { rate: '0.20', from: '2026-12-01T00:00:00Z' }] as const,
    }
    expect(
      placementActions(twoSteps, finance, context()).changeRate?.({ rate: '0.1', from: '2026-06-01T00:00:00Z' }),
    ).toMatchObject({
      refusal: { code: 'RATE_NOT_FORWARD' },
    })
    expect(actions.changeRate?.({ rate: '1.5', from: now })).toMatchObject({ refusal: { code: 'RATE_INVALID' } })
    expect(actions.changeRate?.({ rate: '0.2', from: 'soon' })).toMatchObject({ refusal: { code: 'DATE_INVALID' } })
    const changed = done(actions.changeRate?.({ rate: '0.20', from: '2026-12-01T00:00:00Z' }))
    expect(rateAt(changed.subject, '2025-06-01T00:00:00Z')).toBe('0.25')
    expect(rateAt(changed.subject, '2026-11-30T23:59:59Z')).toBe('0.25')
    expect(rateAt(changed.subject, '2026-12-01T00:00:00Z')).toBe('0.20')
    const later = done(
      placementActions(changed.subject, finance, context(rows)).recordPayment?.(
        payment('2', '100.00', '2026-12-02T00:00:00Z'),
      ),
    )
    expect(later.remittance).toMatchObject({ rate: '0.20', fee: usd('20.00') })
    expect(rows[0]?.rate).toBe('0.25')
  })

  it('takes a chargeback back, leaves the placement paid until a person reopens it, and pays again when it is won', () => {
    const paid = done(placementActions(placement, finance, context()).recordPayment?.(payment('1', '1000.00')))
    const rows = [paid.remittance as Remittance]
    expect(placementActions(paid.subject, finance, context(rows)).whyNot.reopen?.code).toBe('NOTHING_OPEN')
    const take = { remittanceId: 'row-2', paymentId: 'dispute-1', parentRemittanceId: 'row-1', occurredAt: now }
    const lost = done(placementActions(paid.subject, finance, context(rows)).reverse?.(take))
    expect(lost).toMatchObject({
      subject: { status: 'paid' },
      remittance: { status: 'reversed', recovered: usd('-1000.00') },
    })
    rows.push(lost.remittance as Remittance)
    const reopened = done(placementActions(lost.subject, finance, context(rows)).reopen?.({}))
    expect(reopened.subject.status).toBe('open')
    const back = { remittanceId: 'row-3', paymentId: 'won-1', parentRemittanceId: 'row-2', occurredAt: now }
    const half = done(
      placementActions(reopened.subject, finance, context(rows)).reinstate?.({ ...back, amount: usd('400.00') }),
    )
    expect(half.subject.status).toBe('open')
    rows.push(half.remittance as Remittance)
    const rest = { ...back, remittanceId: 'row-4', paymentId: 'won-2' }
    const won = done(placementActions(half.subject, finance, context(rows)).reinstate?.(rest))
    expect(won).toMatchObject({ subject: { status: 'paid' }, remittance: { recovered: usd('600.00') } })
  })

  it.each(['closeUncollected', 'recall'] as const)('ends by %s, and a late payment is still recorded', (action) => {
    const ended = done(placementActions(placement, finance, context())[action]?.({}))
    expect(ended.subject.status).toBe(action === 'recall' ? 'recalled' : 'closed_uncollected')
    expect(ended).not.toHaveProperty('remittance')
    const late = done(
      placementActions(ended.subject, finance, context([], false)).recordPayment?.(payment('1', '10.00')),
    )
    expect(late).toMatchObject({ subject: { status: ended.subject.status }, remittance: { status: 'manual_required' } })
  })

  it.each([
    ['a payment twice', { paymentId: 'payment-1' }, 'PAYMENT_RECORDED'],
    ['another currency', { amount: money('5.00', 'EUR') }, 'CURRENCY_MISMATCH'],
    ['nothing', { amount: usd('0.00') }, 'AMOUNT_NOT_POSITIVE'],
    ['installment 0', { installment: 0 }, 'INSTALLMENT_INVALID'],
    ['a stale version', { expectedVersion: 9 }, 'VERSION_STALE'],
  ])('refuses %s', (_what, given, code) => {
    const paid = done(placementActions(placement, finance, context()).recordPayment?.(payment('1', '1.00')))
    const actions = placementActions(placement, finance, context([paid.remittance as Remittance]))
    expect(actions.recordPayment?.({ ...payment('2', '1.00'), ...given })).toMatchObject({
      ok: false,
      refusal: { code },
    })
  })

  it('names the placement it refuses for', () => {
    const { recordPayment } = placementActions(placement, finance, context())
    for (const given of [{ expectedVersion: 9 }, { amount: money('5.00', 'EUR') }]) {
      expect(recordPayment?.({ ...payment('1', '1.00'), ...given })).toMatchObject({
        refusal: { ids: ['placement-1'] },
      })
    }
  })

  it('accepts the version that is there, and numbers installments', () => {
    const input = { ...payment('1', '1.00'), expectedVersion: 1, installment: 3 }
    expect(done(placementActions(placement, finance, context()).recordPayment?.(input)).remittance?.installment).toBe(3)
  })

  it('refuses to reverse what is not a payment, and to reinstate what is not a reversal', () => {
    const paid = done(placementActions(placement, finance, context()).recordPayment?.(payment('1', '10.00')))
    const actions = placementActions(placement, finance, context([paid.remittance as Remittance]))
    const take = { remittanceId: 'row-2', paymentId: 'dispute-1', occurredAt: now }
    expect(actions.reverse?.({ ...take, parentRemittanceId: 'nope' })).toMatchObject({
      refusal: { code: 'PARENT_UNKNOWN', message: 'There is no such payment row.', ids: ['nope'] },
    })
    expect(actions.reinstate?.({ ...take, parentRemittanceId: 'row-1' })).toMatchObject({
      refusal: { code: 'PARENT_UNKNOWN', message: 'There is no such reversal row.' },
    })
  })

  it('is for finance alone', () => {
    const { whyNot } = placementActions(placement, buildActor('SENIOR_ACCOUNTANT'), context())
    expect(Object.values(whyNot).map((refusal) => refusal.code)).toEqual(Array(7).fill('FORBIDDEN'))
  })
})
