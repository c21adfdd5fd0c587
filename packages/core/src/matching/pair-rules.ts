import { currencyExponent } from '../money/currency.ts'
import { dayNumber } from '../records/iso-date.ts'
import type { AmountTolerance, DateWindow } from './match-policy.ts'
import type { MatchingContext } from './matching-context.ts'

/** Why a pair can never be a link of its basis. Codes of the message table. */
export const pairExclusions = [
  'LINE_CLOSED',
  'ENTRY_CLOSED',
  'OPPOSITE_SIGN',
  'ZERO_AMOUNT',
  'OTHER_CURRENCY',
  'OTHER_ACCOUNT',
  'OUTSIDE_WINDOW',
  'AMOUNT_DIFFERS',
  'REFERENCE_DIFFERS',
  'COUNTERPARTY_DIFFERS',
] as const
export type PairExclusion = (typeof pairExclusions)[number]

/** What joins the pair decides how far apart its dates may be. */
export type PairBasis = 'AMOUNT' | 'NAME' | 'REFERENCE' | 'WEAK_REFERENCE' | 'CHECK_NUMBER'

/** Business days (Monday to Friday) from `from` to `to`, signed; a weekend day counts as the Friday before it. */
export function businessDaysBetween(from: number, to: number): number {
  return businessDayIndex(to) - businessDayIndex(from)
}

function businessDayIndex(day: number): number {
  // Day 0 was a Thursday; day + 3 makes weeks start on Monday.
  const shifted = day + 3
  const week = Math.floor(shifted / 7)
  return week * 5 + Math.min(shifted - week * 7, 4)
}

/** True when the line's day lies within the window around the entry's day. */
export function withinWindow(window: DateWindow, lineDay: number, entryDay: number): boolean {
  const raw = window.unit === 'BUSINESS' ? businessDaysBetween(entryDay, lineDay) : lineDay - entryDay
  const maximum = window.maximum ?? Number.POSITIVE_INFINITY
  const distance = window.direction === 'LINE_FIRST' ? -raw : raw
  if (window.direction === 'EITHER') {
    const absolute = Math.abs(distance)
    return absolute >= window.minimum && absolute <= maximum
  }
  if (distance < 0) return -distance <= window.against && window.minimum === 0
  return distance >= window.minimum && distance <= maximum
}

/** The days a window spans to either side of the entry, for blocking: [earliest, latest] offsets of the line. */
export function windowSpan(window: DateWindow): readonly [number, number] {
  const calendar = window.unit === 'BUSINESS' ? (days: number) => Math.ceil(days / 5) * 7 + 2 : (days: number) => days
  const maximum = window.maximum === null ? 1_000_000 : calendar(window.maximum)
  if (window.direction === 'EITHER') return [-maximum, maximum]
  const against = calendar(window.against)
  return window.direction === 'ENTRY_FIRST' ? [-against, maximum] : [-maximum, against]
}

export function dateWindowOf(context: MatchingContext, basis: PairBasis): DateWindow {
  const { dates } = context.policy
  if (basis === 'CHECK_NUMBER') return dates.withCheckNumber
  return basis === 'REFERENCE' || basis === 'WEAK_REFERENCE'
    ? dates.withReference
    : basis === 'NAME'
      ? dates.withName
      : dates.amountOnly
}

/** A decimal string as a number of minor units, not rounded: limits may lie between two cents. */
export function minorLimit(decimal: string, currency: string): number {
  return Number(decimal) * 10 ** currencyExponent(currency)
}

/** True when two amounts of one currency, in minor units, are equal within the tolerance. A fraction of zero is zero. */
export function withinTolerance(
  tolerance: AmountTolerance,
  line: number,
  entry: number,
  currency: string,
  sameDay: boolean,
): boolean {
  const difference = Math.abs(line - entry)
  if (difference === 0) return true
  if (tolerance.onlySameDay && !sameDay) return false
  const absolute = tolerance.absolute === undefined ? undefined : minorLimit(tolerance.absolute, currency)
  const base = Math.abs(tolerance.fractionOf === 'LINE' ? line : entry)
  const share = tolerance.fraction === undefined ? undefined : Number(tolerance.fraction) * base
  if (absolute === undefined && share === undefined) return false
  const limit =
    absolute === undefined || share === undefined
      ? (absolute ?? share ?? 0)
      : tolerance.combine === 'LARGER'
        ? Math.max(absolute, share)
        : Math.min(absolute, share)
  // Fractions are doubles: a ten-millionth of a minor unit of slack keeps "exactly at the limit" on the right side.
  const slack = 1e-7
  return tolerance.inclusive ? difference <= limit + slack : difference < limit - slack
}

