import { allow, andThen, type Decision } from '../decision.ts'
import type { IsoInstant } from '../records/iso-date.ts'
import {
  type ChangeInput,
  recordBirth,
  recordChange,
  type Subject,
  type SubjectChange,
  wrongMoment,
} from '../subject-change.ts'
import { defineMachine, transition } from '../transition-table.ts'

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
  guards: {
    leaseLost: [{ fact: 'leaseOver', must: 'BE_TRUE', code: 'LEASE_HELD', says: 'A worker still holds it.' }],
    releaseLease: [{ fact: 'leaseOver', must: 'BE_TRUE', code: 'LEASE_HELD', says: 'A worker still holds it.' }],
  },
})
export type OutboxMessageStatus = keyof typeof outboxMessageMachine.states
export type OutboxMessageEvent = keyof typeof outboxMessageMachine.events

/** One mail on its way. The text and the sealed link are the host's; they are in no event. */
export interface OutboxMessage extends Subject {
  readonly template: string
  /** The id in the mail's own header: the same for every try, so that a mail sent twice is one mail. */
  readonly messageId: string
  readonly status: OutboxMessageStatus
  /** Tries since it was queued, or sent again by hand. */
  readonly attempts: number
  readonly createdAt: IsoInstant
  /** How long the worker that has it may take. */
  readonly leaseUntil?: IsoInstant
  readonly dispatchedAt?: IsoInstant
  /** Why the last try came to nothing. */
  readonly reason?: string
}

export interface OutboxInput extends ChangeInput {
  /** With `claim`: how long the worker may take. 40 seconds when left out. */
  readonly leaseSeconds?: number
  /** With `fail` and `retryLater`: what went wrong. */
  readonly reason?: string
}

/** A mail that is wanted, with the first event of its history. */
export function queueMessage(
  mail: Pick<OutboxMessage, 'id' | 'template' | 'messageId'>,
  input: ChangeInput,
): SubjectChange<OutboxMessage> {
  const message: OutboxMessage = { ...mail, version: 1, status: 'PENDING', attempts: 0, createdAt: input.now }
  return recordBirth(message, noteOf('queued', input))
}

/** Moves a mail on. A lease is taken from a worker only when it is over. */
export function moveMessage(
  message: OutboxMessage,
  event: OutboxMessageEvent,
  input: OutboxInput,
): Decision<SubjectChange<OutboxMessage>> {
  const wrong = wrongMoment(input.now)
  if (wrong) return { ok: false, refusal: wrong }
  const { leaseUntil, reason: _reason, ...rest } = message
  const leaseOver = leaseUntil !== undefined && Date.parse(leaseUntil) <= Date.parse(input.now)
  return andThen(transition(outboxMessageMachine, message.status, event, { leaseOver }), ({ next, effects }) => {
    const after: OutboxMessage = { ...rest, status: next, ...moved(message, event, input) }
    return allow(recordChange(message, after, { ...noteOf(word[event], input), effects }))
  })
}

function moved(message: OutboxMessage, event: OutboxMessageEvent, input: OutboxInput): Partial<OutboxMessage> {
  switch (event) {
    case 'claim': {
      const leaseUntil = new Date(Date.parse(input.now) + (input.leaseSeconds ?? 40) * 1000).toISOString()
      return { attempts: message.attempts + 1, leaseUntil }
    }
    case 'sent':
      return { dispatchedAt: input.now }
    case 'resend':
      return { attempts: 0 }
    case 'cancel':
      return {}
    default:
      return { reason: input.reason ?? reasons[event] }
  }
}

const reasons = {
  retryLater: 'PASSING_FAILURE',
  fail: 'LASTING_FAILURE',
  leaseLost: 'WORKER_VANISHED_SENDING',
  releaseLease: 'WORKER_VANISHED',
} as const

const word: Readonly<Record<OutboxMessageEvent, string>> = {
  claim: 'claimed',
  sent: 'dispatched',
  retryLater: 'retried_later',
  fail: 'failed',
  leaseLost: 'lease_lost',
  releaseLease: 'lease_released',
  resend: 'resent',
  cancel: 'cancelled',
}

function noteOf(what: string, input: ChangeInput) {
  return { name: `outbox.message_${what}`, kind: 'outbox_message', actorId: input.actorId, at: input.now }
}

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
