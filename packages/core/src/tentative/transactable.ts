import { allow, andThen, type Decision, refuse } from '../decision.ts'
import type { Money } from '../money/money.ts'
import type { BankLine } from '../records/bank-line.ts'
import type { IsoDate, IsoInstant } from '../records/iso-date.ts'
import { recordChange, type SubjectChange } from '../subject-change.ts'
import { type Effect, possibleEvents, transition } from '../transition-table.ts'
import { type Certainty, certaintyMachine, coverageOf } from './certainty.ts'
import { type TransactableKind, transactableMachines } from './transactable-machines.ts'

/** Something that should show up at the bank. Amounts are signed as on the bank account: money in is positive. */
export interface Transactable {
  readonly id: string
  readonly version: number
  readonly kind: TransactableKind
  /** Its own state (see transactable-machines.ts); a tentative match never changes it. */
  readonly state: string
  readonly certainty: Certainty
  readonly amount: Money
  readonly bounds?: { readonly minimum: Money; readonly maximum: Money }
  /** The last day it is expected on. */
  readonly dueBy?: IsoDate
  readonly overdue: boolean
  readonly bankLineIds: readonly string[]
}

export interface TentativeInput {
  readonly now: IsoInstant
  readonly actorId: string
}

const webhookOf: Readonly<Record<Certainty, string>> = {
  UNRECONCILED: 'unreconciled',
  TENTATIVE: 'tentatively_reconciled',
  PARTIALLY_RECONCILED: 'partially_reconciled',
  RECONCILED: 'reconciled',
}

/**
 * Sets the links of a transactable and works out what they mean: its certainty from the lines, its own state only from posted
 * ones. Emits one webhook when the certainty changes; `tentatively_reconciled` is the one that comes without a change of state.
 */
export function linkTransactable(
  subject: Transactable,
  lines: readonly BankLine[],
  input: TentativeInput,
): Decision<SubjectChange<Transactable>> {
  const coverage = coverageOf(subject, lines)
  if (!coverage.ok) return coverage
  const { event } = coverage.value
  const unchanged = event === 'release' && subject.certainty === 'UNRECONCILED'
  const step = unchanged
    ? allow({ next: subject.certainty, effects: [] })
    : transition(certaintyMachine, subject.certainty, event, {})
  if (!step.ok) return step
  const certainty = step.value.next
  const state = ownState(subject, certainty)
  if (!state.ok) return state
  const live = lines.filter((line) => line.status === 'POSTED' || line.status === 'PENDING')
  const bankLineIds = [...new Set(live.map((line) => line.id))].sort()
  const overdue = subject.overdue && certainty !== 'RECONCILED'
  const after: Transactable = { ...subject, certainty, state: state.value, bankLineIds, overdue }
  const moved = certainty !== subject.certainty
  const name = moved ? `treasury.transactable.${webhookOf[certainty]}` : 'treasury.transactable.links_changed'
  const effects: readonly Effect[] = moved ? [webhook(subject, webhookOf[certainty])] : []
  return allow(
    recordChange(subject, after, { name, kind: 'transactable', actorId: input.actorId, at: input.now, effects }),
  )
}

/** The state that goes with a certainty: completed by posted lines, taken back when they go, else untouched. */
function ownState(subject: Transactable, certainty: Certainty): Decision<string> {
  const posted = certainty === 'RECONCILED' || certainty === 'PARTIALLY_RECONCILED'
  const wasPosted = subject.certainty === 'RECONCILED' || subject.certainty === 'PARTIALLY_RECONCILED'
  const event =
    certainty === 'RECONCILED' ? 'postedMatch' : certainty === 'PARTIALLY_RECONCILED' ? 'postedPart' : 'unmatch'
  if (certainty === subject.certainty || (!posted && !wasPosted)) return allow(subject.state)
  const machine = transactableMachines[subject.kind]
  if (event === 'postedPart' && !Object.hasOwn(machine.events, event)) return partOfOther(subject)
  const step = transition(machine, subject.state, event, {})
  if (step.ok) return allow(step.value.next)
  return event === 'unmatch' && subject.certainty === 'PARTIALLY_RECONCILED' ? allow(subject.state) : step
}

/** Kinds without a partial state of their own stay where they are, or return there from completed. */
function partOfOther(subject: Transactable): Decision<string> {
  if (subject.certainty !== 'RECONCILED') return allow(subject.state)
  const step = transition(transactableMachines[subject.kind], subject.state, 'unmatch', {})
  return step.ok ? allow(step.value.next) : step
}

/** What the links say is theirs alone: no person and no bank moves a transactable by it. */
const byLinks: ReadonlySet<string> = new Set(['postedMatch', 'postedPart', 'unmatch'])

/** Moves a transactable's own state by one of its own events: approved, sent, returned and so on. */
export function moveTransactable(
  subject: Transactable,
  event: string,
  input: TentativeInput,
): Decision<SubjectChange<Transactable>> {
  if (byLinks.has(event)) {
    return refuse('EVENT_OF_LINKS', 'Only linked bank lines do that: link them, or take them off.', {
      ids: [subject.id],
    })
  }
  const step = transition(transactableMachines[subject.kind], subject.state, event, {})
  const note = { name: 'treasury.transactable.moved', kind: 'transactable', actorId: input.actorId, at: input.now }
  return andThen(step, ({ next, effects }) =>
    allow(recordChange(subject, { ...subject, state: next }, { ...note, about: { event }, effects })),
  )
}

/** The own events of a transactable that are possible now. */
export function ownEvents(subject: Transactable): readonly string[] {
  return possibleEvents(transactableMachines[subject.kind], subject.state).filter((event) => !byLinks.has(event))
}

/** Announces once that an expected day passed without a posted match. Null when there is nothing to announce. */
export function checkOverdue(
  subject: Transactable,
  today: IsoDate,
  input: TentativeInput,
): SubjectChange<Transactable> | null {
  const late = subject.dueBy !== undefined && today > subject.dueBy
  const open = subject.certainty !== 'RECONCILED' && !Object.hasOwn(ended, subject.state)
  if (!late || !open || subject.overdue) return null
  const note = { name: 'treasury.transactable.overdue', kind: 'transactable', actorId: input.actorId, at: input.now }
  return recordChange(subject, { ...subject, overdue: true }, { ...note, effects: [webhook(subject, 'overdue')] })
}

const ended = {
  archived: true,
  cancelled: true,
  denied: true,
  failed: true,
  returned: true,
  stopped: true,
  reversed: true,
}

function webhook(subject: Transactable, event: string): Effect {
  return { type: 'EMIT_WEBHOOK', topic: subject.kind, event, subjectId: subject.id }
}
