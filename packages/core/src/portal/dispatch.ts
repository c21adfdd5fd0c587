import { allow, andThen, type Decision, named, refuse } from '../decision.ts'
import { fromMinorUnits, type Money, toMinorUnits } from '../money/money.ts'
import { addDays, type IsoDate, type IsoInstant, isIsoInstant } from '../records/iso-date.ts'
import { optionalNote } from '../review/item-text.ts'
import { type Actor, missingPermission } from '../review/permission.ts'
import type { ReconciliationRun } from '../review/reconciliation-run.ts'
import {
  type ChangeInput,
  recordBirth,
  recordChange,
  type Subject,
  type SubjectChange,
  wrongMoment,
} from '../subject-change.ts'
import { defineMachine, transition } from '../transition-table.ts'
import { dispatchDays, isBefore } from './magic-link.ts'
import type { UnreconciledItem } from './unreconciled-item.ts'

export const dispatchMachine = defineMachine({
  name: 'dispatch',
  about: 'One sending of a run to the client: a snapshot of the items, a generation, a last day.',
  initial: 'LIVE',
  states: {
    LIVE: 'The client can answer.',
    SUPERSEDED: 'Replaced by a later dispatch of the same run; its links and sessions are dead.',
    EXPIRED: 'The last day passed.',
    CLOSED: 'The run was completed.',
  },
  events: {
    redispatch: 'Dispatched again',
    expire: 'The last day passed',
    close: 'The run was completed',
  },
  table: {
    LIVE: { redispatch: 'SUPERSEDED', expire: 'EXPIRED', close: 'CLOSED' },
    SUPERSEDED: {},
    EXPIRED: { redispatch: 'SUPERSEDED', close: 'CLOSED' },
    CLOSED: {},
  },
  guards: {
    expire: [{ fact: 'lastDayPassed', must: 'BE_TRUE', code: 'NOT_EXPIRED', says: 'Its last day has not passed.' }],
  },
  effects: {
    redispatch: [{ type: 'REVOKE_LINKS_AND_SESSIONS' }],
    close: [{ type: 'REVOKE_LINKS_AND_SESSIONS' }],
  },
})
export type DispatchStatus = keyof typeof dispatchMachine.states
export type DispatchEvent = keyof typeof dispatchMachine.events

/** One row the client sees, as of dispatch. */
export interface DispatchedItem {
  readonly itemId: string
  readonly date: IsoDate
  readonly amount: Money
  readonly description: string
}

/** What was sent: the snapshot never changes, so that the portal shows what the mail said. `id` is the run's and the generation. */
export interface Dispatch extends Subject {
  readonly runId: string
  readonly generation: number
  readonly contactId: string
  readonly status: DispatchStatus
  readonly dispatchedAt: IsoInstant
  readonly expiresAt: IsoInstant
  readonly note?: string
  readonly items: readonly DispatchedItem[]
  /** Sums of the magnitudes, one per currency: what is in question, not what is net. */
  readonly totals: readonly Money[]
  readonly subject: string
}

export interface DispatchRequest {
  readonly run: ReconciliationRun
  readonly items: readonly UnreconciledItem[]
  readonly contactId: string
  readonly now: IsoInstant
  /** Days until the link expires; 60 unless the tenant says otherwise. 1 to 365. */
  readonly expiryDays?: number
  readonly note?: string
}

