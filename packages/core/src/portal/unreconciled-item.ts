import { allow, type Decision, named, naming, type Refusal, refuse } from '../decision.ts'
import { compareMoney, type Money, negateMoney } from '../money/money.ts'
import type { IsoDate, IsoInstant } from '../records/iso-date.ts'
import { enteredText, longestNote, longestReference } from '../review/item-text.ts'
import { type Actor, missingPermission } from '../review/permission.ts'
import { recordChange, type SubjectChange } from '../subject-change.ts'
import { transition } from '../transition-table.ts'
import type { ClientResponse } from './client-response.ts'
import { clientResponseMachine } from './client-response-machine.ts'
import {
  type UnreconciledItemEvent,
  type UnreconciledItemStatus,
  unreconciledItemMachine,
} from './unreconciled-item-machine.ts'

/** One bank line the client is asked about. */
export interface UnreconciledItem {
  readonly id: string
  readonly version: number
  readonly runId: string
  readonly bankLineId: string
  readonly date: IsoDate
  readonly amount: Money
  readonly description: string
  readonly status: UnreconciledItemStatus
  readonly response?: ClientResponse
  /** The follow-up question the client sees after a push-back. */
  readonly question?: string
  /** Set when the item waits for a senior accountant, with the reason. */
  readonly exception?: { readonly reason: string; readonly at: IsoInstant }
  readonly resolution?: ItemResolution
}

export interface ItemResolution {
  readonly how: 'APPLIED' | 'BY_STAFF'
  readonly reason?: string
  readonly journalEntryId?: string
  readonly actorId: string
  readonly at: IsoInstant
  /** Where the item returns to when the resolution is undone. */
  readonly from: Exclude<UnreconciledItemStatus, 'RESOLVED'>
}

export interface ResolutionContext {
  readonly now: IsoInstant
  readonly runOpen: boolean
}
interface Versioned {
  readonly expectedVersion?: number
}
export interface ApplyInput extends Versioned {
  /** The journal entry that was made for the line. */
  readonly journalEntryId: string
}
export interface QuestionInput extends Versioned {
  readonly question: string
}
export interface ResolveInput extends Versioned {
  readonly reason: string
}
type ItemDecision = Decision<SubjectChange<UnreconciledItem>>
type Act<Input> = ((input: Input) => ItemDecision) | null
export interface ResolutionActions {
  readonly apply: Act<ApplyInput>
  readonly pushBack: Act<QuestionInput>
  readonly escalate: Act<ResolveInput>
  readonly resolveByStaff: Act<ResolveInput>
  readonly reopen: Act<Versioned>
  readonly whyNot: Readonly<Partial<Record<ResolutionActionName, Refusal>>>
}
export type ResolutionActionName = 'apply' | 'pushBack' | 'escalate' | 'resolveByStaff' | 'reopen'

export const unreconciledItemEventNames: Readonly<Record<UnreconciledItemEvent, string>> = {
  dispatch: 'bookkeeping.unreconciled_item.dispatched',
  respond: 'bookkeeping.unreconciled_item.client_responded',
  apply: 'bookkeeping.unreconciled_item.applied',
  pushBack: 'bookkeeping.unreconciled_item.pushed_back',
  escalate: 'bookkeeping.unreconciled_item.escalated',
  resolveByStaff: 'bookkeeping.unreconciled_item.resolved_by_staff',
  reopenUndispatched: 'bookkeeping.unreconciled_item.reopened',
  reopenPending: 'bookkeeping.unreconciled_item.reopened',
  reopenResponded: 'bookkeeping.unreconciled_item.reopened',
}