/** True when the amounts of a line and an entry agree within the policy. */
export function amountsAgree(context: MatchingContext, line: number, entry: number): boolean {
  const { lines, entries, policy } = context
  const lineAmount = lines.amount[line] ?? 0
  const entryAmount = entries.amount[entry] ?? 0
  if (lineAmount === entryAmount) return true
  if (policy.amounts.acceptOverpayment && Math.abs(lineAmount) > Math.abs(entryAmount)) return true
  const currency = context.currencies[lines.currency[line] ?? 0] ?? 'USD'
  const sameDay = lines.day[line] === entries.day[entry]
  if (withinTolerance(policy.amounts.tolerance, lineAmount, entryAmount, currency, sameDay)) return true
  return withinBounds(context, line, entry)
}

function withinBounds(context: MatchingContext, line: number, entry: number): boolean {
  const bounds = context.entries.rows[entry]?.amountBounds
  const amount = context.lines.rows[line]?.amount
  if (bounds === undefined || amount === undefined || bounds.minimum.currency !== amount.currency) return false
  const value = Number(amount.amount)
  return value >= Number(bounds.minimum.amount) && value <= Number(bounds.maximum.amount)
}

/**
 * The hard rules about records themselves, before any amount, date or evidence: closed, sign, currency, account.
 * Undefined when the pair may be compared.
 */
export function pairConflict(context: MatchingContext, line: number, entry: number): PairExclusion | undefined {
  const { lines, entries, policy } = context
  if (lines.state[line] === 3) return 'LINE_CLOSED'
  if (entries.state[entry] === 3) return 'ENTRY_CLOSED'
  const lineAmount = lines.amount[line] ?? 0
  const entryAmount = entries.amount[entry] ?? 0
  if (policy.currency !== 'IGNORE' && lines.currency[line] !== entries.currency[entry]) return 'OTHER_CURRENCY'
  if (lineAmount > 0 !== entryAmount > 0 && lineAmount !== 0 && entryAmount !== 0) return 'OPPOSITE_SIGN'
  if ((lineAmount === 0) !== (entryAmount === 0)) return 'ZERO_AMOUNT'
  if (policy.account === 'IGNORE') return undefined
  const compared = policy.account === 'MUST_AGREE' || context.accountsShared
  const lineAccount = lines.account[line] ?? -1
  const entryAccount = entries.account[entry] ?? -1
  if (compared && lineAccount >= 0 && entryAccount >= 0 && lineAccount !== entryAccount) return 'OTHER_ACCOUNT'
  return undefined
}

/** Banks book late and value back: the value date counts where the booking date is too far away. */
function valueDateWithin(context: MatchingContext, window: DateWindow, line: number, entryDay: number): boolean {
  const valueDate = context.lines.rows[line]?.valueDate
  const valueDay = valueDate === undefined ? undefined : dayNumber(valueDate)
  return valueDay !== undefined && withinWindow(window, valueDay, entryDay)
}

/**
 * Why the pair may not become a one-to-one link resting on `basis`; undefined when it may. Reference and counterparty demands
 * of the policy are asked of reference-rules.ts through `context.agreement`, where set.
 */
export function pairExclusion(
  context: MatchingContext,
  line: number,
  entry: number,
  basis: PairBasis,
): PairExclusion | undefined {
  const conflict = pairConflict(context, line, entry)
  if (conflict !== undefined) return conflict
  const lineDay = context.lines.day[line] ?? 0
  const entryDay = context.entries.day[entry] ?? 0
  const window = dateWindowOf(context, basis)
  if (!withinWindow(window, lineDay, entryDay) && !valueDateWithin(context, window, line, entryDay))
    return 'OUTSIDE_WINDOW'
  if (!amountsAgree(context, line, entry)) return 'AMOUNT_DIFFERS'
  return context.demands(line, entry, basis)
}
