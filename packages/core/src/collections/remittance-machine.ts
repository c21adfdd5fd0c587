import { defineMachine } from '../transition-table.ts'

export const remittanceMachine = defineMachine({
  name: 'remittance',
  about:
    'One row of the remittance ledger. Amounts and rate never change; only the transfer of its net amount moves on.',
  initial: 'pending',
  alsoInitial: ['manual_required', 'reversed'],
  states: {
    pending: 'The net amount waits for its transfer.',
    paid: 'Transferred to the creditor.',
    manual_required: 'No transfer rail: somebody pays by hand and notes the reference.',
    failed: 'The transfer failed.',
    reversed: 'A claw-back row with negative amounts; it moves no further.',
  },
  events: {
    pay: 'Transferred',
    requireManual: 'Found to need a transfer by hand',
    fail: 'The transfer failed',
    retry: 'Tried again',
    bounce: 'A transfer that was made came back',
  },
  table: {
    pending: { pay: 'paid', requireManual: 'manual_required', fail: 'failed' },
    paid: { bounce: 'failed' },
    manual_required: { pay: 'paid', fail: 'failed' },
    failed: { retry: 'pending', requireManual: 'manual_required' },
    reversed: {},
  },
  guards: {
    pay: [
      {
        fact: 'referenceGiven',
        must: 'BE_TRUE',
        code: 'REFERENCE_MISSING',
        says: 'Give the reference of the transfer.',
      },
    ],
  },
  effects: {
    retry: [{ type: 'TRANSFER_NET' }],
    fail: [{ type: 'EMIT_WEBHOOK', event: 'remittance.failed' }],
    pay: [{ type: 'EMIT_WEBHOOK', event: 'remittance.paid' }],
  },
})
export type RemittanceStatus = keyof typeof remittanceMachine.states
export type RemittanceEvent = keyof typeof remittanceMachine.events
