import { allow, type Decision, refuse } from '../decision.ts'
import { ReconError } from '../recon-error.ts'
import { currencyExponent, isCurrency } from './currency.ts'
import { divideRounded, type RoundingMode } from './rounding.ts'

/**
 * An amount of one currency. `amount` is a canonical decimal string with exactly the currency's minor digits
 * (`'12.50'` USD, `'1250'` JPY), `-` for negatives, no plus, no grouping, no exponent, never `-0.00`.
 */
export interface Money {
  readonly amount: string
  readonly currency: string
}

/** Longest literal that is read at all, and the largest magnitude in minor units: what a signed 64-bit column holds. */
const longestLiteral = 40
const largestMinor = 9_223_372_036_854_775_807n

const canonicalPattern = /^-?\d{1,20}(?:\.\d{1,10})?$/

/**
 * Money from a decimal string in canonical notation (`-12.50`). Missing decimals are filled, surplus zeros are cut.
 * @throws ReconError MONEY_INVALID, MONEY_OUT_OF_RANGE or CURRENCY_UNKNOWN
 */
export function money(amount: string, currency: string): Money {
  const parsed = parseMoney(amount, { currency, decimalMark: '.' })
  if (parsed.ok) return parsed.value
  throw new ReconError(parsed.refusal.code, parsed.refusal.message)
}

export interface MoneyFormat {
  readonly currency: string
  readonly decimalMark: '.' | ','
  /** Every mark that may group digits; none when absent. A space stands for U+0020, U+00A0 and U+202F alike. */
  readonly groupMarks?: readonly ('.' | ',' | "'" | ' ' | '’')[]
  /** Digits after an implied decimal point, for files that write `1250` for 12.50. */
  readonly impliedDecimals?: number
  /** Accept `(12.00)` as negative. */
  readonly parentheses?: boolean
  /** Accept `12.00-` as negative. */
  readonly trailingSign?: boolean
}

export type MoneyRefusalCode = 'MONEY_INVALID' | 'MONEY_OUT_OF_RANGE' | 'CURRENCY_UNKNOWN'

/**
 * Money from text in a declared notation. Nothing is guessed: a mark that was not declared is refused, as are exponents,
 * `NaN`, infinities, misplaced grouping and surplus non-zero decimals.
 */
export function parseMoney(text: string, format: MoneyFormat): Decision<Money, MoneyRefusalCode> {
  if (!isCurrency(format.currency)) {
    return refuse('CURRENCY_UNKNOWN', `"${format.currency.slice(0, 10)}" is not an ISO 4217 currency code.`)
  }
  const shown = text.slice(0, longestLiteral)
  const invalid = (why: string) => refuse('MONEY_INVALID', `"${shown}" is not an amount: ${why}.`)
  if (text.length > longestLiteral) return invalid(`longer than ${longestLiteral} characters`)
  let body = text.trim()
  let negative = false
  if (format.parentheses && body.startsWith('(') && body.endsWith(')')) {
    negative = true
    body = body.slice(1, -1).trim()
  } else if (format.trailingSign && (body.endsWith('-') || body.endsWith('+'))) {
    negative = body.endsWith('-')
    body = body.slice(0, -1).trimEnd()
  } else if (body.startsWith('-') || body.startsWith('−')) {
    negative = true
    body = body.slice(1).trimStart()
  } else if (body.startsWith('+')) {
    body = body.slice(1).trimStart()
  }
  const ungrouped = removeGrouping(body, format)
  if (ungrouped === undefined) return invalid('a mark was not declared or groups are not of three digits')
  const plain = format.decimalMark === ',' ? ungrouped.replace(',', '.') : ungrouped
  if (!canonicalPattern.test(plain) || plain.startsWith('-'))
    return invalid(`expected digits with "${format.decimalMark}" before the decimals`)
  return minorOfPlain(plain, negative, format, invalid)
}

function minorOfPlain(
  plain: string,
  negative: boolean,
  format: MoneyFormat,
  invalid: (why: string) => Decision<Money, MoneyRefusalCode>,
): Decision<Money, MoneyRefusalCode> {
  const exponent = currencyExponent(format.currency)
  const point = plain.indexOf('.')
  let whole = point < 0 ? plain : plain.slice(0, point)
  let fraction = point < 0 ? '' : plain.slice(point + 1)
  if (point < 0 && format.impliedDecimals !== undefined) {
    const padded = whole.padStart(format.impliedDecimals + 1, '0')
    whole = padded.slice(0, padded.length - format.impliedDecimals)
    fraction = padded.slice(padded.length - format.impliedDecimals)
  }
  while (fraction.length > exponent && fraction.endsWith('0')) fraction = fraction.slice(0, -1)
  if (fraction.length > exponent) return invalid(`${format.currency} has ${exponent} decimals`)
  const minor = BigInt(whole + fraction.padEnd(exponent, '0'))
  if (minor > largestMinor)
    return refuse('MONEY_OUT_OF_RANGE', `"${plain}" ${format.currency} is larger than this library handles.`)
  return allow(fromMinorUnits(negative ? -minor : minor, format.currency))
}

