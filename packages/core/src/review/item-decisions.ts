import { type Decision, refuse } from '../decision.ts'
import type { IsoInstant } from '../records/iso-date.ts'
import type { Effect } from '../transition-table.ts'
import { activeDecision } from './active-decision.ts'
import { proposedLink, sameFacts } from './approval-check.ts'
import { changeItem, type ItemOutcome, type ItemState, itemState } from './item-change.ts'
import { type CheckedLink, checkLink, type LinkRequest, needsApproval } from './item-link.ts'
import { approveReference } from './item-reference.ts'
import { approve, withoutApproval } from './maker-checker.ts'
import type { MatchDecision } from './match-decision.ts'
import type { Actor } from './permission.ts'
import type { ReviewContext } from './review-context.ts'
import type { ReviewItem, ReviewItemStatus } from './review-item.ts'
import type { ReviewItemEvent } from './review-item-machine.ts'

export interface LinkMeaning {
  readonly cause: 'reconcile' | 'confirm' | 'closeBatch'
  readonly next: ReviewItemStatus
  readonly matchId?: string
  readonly reason?: string
}

/** Links the records, or asks for a second person where the amount wants one. */
export function linkRecords(
  item: ReviewItem,
  actor: Actor,
  request: LinkRequest,
  meaning: LinkMeaning,
  context: ReviewContext,
): Decision<ItemOutcome> {
  const link = checkLink(item, request, context)
  if (!link.ok) return link
  const decision: MatchDecision = {
    id: `${item.id}@${item.version + 1}`,
    state: meaning.cause === 'confirm' ? 'CONFIRMED' : 'MANUAL',
    bankLineIds: link.value.bankLineIds,
    bookEntryIds: link.value.bookEntryIds,
    adjustments: link.value.adjustments,
    amount: link.value.balance.bankTotal,
    actorId: actor.id,
    at: context.now,
    ...(meaning.matchId !== undefined && { matchId: meaning.matchId }),
    ...(meaning.reason !== undefined && { reason: meaning.reason }),
  }
  if (needsApproval(link.value.balance.bankTotal, context.settings.approvalThresholds)) {
    return requestApproval(item, actor, decision, context)
  }
  return settle(item, actor, decision, link.value, meaning, context)
}

export function requestApproval(
  item: ReviewItem,
  actor: Actor,
  decision: MatchDecision,
  context: ReviewContext,
): Decision<ItemOutcome> {
  const approval = { decision, requestedBy: actor.id, at: context.now }
  const { closedApproval: _closed, ...state } = itemState(item)
  return changeItem(item, actor, context.now, {
    name: 'review_item.approval_requested',
    cause: 'requestApproval',
    after: { ...state, approval },
    effects: [{ type: 'NOTIFY_APPROVERS', itemId: item.id, decisionId: decision.id }],
  })
}

function settle(
  item: ReviewItem,
  actor: Actor,
  decision: MatchDecision,
  link: CheckedLink,
  meaning: LinkMeaning,
  context: ReviewContext,
): Decision<ItemOutcome> {
  const left = leftOver(item, decision)
  const { approval: _approval, closedApproval: _closed, ...state } = itemState(item)
  return changeItem(item, actor, context.now, {
    name: 'review_item.reconciled',
    cause: meaning.cause,
    after: { ...state, status: meaning.next, decision, ...ownRecords(item, decision) },
    warnings: link.warnings,
    created: left,
    effects: [...linkEffects(item, decision, meaning.next, context)],
  })
}

/** A batch keeps the records it was closed with; what was left out becomes open work of its own. */
function ownRecords(item: ReviewItem, decision: MatchDecision): Partial<ItemState> {
  if (item.scenario !== 'SWEEP') return {}
  return {
    bankLineIds: decision.bankLineIds,
    bookEntryIds: item.bookEntryIds.filter((id) => decision.bookEntryIds.includes(id)),
  }
}

function leftOver(item: ReviewItem, decision: MatchDecision): readonly ReviewItem[] {
  if (item.scenario !== 'SWEEP') return []
  const bankLineIds = item.bankLineIds.filter((id) => !decision.bankLineIds.includes(id))
  if (bankLineIds.length === 0) return []
  const bookEntryIds = item.bookEntryIds.filter((id) => !decision.bookEntryIds.includes(id))
  return [
    {
      id: `${item.id}/rest-${item.version + 1}`,
      bankLineIds,
      bookEntryIds,
      perspective: item.perspective,
      scenario: item.scenario,
      bucket: 'NO_MATCH',
      status: 'OUTSTANDING',
      matches: [],
      reason: { code: 'LEFT_OUT_OF_BATCH', params: { itemId: item.id } },
      severity: item.severity,
      version: 1,
      splitFrom: item.id,
    },
  ]
}

