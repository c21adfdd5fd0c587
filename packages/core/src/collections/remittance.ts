import { allow, type Decision, refuse } from '../decision.ts'
import { type Money, subtractMoney, toMinorUnits } from '../money/money.ts'
import { type IsoInstant, isIsoInstant } from '../records/iso-date.ts'
import { enteredText, longestReference } from '../review/item-text.ts'
import { type Actor, missingPermission } from '../review/permission.ts'
import { recordChange, type SubjectChange } from '../subject-change.ts'
import { transition } from '../transition-table.ts'
import { contingencyFee, type FeeRefusalCode } from './contingency-fee.ts'
import { type RemittanceEvent, type RemittanceStatus, remittanceMachine } from './remittance-machine.ts'

/**
 * One row per successful payment, reversal or reinstatement. Amounts, rate and time are written once. `recovered` and `fee`
 * are negative on a reversal; net = recovered - fee always.
 */
export interface Remittance {
  readonly id: string
  readonly version: number
  readonly placementId: string
  /** The payment, dispute or reinstatement this row stands for; one row each. */
  readonly paymentId: string
  readonly kind: 'PAYMENT' | 'REVERSAL' | 'REINSTATEMENT'
  readonly status: RemittanceStatus
  readonly recovered: Money
  readonly fee: Money
  readonly net: Money
  /** The rate as it was at the payment: a later change never rewrites it. */
  readonly rate: string
  readonly occurredAt: IsoInstant
  /** On a reversal the row it claws back; on a reinstatement the reversal it takes back. */
  readonly parentRemittanceId?: string
  /** Number of the plan installment, from 1. */
  readonly installment?: number
  readonly transferReference?: string
  readonly paidAt?: IsoInstant
  readonly failure?: string
}

export interface MintRequest {
  readonly remittanceId: string
  readonly placementId: string
  readonly paymentId: string
  readonly recovered: Money
  readonly rate: string
  readonly occurredAt: IsoInstant
  readonly installment?: number
  /** Whether a transfer rail to the creditor exists; without one the row is born manual_required. */
  readonly transferRail: boolean
}

export type MintRefusalCode = FeeRefusalCode | 'DATE_INVALID' | 'INSTALLMENT_INVALID'

/** The row of one successful payment: fee half up at the minor unit, net = recovered - fee. */
export function mintRemittance(request: MintRequest): Decision<Remittance, MintRefusalCode> {
  const { recovered, rate, installment, occurredAt } = request
  if (!isIsoInstant(occurredAt)) {
    return refuse('DATE_INVALID', `"${occurredAt.slice(0, 40)}" is not an instant such as 2026-11-21T09:00:00Z.`)
  }
  if (installment !== undefined && (!Number.isInteger(installment) || installment < 1)) {
    return refuse('INSTALLMENT_INVALID', 'Installments are numbered from 1.')
  }
  const fee = contingencyFee({ recovered, rate, rounding: 'HALF_UP' })
  if (!fee.ok) return fee
  return allow({
    id: request.remittanceId,
    version: 1,
    placementId: request.placementId,
    paymentId: request.paymentId,
    kind: 'PAYMENT',
    status: request.transferRail ? 'pending' : 'manual_required',
    recovered,
    fee: fee.value,
    net: subtractMoney(recovered, fee.value),
    rate,
    occurredAt,
    ...(installment !== undefined && { installment }),
  })
}

export interface RemittanceInput {
  /** The bank's or the rail's reference of the transfer. */
  readonly reference?: string
  readonly reason?: string
  readonly expectedVersion?: number
}

/** Moves the transfer of a row on. The money of the row is untouched by every event. */
export function moveRemittance(
  row: Remittance,
  event: RemittanceEvent,
  input: RemittanceInput,
  actor: Actor,
  now: IsoInstant,
): Decision<SubjectChange<Remittance>> {
  const missing = missingPermission(actor, 'remittance.pay', 'COLLECTIONS')
  if (missing) return { ok: false, refusal: missing }
  if (input.expectedVersion !== undefined && input.expectedVersion !== row.version) {
    return refuse('VERSION_STALE', `The row has changed: version ${row.version}.`, { ids: [row.id] })
  }
  const reference = enteredText(input.reference ?? '', longestReference)
  const step = transition(remittanceMachine, row.status, event, { referenceGiven: reference.ok })
  if (!step.ok) return step
  const { failure: _failure, ...clean } = row
  const status = step.value.next
  const failed = event === 'fail' || event === 'bounce'
  const after: Remittance = {
    ...(failed ? { ...clean, failure: input.reason ?? 'UNKNOWN' } : clean),
    status,
    ...(event === 'pay' && reference.ok && { transferReference: reference.value, paidAt: now }),
  }
  const note = { name: `collections.remittance.${eventWord[event]}`, kind: 'remittance', actorId: actor.id, at: now }
  return allow(recordChange(row, after, { ...note, effects: step.value.effects }))
}

const eventWord: Readonly<Record<RemittanceEvent, string>> = {
  pay: 'paid',
  requireManual: 'manual_required',
  fail: 'failed',
  retry: 'retried',
  bounce: 'bounced',
}

/** Whether a row takes money back. */
export function isClawBack(row: Remittance): boolean {
  return toMinorUnits(row.recovered) < 0n
}
