import {
  currencyExponent,
  type Instrument,
  type IsoDate,
  isCurrency,
  isIsoDate,
  type Money,
  parseMoney,
} from '@recon/core'

export type OfxAmount =
  | { readonly ok: true; readonly money: Money; readonly rounded: boolean }
  | { readonly ok: false; readonly why: string }

/**
 * An OFX amount (OFX 2.3, 3.2.9.2): one decimal mark, point or comma, and no grouping. Banks group nonetheless; a grouped
 * amount is read where only one reading exists. Three digits behind a single mark have two readings and are refused.
 */
export function readOfxAmount(text: string, currency: string): OfxAmount {
  if (!isCurrency(currency)) return { ok: false, why: `"${currency.slice(0, 10)}" is not an ISO 4217 currency code` }
  const match = /^([+-]?)(\d[\d.,]{0,38})$/.exec(text.trim()) ?? /^([+-]?)([.,]\d{1,12})$/.exec(text.trim())
  if (!match) return { ok: false, why: `"${text.slice(0, 40)}" is not an amount` }
  const digits = match[2] ?? ''
  const mark = digits.lastIndexOf('.') > digits.lastIndexOf(',') ? '.' : ','
  const other = mark === '.' ? ',' : '.'
  const repeated = digits.indexOf(mark) !== digits.lastIndexOf(mark)
  if (repeated && digits.includes(other)) return { ok: false, why: `"${text.slice(0, 40)}" mixes its marks` }
  const plain = repeated ? digits.replaceAll(mark, '') : digits.replaceAll(other, '').replace(mark, '.')
  const [whole = '', fraction = ''] = plain.split('.')
  const exponent = currencyExponent(currency)
  const surplus = fraction.slice(exponent).replace(/0+$/, '')
  if (surplus !== '' && fraction.length === 3) {
    return { ok: false, why: `"${text.slice(0, 40)}" reads as thousands or as three decimals` }
  }
  const kept = `${match[1] === '-' ? '-' : ''}${whole.replace(/^0+(?=\d)/, '') || '0'}.${fraction.slice(0, exponent).padEnd(exponent, '0')}`
  const exact = exponent === 0 ? kept.slice(0, -1) : kept
  const parsed = parseMoney(exact, { currency, decimalMark: '.' })
  if (!parsed.ok) return { ok: false, why: parsed.refusal.message }
  return { ok: true, money: parsed.value, rounded: surplus !== '' }
}

/**
 * The date of an OFX date-time `YYYYMMDD[HHMMSS[.XXX]][[offset:zone]]` as the bank wrote it, in its own zone (OFX 2.3, 3.2.8.1).
 */
export function readOfxDate(text: string): IsoDate | undefined {
  if (!/^\d{8}(?:\D|\d{4}|$)/.test(text) || text.length > 60) return undefined
  const iso = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`
  return isIsoDate(iso) ? iso : undefined
}

const instrumentOfType: Readonly<Record<string, Instrument>> = {
  CHECK: 'CHECK',
  DIRECTDEBIT: 'DIRECT_DEBIT',
  DIRECTDEP: 'EFT',
  PAYMENT: 'EFT',
  REPEATPMT: 'EFT',
  XFER: 'EFT',
  ATM: 'CASH',
  CASH: 'CASH',
  POS: 'CARD',
  FEE: 'FEE',
  SRVCHG: 'FEE',
  INT: 'INTEREST',
}

/** The instrument a TRNTYPE names; CREDIT, DEBIT and the like name none. */
export function ofxInstrument(type: string): Instrument | undefined {
  return instrumentOfType[type.toUpperCase()]
}

const knownCharsets: Readonly<Record<string, string>> = {
  '1250': 'windows-1250',
  '1251': 'windows-1251',
  '932': 'shift_jis',
}

/**
 * The charset a header declares, where taking it at its word helps. UTF-8, ASCII, 1252 and Latin-1 are declared wrongly so
 * often that the bytes decide among them (see charset-decoder.ts).
 */
export function ofxCharset(head: string): string | undefined {
  const declared = /CHARSET\s{0,4}:\s{0,4}(?:CP|WINDOWS-)?([A-Za-z0-9-]{1,20})/i.exec(head)?.[1]
  const known = declared === undefined ? undefined : knownCharsets[declared]
  if (known !== undefined) return known
  const xml = /<\?xml[^>]{0,120}encoding=["']([A-Za-z0-9_-]{1,20})/i.exec(head)?.[1]?.toLowerCase()
  const own = ['windows-1250', 'windows-1251', 'iso-8859-2', 'shift_jis', 'gbk', 'big5', 'euc-kr']
  return xml !== undefined && own.includes(xml) ? xml : undefined
}
