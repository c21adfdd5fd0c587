import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromMinorUnits } from '../money/money.ts'
import type { BankLine } from '../records/bank-line.ts'
import { type ChangeEvent, replaySubject } from '../subject-change.ts'
import { accepted } from '../testing/accepted.ts'
import { buildBankLine } from '../testing/builders.ts'
import { uncataloguedEffects } from '../testing/uncatalogued-effects.ts'
import { uncataloguedEvents } from '../testing/uncatalogued-events.ts'
import { possibleEvents } from '../transition-table.ts'
import { checkOverdue, linkTransactable, moveTransactable, ownEvents, type Transactable } from './transactable.ts'
import { type TransactableKind, transactableKinds, transactableMachines } from './transactable-machines.ts'

const input = { now: '2026-11-21T10:00:00Z', actorId: 'SYSTEM' }
const whole = 100n
/** States in which a posted match has said so. */
const posted: ReadonlySet<string> = new Set(['completed', 'reconciled'])

const webhookWords = {
  UNRECONCILED: 'unreconciled',
  TENTATIVE: 'tentatively_reconciled',
  PARTIALLY_RECONCILED: 'partially_reconciled',
  RECONCILED: 'reconciled',
}

interface Model {
  /** Minor units of the linked lines, by what the bank says of them. */
  posted: bigint
  pending: bigint
}
interface Real {
  subject: Transactable
  readonly events: ChangeEvent[]
}

const linked = (amounts: readonly [bigint, BankLine['status']][]): fc.Command<Model, Real> => ({
  check: () => true,
  run: (model, real) => {
    const lines = amounts.map(([minor, status], at) =>
      buildBankLine({ id: `line-${at}`, amount: fromMinorUnits(minor, 'USD'), status }),
    )
    const before = real.subject
    const change = linkTransactable(before, lines, input)
    const sum = (status: BankLine['status']) =>
      amounts.filter(([, one]) => one === status).reduce((total, [minor]) => total + minor, 0n)
    const [told, seen] = [sum('POSTED'), sum('PENDING')]
    if (told > whole) expect(change).toMatchObject({ refusal: { code: 'OVER_MATCHED' } })
    if (!change.ok) return
    take(real, change.value)
    Object.assign(model, { posted: told, pending: seen })
    const after = real.subject
    expect(after.certainty).toBe(
      told === whole ? 'RECONCILED' : told > 0n ? 'PARTIALLY_RECONCILED' : seen > 0n ? 'TENTATIVE' : 'UNRECONCILED',
    )
    const word = after.certainty === before.certainty ? 'links_changed' : webhookWords[after.certainty]
    expect(change.value.events.map((event) => event.name)).toEqual([`treasury.transactable.${word}`])
    const told_ = change.value.effects.map((effect) => effect.event)
    expect(told_).toHaveLength(after.certainty === before.certainty ? 0 : 1)
    if (after.certainty === 'TENTATIVE' && before.certainty === 'UNRECONCILED') {
      expect(told_).toEqual(['tentatively_reconciled'])
      expect(after.state).toBe(before.state)
    }
    if (after.certainty === 'RECONCILED' && before.certainty !== 'RECONCILED')
      expect(posted.has(after.state)).toBe(true)
  },
  toString: () => `link ${amounts.join(' ')}`,
})

const movedBy = (event: string): fc.Command<Model, Real> => ({
  check: () => true,
  run: (_model, real) => {
    const { subject } = real
    const possible = ownEvents(subject).includes(event)
    const change = moveTransactable(subject, event, input)
    expect(change.ok).toBe(possible)
    if (!change.ok) return
    expect(change.value.subject.certainty).toBe(subject.certainty)
    expect(change.value.effects.filter((effect) => effect.type === 'EMIT_WEBHOOK')).toEqual([])
    take(real, change.value)
  },
  toString: () => event,
})

const dayPasses: fc.Command<Model, Real> = {
  check: () => true,
  run: (_model, real) => {
    const late = checkOverdue(real.subject, '2026-12-01', input)
    if (late) take(real, late)
    expect(checkOverdue(real.subject, '2026-12-01', input)).toBeNull()
  },
  toString: () => 'the last day passes',
}

function take(
  real: Real,
  change: { subject: Transactable; events: readonly ChangeEvent[]; effects: readonly { type: string }[] },
) {
  expect(uncataloguedEffects(change.effects)).toEqual([])
  real.subject = change.subject
  real.events.push(...change.events)
}

const minor = fc.bigInt(1n, 120n)
const status = fc.constantFrom<BankLine['status']>('PENDING', 'POSTED', 'POSTED', 'SUPERSEDED', 'WITHDRAWN')
const lines = fc.oneof(
  fc.array(fc.tuple(minor, status), { maxLength: 3 }),
  fc.constant<[bigint, BankLine['status']][]>([[whole, 'POSTED']]),
  fc.constant<[bigint, BankLine['status']][]>([[whole, 'PENDING']]),
)

describe.each(transactableKinds)('a %s over any history', (kind: TransactableKind) => {
  const machine = transactableMachines[kind]
  const commands = fc.commands(
    [lines.map(linked), fc.constantFrom(...Object.keys(machine.events)).map(movedBy), fc.constant(dayPasses)],
    { maxCommands: 30, size: 'max' },
  )
  it('is as sure as its lines, moves by its own table alone, and is rebuilt by its log', () => {
    const starts = [machine.initial, ...(machine.alsoInitial ?? []), 'sent'].filter((state) => state in machine.states)
    fc.assert(
      fc.property(commands, fc.constantFrom(...starts), (history, state) => {
        const first: Transactable = {
          ...{ id: 't-1', version: 1, kind, state, certainty: 'UNRECONCILED', amount: fromMinorUnits(whole, 'USD') },
          ...{ dueBy: '2026-11-25', overdue: false, bankLineIds: [] },
        }
        const real: Real = { subject: first, events: [] }
        fc.modelRun(() => ({ model: { posted: 0n, pending: 0n }, real }), history)
        expect(uncataloguedEvents(real.events)).toEqual([])
        expect(accepted(replaySubject(first, real.events))).toEqual(real.subject)
        for (const event of ownEvents(real.subject))
          expect(possibleEvents(machine, real.subject.state)).toContain(event)
      }),
      { numRuns: 150 },
    )
  })

  it('is completed by its lines, never by a word', () => {
    for (const event of ['postedMatch', 'postedPart', 'unmatch']) {
      const subject = { kind, state: machine.initial, id: 't-1' } as Transactable
      expect(moveTransactable(subject, event, input)).toMatchObject({
        refusal: { code: 'EVENT_OF_LINKS', ids: ['t-1'] },
      })
    }
  })
})
