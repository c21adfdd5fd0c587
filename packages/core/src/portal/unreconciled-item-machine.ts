import { defineMachine } from '../transition-table.ts'

const senior = {
  fact: 'mayDecide',
  must: 'BE_TRUE',
  code: 'SENIOR_NEEDED',
  says: 'This item is in the exception queue: a senior accountant decides it.',
} as const
const open = {
  fact: 'runOpen',
  must: 'BE_TRUE',
  code: 'RUN_CLOSED',
  says: 'The run is closed: nothing in it changes.',
} as const

export const unreconciledItemMachine = defineMachine({
  name: 'unreconciled-item',
  about: 'A bank line no match covers, on its way through the client to a resolution.',
  initial: 'UNDISPATCHED',
  states: {
    UNDISPATCHED: 'Known to staff only.',
    PENDING: 'With the client, no answer yet (or a follow-up question).',
    CLIENT_RESPONDED: 'The client has answered; staff decide.',
    RESOLVED: 'Settled.',
  },
  events: {
    dispatch: 'Sent to the client',
    respond: 'The client answered, or changed the answer',
    apply: 'The answer was applied: a journal entry was made and matched',
    pushBack: 'A follow-up question went back to the client',
    escalate: 'Moved to the exception queue',
    resolveByStaff: 'Resolved by staff without the client',
    reopenUndispatched: 'A resolution before dispatch was undone',
    reopenPending: 'A resolution before any answer was undone',
    reopenResponded: 'A resolution of an answered item was undone',
  },
  table: {
    UNDISPATCHED: { dispatch: 'PENDING', resolveByStaff: 'RESOLVED', escalate: 'UNDISPATCHED' },
    PENDING: { dispatch: 'PENDING', respond: 'CLIENT_RESPONDED', resolveByStaff: 'RESOLVED', escalate: 'PENDING' },
    CLIENT_RESPONDED: {
      dispatch: 'CLIENT_RESPONDED',
      respond: 'CLIENT_RESPONDED',
      apply: 'RESOLVED',
      pushBack: 'PENDING',
      escalate: 'CLIENT_RESPONDED',
      resolveByStaff: 'RESOLVED',
    },
    RESOLVED: {
      reopenUndispatched: 'UNDISPATCHED',
      reopenPending: 'PENDING',
      reopenResponded: 'CLIENT_RESPONDED',
    },
  },
  guards: {
    dispatch: [open],
    respond: [open],
    apply: [open, senior],
    pushBack: [open],
    escalate: [open],
    resolveByStaff: [open, senior],
    reopenUndispatched: [open, senior],
    reopenPending: [open, senior],
    reopenResponded: [open, senior],
  },
  effects: {
    respond: [{ type: 'QUEUE_DIGEST', template: 'reconciliation-response-digest' }],
    apply: [{ type: 'CREATE_JOURNAL_ENTRY' }],
    pushBack: [{ type: 'QUEUE_MAIL', template: 'reconciliation-follow-up' }],
    escalate: [{ type: 'NOTIFY_SENIOR_ACCOUNTANTS' }],
  },
})

export type UnreconciledItemStatus = keyof typeof unreconciledItemMachine.states
export type UnreconciledItemEvent = keyof typeof unreconciledItemMachine.events
