import { type Decision, refuse } from '../decision.ts'
import { wrongMoney } from '../money/money-check.ts'
import type { ItemActionAsk, ItemActionRules } from './item-action.ts'
import { changeItem, type ItemOutcome, itemState } from './item-change.ts'
import { holdItem, revertItem, statusWebhook } from './item-decisions.ts'
import { no, onlyPayments, onlyVariance, sourceMade } from './item-guards.ts'
import { enteredText, longestNote, longestReference, optionalNote } from './item-text.ts'
import { undoLast, undoTarget } from './item-undo.ts'
import { withoutApproval } from './maker-checker.ts'

/** Actions that hold an item, let it go, or take something back. */
export const holdRules: Pick<
  ItemActionRules,
  | 'markUnreceived'
  | 'flag'
  | 'unflag'
  | 'escalate'
  | 'withdrawEscalation'
  | 'awaitJournal'
  | 'recordJournal'
  | 'withdrawJournal'
  | 'releaseJournal'
  | 'revert'
  | 'undo'
> = {
  markUnreceived: {
    event: 'markUnreceived',
    permission: 'item.markUnreceived',
    refused: (item) => onlyPayments(item) ?? sourceMade(item),
    act: (ask, input) => {
      const note = optionalNote(input.reason)
      if (!note.ok) return note
      const after = { ...itemState(ask.item), status: ask.next }
      return plainChange(ask, { name: 'review_item.marked_unreceived', cause: 'markUnreceived', after, ...note.value })
    },
  },
  flag: {
    event: 'flag',
    permission: 'item.flag',
    refused: sourceMade,
    act: ({ item, actor, context, next }, input) => {
      const reason = enteredText(input.reason, longestNote)
      return reason.ok ? holdItem(item, actor, 'flag', next, reason.value, context) : reason
    },
  },
  unflag: {
    event: 'unflag',
    permission: 'item.flag',
    act: (ask, input) => {
      const note = optionalNote(input.reason)
      if (!note.ok) return note
      const { flag: _flag, ...state } = itemState(ask.item)
      return plainChange(ask, {
        name: 'review_item.unflagged',
        cause: 'unflag',
        after: { ...state, status: ask.next },
        ...note.value,
      })
    },
  },
  escalate: {
    event: 'escalate',
    permission: 'item.escalate',
    refused: (item) =>
      sourceMade(item) ??
      (item.perspective === 'BANK' ? null : no('NOT_A_BANK_LINE', 'Only a bank line is escalated.')),
    act: ({ item, actor, context, next }, input) => {
      const note = optionalNote(input.reason)
      if (!note.ok) return note
      return holdItem(item, actor, 'escalate', next, note.value.reason ?? item.reason.code, context)
    },
  },
  withdrawEscalation: {
    event: 'withdrawEscalation',
    permission: 'item.escalate',
    act: (ask, input) => {
      const note = optionalNote(input.reason)
      if (!note.ok) return note
      const { escalation: _escalation, ...state } = itemState(ask.item)
      const after = { ...state, status: ask.next }
      return plainChange(ask, {
        name: 'review_item.escalation_withdrawn',
        cause: 'withdrawEscalation',
        after,
        ...note.value,
      })
    },
  },
  awaitJournal: {
    event: 'awaitJournal',
    permission: 'item.journal',
    refused: (item) =>
      onlyVariance(item) ?? (item.journal ? no('JOURNAL_RECORDED', 'The journal entry is recorded.') : null),
    act: (ask, input) => {
      const note = optionalNote(input.reason)
      if (!note.ok) return note
      const after = { ...itemState(ask.item), status: ask.next }
      return plainChange(ask, { name: 'review_item.journal_awaited', cause: 'awaitJournal', after, ...note.value })
    },
  },
  recordJournal: {
    event: 'recordJournal',
    permission: 'item.journal',
    refused: onlyVariance,
    act: (ask, input) => {
      const journalEntryId = enteredText(input.journalEntryId, longestReference)
      if (!journalEntryId.ok) return journalEntryId
      const { amount, settledAmount } = input
      const wrong = wrongMoney([amount, settledAmount])
      if (wrong) return { ok: false, refusal: wrong }
      if (settledAmount && settledAmount.currency !== amount.currency) {
        return refuse('CURRENCY_MISMATCH', 'The difference and the settled amount must be in the same currency.')
      }
      const who = { actorId: ask.actor.id, at: ask.context.now }
      const journal = { journalEntryId: journalEntryId.value, amount, ...(settledAmount && { settledAmount }), ...who }
      const after = { ...itemState(ask.item), status: ask.next, journal }
      return plainChange(ask, { name: 'review_item.journal_recorded', cause: 'recordJournal', after })
    },
  },
  withdrawJournal: {
    event: 'withdrawJournal',
    permission: 'item.journal',
    refused: (item) =>
      onlyVariance(item) ?? (item.journal ? null : no('JOURNAL_MISSING', 'No journal entry is recorded here.')),
    act: (ask, input) => {
      const reason = enteredText(input.reason, longestNote)
      if (!reason.ok) return reason
      const { journal: _journal, ...state } = itemState(ask.item)
      const after = { ...state, status: ask.next }
      const change = { name: 'review_item.journal_withdrawn', cause: 'withdrawJournal', after } as const
      return plainChange(ask, { ...change, reason: reason.value })
    },
  },
  releaseJournal: {
    event: 'releaseJournal',
    permission: 'item.journal',
    act: (ask, input) => {
      const note = optionalNote(input.reason)
      if (!note.ok) return note
      const after = { ...itemState(ask.item), status: ask.next }
      const change = { name: 'review_item.journal_hold_released', cause: 'releaseJournal', after } as const
      return plainChange(ask, { ...change, ...note.value })
    },
  },
  revert: {
    event: 'revert',
    permission: 'item.revert',
    refused: sourceMade,
    act: ({ item, actor, context, next }, input) => {
      const note = optionalNote(input.reason)
      return note.ok ? revertItem(item, actor, next, note.value.reason, context) : note
    },
  },
  undo: {
    event: null,
    permission: 'item.revert',
    refused: (item, _actor, context) => {
      const target = undoTarget(item, context)
      return target.ok ? null : target.refusal
    },
    act: ({ item, actor, context }) => undoLast(item, actor, context),
  },
}

/** A change of state without a link. What waited for a second person closes with it: it was proposed on other facts. */
export function plainChange(
  ask: ItemActionAsk,
  change: Omit<Parameters<typeof changeItem>[3], 'effects'>,
): Decision<ItemOutcome> {
  const { item, actor, context, next } = ask
  const effects = next === item.status ? [] : [statusWebhook(item, next, context)]
  const closing = { status: 'OUTDATED', reason: change.cause, closedBy: actor.id, closedAt: context.now } as const
  const after = withoutApproval(change.after, closing)
  return changeItem(item, actor, context.now, { ...change, after, effects })
}
