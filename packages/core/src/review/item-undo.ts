import { allow, type Decision, refuse } from '../decision.ts'
import { type Money, sumMoney } from '../money/money.ts'
import { activeDecision, activeDecisionIn } from './active-decision.ts'
import { changeItem, type ItemOutcome, type ItemState } from './item-change.ts'
import { reopeningEffects, statusWebhook } from './item-decisions.ts'
import type { MatchDecision } from './match-decision.ts'
import type { Actor } from './permission.ts'
import { lockedPeriod, type ReviewContext } from './review-context.ts'
import type { ReviewItem, ReviewItemStatus } from './review-item.ts'

export type UndoRefusalCode =
  | 'NOTHING_TO_UNDO'
  | 'UNDO_NOT_LAST'
  | 'SPLIT_ITEM_CHANGED'
  | 'BATCH_MERGED'
  | 'RECORD_TAKEN'
  | 'PERIOD_LOCKED'

/** Whether the last event can be taken back now, and to which state. */
export function undoTarget(
  item: ReviewItem,
  context: ReviewContext,
): Decision<{ before: ItemState; mergedIds: readonly string[] }, UndoRefusalCode> {
  const event = context.lastEvent
  if (event === undefined) return refuse('NOTHING_TO_UNDO', 'Nothing has been done here yet.')
  if (event.subject.id !== item.id || event.version !== item.version) {
    return refuse('UNDO_NOT_LAST', 'Only the last change can be undone; this item has changed since.', {
      ids: [item.id],
    })
  }
  const { before, mergedIds = [], splitOff = [] } = event.data
  if (mergedIds.length > 0) return refuse('BATCH_MERGED', 'The batch is whole again: close it anew instead.')
  const touched = splitOff.filter((part) => context.item(part.id)?.version !== part.version).map((part) => part.id)
  if (touched.length > 0) {
    return refuse('SPLIT_ITEM_CHANGED', 'What was left out of the batch has been worked since: undo that first.', {
      ids: touched,
    })
  }
  const link = activeDecisionIn(item, before) ?? { bankLineIds: [], bookEntryIds: [] }
  const taken = [
    ...link.bankLineIds.filter((id) => takenByOther('BANK', id, item, context)),
    ...link.bookEntryIds.filter((id) => takenByOther('BOOK', id, item, context)),
  ]
  if (taken.length > 0) return refuse('RECORD_TAKEN', 'A record is part of another active link now.', { ids: taken })
  const locked = lockedPeriod(activeDecision(item) ?? link, context)
  if (locked) return { ok: false, refusal: locked }
  return allow({ before, mergedIds: splitOff.map((part) => part.id) })
}

function takenByOther(side: 'BANK' | 'BOOK', id: string, item: ReviewItem, context: ReviewContext): boolean {
  const holder = context.holder(side, id)
  return holder !== undefined && holder !== item.id
}

/** Takes the last event back by a compensating event: the state before it is restored, one version on. */
export function undoLast(item: ReviewItem, actor: Actor, context: ReviewContext): Decision<ItemOutcome> {
  const target = undoTarget(item, context)
  if (!target.ok) return target
  const { before, mergedIds } = target.value
  const current = activeDecision(item)
  const reopened = current !== undefined && activeDecisionIn(item, before) === undefined
  return changeItem(item, actor, context.now, {
    name: 'review_item.undone',
    cause: 'undo',
    after: before,
    undoes: item.version,
    removedIds: mergedIds,
    effects: reopened
      ? reopeningEffects(item, current, before.status, context)
      : restoringEffects(item, before, context),
  })
}

function restoringEffects(item: ReviewItem, before: ItemState, context: ReviewContext): ItemOutcome['effects'] {
  const decision = activeDecisionIn(item, before)
  const restored = decision !== undefined && activeDecision(item) === undefined && decision.reference === undefined
  const confirm = {
    type: 'CONFIRM_IN_SOURCE',
    itemId: item.id,
    decisionId: decision?.id,
    bankLineIds: decision?.bankLineIds,
    bookEntryIds: decision?.bookEntryIds,
  }
  const told = restored && context.settings.writeback
  const moved = before.status === item.status ? [] : [statusWebhook(item, before.status, context)]
  return [...(told ? [confirm] : []), ...moved]
}

/** What would be open again: shown before a revert or an undo, and true when it is done. */
export interface Reopening {
  readonly status: ReviewItemStatus
  readonly bankLineIds: readonly string[]
  readonly bookEntryIds: readonly string[]
  /** Sums of the bank lines that reopen, one per currency. */
  readonly totals: readonly Money[]
  /** Items that go back into this one. */
  readonly mergedIds: readonly string[]
  /** Whether something was told to the source system and has to be taken back there. */
  readonly revokesWriteback: boolean
}

/** The preview of `revert` or `undo`; a refusal where that action is one. */
export function previewReopening(
  item: ReviewItem,
  action: 'revert' | 'undo',
  context: ReviewContext,
): Decision<Reopening> {
  if (action === 'revert') return allow(reopening(activeDecision(item), 'OUTSTANDING', [], context))
  const target = undoTarget(item, context)
  if (!target.ok) return target
  const { before, mergedIds } = target.value
  const reopened = activeDecisionIn(item, before) === undefined ? activeDecision(item) : undefined
  return allow(reopening(reopened, before.status, mergedIds, context))
}

function reopening(
  decision: MatchDecision | undefined,
  status: ReviewItemStatus,
  mergedIds: readonly string[],
  context: ReviewContext,
): Reopening {
  const bankLineIds = decision?.bankLineIds ?? []
  const amounts = bankLineIds.flatMap((id) => context.bankLine(id)?.amount ?? [])
  const currencies = [...new Set(amounts.map((amount) => amount.currency))].sort()
  return {
    status,
    bankLineIds,
    bookEntryIds: decision?.bookEntryIds ?? [],
    totals: currencies.map((currency) =>
      sumMoney(
        amounts.filter((amount) => amount.currency === currency),
        currency,
      ),
    ),
    mergedIds,
    revokesWriteback: decision !== undefined && decision.reference === undefined && context.settings.writeback,
  }
}
