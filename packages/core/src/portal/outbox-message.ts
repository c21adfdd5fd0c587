import type { IsoInstant } from '../records/iso-date.ts'
import { defineMachine } from '../transition-table.ts'

export const outboxMessageMachine = defineMachine({
  name: 'outbox-message',
  about: 'One mail, written in the transaction that wants it and sent after: at least once, with one fixed message id.',
  initial: 'PENDING',
  states: {
    PENDING: 'Written, waits for a worker.',
    SENDING: 'A worker holds it under a lease.',
    DISPATCHED: 'The mail server took it.',
    UNKNOWN: 'The worker vanished while sending: it may or may not have gone out.',
    DEAD: 'Given up, with the reason; it can be sent again by hand.',
    CANCELLED: 'Taken back before it was sent.',
  },
  events: {
    claim: 'A worker took it',
    sent: 'The mail server took it',
    retryLater: 'A passing failure: tried again later',
    fail: 'A lasting failure, or too many tries',
    leaseLost: 'The worker vanished after it started sending',
    releaseLease: 'The worker vanished before it started sending',
    resend: 'Sent again by hand',
    cancel: 'No longer wanted',
  },
  table: {
    PENDING: { claim: 'SENDING', cancel: 'CANCELLED', fail: 'DEAD' },
    SENDING: {
      sent: 'DISPATCHED',
      retryLater: 'PENDING',
      fail: 'DEAD',
      leaseLost: 'UNKNOWN',
      releaseLease: 'PENDING',
    },
    DISPATCHED: { resend: 'PENDING' },
    UNKNOWN: { resend: 'PENDING', retryLater: 'PENDING', sent: 'DISPATCHED' },
    DEAD: { resend: 'PENDING' },
    CANCELLED: {},
  },
})
export type OutboxMessageStatus = keyof typeof outboxMessageMachine.states

/** After so long in PENDING a message is an alarm. */
export const outboxAlarmSeconds = 300

/** Whether a message has waited so long that somebody should look. */
export function outboxAlarm(
  message: { readonly status: OutboxMessageStatus; readonly createdAt: IsoInstant },
  now: IsoInstant,
): boolean {
  const waiting = message.status === 'PENDING' || message.status === 'SENDING'
  return waiting && Date.parse(now) - Date.parse(message.createdAt) > outboxAlarmSeconds * 1000
}
