import {
  currencyExponent,
  type Decision,
  isCurrency,
  type Money,
  type MoneyFormat,
  parseMoney,
  refuse,
} from '@recon/core'

/** How amounts are written in one file. Declared or proven for the whole file, never per cell. */
export interface AmountNotation {
  readonly decimalMark: '.' | ','
  /** Every mark that may group digits. None: a grouped amount is refused. */
  readonly groupMarks: NonNullable<MoneyFormat['groupMarks']>
}

export const plainNotation: AmountNotation = { decimalMark: '.', groupMarks: [] }

/** Signs that name no single currency (`$`) are only stripped; letters must be the currency of the row. */
const currencySigns = /^[$€£¥₹₺₩]|[$€£¥₹₺₩]$/g
const currencyLetters = /^([A-Z]{3})(?=[\s\d+\-(.,])|(?<=[\s\d)+\-.])([A-Z]{3})$/

/** Canonical text (`-12.50` with the currency's own decimals) as money without going through integers: the common case. */
function canonical(text: string, currency: string): Money | undefined {
  const exponent = currencyExponent(currency)
  const length = text.length
  const start = text.charCodeAt(0) === 45 ? 1 : 0
  const point = exponent === 0 ? length : length - exponent - 1
  if (point <= start || length > 17) return undefined
  if (text.charCodeAt(start) === 48 && point > start + 1) return undefined
  let nonZero = false
  for (let index = start; index < length; index++) {
    const code = text.charCodeAt(index)
    if (index === point) {
      if (code !== 46) return undefined
    } else if (code < 48 || code > 57) return undefined
    else if (code !== 48) nonZero = true
  }
  return nonZero || start === 0 ? { amount: text, currency } : undefined
}

/**
 * Money from a cell in the declared notation. Also takes a leading or trailing sign, parentheses for negatives, a text
 * apostrophe as spreadsheets write it, and a currency sign or the row's own currency code. Everything else is refused.
 */
export function parseAmount(text: string, notation: AmountNotation, currency: string): Decision<Money> {
  if (!isCurrency(currency)) {
    return refuse('CURRENCY_UNKNOWN', `"${currency.slice(0, 10)}" is not an ISO 4217 currency code.`)
  }
  if (notation.decimalMark === '.') {
    const plain = canonical(text, currency)
    if (plain) return { ok: true, value: plain }
  }
  let body = text.length > 60 ? text : text.trim().replace(/^'/, '').replaceAll(currencySigns, '').trim()
  const letters = body.length > 60 ? undefined : currencyLetters.exec(body)
  const named = letters?.[1] ?? letters?.[2]
  if (named !== undefined) {
    if (named !== currency) {
      return refuse('CURRENCY_MISMATCH', `"${body}" names ${named}, the row is in ${currency}.`)
    }
    body = body.replace(currencyLetters, '').trim()
  }
  if (/^\(\s?[$€£¥₹₺₩]/.test(body)) body = body.replace(/^\(\s?[$€£¥₹₺₩]\s?/, '(')
  // `-12.00-` says the same thing twice.
  if (body.startsWith('-') && body.endsWith('-')) body = body.slice(0, -1).trimEnd()
  const signs = /^([+-])\s*[$€£¥₹₺₩]/.exec(body)
  if (signs) body = (signs[1] ?? '') + body.slice(signs[0].length)
  // `.23` leaves out the zero that the strict reading asks for.
  const mark = notation.decimalMark
  const bare = body.replace(/^([-+(]?)([.,])(?=\d)/, (whole, sign, found) =>
    found === mark ? `${sign}0${found}` : whole,
  )
  const normal = notation.groupMarks.includes("'") ? bare.replaceAll('’', "'") : bare
  const parenthesised = normal.startsWith('(')
  return parseMoney(normal, {
    currency,
    decimalMark: notation.decimalMark,
    groupMarks: notation.groupMarks,
    parentheses: parenthesised,
    trailingSign: !parenthesised && !/^[+\-−]/.test(normal),
  })
}
