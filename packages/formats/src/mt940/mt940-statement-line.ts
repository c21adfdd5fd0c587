import { type IsoDate, type Money, negateMoney } from '@recon/core'
import { type ReaderContext, refusedFile } from '../format-reader.ts'
import { swiftAmount } from './mt940-amount.ts'
import { entryDate, swiftDate } from './mt940-date.ts'
import type { Mt940Field } from './mt940-field.ts'

/** A field 61. */
export interface Mt940StatementLine {
  readonly bookingDate: IsoDate
  readonly valueDate: IsoDate | undefined
  /** Signed: a reversed credit (RC) takes money away, a reversed debit (RD) gives it back. */
  readonly amount: Money
  /** EC and ED of MT942: expected, not booked. */
  readonly expected: boolean
  readonly reversal: boolean
  /** Four characters, `NTRF`. */
  readonly type: string
  readonly customerReference: string | undefined
  readonly bankReference: string | undefined
  readonly supplementary: string | undefined
}

const linePattern =
  /^(\d{6})(\d{4}| {4})?(R[CD]|E[CD]|[CD])([A-Z])?(\d{1,20}[,.]?\d{0,8}|,\d{1,8}) {0,2}(?:([A-Z][A-Z0-9 ]{3})(.*))?$/

/** Undefined for a line that cannot be read, where that is tolerated: it is then missing from the statement. */
export function readStatementLine(
  field: Mt940Field,
  currency: string,
  context: ReaderContext,
): Mt940StatementLine | undefined {
  const [text = '', ...rest] = field.lines
  const found = text.length > context.limits.maxLineLength ? null : linePattern.exec(text)
  if (found === null) {
    context.defect('FIELD_INVALID', {
      line: field.line,
      message: `Line ${field.line}: the statement line "${text.slice(0, 50)}" cannot be read.`,
      expected: 'YYMMDD, optional MMDD, C, D, RC, RD, EC or ED, an amount with a decimal comma and a type such as NTRF',
      found: text.slice(0, 50),
    })
    return undefined
  }
  const [, day = '', monthDay = '', mark = '', fundsCode, digits = '', type, references = ''] = found
  if (fundsCode !== undefined && fundsCode !== currency[2])
    context.warn(
      'FUNDS_CODE_DIFFERS',
      `The funds code ${fundsCode} is not the third letter of ${currency}.`,
      field.line,
    )
  if (type === undefined) context.warn('FIELD_MISSING', 'The statement line names no transaction type.', field.line)
  const amount = swiftAmount(digits, currency, field, context)
  const negative = mark === 'D' || mark === 'RC' || mark === 'ED'
  const { bookingDate, valueDate } = datesOf(day, monthDay.trim(), field, context)
  const slashes = references.indexOf('//')
  return {
    bookingDate,
    valueDate,
    amount: negative ? negateMoney(amount) : amount,
    expected: mark.startsWith('E'),
    reversal: mark.startsWith('R'),
    type: type ?? '',
    customerReference: reference(slashes < 0 ? references : references.slice(0, slashes)),
    bankReference: reference(slashes < 0 ? '' : references.slice(slashes + 2)),
    supplementary: rest.length === 0 ? undefined : rest.join('\n').trim(),
  }
}

/** An impossible value date (30 February of banks that count 30/360), tolerated, is left out; an impossible entry date too. */
function datesOf(
  day: string,
  monthDay: string,
  field: Mt940Field,
  context: ReaderContext,
): { bookingDate: IsoDate; valueDate: IsoDate | undefined } {
  const valueDate = swiftDate(day)
  const refuse = (what: string, found: string) =>
    context.defect('DATE_INVALID', {
      line: field.line,
      message: `Line ${field.line}: the ${what} ${found} is no date.`,
      expected: 'a calendar date',
      found,
    })
  if (valueDate === undefined) refuse('value date', day)
  const near = valueDate ?? swiftDate(`${day.slice(0, 4)}01`)
  const booked = monthDay === '' || near === undefined ? undefined : entryDate(monthDay, near)
  if (monthDay !== '' && booked === undefined && near !== undefined) refuse('entry date', monthDay)
  const bookingDate = booked ?? valueDate
  if (bookingDate === undefined)
    throw refusedFile(context.format, 'DATE_INVALID', {
      line: field.line,
      message: `Line ${field.line}: neither date of the statement line is real.`,
      expected: 'a value date, YYMMDD',
      found: day,
    })
  return { bookingDate, valueDate }
}

/** `NONREF`, and the words that only point to field 86, stand for nothing. */
function reference(text: string): string | undefined {
  const trimmed = text.trim()
  return trimmed === '' || /^(?:NONREF|(?:KREF|EREF|MREF|REF)\+?)$/.test(trimmed) ? undefined : trimmed
}
