import { type Decision, isCurrency, type Money, negateMoney, subtractMoney } from '@recon/core'
import type { FormatDefectCode } from '../format-defect.ts'
import { type AmountNotation, parseAmount } from './amount-notation.ts'
import type { RowLayout } from './row-layout.ts'

/** One row of a table as read: cells, where it stands, what it looked like. */
export interface TableRow {
  readonly fields: readonly string[]
  readonly line: number
  readonly raw: string
  /** Indexes of cells that are numbers and no text, as sheets have them: plain decimals whatever the notation of the texts. */
  readonly numbers?: ReadonlySet<number>
}

/** The row with its number cells written in the notation of the texts, so that a column reads in one way. */
export function inNotation(row: TableRow, notation: AmountNotation): TableRow {
  const { numbers } = row
  if (numbers === undefined || notation.decimalMark === '.') return row
  return { ...row, fields: row.fields.map((text, index) => (numbers.has(index) ? text.replace('.', ',') : text)) }
}

export interface RowProblem {
  readonly code: FormatDefectCode
  readonly message: string
}

/** What came of one row. `notes` are things worth a warning in a row that was read. */
export type RowReading<Value> =
  | { readonly ok: true; readonly value: Value; readonly notes: readonly RowNote[] }
  | { readonly ok: false; readonly problem: RowProblem }

export interface RowNote {
  readonly code: string
  readonly message: string
}

export const noNotes: readonly RowNote[] = []

export function badRow(code: FormatDefectCode, message: string): { ok: false; problem: RowProblem } {
  return { ok: false, problem: { code, message } }
}

export function shown(text: string): string {
  return `"${text.slice(0, 40)}"`
}

function direct(text: string, layout: RowLayout, currency: string): Decision<Money> {
  const parsed = parseAmount(text, layout.notation, currency)
  if (!parsed.ok || layout.positive === 'MONEY_IN') return parsed
  return { ok: true, value: negateMoney(parsed.value) }
}

/** Money in minus money out. Exactly one side is filled, or the other is zero. */
function fromTwoColumns(debitText: string, creditText: string, layout: RowLayout, currency: string): Decision<Money> {
  const zero = (): Decision<Money> => parseAmount('0', layout.notation, currency)
  const debit = debitText === '' ? zero() : parseAmount(debitText, layout.notation, currency)
  if (!debit.ok) return debit
  const credit = creditText === '' ? zero() : parseAmount(creditText, layout.notation, currency)
  if (!credit.ok) return credit
  // Some banks write money out with its sign in the debit column, others without: both mean money out.
  const negative = debit.value.amount.startsWith('-')
  const flip = layout.debitSign === 'NEGATIVE' || (layout.debitSign === 'EITHER' && negative)
  const out = flip ? negateMoney(debit.value) : debit.value
  return { ok: true, value: subtractMoney(credit.value, out) }
}

/** The signed amount of a row: money in is positive. */
export function readAmount(fields: readonly string[], layout: RowLayout, currency: string): Decision<Money> {
  const cells = layout.amount
  const text = (index: number) => (fields[index] ?? '').trim()
  if (cells.kind === 'SIGNED') return direct(text(cells.index), layout, currency)
  if (cells.kind === 'DEBIT_CREDIT') {
    const debit = text(cells.debit)
    const credit = text(cells.credit)
    if (debit === '' && credit === '') {
      return {
        ok: false,
        refusal: { code: 'MONEY_INVALID', message: 'Neither the debit nor the credit cell holds an amount.' },
      }
    }
    return fromTwoColumns(debit, credit, layout, currency)
  }
  const parsed = parseAmount(text(cells.index), layout.notation, currency)
  if (!parsed.ok) return parsed
  const flag = text(cells.flag).toLowerCase()
  const sized =
    cells.signs === 'IGNORED' && parsed.value.amount.startsWith('-') ? negateMoney(parsed.value) : parsed.value
  if (cells.credit.has(flag)) return { ok: true, value: sized }
  if (cells.debit.has(flag)) return { ok: true, value: negateMoney(sized) }
  return {
    ok: false,
    refusal: {
      code: 'DIRECTION_UNKNOWN',
      message: `${shown(flag)} is not one of the words for money in or money out.`,
    },
  }
}

/** The currency of a row, upper-cased; a problem when it is missing or unknown. */
export function readCurrency(text: string, fallback: string | undefined): string | RowProblem {
  if (text === '') {
    return (
      fallback ?? { code: 'FIELD_MISSING', message: 'The currency is empty. Fill it, or declare one for the file.' }
    )
  }
  if (isCurrency(text)) return text
  const upper = text.trim().toUpperCase()
  return isCurrency(upper)
    ? upper
    : { code: 'CURRENCY_INVALID', message: `${shown(text)} is not an ISO 4217 currency code.` }
}

/** A value of a closed list in any case and spelling of separators, or undefined. */
export function lenientValue<Value extends string>(text: string, values: readonly Value[]): Value | undefined {
  if ((values as readonly string[]).includes(text)) return text as Value
  const key = text.toUpperCase().replaceAll(/[\s-]+/g, '_')
  return values.find((value) => value === key)
}

/** What the cells of the amount hold; '' for a dash, which some banks write for nothing. */
export function amountTexts(row: TableRow, { amount }: RowLayout): readonly string[] {
  const indexes = amount.kind === 'DEBIT_CREDIT' ? [amount.debit, amount.credit] : [amount.index]
  return indexes.map((index) => (row.fields[index] ?? '').trim()).map((text) => (text === '-' ? '' : text))
}
