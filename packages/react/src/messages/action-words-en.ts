import type { ActionMessages, CashDeskMessages, DoneMessages, KeyMessages } from './messages.ts'
import { plural } from './plural.ts'

export const actionEn: ActionMessages = {
  review: 'Review',
  reconcile: 'Reconcile',
  reconcileSelection: 'Reconcile selection',
  reconcileBatch: 'Reconcile batch',
  reconcileWithReference: 'Reconcile with reference',
  closeBatch: 'Close batch',
  flag: 'Flag for Investigation',
  flagShort: 'Flag',
  unflag: 'Remove flag',
  escalate: 'Escalate to AP',
  escalateShort: 'Escalate',
  awaitJournal: 'Await journal',
  withdrawEscalation: 'Take escalation back',
  approve: 'Approve',
  declineApproval: 'Decline',
  reopenApproval: 'Ask for approval again',
  releaseJournal: 'Release from the journal hold',
  withdrawJournal: 'Take journal entry back',
  recordJournal: 'Record journal',
  markUnreceived: 'Mark as unreceived',
  revert: 'Move back to outstanding',
}

const transactions = (count: number) => plural('en', count, { one: '# transaction', other: '# transactions' })

export const doneEn: DoneMessages = {
  reconciled: (count) => `${transactions(count)} reconciled`,
  flagged: (count) => `${transactions(count)} flagged for investigation`,
  escalated: (count) => `${transactions(count)} escalated to AP`,
  reverted: (count) => `${transactions(count)} moved back to outstanding`,
  journalRecorded: (count) => `Journal recorded for ${transactions(count)}`,
  rejected: (count) => plural('en', count, { one: '# proposal rejected', other: '# proposals rejected' }),
  someRefused: (count, reason) => `${transactions(count)} not changed: ${reason}`,
  held: (count) => `${transactions(count)} waiting for a journal entry`,
  approvalDeclined: (count) => `${transactions(count)} declined`,
  approvalReopened: (count) => `Approval asked again for ${transactions(count)}`,
  released: (count) => `${transactions(count)} released`,
  unreceived: (count) => `${transactions(count)} marked as unreceived`,
  batchClosed: (count) =>
    `Batch closed, ${plural('en', count, { one: '# bank line', other: '# bank lines' })} reconciled`,
  undone: 'Undone',
}

export const keysEn: KeyMessages = {
  title: 'Keyboard',
  all: 'all keys',
  move: 'move',
  open: 'open',
  select: 'select',
  reconcile: 'reconcile',
  flag: 'flag',
  escalate: 'escalate',
  undo: 'undo',
  search: 'search',
  help: 'show the keys',
  close: 'close',
  copyAmount: 'copy the amount',
  space: 'space',
  enter: 'Enter',
  escape: 'Esc',
}

export const cashDeskEn: CashDeskMessages = {
  title: 'Bank day',
  transactions: 'Transactions',
  proof: 'Proof',
  activity: 'Activity',
  summary: 'Summary',
  loaded: (when) => `matched ${when}`,
  fileName: {
    exceptions: 'exceptions.csv',
    escalations: 'ap-escalations.csv',
    flagged: 'flagged.csv',
    'fx-journal': 'fx-journal.csv',
  },
}
