import { allow, type Decision, type Refusal, refuse } from '../decision.ts'
import { fromMinorUnits, type Money, type MoneyRefusalCode, negateMoney, toMinorUnits } from '../money/money.ts'
import { wrongMoney } from '../money/money-check.ts'
import { divideRounded } from '../money/rounding.ts'
import { type IsoInstant, isIsoInstant } from '../records/iso-date.ts'
import type { Remittance } from './remittance.ts'

export interface ReversalRequest {
  readonly remittanceId: string
  /** The dispute, refund or won dispute this row stands for. */
  readonly paymentId: string
  /** How much of the parent goes back, as a positive amount. All that is left when absent. */
  readonly amount?: Money
  readonly occurredAt: IsoInstant
  /** Whether a transfer rail exists: a reinstatement pays its net out again. */
  readonly transferRail: boolean
}

export type ReversalRefusalCode =
  | 'PARENT_NOT_REVERSIBLE'
  | 'AMOUNT_NOT_POSITIVE'
  | 'AMOUNT_EXCEEDS_REMAINDER'
  | 'NOTHING_LEFT'
  | 'CURRENCY_MISMATCH'
  | 'PAYMENT_RECORDED'
  | 'DATE_INVALID'
  | 'DATE_OUT_OF_ORDER'
  | MoneyRefusalCode

/** What is left of a row after the rows below it: recovered and fee, in the row's own sign. */
export function remainderOf(
  parent: Remittance,
  rows: readonly Remittance[],
): { readonly recovered: Money; readonly fee: Money } {
  let recovered = toMinorUnits(parent.recovered)
  let fee = toMinorUnits(parent.fee)
  for (const child of rows.filter((row) => row.parentRemittanceId === parent.id)) {
    const left = remainderOf(child, rows)
    recovered += toMinorUnits(left.recovered)
    fee += toMinorUnits(left.fee)
  }
  const { currency } = parent.recovered
  return { recovered: fromMinorUnits(recovered, currency), fee: fromMinorUnits(fee, currency) }
}

/**
 * A new row that takes back all or part of a parent: a chargeback of a payment, or the reinstatement of a chargeback. The
 * parent stays as it is. Parts add up to the parent to the minor unit: each takes the fee that keeps the fee taken back so
 * far proportional to the amount taken back so far (half up), and the last takes what is left.
 */
export function mintReversal(
  parent: Remittance,
  rows: readonly Remittance[],
  request: ReversalRequest,
): Decision<Remittance, ReversalRefusalCode> {
  if (parent.kind === 'REINSTATEMENT') {
    return refuse('PARENT_NOT_REVERSIBLE', 'Reverse the payment again, not its reinstatement.', { ids: [parent.id] })
  }
  const refused = refusedRequest(parent, rows, request)
  if (refused) return refused
  const { currency } = parent.recovered
  const sign = toMinorUnits(parent.recovered) < 0n ? -1n : 1n
  const whole = { recovered: sign * toMinorUnits(parent.recovered), fee: sign * toMinorUnits(parent.fee) }
  const left = remainderOf(parent, rows)
  const remaining = { recovered: sign * toMinorUnits(left.recovered), fee: sign * toMinorUnits(left.fee) }
  if (remaining.recovered <= 0n) return refuse('NOTHING_LEFT', 'All of it is reversed already.', { ids: [parent.id] })
  const amount = request.amount === undefined ? remaining.recovered : toMinorUnits(request.amount)
  if (amount > remaining.recovered) {
    return refuse('AMOUNT_EXCEEDS_REMAINDER', 'The reversal is larger than what is left.', {
      ids: [parent.id],
      details: { remainder: fromMinorUnits(remaining.recovered, currency) },
    })
  }
  const fee = feePart(whole, remaining, amount)
  const reversal = parent.kind === 'PAYMENT'
  return allow({
    id: request.remittanceId,
    version: 1,
    placementId: parent.placementId,
    paymentId: request.paymentId,
    kind: reversal ? 'REVERSAL' : 'REINSTATEMENT',
    status: reversal ? 'reversed' : request.transferRail ? 'pending' : 'manual_required',
    recovered: negateMoney(fromMinorUnits(sign * amount, currency)),
    fee: negateMoney(fromMinorUnits(sign * fee, currency)),
    net: negateMoney(fromMinorUnits(sign * (amount - fee), currency)),
    rate: parent.rate,
    occurredAt: request.occurredAt,
    parentRemittanceId: parent.id,
    ...(parent.installment !== undefined && { installment: parent.installment }),
  })
}

interface Portion {
  readonly recovered: bigint
  readonly fee: bigint
}

/** The fee of a part: proportional over all parts so far, never more than the part and never less than fits the rest. */
function feePart(whole: Portion, remaining: Portion, amount: bigint): bigint {
  const takenAfter = whole.recovered - remaining.recovered + amount
  const feeAfter = divideRounded(whole.fee * takenAfter, whole.recovered, 'HALF_UP')
  const proportional = feeAfter - (whole.fee - remaining.fee)
  const least = larger(0n, amount - (remaining.recovered - remaining.fee))
  return larger(least, smaller(proportional, smaller(amount, remaining.fee)))
}

const larger = (left: bigint, right: bigint): bigint => (left > right ? left : right)
const smaller = (left: bigint, right: bigint): bigint => (left < right ? left : right)

function refusedRequest(
  parent: Remittance,
  rows: readonly Remittance[],
  request: ReversalRequest,
): { readonly ok: false; readonly refusal: Refusal<ReversalRefusalCode> } | null {
  const { amount, occurredAt, paymentId } = request
  const wrong = wrongMoney([amount])
  if (wrong) return { ok: false, refusal: wrong }
  if (!isIsoInstant(occurredAt)) return refuse('DATE_INVALID', `"${occurredAt.slice(0, 40)}" is not an instant.`)
  if (Date.parse(occurredAt) < Date.parse(parent.occurredAt)) {
    return refuse('DATE_OUT_OF_ORDER', 'A reversal cannot be earlier than what it reverses.', { ids: [parent.id] })
  }
  if (amount !== undefined && amount.currency !== parent.recovered.currency) {
    return refuse('CURRENCY_MISMATCH', `The parent is in ${parent.recovered.currency}, not ${amount.currency}.`, {
      ids: [parent.id],
    })
  }
  if (amount !== undefined && toMinorUnits(amount) <= 0n) {
    return refuse('AMOUNT_NOT_POSITIVE', 'Give the amount that goes back as a number greater than zero.')
  }
  const recorded = rows.filter((row) => row.paymentId === paymentId).map((row) => row.id)
  return recorded.length > 0
    ? refuse('PAYMENT_RECORDED', 'That event has its row already: nothing is posted twice.', { ids: recorded })
    : null
}
