import type { ActivityEvent } from '../activity-event.ts'
import { canonicalJson } from '../canonical-content.ts'
import { allow, andThen, type Decision, refuse } from '../decision.ts'
import type { IsoInstant } from '../records/iso-date.ts'
import type { Effect } from '../transition-table.ts'
import { type DecisionStep, decisionSteps } from './decision-steps.ts'
import type { Actor } from './permission.ts'
import type { ReviewItem } from './review-item.ts'
import type { ReviewItemEvent } from './review-item-machine.ts'

/** The part of an item that decisions change. */
export type ItemState = Pick<
  ReviewItem,
  | 'status'
  | 'bucket'
  | 'bankLineIds'
  | 'bookEntryIds'
  | 'decision'
  | 'flag'
  | 'escalation'
  | 'journal'
  | 'approval'
  | 'closedApproval'
  | 'rejectedMatchIds'
>

export const itemEventNames = [
  'review_item.reconciled',
  'review_item.proposal_rejected',
  'review_item.marked_unreceived',
  'review_item.flagged',
  'review_item.unflagged',
  'review_item.escalated',
  'review_item.escalation_withdrawn',
  'review_item.journal_awaited',
  'review_item.journal_recorded',
  'review_item.journal_withdrawn',
  'review_item.journal_hold_released',
  'review_item.reverted',
  'review_item.approval_requested',
  'review_item.approval_declined',
  'review_item.approval_outdated',
  'review_item.undone',
] as const
export type ItemEventName = (typeof itemEventNames)[number]

/** What changed: both states in full, so that the log alone rebuilds the item and any event can be undone. */
export interface ItemEventData {
  readonly cause: ReviewItemEvent | 'undo'
  readonly before: ItemState
  readonly after: ItemState
  readonly reason?: string
  /** What the person was warned of and went on. */
  readonly warnings?: readonly string[]
  /** The steps of the links and the approval inside the item. */
  readonly steps?: readonly DecisionStep[]
  /** For an undo: the version whose change it takes back. */
  readonly undoes?: number
  /** Items made for records that were left out, and items that went back into this one. */
  readonly splitOff?: readonly ReviewItem[]
  readonly mergedIds?: readonly string[]
}
export type ItemEvent = ActivityEvent<ItemEventName, ItemEventData>

/** What an action leads to. The host stores all of it in one transaction or none. */
export interface ItemOutcome {
  readonly item: ReviewItem
  /** Items made for records that were left out of a batch. */
  readonly created: readonly ReviewItem[]
  /** Items whose records went back into this one. */
  readonly removedIds: readonly string[]
  readonly events: readonly ItemEvent[]
  readonly effects: readonly Effect[]
}

export function itemState(item: ReviewItem): ItemState {
  return {
    status: item.status,
    bucket: item.bucket,
    bankLineIds: item.bankLineIds,
    bookEntryIds: item.bookEntryIds,
    ...(item.decision && { decision: item.decision }),
    ...(item.flag && { flag: item.flag }),
    ...(item.escalation && { escalation: item.escalation }),
    ...(item.journal && { journal: item.journal }),
    ...(item.approval && { approval: item.approval }),
    ...(item.closedApproval && { closedApproval: item.closedApproval }),
    ...(item.rejectedMatchIds && { rejectedMatchIds: item.rejectedMatchIds }),
  }
}

/** The item after an event: the state of the event, one version on. */
export function applyItemEvent(item: ReviewItem, event: ItemEvent): ReviewItem {
  const { decision, flag, escalation, journal, approval, closedApproval, rejectedMatchIds, ...rest } = item
  return { ...rest, ...event.data.after, version: event.version }
}

/** The item a history leads to; refuses a gap, a foreign event or a state that does not follow from the one before. */
export function replayItem(item: ReviewItem, events: readonly ItemEvent[]): Decision<ReviewItem, 'HISTORY_BROKEN'> {
  let current = item
  for (const event of events) {
    const follows = event.version === current.version + 1 && event.subject.id === item.id
    if (!follows || canonicalJson(event.data.before) !== canonicalJson(itemState(current))) {
      return refuse('HISTORY_BROKEN', `Event ${event.version} does not follow from version ${current.version}.`, {
        ids: [item.id],
      })
    }
    current = applyItemEvent(current, event)
  }
  return allow(current)
}

export interface ItemChange {
  readonly name: ItemEventName
  readonly cause: ReviewItemEvent | 'undo'
  readonly after: ItemState
  readonly reason?: string
  readonly warnings?: readonly string[]
  readonly undoes?: number
  readonly created?: readonly ReviewItem[]
  readonly removedIds?: readonly string[]
  readonly effects?: readonly Effect[]
}

/**
 * Writes a change down as its event and applies that event: state never moves any other way. Refused where the machine of a
 * link or of the approval refuses its step.
 */
export function changeItem(item: ReviewItem, actor: Actor, at: IsoInstant, change: ItemChange): Decision<ItemOutcome> {
  return andThen(decisionSteps(item, change), (steps) => allow(changedItem(item, actor, at, change, steps)))
}

function changedItem(
  item: ReviewItem,
  actor: Actor,
  at: IsoInstant,
  change: ItemChange,
  steps: readonly DecisionStep[],
): ItemOutcome {
  const created = change.created ?? []
  const removedIds = change.removedIds ?? []
  const event: ItemEvent = {
    name: change.name,
    at,
    actorId: actor.id,
    subject: { kind: 'review_item', id: item.id },
    version: item.version + 1,
    data: {
      cause: change.cause,
      before: itemState(item),
      after: change.after,
      ...(change.reason !== undefined && { reason: change.reason }),
      ...(change.warnings !== undefined && change.warnings.length > 0 && { warnings: change.warnings }),
      ...(steps.length > 0 && { steps }),
      ...(change.undoes !== undefined && { undoes: change.undoes }),
      ...(created.length > 0 && { splitOff: created }),
      ...(removedIds.length > 0 && { mergedIds: removedIds }),
    },
  }
  return {
    item: applyItemEvent(item, event),
    created,
    removedIds,
    events: [event],
    effects: change.effects ?? [],
  }
}
