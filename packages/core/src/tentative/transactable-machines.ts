import { defineMachine, type Machine } from '../transition-table.ts'

export const paymentOrderMachine = defineMachine({
  name: 'payment-order',
  about: 'Money we send or collect. Only a posted match completes it; a tentative one leaves it where it is.',
  initial: 'needs_approval',
  alsoInitial: ['approved'],
  states: {
    needs_approval: 'Waits for a person.',
    approved: 'May go out.',
    denied: 'Refused by a person.',
    cancelled: 'Taken back before it went out.',
    processing: 'Being handed to the bank.',
    held: 'Held for a check.',
    sent: 'With the bank.',
    completed: 'Posted at the bank.',
    stopped: 'Stopped at the bank on our request.',
    failed: 'Refused by the bank.',
    returned: 'Came back after it went out.',
    reversed: 'Reversed after it was completed.',
  },
  events: {
    approve: 'Approved',
    deny: 'Denied',
    cancel: 'Cancelled',
    process: 'Handed to the bank',
    hold: 'Held',
    release: 'Released from hold',
    send: 'Taken by the bank',
    postedMatch: 'A posted bank line covers it',
    unmatch: 'The posted match was undone',
    stop: 'Stopped',
    fail: 'Refused by the bank',
    return: 'Returned',
    reverse: 'Reversed',
  },
  table: {
    needs_approval: { approve: 'approved', deny: 'denied', cancel: 'cancelled' },
    approved: { process: 'processing', cancel: 'cancelled', hold: 'held', postedMatch: 'completed' },
    denied: {},
    cancelled: {},
    processing: { send: 'sent', hold: 'held', fail: 'failed', postedMatch: 'completed' },
    held: { release: 'processing', cancel: 'cancelled', fail: 'failed' },
    sent: { postedMatch: 'completed', stop: 'stopped', fail: 'failed', return: 'returned' },
    completed: { unmatch: 'sent', return: 'returned', reverse: 'reversed' },
    stopped: {},
    failed: {},
    returned: {},
    reversed: {},
  },
})

export const expectedPaymentMachine = defineMachine({
  name: 'expected-payment',
  about: 'Money somebody will send. It has no tentative state of its own.',
  initial: 'unreconciled',
  states: {
    unreconciled: 'Not there yet, or only pending.',
    partially_reconciled: 'Posted lines cover part.',
    reconciled: 'Posted lines cover it.',
    archived: 'No longer expected.',
  },
  events: {
    postedPart: 'Posted lines cover part',
    postedMatch: 'Posted lines cover it',
    unmatch: 'The posted match was undone',
    archive: 'No longer expected',
    unarchive: 'Expected again',
  },
  table: {
    unreconciled: { postedPart: 'partially_reconciled', postedMatch: 'reconciled', archive: 'archived' },
    partially_reconciled: {
      postedPart: 'partially_reconciled',
      postedMatch: 'reconciled',
      unmatch: 'unreconciled',
      archive: 'archived',
    },
    reconciled: { postedPart: 'partially_reconciled', unmatch: 'unreconciled' },
    archived: { unarchive: 'unreconciled' },
  },
})

export const paperItemMachine = defineMachine({
  name: 'paper-item',
  about: 'A check or slip that was taken in.',
  initial: 'pending',
  states: { pending: 'Taken in.', completed: 'Posted at the bank.', returned: 'Came back unpaid.' },
  events: { postedMatch: 'A posted bank line covers it', unmatch: 'The posted match was undone', return: 'Returned' },
  table: {
    pending: { postedMatch: 'completed', return: 'returned' },
    completed: { unmatch: 'pending', return: 'returned' },
    returned: {},
  },
})

export const returnMachine = defineMachine({
  name: 'return',
  about: 'A payment on its way back.',
  initial: 'pending',
  states: {
    pending: 'Wanted.',
    processing: 'Being handed to the bank.',
    sent: 'With the bank.',
    completed: 'Posted at the bank.',
    failed: 'Refused by the bank.',
    cancelled: 'Taken back.',
    returned: 'The return itself came back.',
  },
  events: {
    process: 'Handed to the bank',
    send: 'Taken by the bank',
    postedMatch: 'A posted bank line covers it',
    unmatch: 'The posted match was undone',
    fail: 'Refused',
    cancel: 'Cancelled',
    return: 'Returned',
  },
  table: {
    pending: { process: 'processing', postedMatch: 'completed', cancel: 'cancelled', fail: 'failed' },
    processing: { send: 'sent', postedMatch: 'completed', fail: 'failed' },
    sent: { postedMatch: 'completed', fail: 'failed', return: 'returned' },
    completed: { unmatch: 'sent', return: 'returned' },
    failed: {},
    cancelled: {},
    returned: {},
  },
})

export const incomingPaymentDetailMachine = defineMachine({
  name: 'incoming-payment-detail',
  about: 'What the bank announced about money that is coming in.',
  initial: 'pending',
  states: { pending: 'Announced.', completed: 'Posted at the bank.', returned: 'Sent back.' },
  events: { postedMatch: 'A posted bank line covers it', unmatch: 'The posted match was undone', return: 'Returned' },
  table: {
    pending: { postedMatch: 'completed', return: 'returned' },
    completed: { unmatch: 'pending', return: 'returned' },
    returned: {},
  },
})

export const transactableKinds = [
  'payment_order',
  'expected_payment',
  'paper_item',
  'return',
  'incoming_payment_detail',
] as const
export type TransactableKind = (typeof transactableKinds)[number]

/** The machine of each kind; states and events are strings here, for code that handles all kinds alike. */
export const transactableMachines: Readonly<Record<TransactableKind, Machine>> = {
  payment_order: paymentOrderMachine,
  expected_payment: expectedPaymentMachine,
  paper_item: paperItemMachine,
  return: returnMachine,
  incoming_payment_detail: incomingPaymentDetailMachine,
}
