import { allow, type Decision, refuse } from '../decision.ts'
import { fromMinorUnits, type Money, type MoneyRefusalCode, toMinorUnits } from '../money/money.ts'
import { wrongMoney } from '../money/money-check.ts'
import type { IsoInstant } from '../records/iso-date.ts'
import { enteredText, longestNote } from '../review/item-text.ts'
import { type Actor, missingPermission } from '../review/permission.ts'
import { recordChange, type SubjectChange } from '../subject-change.ts'
import { defineMachine, transition } from '../transition-table.ts'

export const driftMachine = defineMachine({
  name: 'drift-event',
  about: 'A balance in the books that is not what we have. A person looks; nothing is corrected by itself.',
  initial: 'open',
  states: {
    open: 'Seen, not yet looked at.',
    explained: 'A person wrote down why.',
    resolved: 'A later reading agrees again.',
  },
  events: {
    seenAgain: 'A later reading still differs',
    explain: 'A person wrote down why',
    agree: 'A later reading agrees',
  },
  table: {
    open: { seenAgain: 'open', explain: 'explained', agree: 'resolved' },
    explained: { seenAgain: 'open', agree: 'resolved' },
    resolved: { seenAgain: 'open' },
  },
})
export type DriftStatus = keyof typeof driftMachine.states

/** What was compared at one moment. `amount` is live minus cached. */
export interface Drift {
  readonly id: string
  readonly version: number
  readonly placementId: string
  readonly invoiceId: string
  readonly status: DriftStatus
  readonly cached: Money
  readonly live: Money
  readonly amount: Money
  readonly seenAt: IsoInstant
  readonly explanation?: string
}

/**
 * The difference between the live and the cached balance when it is more than the tolerance (one minor unit unless
 * configured), or null. A balance in another currency is drift of another kind, and refused.
 */
export function driftBetween(
  cached: Money,
  live: Money,
  toleranceMinor = 1n,
): Decision<Money | null, 'CURRENCY_MISMATCH' | 'TOLERANCE_INVALID' | MoneyRefusalCode> {
  const wrong = wrongMoney([cached, live])
  if (wrong) return { ok: false, refusal: wrong }
  if (cached.currency !== live.currency) {
    return refuse('CURRENCY_MISMATCH', `The books say ${live.currency}, we say ${cached.currency}: check the invoice.`)
  }
  if (toleranceMinor < 0n) return refuse('TOLERANCE_INVALID', 'A tolerance is zero or more minor units.')
  const difference = toMinorUnits(live) - toMinorUnits(cached)
  const magnitude = difference < 0n ? -difference : difference
  return allow(magnitude > toleranceMinor ? fromMinorUnits(difference, live.currency) : null)
}

export interface DriftReading {
  readonly cached: Money
  readonly live: Money
  readonly now: IsoInstant
  readonly actorId: string
  readonly toleranceMinor?: bigint
}

/** A later reading: the same drift is not announced twice, another one opens it again, agreement resolves it. */
export function readAgain(drift: Drift, reading: DriftReading): Decision<SubjectChange<Drift> | null> {
  const { cached, live, now, actorId, toleranceMinor } = reading
  const found = driftBetween(cached, live, toleranceMinor)
  if (!found.ok) return found
  const same = found.value !== null && found.value.amount === drift.amount.amount
  if ((same && drift.status !== 'resolved') || (found.value === null && drift.status === 'resolved')) return allow(null)
  const event = found.value === null ? 'agree' : 'seenAgain'
  const step = transition(driftMachine, drift.status, event, {})
  if (!step.ok) return step
  const { explanation: _explanation, ...rest } = drift
  const amount = found.value ?? fromMinorUnits(0n, live.currency)
  const after = { ...(event === 'agree' ? drift : rest), status: step.value.next, cached, live, amount, seenAt: now }
  const name = event === 'agree' ? 'writeback.drift_resolved' : 'writeback.drift_found'
  return allow(recordChange(drift, after, { name, kind: 'drift', actorId, at: now }))
}

/** A person writes down why the balances differ. Nothing else changes. */
export function explainDrift(
  drift: Drift,
  actor: Actor,
  explanation: string,
  now: IsoInstant,
): Decision<SubjectChange<Drift>> {
  const missing = missingPermission(actor, 'drift.review', 'COLLECTIONS')
  if (missing) return { ok: false, refusal: missing }
  const text = enteredText(explanation, longestNote)
  if (!text.ok) return text
  const step = transition(driftMachine, drift.status, 'explain', {})
  if (!step.ok) return step
  const after = { ...drift, status: step.value.next, explanation: text.value }
  return allow(
    recordChange(drift, after, { name: 'writeback.drift_explained', kind: 'drift', actorId: actor.id, at: now }),
  )
}
