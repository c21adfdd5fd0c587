import { allow, andThen, type Decision } from '../decision.ts'
import { transition } from '../transition-table.ts'
import { activeDecision, activeDecisionIn } from './active-decision.ts'
import type { ItemChange, ItemState } from './item-change.ts'
import { type ApprovalEvent, type ApprovalStatus, makerCheckerMachine } from './maker-checker.ts'
import {
  type MatchDecision,
  type MatchDecisionEvent,
  type MatchDecisionState,
  matchDecisionMachine,
} from './match-decision.ts'
import type { ReviewItem } from './review-item.ts'

/** One step of a machine inside an item: of a link (by its id), a proposal (by its match), or the approval (by the item). */
export type DecisionStep =
  | (Step<MatchDecisionState, MatchDecisionEvent> & { readonly machine: 'match-decision' })
  | (Step<ApprovalStatus, ApprovalEvent> & { readonly machine: 'maker-checker' })
interface Step<State, Event> {
  readonly id: string
  readonly from: State
  readonly event: Event
  readonly to: State
}

/**
 * What a change of an item does to the links and the approval in it, each step taken by its own table. Refused where a table
 * refuses: a change that would need such a step does not happen.
 */
export function decisionSteps(
  item: ReviewItem,
  change: Pick<ItemChange, 'cause' | 'after'>,
): Decision<readonly DecisionStep[]> {
  const { after, cause } = change
  const links = linkMoves(activeDecision(item), activeDecisionIn(item, after), cause === 'undo')
  const proposals = proposalMoves(item.rejectedMatchIds ?? [], after.rejectedMatchIds ?? [])
  const steps = [...proposals, ...links].map((move) => linkStep(move))
  return together([...steps, ...approvalSteps(item, after, cause)])
}

interface LinkMove {
  readonly id: string
  readonly from: MatchDecisionState
  readonly event: MatchDecisionEvent
}

const restoring = { EXACT: 'restoreExact', CONFIRMED: 'restoreConfirmed', MANUAL: 'restoreManual' } as const

/** A manual link is born as what it is; a confirmed one was proposed; a link that comes back by undo was reversed before. */
function linkMoves(before: MatchDecision | undefined, after: MatchDecision | undefined, undo: boolean): LinkMove[] {
  if (before !== undefined) return after ? [] : [{ id: linkId(before), from: before.state, event: 'reverse' }]
  if (after === undefined) return []
  if (undo) return [{ id: linkId(after), from: 'REVERSED', event: restoring[after.state] }]
  return after.state === 'CONFIRMED' ? [{ id: after.id, from: 'PROPOSED', event: 'confirm' }] : []
}

/** The link the engine made, apart from the proposal of the same records that is offered again once it is reversed. */
function linkId({ id, state }: MatchDecision): string {
  return state === 'EXACT' ? `${id}@1` : id
}

function proposalMoves(before: readonly string[], after: readonly string[]): LinkMove[] {
  const rejected = after.filter((id) => !before.includes(id))
  const reopened = before.filter((id) => !after.includes(id))
  return [
    ...rejected.map((id) => ({ id, from: 'PROPOSED', event: 'reject' }) as const),
    ...reopened.map((id) => ({ id, from: 'REJECTED', event: 'reopen' }) as const),
  ]
}

function linkStep({ id, from, event }: LinkMove): Decision<DecisionStep> {
  return andThen(transition(matchDecisionMachine, from, event, {}), ({ next }) =>
    allow({ machine: 'match-decision' as const, id, from, event, to: next }),
  )
}

/** Where the approval of an item stands; undefined where none was ever asked for. */
function standing(item: ReviewItem, state: ItemState): ApprovalStatus | undefined {
  if (state.approval) return 'PROPOSED'
  if (state.closedApproval) return state.closedApproval.status
  return activeDecisionIn(item, state)?.approvedBy === undefined ? undefined : 'APPROVED'
}

function approvalSteps(item: ReviewItem, after: ItemState, cause: ItemChange['cause']): Decision<DecisionStep>[] {
  const from = standing(item, item)
  const events = approvalEvents(from, standing(item, after), cause === 'undo')
  const replaced = from === 'PROPOSED' && item.approval?.decision.id !== after.approval?.decision.id && after.approval
  const walked: Decision<DecisionStep>[] = []
  let state = from
  for (const event of replaced ? (['change', 'propose'] as const) : events) {
    if (state === undefined) break
    const before: ApprovalStatus = state
    // who approves and what is compared is asked where the link is approved
    const step = transition(makerCheckerMachine, before, event, { otherPerson: true, unchanged: true })
    walked.push(
      andThen(step, ({ next }) =>
        allow({ machine: 'maker-checker' as const, id: item.id, from: before, event, to: next }),
      ),
    )
    state = step.ok ? step.value.next : undefined
  }
  return walked
}

/** The events that lead from one standing to the other; none where the approval is only born, or ends with its link. */
function approvalEvents(
  from: ApprovalStatus | undefined,
  to: ApprovalStatus | undefined,
  undo: boolean,
): readonly ApprovalEvent[] {
  if (from === to || from === undefined) return []
  if (from !== 'PROPOSED') return to === 'PROPOSED' ? [from === 'APPROVED' ? 'takeBack' : 'propose'] : []
  switch (to) {
    case 'APPROVED':
      return ['approve']
    case 'DECLINED':
      return ['decline']
    case 'OUTDATED':
      return ['change']
    default:
      return [undo ? 'decline' : 'change']
  }
}

function together(steps: readonly Decision<DecisionStep>[]): Decision<readonly DecisionStep[]> {
  const taken: DecisionStep[] = []
  for (const step of steps) {
    if (!step.ok) return step
    taken.push(step.value)
  }
  return allow(taken)
}
