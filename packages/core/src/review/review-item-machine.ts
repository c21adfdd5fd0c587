import { defineMachine } from '../transition-table.ts'

/**
 * The life of a review item. Undo is not in the table: it restores the state before the last event, whatever that was
 * (see item-change.ts). A reverted item is OUTSTANDING again, so that it is found where open work is found.
 */
export const reviewItemMachine = defineMachine({
  name: 'review-item',
  about:
    'One subject a person works: a bank line, a batch of them, or a payment. Reverted, it is outstanding again; undo restores the state before the last event, whatever that was.',
  initial: 'OUTSTANDING',
  states: {
    OUTSTANDING: 'Open work.',
    RECONCILED: 'Linked with its counterpart, or with a reference.',
    UNRECEIVED: 'Looked for at the bank and not there.',
    FLAGGED: 'Held for investigation.',
    ESCALATED: 'Handed to accounts payable.',
    AWAITING_JOURNAL: 'Held until a journal entry records the difference.',
  },
  events: {
    reconcile: 'Linked with the selected records',
    confirm: 'A proposed link was confirmed',
    closeBatch: 'A batch was closed at a difference of exactly zero',
    reconcileWithReference: 'Reconciled with a free-text reference',
    reject: 'A proposed link was rejected',
    requestApproval: 'A link waits for a second person',
    declineApproval: 'The second person declined',
    markUnreceived: 'Marked as unreceived',
    flag: 'Flagged for investigation',
    unflag: 'The flag was taken off',
    escalate: 'Escalated to accounts payable',
    withdrawEscalation: 'The escalation was taken back',
    awaitJournal: 'Held for a journal entry',
    recordJournal: 'The journal entry was recorded',
    revert: 'Moved back to outstanding',
  },
  table: {
    OUTSTANDING: {
      reconcile: 'RECONCILED',
      confirm: 'RECONCILED',
      closeBatch: 'RECONCILED',
      reconcileWithReference: 'RECONCILED',
      reject: 'OUTSTANDING',
      requestApproval: 'OUTSTANDING',
      declineApproval: 'OUTSTANDING',
      markUnreceived: 'UNRECEIVED',
      flag: 'FLAGGED',
      escalate: 'ESCALATED',
      awaitJournal: 'AWAITING_JOURNAL',
      recordJournal: 'OUTSTANDING',
    },
    FLAGGED: {
      reconcile: 'RECONCILED',
      confirm: 'RECONCILED',
      closeBatch: 'RECONCILED',
      reconcileWithReference: 'RECONCILED',
      reject: 'FLAGGED',
      requestApproval: 'FLAGGED',
      declineApproval: 'FLAGGED',
      markUnreceived: 'UNRECEIVED',
      unflag: 'OUTSTANDING',
      escalate: 'ESCALATED',
    },
    ESCALATED: {
      reconcile: 'RECONCILED',
      confirm: 'RECONCILED',
      closeBatch: 'RECONCILED',
      reconcileWithReference: 'RECONCILED',
      reject: 'ESCALATED',
      requestApproval: 'ESCALATED',
      declineApproval: 'ESCALATED',
      markUnreceived: 'UNRECEIVED',
      flag: 'FLAGGED',
      withdrawEscalation: 'OUTSTANDING',
    },
    AWAITING_JOURNAL: {
      recordJournal: 'OUTSTANDING',
      flag: 'FLAGGED',
      escalate: 'ESCALATED',
    },
    RECONCILED: { revert: 'OUTSTANDING' },
    UNRECEIVED: { revert: 'OUTSTANDING' },
  },
})

export type ReviewItemEvent = keyof typeof reviewItemMachine.events
