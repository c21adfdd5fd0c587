import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromMinorUnits, money } from '../money/money.ts'
import type { BankLine } from '../records/bank-line.ts'
import { replaySubject } from '../subject-change.ts'
import { buildBankLine } from '../testing/builders.ts'
import { uncataloguedEvents } from '../testing/uncatalogued-events.ts'
import { coverageOf } from './certainty.ts'
import { checkOverdue, linkTransactable, type Transactable } from './transactable.ts'
import { type TransactableKind, transactableKinds } from './transactable-machines.ts'

const usd = (amount: string) => money(amount, 'USD')
const input = { now: '2026-11-21T10:00:00Z', actorId: 'SYSTEM' }
const waiting: Readonly<Record<TransactableKind, string>> = {
  payment_order: 'sent',
  expected_payment: 'unreconciled',
  paper_item: 'pending',
  return: 'sent',
  incoming_payment_detail: 'pending',
}
const of = (kind: TransactableKind, given: Partial<Transactable> = {}): Transactable => ({
  id: `${kind}-1`,
  version: 1,
  kind,
  state: waiting[kind],
  certainty: 'UNRECONCILED',
  amount: usd('-1231.00'),
  overdue: false,
  bankLineIds: [],
  ...given,
})
const line = (id: string, amount: string, status: BankLine['status'] = 'POSTED') =>
  buildBankLine({ id, amount: usd(amount), status })
function link(subject: Transactable, ...lines: BankLine[]) {
  const linked = linkTransactable(subject, lines, input)
  if (!linked.ok) throw new Error(linked.refusal.code)
  return linked.value
}

describe.each(transactableKinds)('%s', (kind) => {
  it('matches a pending line tentatively and keeps its own state; a posted one completes it; undone, it is as before', () => {
    const tentative = link(of(kind), line('p1', '-1231.00', 'PENDING'))
    expect(tentative.subject).toMatchObject({ certainty: 'TENTATIVE', state: waiting[kind], bankLineIds: ['p1'] })
    expect(tentative.effects).toEqual([
      { type: 'EMIT_WEBHOOK', topic: kind, event: 'tentatively_reconciled', subjectId: `${kind}-1` },
    ])
    const done = link(tentative.subject, line('d1', '-1231.00'))
    expect(done.subject.certainty).toBe('RECONCILED')
    expect(done.subject.state).toBe(kind === 'expected_payment' ? 'reconciled' : 'completed')
    expect(done.effects).toMatchObject([{ event: 'reconciled' }])
    const undone = link(done.subject)
    expect(undone.subject).toMatchObject({ certainty: 'UNRECONCILED', state: waiting[kind], bankLineIds: [] })
    expect(undone.effects).toMatchObject([{ event: 'unreconciled' }])
  })

  it('counts a part that posted, and goes back to it from whole', () => {
    const part = link(of(kind), line('d1', '-1000.00'))
    expect(part.subject.state).toBe(kind === 'expected_payment' ? 'partially_reconciled' : waiting[kind])
    expect(part.effects).toMatchObject([{ event: 'partially_reconciled' }])
    const whole = link(part.subject, line('d1', '-1000.00'), line('d2', '-231.00'))
    expect(whole.subject.certainty).toBe('RECONCILED')
    const back = link(whole.subject, line('d1', '-1000.00'))
    expect(back.subject).toMatchObject({ certainty: 'PARTIALLY_RECONCILED', state: part.subject.state })
    expect(link(back.subject).subject.state).toBe(waiting[kind])
    const tentative = link(whole.subject, line('p1', '-5.00', 'PENDING'))
    expect(tentative.subject).toMatchObject({ certainty: 'TENTATIVE', state: waiting[kind] })
  })
})

describe('linkTransactable', () => {
  it('logs other links without a webhook when the certainty stays, and nothing new when it was and is unreconciled', () => {
    const first = link(of('payment_order'), line('p1', '-1231.00', 'PENDING'))
    const second = link(first.subject, line('p2', '-1231.00', 'PENDING'))
    expect(second.events).toMatchObject([{ name: 'treasury.transactable.links_changed' }])
    expect(second.effects).toEqual([])
    expect(link(of('payment_order')).subject.certainty).toBe('UNRECONCILED')
  })

  it('does not count lines that were replaced or taken back, and needs no pending stage', () => {
    const gone = link(of('payment_order'), line('p1', '-1231.00', 'SUPERSEDED'), line('p2', '-1231.00', 'WITHDRAWN'))
    expect(gone.subject).toMatchObject({ certainty: 'UNRECONCILED', bankLineIds: [] })
    expect(link(of('payment_order'), line('d1', '-1231.00')).subject.state).toBe('completed')
  })

  it('refuses what its own machine does not allow, and more than was expected', () => {
    const denied = linkTransactable(of('payment_order', { state: 'denied' }), [line('d1', '-1231.00')], input)
    expect(denied).toMatchObject({ refusal: { code: 'EVENT_NOT_ALLOWED' } })
    const much = linkTransactable(of('payment_order'), [line('d1', '-1231.01')], input)
    expect(much).toMatchObject({ refusal: { code: 'OVER_MATCHED', ids: ['d1'] } })
    const stale = of('payment_order', { certainty: 'GONE' as 'TENTATIVE' })
    expect(linkTransactable(stale, [], input)).toMatchObject({ refusal: { code: 'STATE_UNKNOWN' } })
    const stuck = of('payment_order', { state: 'returned', certainty: 'RECONCILED' })
    expect(linkTransactable(stuck, [line('d1', '-1.00')], input)).toMatchObject({
      refusal: { code: 'EVENT_NOT_ALLOWED' },
    })
    expect(linkTransactable(stuck, [], input)).toMatchObject({ refusal: { code: 'EVENT_NOT_ALLOWED' } })
  })

  it('takes any history back to the same transactable, and tentative never moves its state', () => {
    const lines = fc.array(
      fc.record({
        minor: fc.bigInt(1n, 100n),
        status: fc.constantFrom<BankLine['status']>('PENDING', 'POSTED', 'SUPERSEDED', 'WITHDRAWN'),
      }),
      { maxLength: 4 },
    )
    fc.assert(
      fc.property(fc.constantFrom(...transactableKinds), fc.array(lines, { maxLength: 12 }), (kind, history) => {
        const first = of(kind, { amount: fromMinorUnits(-100n, 'USD') })
        let current = first
        const events = []
        for (const step of history) {
          const given = step.map(({ minor, status }, at) =>
            buildBankLine({ id: `l${at}`, amount: fromMinorUnits(-minor, 'USD'), status }),
          )
          const linked = linkTransactable(current, given, input)
          if (!linked.ok) continue
          current = linked.value.subject
          events.push(...linked.value.events)
          const open = current.certainty === 'UNRECONCILED' || current.certainty === 'TENTATIVE'
          if (open) expect(current.state).toBe(waiting[kind])
          if (current.certainty === 'RECONCILED') expect(['completed', 'reconciled']).toContain(current.state)
          expect(current.certainty === 'UNRECONCILED').toBe(current.bankLineIds.length === 0)
        }
        expect(uncataloguedEvents(events)).toEqual([])
        expect(replaySubject(first, events)).toEqual({ ok: true, value: current })
      }),
    )
  })
})