function removeGrouping(body: string, format: MoneyFormat): string | undefined {
  const marks = format.groupMarks ?? []
  if (marks.length === 0) return body
  const text = body.replaceAll(/[\u00a0\u202f]/g, ' ')
  const mark = marks.find((candidate) => candidate !== format.decimalMark && text.includes(candidate))
  if (mark === undefined) return text
  const decimal = text.indexOf(format.decimalMark)
  const whole = decimal < 0 ? text : text.slice(0, decimal)
  const groups = whole.split(mark)
  const regular = groups.every((group, index) =>
    index === 0 ? group.length >= 1 && group.length <= 3 : group.length === 3,
  )
  return regular ? groups.join('') + (decimal < 0 ? '' : text.slice(decimal)) : undefined
}

/** Integer minor units: 1250n for 12.50 USD. @throws ReconError MONEY_INVALID on a value not made by this library */
export function toMinorUnits(value: Money): bigint {
  const exponent = currencyExponent(value.currency)
  const point = value.amount.indexOf('.')
  const fraction = point < 0 ? 0 : value.amount.length - point - 1
  if (!canonicalPattern.test(value.amount) || fraction !== exponent) {
    throw new ReconError(
      'MONEY_INVALID',
      `"${value.amount.slice(0, longestLiteral)}" ${value.currency} is not canonical. Build amounts with money().`,
    )
  }
  return BigInt(point < 0 ? value.amount : value.amount.slice(0, point) + value.amount.slice(point + 1))
}

/** Money from integer minor units. @throws ReconError CURRENCY_UNKNOWN */
export function fromMinorUnits(minor: bigint, currency: string): Money {
  const exponent = currencyExponent(currency)
  const negative = minor < 0n
  const digits = (negative ? -minor : minor).toString().padStart(exponent + 1, '0')
  const sign = negative ? '-' : ''
  const amount = exponent === 0 ? sign + digits : `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
  return { amount, currency }
}

function sameCurrency(left: Money, right: Money): string {
  if (left.currency !== right.currency) {
    throw new ReconError(
      'CURRENCY_MISMATCH',
      `${left.currency} and ${right.currency} do not add. Convert one first, with a rate you can name.`,
    )
  }
  return left.currency
}

/** @throws ReconError CURRENCY_MISMATCH */
export function addMoney(left: Money, right: Money): Money {
  return fromMinorUnits(toMinorUnits(left) + toMinorUnits(right), sameCurrency(left, right))
}

/** @throws ReconError CURRENCY_MISMATCH */
export function subtractMoney(left: Money, right: Money): Money {
  return fromMinorUnits(toMinorUnits(left) - toMinorUnits(right), sameCurrency(left, right))
}

/** Negative, zero or positive, as for Array.sort. @throws ReconError CURRENCY_MISMATCH */
export function compareMoney(left: Money, right: Money): -1 | 0 | 1 {
  sameCurrency(left, right)
  const difference = toMinorUnits(left) - toMinorUnits(right)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export function negateMoney(value: Money): Money {
  return fromMinorUnits(-toMinorUnits(value), value.currency)
}

export function isZeroMoney(value: Money): boolean {
  return toMinorUnits(value) === 0n
}

/** The sum; zero of `currency` for an empty list. @throws ReconError CURRENCY_MISMATCH */
export function sumMoney(values: Iterable<Money>, currency: string): Money {
  let minor = 0n
  const zero = fromMinorUnits(0n, currency)
  for (const value of values) {
    sameCurrency(zero, value)
    minor += toMinorUnits(value)
  }
  return fromMinorUnits(minor, currency)
}

/**
 * `value` times a ratio of integers, rounded to the minor unit by the named mode.
 * @throws ReconError RATE_INVALID when the denominator is not positive
 */
export function multiplyMoney(
  value: Money,
  ratio: { numerator: bigint; denominator: bigint },
  rounding: RoundingMode,
): Money {
  if (ratio.denominator <= 0n) throw new ReconError('RATE_INVALID', 'The denominator of a ratio must be positive.')
  return fromMinorUnits(
    divideRounded(toMinorUnits(value) * ratio.numerator, ratio.denominator, rounding),
    value.currency,
  )
}
