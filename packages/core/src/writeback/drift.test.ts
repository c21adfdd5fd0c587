import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { activityCatalogue } from '../activity-catalogue.ts'
import { fromMinorUnits, money, toMinorUnits } from '../money/money.ts'
import { type ChangeEvent, replaySubject } from '../subject-change.ts'
import { buildActor } from '../testing/builders.ts'
import { type Drift, driftBetween, explainDrift, readAgain } from './drift.ts'

const usd = (amount: string) => money(amount, 'USD')
const now = '2026-11-21T10:00:00Z'
const drift: Drift = {
  id: 'drift-1',
  version: 1,
  placementId: 'placement-1',
  invoiceId: '145',
  status: 'open',
  cached: usd('500.00'),
  live: usd('400.00'),
  amount: usd('-100.00'),
  seenAt: '2026-11-20T10:00:00Z',
}
const reading = (live: string, given: object = {}) => ({
  cached: usd('500.00'),
  live: usd(live),
  now,
  actorId: 'SYSTEM',
  ...given,
})

describe('driftBetween', () => {
  it.each([
    ['500.00', null],
    ['500.01', null],
    ['499.99', null],
    ['500.02', '0.02'],
    ['499.98', '-0.02'],
  ])('of 500.00 and %s is %s', (live, amount) => {
    expect(driftBetween(usd('500.00'), usd(live))).toEqual({ ok: true, value: amount === null ? null : usd(amount) })
  })

  it('takes another tolerance, and refuses other currencies and a negative tolerance', () => {
    expect(driftBetween(usd('1.00'), usd('1.01'), 0n)).toEqual({ ok: true, value: usd('0.01') })
    expect(driftBetween(usd('1.00'), usd('1.00'), 0n)).toEqual({ ok: true, value: null })
    expect(driftBetween(usd('1.00'), money('1.00', 'EUR'))).toMatchObject({ refusal: { code: 'CURRENCY_MISMATCH' } })
    expect(driftBetween(usd('1.00'), usd('1.00'), -1n)).toMatchObject({ refusal: { code: 'TOLERANCE_INVALID' } })
  })
})

describe('readAgain', () => {
  it('does not announce the same drift twice', () => {
    expect(readAgain(drift, reading('400.00'))).toEqual({ ok: true, value: null })
    expect(readAgain({ ...drift, status: 'explained', explanation: 'check' }, reading('400.00'))).toEqual({
      ok: true,
      value: null,
    })
  })

  it('opens again when it is another one, and forgets the old explanation', () => {
    const again = readAgain({ ...drift, status: 'explained', explanation: 'check' }, reading('300.00'))
    expect(again).toMatchObject({ value: { subject: { status: 'open', amount: usd('-200.00'), seenAt: now } } })
    expect(again.ok && again.value && 'explanation' in again.value.subject).toBe(false)
    const back = readAgain({ ...drift, status: 'resolved' }, reading('400.00'))
    expect(back).toMatchObject({ value: { subject: { status: 'open' }, events: [{ name: 'writeback.drift_found' }] } })
  })

  it('is resolved when the balances agree, to the tolerance, once', () => {
    const agreed = readAgain({ ...drift, explanation: 'kept' }, reading('500.01'))
    expect(agreed).toMatchObject({
      value: { subject: { status: 'resolved', amount: usd('0.00'), live: usd('500.01'), explanation: 'kept' } },
    })
    expect(readAgain({ ...drift, status: 'resolved' }, reading('500.00'))).toEqual({ ok: true, value: null })
    expect(readAgain(drift, reading('500.01', { toleranceMinor: 0n }))).toMatchObject({
      value: { subject: { status: 'open', amount: usd('0.01') } },
    })
  })

  it('refuses a balance in another currency', () => {
    expect(readAgain(drift, reading('1.00', { live: money('1.00', 'EUR') }))).toMatchObject({
      refusal: { code: 'CURRENCY_MISMATCH' },
    })
  })
})

describe('explainDrift', () => {
  it('writes down why and corrects nothing', () => {
    expect(explainDrift(drift, buildActor('FINANCE'), ' paid by check ', now)).toMatchObject({
      value: {
        subject: { status: 'explained', explanation: 'paid by check', live: usd('400.00'), cached: usd('500.00') },
      },
    })
  })

  it('refuses no words, other people, and what is resolved', () => {
    expect(explainDrift(drift, buildActor('FINANCE'), ' ', now)).toMatchObject({ refusal: { code: 'TEXT_MISSING' } })
    expect(explainDrift(drift, buildActor('BOOKKEEPER'), 'x', now)).toMatchObject({ refusal: { code: 'FORBIDDEN' } })
    expect(explainDrift({ ...drift, status: 'resolved' }, buildActor('FINANCE'), 'x', now)).toMatchObject({
      refusal: { code: 'EVENT_NOT_ALLOWED' },
    })
  })
})

describe('a drift over any history', () => {
  it('follows the readings, corrects nothing, and is rebuilt by its events', () => {
    const readings = fc.array(fc.record({ live: fc.bigInt(49_990n, 50_010n), explain: fc.boolean() }), {
      maxLength: 20,
    })
    fc.assert(
      fc.property(readings, (history) => {
        let current = drift
        const events: ChangeEvent[] = []
        for (const { live, explain } of history) {
          const done = explain
            ? explainDrift(current, buildActor('FINANCE'), 'seen', now)
            : readAgain(current, reading(fromMinorUnits(live, 'USD').amount))
          if (!done.ok || done.value === null) continue
          current = done.value.subject
          events.push(...done.value.events)
          expect(current.cached).toEqual(usd('500.00'))
          const off = toMinorUnits(current.live) - 50_000n
          const differs = off > 1n || off < -1n
          expect(current.status === 'resolved').toBe(!differs)
          if (current.status === 'explained') expect(current.explanation).toBe('seen')
          for (const event of events) {
            expect(activityCatalogue.get(event.name)?.schema.safeParse(event)).toMatchObject({ success: true })
          }
        }
        expect(replaySubject(drift, events)).toEqual({ ok: true, value: current })
      }),
      { numRuns: 60 },
    )
  })
})
