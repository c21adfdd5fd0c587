import type { Instrument } from '@recon/core'

/** One record of a bank section: what its lines say, unread. */
export interface QifRecord {
  /** The line its first field stands on. */
  readonly line: number
  readonly raw: string
  date: string | undefined
  /** T; U where T is missing. */
  amount: string | undefined
  number: string | undefined
  payee: string | undefined
  memo: string | undefined
  category: string | undefined
  cleared: string | undefined
  readonly splitAmounts: string[]
}

const sections: Readonly<Record<string, 'BANK' | 'INVESTMENT' | 'LIST'>> = {
  bank: 'BANK',
  ccard: 'BANK',
  cash: 'BANK',
  'oth a': 'BANK',
  'oth l': 'BANK',
  invst: 'INVESTMENT',
}

export type QifSection = 'BANK' | 'INVESTMENT' | 'LIST' | 'ACCOUNT'

/** What kind of records follow a header line (`!Type:Bank`); undefined for options and for text that is no header. */
export function qifSection(header: string): QifSection | undefined {
  const text = header.slice(1, 41).trim().toLowerCase()
  if (text === 'account') return 'ACCOUNT'
  return text.startsWith('type:') ? (sections[text.slice(5).trim()] ?? 'LIST') : undefined
}

/** Reads the lines of one record. Fields of later versions are kept in `raw` and not read. */
export function readQifRecord(lines: readonly string[], line: number): QifRecord {
  const record: QifRecord = {
    line,
    raw: lines.join('\n'),
    date: undefined,
    amount: undefined,
    number: undefined,
    payee: undefined,
    memo: undefined,
    category: undefined,
    cleared: undefined,
    splitAmounts: [],
  }
  for (const text of lines) {
    const value = text.slice(1).trim()
    switch (text[0]) {
      case 'D':
        record.date ??= value
        break
      case 'T':
        record.amount = value
        break
      case 'U':
        record.amount ??= value
        break
      case 'N':
        record.number ??= value
        break
      case 'P':
        record.payee ??= value
        break
      case 'M':
        record.memo ??= value
        break
      case 'L':
        record.category ??= value
        break
      case 'C':
        record.cleared ??= value
        break
      case '$':
        record.splitAmounts.push(value)
        break
    }
  }
  return record
}

const instrumentOfNumber: Readonly<Record<string, Instrument>> = {
  atm: 'CASH',
  eft: 'EFT',
  txfr: 'EFT',
  transfer: 'EFT',
  pos: 'CARD',
}

/** The number field holds a check number, or a word for how the money moved. */
export function readQifNumber(text: string | undefined): {
  readonly checkNumber?: string
  readonly instrument?: Instrument
} {
  if (text === undefined || text === '') return {}
  if (/^\d{1,20}$/.test(text)) return { checkNumber: text, instrument: 'CHECK' }
  const instrument = instrumentOfNumber[text.toLowerCase()]
  return instrument === undefined ? {} : { instrument }
}
