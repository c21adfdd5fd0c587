import type { ItemState } from './item-change.ts'
import type { MatchDecision } from './match-decision.ts'
import type { ReviewItem } from './review-item.ts'

/**
 * The link that makes an item reconciled: what a person decided, or the engine's own automatic match, which is EXACT. An item
 * that is not reconciled has none.
 */
export function activeDecision(item: ReviewItem): MatchDecision | undefined {
  if (item.decision !== undefined || item.status !== 'RECONCILED') return item.decision
  const match = item.matches.find((candidate) => candidate.status === 'AUTO')
  if (match === undefined) return undefined
  return {
    id: match.id,
    state: 'EXACT',
    bankLineIds: match.bankLineIds,
    bookEntryIds: match.bookEntryIds,
    matchId: match.id,
    adjustments: match.adjustments,
    actorId: 'engine',
  }
}

/** The active link of an item in another of its states. */
export function activeDecisionIn(item: ReviewItem, state: ItemState): MatchDecision | undefined {
  const { decision: _decision, ...rest } = item
  return activeDecision({ ...rest, ...state })
}
