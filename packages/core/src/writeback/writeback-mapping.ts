import { allow, type Decision, naming, type Refusal, refuse } from '../decision.ts'
import { type Money, toMinorUnits } from '../money/money.ts'
import type { IsoInstant } from '../records/iso-date.ts'
import { recordChange, type SubjectChange } from '../subject-change.ts'
import { defineMachine, transition } from '../transition-table.ts'

export const writebackMappingMachine = defineMachine({
  name: 'writeback-mapping',
  about: 'One payment of ours and the record it became in the books. At most one record per generation.',
  initial: 'pending',
  states: {
    pending: 'Wanted, not yet sent.',
    in_flight: 'Sent; no answer yet. The same key goes with every try.',
    posted: 'In the books, under the id recorded here.',
    failed: 'Refused or not reachable; shown, and tried again.',
    abandoned: 'Given up by a person, with the reason.',
    revert_pending: 'To be taken back out of the books.',
    revert_in_flight: 'The reversal is sent; no answer yet.',
    revert_failed: 'The reversal failed; shown, and tried again.',
    revert_abandoned: 'The reversal was given up by a person: the record may or may not be in the books.',
    reverted: 'Taken back. A later write is a new generation.',
  },
  events: {
    send: 'Sent to the books',
    confirm: 'The books took it, or were found to have taken it',
    fail: 'The books refused it or did not answer',
    retry: 'To be tried again',
    abandon: 'Given up by a person',
    keep: 'The reversal was given up before it was ever sent: the record stays',
    revert: 'To be taken back; noted while a write has no answer yet',
    drop: 'Taken back before it was ever sent',
    next: 'Wanted again after it was taken back',
  },
  table: {
    pending: { send: 'in_flight', confirm: 'posted', abandon: 'abandoned', revert: 'revert_pending', drop: 'reverted' },
    in_flight: { confirm: 'posted', fail: 'failed', revert: 'in_flight' },
    posted: { revert: 'revert_pending' },
    failed: { retry: 'pending', confirm: 'posted', abandon: 'abandoned', revert: 'revert_pending' },
    abandoned: { retry: 'pending', confirm: 'posted', revert: 'revert_pending', drop: 'reverted' },
    revert_pending: { send: 'revert_in_flight', keep: 'posted', abandon: 'revert_abandoned' },
    revert_in_flight: { confirm: 'reverted', fail: 'revert_failed' },
    revert_failed: { retry: 'revert_pending', confirm: 'reverted', abandon: 'revert_abandoned' },
    revert_abandoned: { revert: 'revert_pending', confirm: 'reverted' },
    reverted: { next: 'pending' },
  },
  guards: {
    confirm: [{ fact: 'sentBefore', must: 'BE_TRUE', code: 'NOT_SENT', says: 'It was never sent to the books.' }],
    revert: [{ fact: 'sentBefore', must: 'BE_TRUE', code: 'NOT_SENT', says: 'It was never sent to the books.' }],
    keep: [
      {
        fact: 'untouched',
        must: 'BE_TRUE',
        code: 'REVERSAL_SENT',
        says: 'The reversal was sent, or the record is not known: it may be gone.',
      },
    ],
    drop: [
      { fact: 'sentBefore', must: 'BE_FALSE', code: 'SENT_BEFORE', says: 'It may be in the books: take it back.' },
    ],
  },
  effects: {
    fail: [{ type: 'EMIT_WEBHOOK', event: 'writeback.failed' }],
    retry: [{ type: 'SEND_WRITEBACK' }],
    revert: [{ type: 'SEND_WRITEBACK' }],
    next: [{ type: 'SEND_WRITEBACK' }],
  },
})
export type WritebackStatus = keyof typeof writebackMappingMachine.states
export type WritebackEvent = keyof typeof writebackMappingMachine.events

/** What was or will be written to the books for one remittance row. */
export interface WritebackMapping {
  readonly id: string
  readonly version: number
  readonly provider: string
  readonly placementId: string
  readonly remittanceId: string
  readonly invoiceId: string
  readonly amount: Money
  readonly status: WritebackStatus
  /** From 1; grows when a write that was taken back is made again. */
  readonly generation: number
  readonly attempts: number
  /** The record's id in the books, once known. */
  readonly externalId?: string
  readonly failure?: { readonly code: string; readonly message: string }
  /** A reversal of this generation has been sent: the record may be gone. */
  readonly reversalSent?: true
  /** A reversal that was asked for while a write was in flight; it follows the answer. */
  readonly revertWanted?: true
}

export interface WritebackInput {
  readonly now: IsoInstant
  readonly actorId: string
  readonly externalId?: string
  readonly failure?: { readonly code: string; readonly message: string }
}

