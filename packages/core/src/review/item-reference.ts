import { andThen, type Decision } from '../decision.ts'
import { changeItem, type ItemOutcome, itemState } from './item-change.ts'
import { requestApproval, statusWebhook } from './item-decisions.ts'
import { needsApproval } from './item-link.ts'
import { approve } from './maker-checker.ts'
import type { MatchDecision } from './match-decision.ts'
import { ownAmount } from './own-amount.ts'
import type { Actor } from './permission.ts'
import type { ReviewContext } from './review-context.ts'
import type { ApprovalRequest, ReviewItem, ReviewItemStatus } from './review-item.ts'

/** Reconciled without a record: the reference says where to look. From the threshold on a second person agrees first. */
export function reconcileByReference(
  item: ReviewItem,
  actor: Actor,
  reference: string,
  next: ReviewItemStatus,
  context: ReviewContext,
): Decision<ItemOutcome> {
  const amount = ownAmount(item, context)
  const decision: MatchDecision = {
    id: `${item.id}@${item.version + 1}`,
    state: 'MANUAL',
    bankLineIds: item.bankLineIds,
    bookEntryIds: item.bookEntryIds,
    reference,
    adjustments: [],
    ...(amount && { amount }),
    actorId: actor.id,
    at: context.now,
  }
  return amount !== undefined && needsApproval(amount, context.settings.approvalThresholds)
    ? requestApproval(item, actor, decision, context)
    : settleReference(item, actor, decision, next, context)
}

/** The second person agrees to a reference, the payment being what it was when it was proposed. */
export function approveReference(
  item: ReviewItem,
  actor: Actor,
  approval: ApprovalRequest,
  next: ReviewItemStatus,
  context: ReviewContext,
): Decision<ItemOutcome> {
  const { decision, requestedBy } = approval
  const unchanged = ownAmount(item, context)?.amount === decision.amount?.amount
  return andThen(approve(requestedBy, actor, unchanged), () => {
    const id = `${item.id}@${item.version + 1}`
    return settleReference(item, actor, { ...decision, id, approvedBy: actor.id, at: context.now }, next, context)
  })
}

function settleReference(
  item: ReviewItem,
  actor: Actor,
  decision: MatchDecision,
  next: ReviewItemStatus,
  context: ReviewContext,
): Decision<ItemOutcome> {
  const { approval: _approval, closedApproval: _closed, ...state } = itemState(item)
  return changeItem(item, actor, context.now, {
    name: 'review_item.reconciled',
    cause: 'reconcileWithReference',
    after: { ...state, status: next, decision },
    ...(decision.reference !== undefined && { reason: decision.reference }),
    effects: [statusWebhook(item, next, context)],
  })
}
