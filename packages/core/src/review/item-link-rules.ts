import { refuse } from '../decision.ts'
import { overtakenApproval } from './approval-check.ts'
import type { ItemActionRules } from './item-action.ts'
import { itemState } from './item-change.ts'
import { approveLink, linkRecords } from './item-decisions.ts'
import {
  findProposal,
  linkRefused,
  no,
  noProposal,
  onlyPayments,
  proposals,
  sourceMade,
  waitsForApproval,
} from './item-guards.ts'
import { plainChange } from './item-hold-rules.ts'
import { reconcileByReference } from './item-reference.ts'
import { enteredText, longestNote, longestReference, optionalNote } from './item-text.ts'
import { withoutApproval } from './maker-checker.ts'

/** Actions that make, refuse or approve a link. */
export const linkRules: Pick<
  ItemActionRules,
  | 'reconcile'
  | 'confirm'
  | 'reject'
  | 'closeBatch'
  | 'reconcileWithReference'
  | 'approve'
  | 'declineApproval'
  | 'reopenApproval'
> = {
  reconcile: {
    event: 'reconcile',
    permission: 'item.reconcile',
    refused: (item, actor, context) =>
      item.scenario === 'SWEEP' ? no('IS_A_BATCH', 'Close the batch instead.') : linkRefused(item, actor, context),
    act: ({ item, actor, context, next }, input) => {
      const note = optionalNote(input.reason)
      if (!note.ok) return note
      const { bankLineIds = item.bankLineIds, bookEntryIds = item.bookEntryIds, adjustments = [] } = input
      const meaning = { cause: 'reconcile', next, ...note.value } as const
      return linkRecords(item, actor, { bankLineIds, bookEntryIds, adjustments }, meaning, context)
    },
  },
  confirm: {
    event: 'confirm',
    permission: 'item.reconcile',
    refused: noProposal,
    act: ({ item, actor, context, next }, input) => {
      const match = findProposal(item, input.matchId)
      if (!match) return refuse('NO_PROPOSAL', 'That proposal is not open here.')
      const adjustments = item.journal === undefined ? match.adjustments : []
      const allowed = [...context.settings.adjustmentKinds, ...adjustments.map((one) => one.kind)]
      const settings = { ...context.settings, adjustmentKinds: allowed }
      const meaning = { cause: 'confirm', next, matchId: match.id } as const
      return linkRecords(item, actor, { ...match, adjustments }, meaning, { ...context, settings })
    },
  },
  reject: {
    event: 'reject',
    permission: 'item.reject',
    refused: noProposal,
    act: (ask, input) => {
      const match = findProposal(ask.item, input.matchId)
      if (!match) return refuse('NO_PROPOSAL', 'That proposal is not open here.')
      const reason = enteredText(input.reason, longestNote)
      if (!reason.ok) return reason
      const rejectedMatchIds = [...(ask.item.rejectedMatchIds ?? []), match.id].sort()
      const left = proposals({ ...ask.item, rejectedMatchIds })
      const state = itemState(ask.item)
      const bucket = left.length === 0 ? 'NO_MATCH' : state.bucket
      const after = { ...state, bucket, rejectedMatchIds }
      return plainChange(ask, { name: 'review_item.proposal_rejected', cause: 'reject', after, reason: reason.value })
    },
  },
  closeBatch: {
    event: 'closeBatch',
    permission: 'item.reconcile',
    refused: (item, actor, context) =>
      item.scenario === 'SWEEP' ? linkRefused(item, actor, context) : no('NOT_A_BATCH', 'This item is not a batch.'),
    act: ({ item, actor, context, next }, { bankLineIds, bookEntryIds }) =>
      linkRecords(item, actor, { bankLineIds, bookEntryIds }, { cause: 'closeBatch', next }, context),
  },
  reconcileWithReference: {
    event: 'reconcileWithReference',
    permission: 'item.reconcile',
    refused: (item, _actor, context) => onlyPayments(item) ?? sourceMade(item) ?? waitsForApproval(item, context),
    act: ({ item, actor, context, next }, input) => {
      const reference = enteredText(input.reference, longestReference)
      return reference.ok ? reconcileByReference(item, actor, reference.value, next, context) : reference
    },
  },
  approve: {
    event: 'reconcile',
    permission: 'item.approve',
    refused: (item, actor, context) => {
      if (!item.approval) return no('NO_APPROVAL_PENDING', 'Nothing waits for approval here.')
      return item.approval.requestedBy === actor.id
        ? no('SAME_PERSON', 'The approver must be another person than the proposer.')
        : overtakenApproval(item, context)
    },
    act: ({ item, actor, context, next }) => approveLink(item, actor, next, context),
  },
  declineApproval: {
    event: 'declineApproval',
    permission: 'item.reconcile',
    refused: (item) => (item.approval ? null : no('NO_APPROVAL_PENDING', 'Nothing waits for approval here.')),
    act: (ask, input) => {
      const reason = enteredText(input.reason, longestNote)
      if (!reason.ok) return reason
      const { actor, context, item } = ask
      const closing = { status: 'DECLINED', reason: reason.value, closedBy: actor.id, closedAt: context.now } as const
      const after = withoutApproval(itemState(item), closing)
      const change = { name: 'review_item.approval_declined', cause: 'declineApproval', after } as const
      return plainChange(ask, { ...change, reason: reason.value })
    },
  },
  reopenApproval: {
    event: 'outdateApproval',
    permission: 'item.reconcile',
    refused: (item, _actor, context) => {
      if (!item.approval) return no('NO_APPROVAL_PENDING', 'Nothing waits for approval here.')
      return overtakenApproval(item, context)
        ? null
        : no('APPROVAL_STANDS', 'Nothing has changed since it was proposed: approve or decline it.', [item.id])
    },
    act: (ask) => {
      const { actor, context, item } = ask
      const reason = overtakenApproval(item, context)?.code ?? 'MATCH_CHANGED'
      const closing = { status: 'OUTDATED', reason, closedBy: actor.id, closedAt: context.now } as const
      const after = withoutApproval(itemState(item), closing)
      return plainChange(ask, { name: 'review_item.approval_outdated', cause: 'outdateApproval', after, reason })
    },
  },
}