describe('coverageOf', () => {
  const event = (amount: string, bounds: [string, string] | undefined, ...lines: BankLine[]) => {
    const given = bounds ? { bounds: { minimum: usd(bounds[0]), maximum: usd(bounds[1]) } } : {}
    const coverage = coverageOf({ amount: usd(amount), ...given }, lines)
    return coverage.ok ? coverage.value.event : coverage.refusal.code
  }
  it.each<[string, [string, string] | undefined, BankLine[], string]>([
    ['100.00', undefined, [], 'release'],
    ['100.00', undefined, [line('a', '100.00')], 'matchWhole'],
    ['100.00', undefined, [line('a', '99.99')], 'matchPart'],
    ['100.00', undefined, [line('a', '100.01')], 'OVER_MATCHED'],
    ['100.00', undefined, [line('a', '100.00', 'PENDING')], 'matchPending'],
    ['100.00', undefined, [line('a', '-100.00')], 'matchPart'],
    ['-100.00', undefined, [line('a', '100.00')], 'matchPart'],
    ['0.00', undefined, [], 'release'],
    ['0.00', undefined, [line('a', '5.00'), line('b', '-5.00')], 'matchWhole'],
    ['100.00', ['90.00', '110.00'], [line('a', '90.00')], 'matchWhole'],
    ['100.00', ['90.00', '110.00'], [line('a', '110.00')], 'matchWhole'],
    ['100.00', ['90.00', '110.00'], [line('a', '89.99')], 'matchPart'],
    ['100.00', ['90.00', '110.00'], [line('a', '110.01')], 'OVER_MATCHED'],
    ['-100.00', ['-110.00', '-90.00'], [line('a', '-110.00')], 'matchWhole'],
    ['-100.00', ['-110.00', '-90.00'], [line('a', '-110.01')], 'OVER_MATCHED'],
    ['-100.00', ['-110.00', '-90.00'], [line('a', '-89.99')], 'matchPart'],
    ['0.00', ['0.00', '5.00'], [line('a', '5.00', 'PENDING')], 'matchPending'],
  ])('of %s in %j', (amount, bounds, lines, expected) => {
    expect(event(amount, bounds, ...lines)).toBe(expected)
  })

  it('adds up what is posted and what is pending, and refuses another currency', () => {
    expect(coverageOf({ amount: usd('9.00') }, [line('a', '1.00'), line('b', '2.00', 'PENDING')])).toMatchObject({
      value: { posted: usd('1.00'), pending: usd('2.00') },
    })
    const euro = buildBankLine({ id: 'e', amount: money('1.00', 'EUR') })
    expect(coverageOf({ amount: usd('9.00') }, [euro])).toMatchObject({
      refusal: { code: 'CURRENCY_MISMATCH', ids: ['e'] },
    })
  })
})

describe('checkOverdue', () => {
  const due = of('expected_payment', { dueBy: '2026-11-20' })
  it('announces once, the day after the last day', () => {
    expect(checkOverdue(due, '2026-11-20', input)).toBeNull()
    const late = checkOverdue(due, '2026-11-21', input)
    expect(late).toMatchObject({ subject: { overdue: true, state: 'unreconciled' }, effects: [{ event: 'overdue' }] })
    expect(checkOverdue(late?.subject ?? due, '2026-11-22', input)).toBeNull()
    expect(link(late?.subject ?? due, line('d', '-1231.00')).subject.overdue).toBe(false)
    expect(link(late?.subject ?? due, line('d', '-1.00')).subject.overdue).toBe(true)
  })

  it('has nothing to say of what has no last day, is there, or is over', () => {
    expect(checkOverdue(of('payment_order'), '2026-11-21', input)).toBeNull()
    expect(checkOverdue({ ...due, certainty: 'RECONCILED' }, '2026-11-21', input)).toBeNull()
    expect(checkOverdue({ ...due, state: 'archived' }, '2026-11-21', input)).toBeNull()
  })
})
