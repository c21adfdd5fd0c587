import { allow, type Decision, refuse } from '../decision.ts'
import { allocateMoney } from '../money/allocation.ts'
import { type Money, type MoneyRefusalCode, toMinorUnits } from '../money/money.ts'
import { wrongMoney } from '../money/money-check.ts'
import { addDays, type IsoDate, isIsoDate } from '../records/iso-date.ts'

export interface Installment {
  /** From 1. */
  readonly number: number
  readonly due: IsoDate
  readonly amount: Money
}

export interface PlanRequest {
  readonly total: Money
  /** 1 to 120. */
  readonly count: number
  readonly firstDue: IsoDate
  readonly every: 'WEEK' | 'MONTH'
}

/**
 * Equal installments that add up to the total to the minor unit; the first ones carry what does not divide. A monthly plan
 * keeps the day of its first date, or takes the last day of a shorter month.
 */
export function installmentPlan(
  request: PlanRequest,
): Decision<readonly Installment[], 'AMOUNT_NOT_POSITIVE' | 'COUNT_INVALID' | 'DATE_INVALID' | MoneyRefusalCode> {
  const { total, count, firstDue, every } = request
  const wrong = wrongMoney([total])
  if (wrong) return { ok: false, refusal: wrong }
  if (toMinorUnits(total) <= 0n) return refuse('AMOUNT_NOT_POSITIVE', 'A plan is for an amount greater than zero.')
  if (!Number.isInteger(count) || count < 1 || count > 120) return refuse('COUNT_INVALID', 'A plan has 1 to 120 parts.')
  if (toMinorUnits(total) < BigInt(count)) return refuse('COUNT_INVALID', 'The amount is too small for so many parts.')
  if (!isIsoDate(firstDue) || firstDue >= '9900') {
    return refuse('DATE_INVALID', `"${firstDue.slice(0, 40)}" is not a date a plan can start on.`)
  }
  const parts = allocateMoney(total, Array<bigint>(count).fill(1n))
  return allow(
    parts.map((amount, index) => ({
      number: index + 1,
      due: every === 'WEEK' ? addDays(firstDue, 7 * index) : monthsLater(firstDue, index),
      amount,
    })),
  )
}

function monthsLater(date: IsoDate, months: number): IsoDate {
  const wanted = `${monthOf(date, months)}-${date.slice(8)}`
  const last = addDays(`${monthOf(date, months + 1)}-01`, -1)
  return wanted > last ? last : wanted
}

/** `YYYY-MM` so many months after the month of a date. */
function monthOf(date: IsoDate, months: number): string {
  const month = Number(date.slice(5, 7)) - 1 + months
  const year = Number(date.slice(0, 4)) + Math.floor(month / 12)
  return `${String(year).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`
}
