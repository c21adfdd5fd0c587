import { type Balance, type BalanceKind, fromMinorUnits, type IsoDate } from '@recon/core'
import type { BankProfile } from '../bank-profile.ts'
import type { ReaderContext } from '../format-reader.ts'
import { impliedMinor, writtenInteger } from '../implied-amount.ts'
import { readFundsType } from './bai2-funds-type.ts'
import { type Bai2Record, plainFields } from './bai2-record.ts'
import { bai2TypeCode } from './bai2-type-code.ts'

const balanceKindOf: Readonly<Record<string, BalanceKind>> = {
  '010': 'OPENING_BOOKED',
  '015': 'CLOSING_BOOKED',
  '040': 'OPENING_AVAILABLE',
  '045': 'CLOSING_AVAILABLE',
  '030': 'INTERIM_BOOKED',
  '060': 'INTERIM_AVAILABLE',
}

export interface Bai2Summary {
  readonly balances: readonly Balance[]
  /** The amounts of the record as written, for the control total. */
  readonly total: bigint
}

/** The status and summary amounts of a 03 record: `{type,amount,item count,funds type}`, cut off anywhere at the end. */
export function readSummary(
  record: Bai2Record,
  currency: string,
  date: IsoDate,
  context: ReaderContext,
  profile: BankProfile,
): Bai2Summary {
  const fields = plainFields(record)
  let at = 2
  const next = () => fields[at++] ?? ''
  const balances: Balance[] = []
  let total = 0n
  while (at < fields.length) {
    const code = next()
    const amount = next()
    const items = next()
    const funds = readFundsType(next)
    if (funds === undefined || (items !== '' && writtenInteger(items) === undefined))
      context.defect('FIELD_INVALID', {
        line: record.line,
        message: `Line ${record.line}: the item count or funds type behind type code ${code.slice(0, 12)} cannot be read.`,
        expected: 'a count and a funds type of 0, 1, 2, V, S, D, Z',
      })
    if (code === '' && amount === '') continue
    const meaning = bai2TypeCode(code, profile)
    if (meaning === undefined) {
      context.defect('CODE_UNKNOWN', {
        line: record.line,
        message: `Line ${record.line}: "${code.slice(0, 12)}" is no type code.`,
        expected: 'three digits',
        found: code.slice(0, 12),
      })
      continue
    }
    if (amount === '') continue
    const written = writtenInteger(amount)
    const minor = impliedMinor(amount, currency, profile)
    if (written === undefined || minor === undefined) {
      context.defect('AMOUNT_INVALID', {
        line: record.line,
        message: `Line ${record.line}: "${amount.slice(0, 24)}" behind type code ${code} is no amount.`,
        expected: 'up to 18 digits without a decimal point',
        found: amount.slice(0, 24),
      })
      continue
    }
    if (written < 0n && meaning.level !== 'STATUS')
      context.warn('AMOUNT_SIGNED', `Summary ${code} is negative; the standard signs status amounts only.`, record.line)
    total += written
    balances.push({ kind: balanceKindOf[code] ?? 'OTHER', amount: fromMinorUnits(minor, currency), date, code })
  }
  return { balances, total }
}
