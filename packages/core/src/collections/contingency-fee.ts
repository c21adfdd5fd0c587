import { allow, type Decision, refuse } from '../decision.ts'
import { type Money, type MoneyRefusalCode, multiplyMoney, toMinorUnits } from '../money/money.ts'
import { wrongMoney } from '../money/money-check.ts'
import type { RoundingMode } from '../money/rounding.ts'
import { contingencyRate } from './contingency-rate.ts'

export interface FeeRequest {
  /** What the debtor paid: more than zero. */
  readonly recovered: Money
  /** 0 to 1 with at most six decimals, as a string. */
  readonly rate: string
  /** How a fraction of a minor unit is rounded; agreements say half up. */
  readonly rounding: RoundingMode
}

export type FeeRefusalCode = 'RATE_INVALID' | 'AMOUNT_NOT_POSITIVE' | MoneyRefusalCode

/** rate x recovered at the currency's minor unit: 10% of 333.35 USD is 33.335, half up 33.34. */
export function contingencyFee(request: FeeRequest): Decision<Money, FeeRefusalCode> {
  const wrong = wrongMoney([request.recovered])
  if (wrong) return { ok: false, refusal: wrong }
  const rate = contingencyRate(request.rate)
  if (!rate.ok) return rate
  if (toMinorUnits(request.recovered) <= 0n) {
    return refuse('AMOUNT_NOT_POSITIVE', 'A fee is taken on an amount greater than zero.')
  }
  return allow(multiplyMoney(request.recovered, rate.value, request.rounding))
}
