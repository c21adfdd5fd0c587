import { isCurrency } from '@recon/core'
import type { Why } from './mapping-reason.ts'
import type { TableRow } from './row-reading.ts'
import { type ColumnProfile, columnsFor, type TableProfile } from './table-profile.ts'

export interface CurrencyFinding {
  /** The column that names the currency of each row. */
  readonly column: ColumnProfile | undefined
  /** The currency of rows that name none; XXX where nothing says. */
  readonly currency: string
  readonly why: Why
  readonly known: boolean
}

/** Codes worth believing where they stand alone in running text; ALL, TOP or TRY may be words there. */
const plainTextCodes = new Set(
  'AED AUD BRL CAD CHF CLP CNY COP CZK DKK EUR GBP HKD HUF IDR ILS INR JPY KRW MXN NOK NZD PHP PLN RON RUB SAR SEK SGD THB TWD UAH USD ZAR'.split(
    ' ',
  ),
)
const signs: readonly (readonly [string, string])[] = [
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['$', 'USD'],
  ['₹', 'INR'],
]

/** Signs of one currency alone. */
const headerSigns: readonly (readonly [string, string])[] = [
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['₹', 'INR'],
  ['R$', 'BRL'],
  ['zł', 'PLN'],
  ['Kč', 'CZK'],
]

function codeIn(text: string): string | undefined {
  return text
    .slice(0, 300)
    .match(/(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])/g)
    ?.find((code) => plainTextCodes.has(code))
}

function fromColumn(
  profile: TableProfile,
  rows: readonly TableRow[],
): { column: ColumnProfile; currency: string } | undefined {
  const named = columnsFor(profile, 'currency')
  const unnamed = profile.header === undefined ? profile.columns : []
  for (const column of [...named, ...unnamed]) {
    const counts = new Map<string, number>()
    let other = 0
    for (const row of rows) {
      const text = (row.fields[column.index] ?? '').trim().toUpperCase()
      if (isCurrency(text)) counts.set(text, (counts.get(text) ?? 0) + 1)
      else if (text !== '') other++
    }
    const [most] = [...counts].sort((left, right) => right[1] - left[1])
    if (most !== undefined && other === 0) return { column, currency: most[0] }
  }
  return undefined
}

/** The currency of a table: a column of codes, the amounts' own marks, the header of the money columns, the rows above it. */
export function findCurrency(
  profile: TableProfile,
  rows: readonly TableRow[],
  money: readonly ColumnProfile[],
  declared: string | undefined,
): CurrencyFinding {
  const column = fromColumn(profile, rows)
  if (column !== undefined) {
    return {
      column: column.column,
      currency: column.currency,
      why: { code: 'CURRENCY_COLUMN' },
      known: true,
    }
  }
  const nothing = { column: undefined, known: true }
  if (declared !== undefined) return { ...nothing, currency: declared, why: { code: 'CURRENCY_DECLARED' } }
  for (const { header } of money) {
    const code = codeIn(header)
    const sign = headerSigns.find(([mark]) => header.includes(mark))
    const named = code ?? sign?.[1]
    const facts = { example: header.slice(0, 40) }
    if (named !== undefined) return { ...nothing, currency: named, why: { code: 'CURRENCY_IN_HEADER', facts } }
  }
  for (const row of rows.slice(0, 200)) {
    for (const { index } of money) {
      const text = row.fields[index] ?? ''
      const code = codeIn(text)
      if (code !== undefined)
        return {
          ...nothing,
          currency: code,
          why: { code: 'CURRENCY_IN_AMOUNTS', facts: { example: text.slice(0, 30) } },
        }
      const sign = signs.find(([mark]) => text.includes(mark))
      if (sign)
        return {
          ...nothing,
          currency: sign[1],
          why: { code: 'CURRENCY_SIGN', facts: { example: text.slice(0, 30), sign: sign[0] } },
          known: sign[0] !== '$',
        }
    }
  }
  for (const { fields } of [...profile.preamble, ...(profile.header ? [profile.header] : [])]) {
    for (const text of fields) {
      const code = codeIn(text)
      if (code !== undefined)
        return {
          ...nothing,
          currency: code,
          why: { code: 'CURRENCY_ABOVE', facts: { example: text.trim().slice(0, 40) } },
        }
    }
  }
  return { column: undefined, currency: 'XXX', why: { code: 'CURRENCY_UNNAMED' }, known: false }
}
