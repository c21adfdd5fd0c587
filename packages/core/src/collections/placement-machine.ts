import { defineMachine } from '../transition-table.ts'

export const placementMachine = defineMachine({
  name: 'placement',
  about: 'One invoice given to be collected.',
  initial: 'open',
  states: {
    open: 'Being collected.',
    paid: 'Recovered in full, or more. A later chargeback does not return it to outreach by itself.',
    closed_uncollected: 'Given up.',
    recalled: 'Taken back by the creditor.',
  },
  events: {
    recordPartial: 'A payment came in and something is still open',
    recordFull: 'A payment came in and nothing is open any more',
    reverse: 'A payment was charged back, in whole or in part',
    reinstate: 'A chargeback was won and something is still open',
    reinstateFull: 'A chargeback was won and nothing is open any more',
    changeRate: 'The contingency rate of later payments was changed',
    closeUncollected: 'Closed without success',
    recall: 'Recalled by the creditor',
    reopen: 'Returned to outreach by a person',
  },
  table: {
    open: {
      recordPartial: 'open',
      recordFull: 'paid',
      reverse: 'open',
      reinstate: 'open',
      reinstateFull: 'paid',
      changeRate: 'open',
      closeUncollected: 'closed_uncollected',
      recall: 'recalled',
    },
    paid: {
      recordPartial: 'paid',
      recordFull: 'paid',
      reverse: 'paid',
      reinstate: 'paid',
      reinstateFull: 'paid',
      reopen: 'open',
    },
    closed_uncollected: {
      recordPartial: 'closed_uncollected',
      recordFull: 'paid',
      reverse: 'closed_uncollected',
      reinstate: 'closed_uncollected',
      reinstateFull: 'paid',
      reopen: 'open',
    },
    recalled: {
      recordPartial: 'recalled',
      recordFull: 'paid',
      reverse: 'recalled',
      reinstate: 'recalled',
      reinstateFull: 'paid',
      reopen: 'open',
    },
  },
  guards: {
    reopen: [
      {
        fact: 'somethingOpen',
        must: 'BE_TRUE',
        code: 'NOTHING_OPEN',
        says: 'The invoice is recovered in full: nothing is left to collect.',
      },
    ],
  },
  effects: {
    recordPartial: [{ type: 'WRITE_BACK_PAYMENT' }, { type: 'TRANSFER_NET' }],
    recordFull: [
      { type: 'WRITE_BACK_PAYMENT' },
      { type: 'TRANSFER_NET' },
      { type: 'EMIT_WEBHOOK', event: 'placement.paid' },
    ],
    reverse: [{ type: 'WRITE_BACK_REVERSAL' }],
    reinstate: [{ type: 'WRITE_BACK_PAYMENT' }, { type: 'TRANSFER_NET' }],
    reinstateFull: [{ type: 'WRITE_BACK_PAYMENT' }, { type: 'TRANSFER_NET' }],
    closeUncollected: [{ type: 'EMIT_WEBHOOK', event: 'placement.closed_uncollected' }],
    recall: [{ type: 'EMIT_WEBHOOK', event: 'placement.recalled' }],
  },
})
export type PlacementStatus = keyof typeof placementMachine.states
export type PlacementEvent = keyof typeof placementMachine.events