/** What staff may do with an item, now: a function, or null with the reason in `whyNot`. */
export function resolutionActions(item: UnreconciledItem, actor: Actor, context: ResolutionContext): ResolutionActions {
  const whyNot: Partial<Record<ResolutionActionName, Refusal>> = {}
  function offer<Input extends Versioned>(
    name: ResolutionActionName,
    event: UnreconciledItemEvent,
    change: (next: UnreconciledItemStatus, input: Input) => Decision<UnreconciledItem>,
  ): Act<Input> {
    const step = stepOf(item, event, actor, context)
    if (!step.ok) {
      whyNot[name] = named(step.refusal, item.id)
      return null
    }
    return (input) => {
      if (input.expectedVersion !== undefined && input.expectedVersion !== item.version) {
        return refuse('VERSION_STALE', `The item has changed: version ${item.version}.`, { ids: [item.id] })
      }
      const changed = change(step.value.next, input)
      if (!changed.ok) return naming(changed, item.id)
      const note = { name: unreconciledItemEventNames[event], kind: 'unreconciled_item', actorId: actor.id }
      const after = withResponseMoved(changed.value, name)
      return allow(recordChange(item, after, { ...note, at: context.now, effects: step.value.effects }))
    }
  }
  const by = { actorId: actor.id, at: context.now }
  const from = item.status === 'RESOLVED' ? 'UNDISPATCHED' : item.status
  const { exception: _exception, ...settled } = item
  return {
    apply: offer<ApplyInput>('apply', 'apply', (status, input) => {
      const journalEntryId = enteredText(input.journalEntryId, longestReference)
      if (!journalEntryId.ok) return journalEntryId
      const resolution: ItemResolution = { how: 'APPLIED', journalEntryId: journalEntryId.value, ...by, from }
      return allow({ ...settled, status, resolution })
    }),
    pushBack: offer<QuestionInput>('pushBack', 'pushBack', (status, input) => {
      const question = enteredText(input.question, longestNote)
      return question.ok ? allow({ ...item, status, question: question.value }) : question
    }),
    escalate: offer<ResolveInput>('escalate', 'escalate', (status, input) => {
      const reason = enteredText(input.reason, longestNote)
      return reason.ok ? allow({ ...item, status, exception: { reason: reason.value, at: context.now } }) : reason
    }),
    resolveByStaff: offer<ResolveInput>('resolveByStaff', 'resolveByStaff', (status, input) => {
      const reason = enteredText(input.reason, longestNote)
      if (!reason.ok) return reason
      const resolution: ItemResolution = { how: 'BY_STAFF', reason: reason.value, ...by, from }
      return allow({ ...settled, status, resolution })
    }),
    reopen: offer<Versioned>('reopen', reopenEvent(item), (status) => {
      const { resolution: _resolution, ...rest } = item
      return allow({ ...rest, status })
    }),
    whyNot,
  }
}

const responseEvent = {
  apply: 'apply',
  pushBack: 'pushBack',
  escalate: 'escalate',
  resolveByStaff: 'setAside',
  reopen: 'reopen',
} as const

/** The client's answer goes the way of its item; an answer in a state that does not move stays as it is. */
function withResponseMoved(item: UnreconciledItem, name: ResolutionActionName): UnreconciledItem {
  if (item.response === undefined) return item
  const next = clientResponseMachine.table[item.response.status][responseEvent[name]]
  return next === undefined ? item : { ...item, response: { ...item.response, status: next } }
}

function stepOf(item: UnreconciledItem, event: UnreconciledItemEvent, actor: Actor, context: ResolutionContext) {
  const missing = missingPermission(actor, 'run.resolve', 'BOOKKEEPING')
  if (missing) return { ok: false as const, refusal: missing }
  const senior = missingPermission(actor, 'run.resolveMaterial', 'BOOKKEEPING') === null
  const mayDecide = item.exception === undefined || senior
  return transition(unreconciledItemMachine, item.status, event, { runOpen: context.runOpen, mayDecide })
}

function reopenEvent(item: UnreconciledItem): UnreconciledItemEvent {
  switch (item.resolution?.from) {
    case 'PENDING':
      return 'reopenPending'
    case 'CLIENT_RESPONDED':
      return 'reopenResponded'
    default:
      return 'reopenUndispatched'
  }
}

/** Sends an item out with a dispatch; an item that is answered keeps its answer. */
export function dispatchItem(
  item: UnreconciledItem,
  actor: Actor,
  context: ResolutionContext,
): Decision<SubjectChange<UnreconciledItem>> {
  const missing = missingPermission(actor, 'run.dispatch', 'BOOKKEEPING')
  if (missing) return { ok: false, refusal: named(missing, item.id) }
  const step = transition(unreconciledItemMachine, item.status, 'dispatch', {
    runOpen: context.runOpen,
    mayDecide: true,
  })
  if (!step.ok) return naming(step, item.id)
  const note = { name: unreconciledItemEventNames.dispatch, kind: 'unreconciled_item', actorId: actor.id }
  return allow(recordChange(item, { ...item, status: step.value.next }, { ...note, at: context.now }))
}

/**
 * Whether an answer goes to the exception queue: "no supporting document" for an amount at or above the client's
 * materiality threshold. Without a threshold in the item's currency every such answer does.
 */
export function isMaterial(item: UnreconciledItem, response: ClientResponse, thresholds: readonly Money[]): boolean {
  if (response.kind !== 'NO_SUPPORTING') return false
  const threshold = thresholds.find((candidate) => candidate.currency === item.amount.currency)
  if (threshold === undefined) return true
  const magnitude = item.amount.amount.startsWith('-') ? negateMoney(item.amount) : item.amount
  return compareMoney(magnitude, threshold) >= 0
}
