import { type Decision, type Refusal, refuse } from '../decision.ts'
import { type CheckedLink, checkLink, type LinkRefusalCode } from './item-link.ts'
import { approvedFacts } from './maker-checker.ts'
import type { MatchDecision } from './match-decision.ts'
import { ownAmount } from './own-amount.ts'
import type { ReviewContext } from './review-context.ts'
import type { ApprovalRequest, ReviewItem } from './review-item.ts'

/** The link that waits for a second person, checked as the records are now. */
export function proposedLink(
  item: ReviewItem,
  { decision }: ApprovalRequest,
  context: ReviewContext,
): Decision<CheckedLink, LinkRefusalCode> {
  const kinds = [...context.settings.adjustmentKinds, ...decision.adjustments.map((one) => one.kind)]
  const settings = { ...context.settings, adjustmentKinds: kinds }
  const own = item.journal === undefined ? decision.adjustments : decision.adjustments.slice(0, -1)
  return checkLink(item, { ...decision, adjustments: own }, { ...context, settings })
}

/** Whether a link is what was proposed. */
export function sameFacts(link: CheckedLink, decision: MatchDecision): boolean {
  return approvedFacts({ ...link, amount: link.balance.bankTotal }) === approvedFacts(decision)
}

/** Why what waits for a second person is no longer what was proposed; null while it is, and where nothing waits. */
export function overtakenApproval(item: ReviewItem, context: ReviewContext): Refusal | null {
  if (item.approval === undefined) return null
  const { decision } = item.approval
  const changed = refuse('MATCH_CHANGED', 'The records have changed since it was proposed: propose it anew.', {
    ids: [...decision.bankLineIds, ...decision.bookEntryIds],
  }).refusal
  if (decision.reference !== undefined) {
    return ownAmount(item, context)?.amount === decision.amount?.amount ? null : changed
  }
  const link = proposedLink(item, item.approval, context)
  if (!link.ok) return link.refusal
  return sameFacts(link.value, decision) ? null : changed
}
