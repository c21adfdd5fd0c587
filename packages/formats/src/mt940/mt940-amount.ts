import { type IsoDate, isCurrency, type Money, negateMoney, parseMoney } from '@recon/core'
import { type ReaderContext, refusedFile } from '../format-reader.ts'
import { swiftDate } from './mt940-date.ts'
import type { Mt940Field } from './mt940-field.ts'

/** An amount with a decimal comma, decimals optional (`1234,` `,02`). A point is the defect FIELD_INVALID. */
export function swiftAmount(text: string, currency: string, field: Mt940Field, context: ReaderContext): Money {
  const line = field.line
  if (text.includes('.') && !text.includes(','))
    context.defect('FIELD_INVALID', {
      line,
      message: `Line ${line}: the amount "${text.slice(0, 30)}" has a decimal point.`,
      expected: 'a decimal comma',
      found: text.slice(0, 30),
    })
  const comma = text.replace('.', ',')
  const filled = comma.startsWith(',') ? `0${comma}` : comma
  const plain = filled.endsWith(',') ? filled.slice(0, -1) : filled
  const parsed = parseMoney(plain, { currency, decimalMark: ',' })
  if (parsed.ok) return parsed.value
  throw refusedFile(context.format, 'AMOUNT_INVALID', {
    line,
    message: `Line ${line}: ${parsed.refusal.message}`,
    expected: `digits and a comma, at most the decimals of ${currency}`,
    found: text.slice(0, 30),
  })
}

/** A currency of the file. @throws ReconError FORMAT_INVALID, reason CURRENCY_INVALID */
export function swiftCurrency(text: string, field: Mt940Field, context: ReaderContext): string {
  if (isCurrency(text)) return text
  throw refusedFile(context.format, 'CURRENCY_INVALID', {
    line: field.line,
    message: `Line ${field.line}: "${text.slice(0, 12)}" is no currency.`,
    expected: 'an ISO 4217 code',
    found: text.slice(0, 12),
  })
}

export interface SwiftBalance {
  readonly amount: Money
  readonly date: IsoDate | undefined
}

const balancePattern = /^([CD])R?(\d{6})([A-Z]{3})?([\d,.]{1,40})$/

/**
 * A balance field: `C|D YYMMDD CCY amount`, one line. Banks that count 30 days a month date balances 31 November, so an
 * impossible date is left out with a warning: no movement depends on it.
 * @param inherited the opening's currency, for banks that leave it out later
 * @param proves opening and closing: unreadable they leave nothing to load; another balance can be left out, tolerated
 */
export function swiftBalance(
  field: Mt940Field,
  inherited: string | undefined,
  proves: boolean,
  context: ReaderContext,
): SwiftBalance | undefined {
  const text = (field.lines[0] ?? '').trim()
  const found = text.length > 80 ? null : balancePattern.exec(text)
  if (found === null) {
    const facts = {
      line: field.line,
      message: `Line ${field.line}: the balance "${text.slice(0, 40)}" cannot be read.`,
      expected: 'C or D, YYMMDD, a currency and an amount with a decimal comma',
      found: text.slice(0, 40),
    }
    if (proves) throw refusedFile(context.format, 'AMOUNT_INVALID', facts)
    context.defect('FIELD_INVALID', facts)
    return undefined
  }
  const [, mark, day = '', code, digits = ''] = found
  if (code === undefined)
    context.warn('FIELD_MISSING', 'The balance names no currency; that of the account is meant.', field.line)
  const currency = swiftCurrency(code ?? inherited ?? context.options.currency ?? '', field, context)
  const amount = swiftAmount(digits, currency, field, context)
  const date = swiftDate(day)
  if (date === undefined)
    context.warn('DATE_INVALID', `The date ${day} of balance :${field.tag}: is no date; it is left out.`, field.line)
  return { amount: mark === 'D' ? negateMoney(amount) : amount, date }
}