function linkEffects(
  item: ReviewItem,
  decision: MatchDecision,
  status: ReviewItemStatus,
  context: ReviewContext,
): readonly Effect[] {
  const confirm = {
    type: 'CONFIRM_IN_SOURCE',
    itemId: item.id,
    decisionId: decision.id,
    bankLineIds: decision.bankLineIds,
    bookEntryIds: decision.bookEntryIds,
  }
  return [...(context.settings.writeback ? [confirm] : []), statusWebhook(item, status, context)]
}

/** The outgoing event of a status change; the payment itself never changes its own status. */
export function statusWebhook(item: ReviewItem, status: ReviewItemStatus, context: ReviewContext): Effect {
  const event =
    context.settings.desk === 'PAYMENTS_DESK' ? 'payment.reconciliation.updated' : 'review_item.status_changed'
  return { type: 'EMIT_WEBHOOK', event, itemId: item.id, from: item.status, to: status }
}

/** The second person says yes: the link is checked again as it is now, and must be what was proposed. */
export function approveLink(
  item: ReviewItem,
  actor: Actor,
  next: ReviewItemStatus,
  context: ReviewContext,
): Decision<ItemOutcome> {
  if (item.approval === undefined) return refuse('NO_APPROVAL_PENDING', 'Nothing waits for approval here.')
  const { decision, requestedBy } = item.approval
  if (decision.reference !== undefined) return approveReference(item, actor, item.approval, next, context)
  const link = proposedLink(item, item.approval, context)
  if (!link.ok) return link
  const approval = approve(requestedBy, actor, sameFacts(link.value, decision))
  if (!approval.ok) return approval
  const cause = decision.state === 'CONFIRMED' ? 'confirm' : 'reconcile'
  const id = `${item.id}@${item.version + 1}`
  const approved: MatchDecision = { ...decision, id, approvedBy: actor.id, at: context.now }
  return settle(item, actor, approved, link.value, { cause, next }, context)
}

/** Back to outstanding: the link is reversed by a new event, and what was told to the source system is taken back. */
export function revertItem(
  item: ReviewItem,
  actor: Actor,
  next: ReviewItemStatus,
  reason: string | undefined,
  context: ReviewContext,
): Decision<ItemOutcome> {
  const { decision: _decision, ...state } = itemState(item)
  const decision = activeDecision(item)
  return changeItem(item, actor, context.now, {
    name: 'review_item.reverted',
    cause: 'revert',
    after: { ...state, status: next },
    ...(reason !== undefined && { reason }),
    effects: reopeningEffects(item, decision, next, context),
  })
}

export function reopeningEffects(
  item: ReviewItem,
  decision: MatchDecision | undefined,
  next: ReviewItemStatus,
  context: ReviewContext,
): readonly Effect[] {
  const told = decision !== undefined && decision.reference === undefined && context.settings.writeback
  const revoke = { type: 'REVOKE_IN_SOURCE', itemId: item.id, decisionId: decision?.id }
  return [...(told ? [revoke] : []), statusWebhook(item, next, context)]
}

/** A hold with the moment, the person, the reason, and everything that was on the table. */
export function holdItem(
  item: ReviewItem,
  actor: Actor,
  cause: Extract<ReviewItemEvent, 'flag' | 'escalate'>,
  next: ReviewItemStatus,
  reason: string,
  context: ReviewContext,
): Decision<ItemOutcome> {
  const proposed = item.matches.flatMap((match) => match.bookEntryIds)
  const lines = item.matches.flatMap((match) => match.bankLineIds)
  const note = {
    reason,
    actorId: actor.id,
    at: context.now as IsoInstant,
    bankLineIds: [...new Set([...item.bankLineIds, ...lines])].sort(),
    bookEntryIds: [...new Set([...item.bookEntryIds, ...proposed])].sort(),
  }
  const closing = { status: 'OUTDATED', reason: cause, closedBy: actor.id, closedAt: context.now } as const
  const state = withoutApproval(itemState(item), closing)
  const held = cause === 'flag' ? { flag: note } : { escalation: note }
  return changeItem(item, actor, context.now, {
    name: cause === 'flag' ? 'review_item.flagged' : 'review_item.escalated',
    cause,
    after: { ...state, ...held, status: next },
    reason,
    effects: [
      { type: cause === 'flag' ? 'NOTIFY_INVESTIGATORS' : 'NOTIFY_ACCOUNTS_PAYABLE', itemId: item.id },
      statusWebhook(item, next, context),
    ],
  })
}
