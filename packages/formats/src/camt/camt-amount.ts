import { type IsoDate, isCurrency, isIsoDate, type Money, negateMoney, parseMoney } from '@recon/core'
import { type ReaderContext, refusedFile } from '../format-reader.ts'
import { child, textAt, type XmlNode } from './camt-xml.ts'

/** An `Amt` with its `Ccy`. Amounts of entries are unsigned; the indicator beside them says the direction. */
export function camtAmount(
  node: XmlNode | undefined,
  fallbackCurrency: string | undefined,
  context: ReaderContext,
  place: XmlNode,
): Money {
  const line = (node ?? place).line
  const currency = node?.attributes.Ccy ?? fallbackCurrency
  if (node === undefined || node.text === '')
    throw refusedFile(context.format, 'AMOUNT_INVALID', {
      line,
      message: `Line ${line}: <${place.name}> has no amount.`,
      expected: 'an Amt element',
    })
  if (currency === undefined || !isCurrency(currency))
    throw refusedFile(context.format, 'CURRENCY_INVALID', {
      line,
      message: `Line ${line}: "${(currency ?? '').slice(0, 12)}" is no currency.`,
      expected: 'an ISO 4217 code in Ccy',
    })
  const parsed = parseMoney(node.text, { currency, decimalMark: '.' })
  if (!parsed.ok)
    throw refusedFile(context.format, 'AMOUNT_INVALID', {
      line,
      message: `Line ${line}: ${parsed.refusal.message}`,
      expected: `digits, a point, at most the decimals of ${currency}`,
      found: node.text.slice(0, 40),
    })
  if (parsed.value.amount.startsWith('-'))
    context.defect('AMOUNT_SIGNED', {
      line,
      message: `Line ${line}: the amount ${parsed.value.amount} carries a sign.`,
      expected: 'an amount without a sign; CdtDbtInd gives the direction',
    })
  return parsed.value
}

/** CRDT or DBIT; undefined when there is none. Any other word is refused. */
export function creditOrDebit(node: XmlNode, context: ReaderContext): 'CRDT' | 'DBIT' | undefined {
  const found = child(node, 'CdtDbtInd')
  if (found === undefined || found.text === '') return undefined
  if (found.text === 'CRDT' || found.text === 'DBIT') return found.text
  throw refusedFile(context.format, 'DIRECTION_UNKNOWN', {
    line: found.line,
    message: `Line ${found.line}: CdtDbtInd "${found.text.slice(0, 12)}" is not known.`,
    expected: 'CRDT or DBIT',
    found: found.text.slice(0, 12),
  })
}

export function signed(amount: Money, direction: 'CRDT' | 'DBIT'): Money {
  return direction === 'DBIT' ? negateMoney(amount) : amount
}

/** The date of a `Dt` or `DtTm` below the node, as the bank wrote it: no time zone moves a booking to another day. */
export function camtDate(node: XmlNode | undefined, context: ReaderContext): IsoDate | undefined {
  if (node === undefined) return undefined
  const text = textAt(node, 'Dt') ?? textAt(node, 'DtTm') ?? (node.children.length === 0 ? node.text : undefined)
  if (text === undefined || text === '') return undefined
  const date = text.slice(0, 10)
  const rest = text.slice(10)
  if (isIsoDate(date) && (rest === '' || /^(?:T[\d:.]{5,20})?(?:Z|[+-]\d\d:\d\d)?$/.test(rest))) return date
  context.defect('DATE_INVALID', {
    line: node.line,
    message: `Line ${node.line}: "${text.slice(0, 30)}" is no date.`,
    expected: 'a calendar date, YYYY-MM-DD',
    found: text.slice(0, 30),
  })
  return undefined
}

/** An amount that only informs: unreadable ones are left out, since the entry's own amount is the booking. */
export function moneyOf(node: XmlNode | undefined): Money | undefined {
  const currency = node?.attributes.Ccy
  if (node === undefined || currency === undefined || !isCurrency(currency)) return undefined
  const parsed = parseMoney(node.text, { currency, decimalMark: '.' })
  return parsed.ok ? parsed.value : undefined
}