/** The snapshot for the next generation of the run: items that are not resolved, by date, amount and id. */
export function prepareDispatch(request: DispatchRequest): Decision<Dispatch> {
  const { run, now, expiryDays = dispatchDays } = request
  if (!isIsoInstant(now)) return refuse('DATE_INVALID', `"${now.slice(0, 40)}" is not an instant.`)
  if (!Number.isInteger(expiryDays) || expiryDays < 1 || expiryDays > 365) {
    return refuse('EXPIRY_INVALID', 'A link lives 1 to 365 days.')
  }
  const foreign = request.items.filter((item) => item.runId !== run.id).map((item) => item.id)
  if (foreign.length > 0) return refuse('ITEM_OF_OTHER_RUN', 'An item belongs to another run.', { ids: foreign })
  const open = request.items.filter((item) => item.status !== 'RESOLVED')
  if (open.length === 0) return refuse('NOTHING_TO_DISPATCH', 'Every item is resolved: complete the run instead.')
  const note = optionalNote(request.note)
  if (!note.ok) return note
  const items = open
    .map(({ id, date, amount, description }) => ({ itemId: id, date, amount, description }))
    .sort((left, right) => (sortKey(left) < sortKey(right) ? -1 : 1))
  return allow({
    id: `${run.id}/${run.generation + 1}`,
    version: 1,
    runId: run.id,
    generation: run.generation + 1,
    contactId: request.contactId,
    status: 'LIVE',
    dispatchedAt: now,
    expiresAt: `${addDays(now.slice(0, 10), expiryDays)}${now.slice(10)}`,
    ...(note.value.reason !== undefined && { note: note.value.reason }),
    items,
    totals: magnitudes(items.map((item) => item.amount)),
    subject: dispatchSubject(items.length, run.clientLegalName),
  })
}

/** The next dispatch of a run with the first event of its own history. */
export function sendDispatch(request: DispatchRequest, actor: Actor): Decision<SubjectChange<Dispatch>> {
  const missing = missingPermission(actor, 'run.dispatch', 'BOOKKEEPING')
  if (missing) return { ok: false, refusal: named(missing, request.run.id) }
  const note = { name: 'bookkeeping.dispatch.sent', kind: 'dispatch', actorId: actor.id, at: request.now }
  return andThen(prepareDispatch(request), (dispatch) => allow(recordBirth(dispatch, note)))
}

/** Moves a dispatch on: replaced by a later one, past its last day, or over with its run. Its snapshot stays. */
export function moveDispatch(
  dispatch: Dispatch,
  event: DispatchEvent,
  input: ChangeInput,
): Decision<SubjectChange<Dispatch>> {
  const wrong = wrongMoment(input.now)
  if (wrong) return { ok: false, refusal: wrong }
  const lastDayPassed = !isBefore(input.now, dispatch.expiresAt)
  const step = transition(dispatchMachine, dispatch.status, event, { lastDayPassed })
  const note = { name: `bookkeeping.dispatch.${word[event]}`, kind: 'dispatch', actorId: input.actorId, at: input.now }
  return andThen(step, ({ next, effects }) =>
    allow(recordChange(dispatch, { ...dispatch, status: next }, { ...note, effects })),
  )
}

const word: Readonly<Record<DispatchEvent, string>> = { redispatch: 'superseded', expire: 'expired', close: 'closed' }

function sortKey(item: DispatchedItem): string {
  return `${item.date} ${item.itemId}`
}

/** The mail's subject. Line breaks and control characters of a name cannot start another header. */
export function dispatchSubject(count: number, clientLegalName: string): string {
  const oneLine = [...clientLegalName.slice(0, 200)].filter((letter) => !isControl(letter)).join('')
  return `Action needed: ${count} unreconciled bank items for ${oneLine.trim()}`
}

/** Control characters, and the marks that turn the direction of text round (U+202A to U+202E, U+2066 to U+2069). */
function isControl(letter: string): boolean {
  const code = letter.charCodeAt(0)
  return (
    code < 32 || (code >= 127 && code < 160) || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)
  )
}

function magnitudes(amounts: readonly Money[]): readonly Money[] {
  const sums = new Map<string, bigint>()
  for (const amount of amounts) {
    const minor = toMinorUnits(amount)
    sums.set(amount.currency, (sums.get(amount.currency) ?? 0n) + (minor < 0n ? -minor : minor))
  }
  return [...sums]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([currency, sum]) => fromMinorUnits(sum, currency))
}
