import { describe, expect, it } from 'vitest'
import { money } from '../money/money.ts'
import { replaySubject } from '../subject-change.ts'
import { buildActor } from '../testing/builders.ts'
import { isClawBack, type MintRequest, mintRemittance, moveRemittance, type Remittance } from './remittance.ts'

const now = '2026-11-21T09:00:00Z'
const request: MintRequest = {
  remittanceId: 'row-1',
  placementId: 'placement-1',
  paymentId: 'payment-1',
  recovered: money('500.00', 'USD'),
  rate: '0.25',
  occurredAt: '2026-11-20T10:00:00Z',
  transferRail: true,
}
function row(given: Partial<MintRequest> = {}): Remittance {
  const minted = mintRemittance({ ...request, ...given })
  if (!minted.ok) throw new Error(minted.refusal.code)
  return minted.value
}
const finance = buildActor('FINANCE')

describe('mintRemittance', () => {
  it('pins the rate and splits the payment', () => {
    expect(row({ installment: 1 })).toEqual({
      id: 'row-1',
      version: 1,
      placementId: 'placement-1',
      paymentId: 'payment-1',
      kind: 'PAYMENT',
      status: 'pending',
      recovered: money('500.00', 'USD'),
      fee: money('125.00', 'USD'),
      net: money('375.00', 'USD'),
      rate: '0.25',
      occurredAt: '2026-11-20T10:00:00Z',
      installment: 1,
    })
    expect(row({ transferRail: false })).toMatchObject({ status: 'manual_required' })
    expect(row()).not.toHaveProperty('installment')
    expect(isClawBack(row())).toBe(false)
    expect(isClawBack({ ...row(), recovered: money('-0.01', 'USD') })).toBe(true)
    expect(isClawBack({ ...row(), recovered: money('0.00', 'USD') })).toBe(false)
  })

  it.each<[string, Partial<MintRequest>, string]>([
    ['a rate of 1.5', { rate: '1.5' }, 'RATE_INVALID'],
    ['nothing', { recovered: money('0', 'USD') }, 'AMOUNT_NOT_POSITIVE'],
    ['a date for a moment', { occurredAt: '2026-11-20' }, 'DATE_INVALID'],
    ['installment 0', { installment: 0 }, 'INSTALLMENT_INVALID'],
    ['installment 1.5', { installment: 1.5 }, 'INSTALLMENT_INVALID'],
  ])('refuses %s', (_what, given, code) => {
    expect(mintRemittance({ ...request, ...given })).toMatchObject({ ok: false, refusal: { code } })
  })
})

describe('moveRemittance', () => {
  it('pays with a reference, and its events lead back to the same row', () => {
    const first = row()
    const failed = moveRemittance(first, 'fail', { reason: 'ACCOUNT_CLOSED' }, finance, now)
    if (!failed.ok) throw new Error(failed.refusal.code)
    expect(failed.value.subject).toMatchObject({ status: 'failed', failure: 'ACCOUNT_CLOSED', version: 2 })
    const retried = moveRemittance(failed.value.subject, 'retry', {}, finance, now)
    if (!retried.ok) throw new Error(retried.refusal.code)
    expect(retried.value.subject).not.toHaveProperty('failure')
    expect(retried.value.effects).toEqual([{ type: 'TRANSFER_NET' }])
    const paid = moveRemittance(retried.value.subject, 'pay', { reference: ' tr_9 ' }, finance, now)
    if (!paid.ok) throw new Error(paid.refusal.code)
    expect(paid.value.subject).toMatchObject({ status: 'paid', transferReference: 'tr_9', paidAt: now, version: 4 })
    expect(paid.value.events).toMatchObject([{ name: 'collections.remittance.paid', actorId: 'finance', at: now }])
    const history = [failed, retried, paid].flatMap((step) => step.value.events)
    expect(replaySubject(first, history)).toEqual({ ok: true, value: paid.value.subject })
  })

  it('says why a transfer that was made came back', () => {
    const paid = { ...row(), status: 'paid', transferReference: 'tr_9', paidAt: now } as const
    expect(moveRemittance(paid, 'bounce', {}, finance, now)).toMatchObject({
      value: { subject: { status: 'failed', failure: 'UNKNOWN', transferReference: 'tr_9' } },
    })
  })

  it('refuses to pay without a reference, other roles, stale versions and rows that move no further', () => {
    const pay = (given: Partial<Remittance>, input: Parameters<typeof moveRemittance>[2], actor = finance) =>
      moveRemittance({ ...row(), ...given }, 'pay', input, actor, now)
    expect(pay({}, { reference: '  ' })).toMatchObject({ refusal: { code: 'REFERENCE_MISSING' } })
    expect(pay({}, {})).toMatchObject({ refusal: { code: 'REFERENCE_MISSING' } })
    expect(pay({}, { reference: 'x' }, buildActor('BOOKKEEPER'))).toMatchObject({ refusal: { code: 'FORBIDDEN' } })
    expect(pay({}, { reference: 'x', expectedVersion: 2 })).toMatchObject({
      refusal: { code: 'VERSION_STALE', ids: ['row-1'] },
    })
    expect(pay({}, { reference: 'x', expectedVersion: 1 })).toMatchObject({ ok: true })
    expect(pay({ status: 'reversed' }, { reference: 'x' })).toMatchObject({ refusal: { code: 'EVENT_NOT_ALLOWED' } })
  })

  it('goes to a transfer by hand, without a reference yet', () => {
    expect(moveRemittance(row(), 'requireManual', { reference: 'ignored' }, finance, now)).toMatchObject({
      value: { subject: { status: 'manual_required' }, events: [{ name: 'collections.remittance.manual_required' }] },
    })
    const moved = moveRemittance(row(), 'requireManual', { reference: 'ignored' }, finance, now)
    expect(moved.ok && 'transferReference' in moved.value.subject).toBe(false)
  })
})
