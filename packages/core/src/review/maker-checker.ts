import { canonicalJson } from '../canonical-content.ts'
import type { Decision } from '../decision.ts'
import { defineMachine, type Step, transition } from '../transition-table.ts'
import type { ItemState } from './item-change.ts'
import type { MatchDecision } from './match-decision.ts'
import type { Actor } from './permission.ts'
import type { ClosedApproval } from './review-item.ts'

export const makerCheckerMachine = defineMachine({
  name: 'maker-checker',
  about: 'The approval of one decision by a second person.',
  initial: 'PROPOSED',
  states: {
    PROPOSED: 'Waits for a second person.',
    APPROVED: 'A second person agreed. It ends with the link.',
    DECLINED: 'A second person did not agree, or the maker took it back.',
    OUTDATED: 'What was proposed has changed: it must be proposed again.',
  },
  events: {
    approve: 'The checker agreed',
    decline: 'Declined or taken back',
    change: 'The records changed meanwhile',
    propose: 'Proposed again',
    takeBack: 'The approval was undone: it waits again',
  },
  table: {
    PROPOSED: { approve: 'APPROVED', decline: 'DECLINED', change: 'OUTDATED' },
    APPROVED: { takeBack: 'PROPOSED' },
    DECLINED: { propose: 'PROPOSED' },
    OUTDATED: { propose: 'PROPOSED', decline: 'DECLINED' },
  },
  guards: {
    approve: [
      {
        fact: 'otherPerson',
        must: 'BE_TRUE',
        code: 'SAME_PERSON',
        says: 'The approver must be another person than the proposer.',
      },
      {
        fact: 'unchanged',
        must: 'BE_TRUE',
        code: 'MATCH_CHANGED',
        says: 'The records have changed since it was proposed: decline it and propose it anew.',
      },
    ],
  },
})
export type ApprovalStatus = keyof typeof makerCheckerMachine.states
export type ApprovalEvent = keyof typeof makerCheckerMachine.events
export type ApprovalRefusalCode = 'SAME_PERSON' | 'MATCH_CHANGED'

/** Whether `actor` may approve what `proposer` proposed, the content being as it was then. */
export function approve(
  proposer: string,
  actor: Actor,
  unchanged: boolean,
): Decision<Step<ApprovalStatus>, ApprovalRefusalCode | 'STATE_UNKNOWN' | 'EVENT_UNKNOWN' | 'EVENT_NOT_ALLOWED'> {
  return transition(makerCheckerMachine, 'PROPOSED', 'approve', { otherPerson: proposer !== actor.id, unchanged })
}

/**
 * The state of an item under which a waiting approval does not stand any more: closed, with the reason (what a person wrote, or
 * the code of what overtook it). It can be proposed again.
 */
export function withoutApproval(
  state: ItemState,
  closing: Pick<ClosedApproval, 'status' | 'reason' | 'closedBy' | 'closedAt'>,
): ItemState {
  const { approval, ...rest } = state
  return approval === undefined ? rest : { ...rest, closedApproval: { ...approval, ...closing } }
}

/** The facts of a decision that a checker approves: when one of them changes, the approval falls. */
export function approvedFacts(
  decision: Pick<MatchDecision, 'bankLineIds' | 'bookEntryIds' | 'adjustments' | 'amount'>,
): string {
  const { bankLineIds, bookEntryIds, adjustments, amount } = decision
  return canonicalJson({ bankLineIds, bookEntryIds, adjustments, amount })
}
