import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ChangeEvent, replaySubject } from '../subject-change.ts'
import { accepted } from '../testing/accepted.ts'
import { uncataloguedEvents } from '../testing/uncatalogued-events.ts'
import {
  moveMessage,
  type OutboxInput,
  type OutboxMessage,
  type OutboxMessageEvent,
  queueMessage,
} from './outbox-message.ts'

const at = (second: number) => new Date(Date.UTC(2026, 10, 21, 9) + second * 1000).toISOString()
const mail = { id: 'mail-1', template: 'reconciliation-magic-link', messageId: '<mail-1@firm.example>' }

/** What must be true of one mail, in the simplest words. */
interface Model {
  second: number
  waiting: boolean
  held: boolean
  leaseEnds: number
  gone: boolean
  unknown: boolean
  dead: boolean
  tries: number
}
interface Real {
  message: OutboxMessage
  readonly events: ChangeEvent[]
}

function attempt(
  model: Readonly<Model>,
  real: Real,
  event: OutboxMessageEvent,
  more: Partial<OutboxInput> = {},
): boolean {
  const moved = moveMessage(real.message, event, { now: at(model.second), actorId: 'worker', ...more })
  if (!moved.ok) {
    expect(['EVENT_NOT_ALLOWED', 'LEASE_HELD']).toContain(moved.refusal.code)
    return false
  }
  expect(moved.value.subject.messageId).toBe(mail.messageId)
  real.message = moved.value.subject
  real.events.push(...moved.value.events)
  return true
}

type Step = fc.Command<Model, Real>
const step = (name: string, run: (model: Model, real: Real) => void): Step => ({
  check: () => true,
  run: (model, real) => {
    run(model, real)
    const { message } = real
    expect(message.attempts).toBe(model.tries)
    expect(message.leaseUntil !== undefined).toBe(model.held)
    expect(message.status === 'DISPATCHED').toBe(model.gone)
    expect(message.status === 'UNKNOWN').toBe(model.unknown)
    if (model.dead) expect(message.reason ?? message.status).toMatch(/./)
  },
  toString: () => name,
})
const nothing = { waiting: false, held: false, gone: false, unknown: false, dead: false }

const claim = (leaseSeconds: number) =>
  step(`claim for ${leaseSeconds} s`, (model, real) => {
    expect(attempt(model, real, 'claim', { leaseSeconds })).toBe(model.waiting)
    if (model.waiting)
      Object.assign(model, { ...nothing, held: true, leaseEnds: model.second + leaseSeconds, tries: model.tries + 1 })
  })
const sent = step('the mail server takes it', (model, real) => {
  const possible = model.held || model.unknown
  expect(attempt(model, real, 'sent')).toBe(possible)
  if (possible) Object.assign(model, { ...nothing, gone: true })
})
const passingFailure = step('a passing failure', (model, real) => {
  const possible = model.held || model.unknown
  expect(attempt(model, real, 'retryLater', { reason: '421' })).toBe(possible)
  if (possible) Object.assign(model, { ...nothing, waiting: true })
})
const lastingFailure = step('a lasting failure', (model, real) => {
  const possible = model.held || model.waiting
  expect(attempt(model, real, 'fail')).toBe(possible)
  if (possible) Object.assign(model, { ...nothing, dead: true })
})
const vanished = (sending: boolean) =>
  step(`the worker vanished ${sending ? 'while' : 'before'} sending`, (model, real) => {
    const possible = model.held && model.second >= model.leaseEnds
    expect(attempt(model, real, sending ? 'leaseLost' : 'releaseLease')).toBe(possible)
    if (possible) Object.assign(model, { ...nothing, unknown: sending, waiting: !sending })
  })
const resend = step('sent again by hand', (model, real) => {
  const possible = model.gone || model.unknown || model.dead
  expect(attempt(model, real, 'resend')).toBe(possible && real.message.status !== 'CANCELLED')
  if (possible) Object.assign(model, { ...nothing, waiting: true, tries: 0 })
})
const cancel = step('cancelled', (model, real) => {
  expect(attempt(model, real, 'cancel')).toBe(model.waiting)
  if (model.waiting) Object.assign(model, nothing)
})
const pass = (seconds: number) =>
  step(`${seconds} s pass`, (model) => {
    model.second += seconds
  })

const commands = fc.commands(
  [
    fc.constantFrom(40, 5).map(claim),
    fc.constant(sent),
    fc.constant(passingFailure),
    fc.constant(lastingFailure),
    fc.boolean().map(vanished),
    fc.constant(resend),
    fc.constant(cancel),
    fc.constantFrom(1, 39, 400).map(pass),
  ],
  { maxCommands: 50, size: 'max' },
)

describe('a mail over any history', () => {
  it('keeps its message id, is held by one worker at a time, says why it failed, and is rebuilt by its log', () => {
    fc.assert(
      fc.property(commands, (history) => {
        const born = queueMessage(mail, { now: at(0), actorId: 'tomas' })
        const model: Model = { ...nothing, second: 0, waiting: true, leaseEnds: 0, tries: 0 }
        const real: Real = { message: born.subject, events: [...born.events] }
        fc.modelRun(() => ({ model, real }), history)
        expect(uncataloguedEvents(real.events)).toEqual([])
        const first = { id: mail.id, version: 0 } as OutboxMessage
        expect(accepted(replaySubject(first, real.events))).toEqual(real.message)
      }),
      { numRuns: 300 },
    )
  })

  it('gets forty seconds for a try unless told otherwise, and a reason in any case', () => {
    const { subject } = queueMessage(mail, { now: at(0), actorId: 'tomas' })
    const by = { now: at(0), actorId: 'worker' }
    const held = accepted(moveMessage(subject, 'claim', by)).subject
    expect(held.leaseUntil).toBe(at(40))
    expect(moveMessage(subject, 'claim', { ...by, now: 'never' })).toMatchObject({ refusal: { code: 'DATE_INVALID' } })
    expect(moveMessage(held, 'leaseLost', by)).toMatchObject({ refusal: { code: 'LEASE_HELD' } })
    expect(accepted(moveMessage(held, 'fail', by)).subject.reason).toBe('LASTING_FAILURE')
    expect(accepted(moveMessage(held, 'retryLater', { ...by, reason: '421' })).subject.reason).toBe('421')
    const gone = accepted(moveMessage(held, 'sent', by)).subject
    expect(gone).toMatchObject({ status: 'DISPATCHED', dispatchedAt: at(0), attempts: 1 })
    expect(accepted(moveMessage(gone, 'resend', by)).subject).toMatchObject({ status: 'PENDING', attempts: 0 })
    expect(accepted(moveMessage(subject, 'cancel', by)).subject.status).toBe('CANCELLED')
    expect(accepted(moveMessage(held, 'leaseLost', { ...by, now: at(40) })).subject).toMatchObject({
      status: 'UNKNOWN',
      reason: 'WORKER_VANISHED_SENDING',
    })
  })
})
