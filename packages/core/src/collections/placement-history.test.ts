import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { activityCatalogue } from '../activity-catalogue.ts'
import { addMoney, fromMinorUnits, money, toMinorUnits } from '../money/money.ts'
import { type ChangeEvent, replaySubject } from '../subject-change.ts'
import { buildActor } from '../testing/builders.ts'
import { uncataloguedEffects } from '../testing/uncatalogued-effects.ts'
import { type Placement, placementTotals } from './placement.ts'
import { applyPayment, type PlacementActionName, type PlacementOutcome, placementActions } from './placement-actions.ts'
import { moveRemittance, type Remittance } from './remittance.ts'
import { remainderOf } from './reversal.ts'

const finance = buildActor('FINANCE')
const first: Placement = {
  id: 'placement-1',
  version: 1,
  creditorId: 'creditor-1',
  invoiceNumber: 'INV-1042',
  invoiceAmount: money('10.00', 'USD'),
  status: 'open',
  rates: [{ rate: '0.333333', from: '2026-01-01T00:00:00Z' }],
}
const eventNames: Readonly<Record<PlacementActionName, readonly string[]>> = {
  recordPayment: ['collections.placement.payment_recorded', 'collections.placement.paid'],
  reverse: ['collections.placement.payment_reversed'],
  reinstate: ['collections.placement.payment_reinstated'],
  changeRate: ['collections.placement.rate_changed'],
  closeUncollected: ['collections.placement.closed_uncollected'],
  recall: ['collections.placement.recalled'],
  reopen: ['collections.placement.reopened'],
}
const names = Object.keys(eventNames) as PlacementActionName[]
const instant = (day: number) => new Date(Date.UTC(2026, 0, 2 + day)).toISOString().replace('.000', '')

function attempt(
  name: PlacementActionName,
  placement: Placement,
  rows: readonly Remittance[],
  day: number,
  minor: bigint,
  pick: number,
) {
  const context = { now: instant(day), remittances: rows, transferRail: pick % 2 === 0 }
  const actions = placementActions(placement, finance, context)
  const ids = { remittanceId: `row-${day}`, paymentId: `event-${day}`, occurredAt: instant(day) }
  const amount = fromMinorUnits(minor, 'USD')
  const parents = rows.filter((row) => row.kind === (name === 'reverse' ? 'PAYMENT' : 'REVERSAL'))
  const parentRemittanceId = parents[pick % Math.max(parents.length, 1)]?.id ?? 'none'
  switch (name) {
    case 'recordPayment':
      return applyPayment(placement, { ...ids, amount }, finance, context)
    case 'reverse':
    case 'reinstate':
      return actions[name]?.({ ...ids, parentRemittanceId, ...(pick > 3 && { amount }) })
    case 'changeRate':
      return actions.changeRate?.({ rate: `0.${(pick + 1) * 7}`, from: instant(day) })
    default:
      return actions[name]?.({})
  }
}

describe('a placement over any history', () => {
  it('adds up to the cent, pins every rate, ends where its rows say, and is rebuilt by its events', () => {
    const seen = new Set<string>()
    const steps = fc.array(
      fc.record({
        name: fc.constantFrom(...names, 'recordPayment' as const, 'reverse' as const, 'reinstate' as const),
        minor: fc.bigInt(1n, 1500n),
        pick: fc.nat(7),
      }),
      { maxLength: 30, size: 'max' },
    )
    fc.assert(
      fc.property(steps, (history) => {
        let placement = first
        const rows: Remittance[] = []
        const events: ChangeEvent[] = []
        for (const [day, { name, minor, pick }] of history.entries()) {
          const before = structuredClone(rows)
          const done = attempt(name, placement, rows, day, minor, pick)
          expect(rows).toEqual(before)
          if (!done?.ok) continue
          seen.add(name)
          const outcome: PlacementOutcome = done.value
          expect(uncataloguedEffects(outcome.effects)).toEqual([])
          const own = outcome.events.filter((event) => event.subject.kind === 'placement')
          expect(own.map((event) => eventNames[name].includes(event.name))).toEqual([true])
          for (const event of outcome.events) {
            expect(activityCatalogue.get(event.name)?.schema.safeParse(event)).toMatchObject({ success: true })
          }
          if (outcome.remittance) {
            const mintedEvent = outcome.events.find((event) => event.subject.kind === 'remittance')
            expect({ ...mintedEvent?.data.changes, version: mintedEvent?.version }).toEqual(outcome.remittance)
            expect(own[0]?.data.about).toEqual({ remittanceId: outcome.remittance.id })
            expect(outcome.effects.every((effect) => effect.remittanceId === outcome.remittance?.id)).toBe(true)
            rows.push(outcome.remittance)
          } else expect(own[0]?.data).not.toHaveProperty('about')
          const status = placement.status
          placement = outcome.subject
          events.push(...own)
          const totals = placementTotals(placement, rows)
          expect(addMoney(totals.fee, totals.net)).toEqual(totals.recovered)
          expect(addMoney(totals.recovered, totals.outstanding)).toEqual(
            addMoney(first.invoiceAmount, totals.overRecovered),
          )
          expect(toMinorUnits(totals.fee) >= 0n && toMinorUnits(totals.net) >= 0n).toBe(true)
          const recovered = totals.outstanding.amount === '0.00'
          if (name === 'recordPayment' || name === 'reinstate') {
            expect(placement.status).toBe(recovered ? 'paid' : status)
          }
          if (name === 'reopen') expect(recovered).toBe(false)
          for (const row of rows.filter((one) => one.kind === 'PAYMENT')) {
            expect(toMinorUnits(remainderOf(row, rows).recovered) >= 0n).toBe(true)
          }
        }
        expect(replaySubject(first, JSON.parse(JSON.stringify(events)) as ChangeEvent[])).toEqual({
          ok: true,
          value: placement,
        })
      }),
      { numRuns: 150 },
    )
    expect([...seen].sort()).toEqual([...names].sort())
  })

  it('names every step of a transfer', () => {
    const paid = applyPayment(
      first,
      { remittanceId: 'row-1', paymentId: 'p', amount: money('1.00', 'USD'), occurredAt: instant(1) },
      finance,
      { now: instant(1), remittances: [], transferRail: true },
    )
    const row = paid.ok ? paid.value.remittance : undefined
    if (row === undefined) throw new Error('no row')
    const events = [
      moveRemittance(row, 'fail', {}, finance, instant(2)),
      moveRemittance({ ...row, status: 'failed' }, 'retry', {}, finance, instant(2)),
      moveRemittance(row, 'requireManual', {}, finance, instant(2)),
      moveRemittance(row, 'pay', { reference: 'tr_1' }, finance, instant(2)),
      moveRemittance({ ...row, status: 'paid' }, 'bounce', {}, finance, instant(2)),
    ].flatMap((moved) => (moved.ok ? moved.value.events : []))
    expect(events.map((event) => event.name)).toEqual(
      ['failed', 'retried', 'manual_required', 'paid', 'bounced'].map((word) => `collections.remittance.${word}`),
    )
    for (const event of events) expect(activityCatalogue.get(event.name)?.schema.safeParse(event).success).toBe(true)
  })

  it('refuses a payment where the person may not record one', () => {
    const input = { remittanceId: 'r', paymentId: 'p', amount: money('1.00', 'USD'), occurredAt: instant(1) }
    const context = { now: instant(1), remittances: [], transferRail: true }
    expect(applyPayment(first, input, buildActor('BOOKKEEPER'), context)).toMatchObject({
      refusal: { code: 'FORBIDDEN' },
    })
  })
})
