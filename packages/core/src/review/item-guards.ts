import { type Refusal, refuse } from '../decision.ts'
import type { Match } from '../matching/match.ts'
import { overtakenApproval } from './approval-check.ts'
import { checkLink, needsJournal } from './item-link.ts'
import type { Actor } from './permission.ts'
import type { ReviewContext } from './review-context.ts'
import type { ReviewItem } from './review-item.ts'

export const no = (code: string, message: string, ids?: readonly string[]): Refusal =>
  refuse(code, message, ids === undefined ? {} : { ids }).refusal

/** Links the source system made are shown, never worked. */
export function sourceMade(item: ReviewItem): Refusal | null {
  const made = item.matches[0]?.pass === 'SOURCE_CONFIRMED' && item.decision?.state !== 'MANUAL'
  return made ? no('SOURCE_RECONCILED', 'The source system reconciled this line: there is nothing to do.') : null
}

/** Read-only scenarios are shown as the engine left them; one that a person has taken up (moved back, flagged) is worked. */
export function readOnly(item: ReviewItem, _actor: Actor, context: ReviewContext): Refusal | null {
  const shown = context.settings.readOnlyScenarios.includes(item.scenario) && item.version === 1
  return (
    sourceMade(item) ??
    (shown ? no('READ_ONLY_SCENARIO', 'This desk shows such items and reconciles them elsewhere.') : null)
  )
}

export function linkRefused(item: ReviewItem, actor: Actor, context: ReviewContext): Refusal | null {
  const blocked = readOnly(item, actor, context) ?? waitsForApproval(item, context)
  if (blocked) return blocked
  if (needsJournal(item, context)) return no('JOURNAL_MISSING', 'Record the journal entry for the difference first.')
  if (context.selection === undefined) return null
  const checked = checkLink(item, context.selection, context)
  return checked.ok ? null : checked.refusal
}

/** An approval that was overtaken by a change holds nothing up: the link is proposed anew. */
export function waitsForApproval(item: ReviewItem, context: ReviewContext): Refusal | null {
  return item.approval && !overtakenApproval(item, context)
    ? no('APPROVAL_PENDING', 'A link waits for approval: approve or decline it first.', [item.id])
    : null
}

export function proposals(item: ReviewItem): readonly Match[] {
  return item.matches.filter(
    (match) => match.status !== 'FLAGGED' && !item.rejectedMatchIds?.includes(match.id) && match.certainty === 'POSTED',
  )
}

export function noProposal(item: ReviewItem, actor: Actor, context: ReviewContext): Refusal | null {
  const blocked = readOnly(item, actor, context) ?? waitsForApproval(item, context)
  if (blocked) return blocked
  return proposals(item).length === 0 ? no('NO_PROPOSAL', 'Nothing is proposed here.') : null
}

export const onlyPayments = (item: ReviewItem): Refusal | null =>
  item.perspective === 'BOOK'
    ? null
    : no('NOT_A_PAYMENT', 'Only a payment of the books can be treated so, not a bank line.')

export const onlyVariance = (item: ReviewItem): Refusal | null =>
  item.scenario === 'AMOUNT_VARIANCE'
    ? null
    : no('NOT_A_VARIANCE', 'Only an amount variance waits for a journal entry.')

export function findProposal(item: ReviewItem, matchId: string | undefined): Match | undefined {
  const open = proposals(item)
  return matchId === undefined ? open[0] : open.find((match) => match.id === matchId)
}