/**
 * Moves a mapping on. A reversal that races a write in flight is noted and follows its answer: nothing is reversed that may not
 * be there, and nothing stays that should go. A failed write may have happened all the same, so its reversal is sent too, also
 * when it waits for its next try; only what was never sent is simply dropped.
 */
export function moveWriteback(
  mapping: WritebackMapping,
  wanted: WritebackEvent,
  input: WritebackInput,
): Decision<SubjectChange<WritebackMapping>> {
  const note = { kind: 'writeback_mapping', actorId: input.actorId, at: input.now }
  if (wanted === 'revert' && mapping.status === 'in_flight') {
    const noted = { ...mapping, revertWanted: true as const }
    return allow(recordChange(mapping, noted, { ...note, name: 'writeback.revert_wanted' }))
  }
  const sentBefore = mapping.attempts > 0
  const untouched = mapping.externalId !== undefined && mapping.reversalSent === undefined
  const event = meantBy(wanted, mapping, untouched)
  const step = transition(writebackMappingMachine, mapping.status, event, { sentBefore, untouched })
  if (!step.ok) return naming(step, mapping.id)
  const { failure: _failure, ...clean } = mapping
  const moved: WritebackMapping = {
    ...clean,
    status: step.value.next,
    ...(event === 'send' && { attempts: mapping.attempts + 1 }),
    ...(event === 'send' && mapping.status === 'revert_pending' && { reversalSent: true as const }),
    ...(event === 'next' && { generation: mapping.generation + 1, attempts: 0 }),
    ...(event === 'confirm' && input.externalId !== undefined && { externalId: input.externalId }),
    ...(event === 'fail' && { failure: input.failure ?? { code: 'UNKNOWN', message: 'No reason was given.' } }),
  }
  const refused = withoutExternalId(moved, event)
  if (refused) return { ok: false, refusal: refused }
  const after = event === 'next' ? withoutExternal(moved) : moved
  const followed = afterAnswer(after, event)
  const effects = followed === after ? step.value.effects : [{ type: 'SEND_WRITEBACK', mappingId: mapping.id }]
  return allow(recordChange(mapping, followed, { ...note, name: `writeback.${word[event]}`, effects }))
}

function withoutExternalId(mapping: WritebackMapping, event: WritebackEvent): Refusal | null {
  const missing = event === 'confirm' && mapping.status === 'posted' && mapping.externalId === undefined
  return missing
    ? refuse('EXTERNAL_ID_MISSING', 'Say under which id the books keep the record.', { ids: [mapping.id] }).refusal
    : null
}

/** What a person's word means here: what was never sent is dropped, and a reversal that was never sent leaves the record. */
function meantBy(wanted: WritebackEvent, mapping: WritebackMapping, untouched: boolean): WritebackEvent {
  if (wanted === 'revert' && mapping.attempts === 0) return 'drop'
  return wanted === 'abandon' && mapping.status === 'revert_pending' && untouched ? 'keep' : wanted
}

function withoutExternal(mapping: WritebackMapping): WritebackMapping {
  const { externalId: _externalId, reversalSent: _sent, ...rest } = mapping
  return rest
}

/** The answer of a write that is to be taken back turns it round at once. */
function afterAnswer(mapping: WritebackMapping, event: WritebackEvent): WritebackMapping {
  if (mapping.revertWanted === undefined || (event !== 'confirm' && event !== 'fail')) return mapping
  const { revertWanted: _wanted, ...rest } = mapping
  return { ...rest, status: 'revert_pending' }
}

const word: Readonly<Record<WritebackEvent, string>> = {
  send: 'sent',
  confirm: 'confirmed',
  fail: 'failed',
  retry: 'retried',
  abandon: 'abandoned',
  revert: 'revert_requested',
  keep: 'reversal_given_up',
  drop: 'dropped',
  next: 'requested_again',
}

/** Longest idempotency key the strictest provider takes (QuickBooks `requestid`). */
export const longestIdempotencyKey = 50

/**
 * The key of one write: the same for every try of a generation, another for every other write, never longer than 50
 * characters. Content that could differ in length or carry a secret goes through the hash.
 */
export function idempotencyKey(
  mapping: Pick<WritebackMapping, 'provider' | 'remittanceId' | 'generation' | 'invoiceId' | 'amount'>,
  direction: 'post' | 'revert',
  sha256: (text: string) => string,
): string {
  const { provider, remittanceId, generation, invoiceId, amount } = mapping
  const facts = [
    provider,
    remittanceId,
    String(generation),
    direction,
    invoiceId,
    String(toMinorUnits(amount)),
    amount.currency,
  ]
  return `${direction}-${sha256(facts.map((fact) => `${fact.length}:${fact}`).join('|')).slice(0, 40)}`
}
