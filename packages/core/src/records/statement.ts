import type { Money } from '../money/money.ts'
import type { BankLine } from './bank-line.ts'
import type { IsoDate } from './iso-date.ts'

export const balanceKinds = [
  'OPENING_BOOKED',
  'CLOSING_BOOKED',
  'OPENING_AVAILABLE',
  'CLOSING_AVAILABLE',
  'INTERIM_BOOKED',
  'INTERIM_AVAILABLE',
  'FORWARD_AVAILABLE',
  'EXPECTED',
  'OTHER',
] as const
export type BalanceKind = (typeof balanceKinds)[number]

export interface Balance {
  readonly kind: BalanceKind
  readonly amount: Money
  readonly date?: IsoDate
  /** The source's own code: a BAI2 status code, an ISO 20022 balance type. */
  readonly code?: string
}

/** One account's statement as one file tells it. */
export interface BankStatement {
  /** Stable for the same statement in the same file: account, currency, and the bank's own numbering. */
  readonly id: string
  readonly account: string
  readonly currency: string
  readonly openingBalance?: Balance
  readonly closingBalance?: Balance
  readonly balances: readonly Balance[]
  readonly lines: readonly BankLine[]
  /** The bank's own number of the statement, and the page where it has several. */
  readonly sequence?: string
  readonly page?: number
  readonly lastPage?: boolean
  readonly periodStart?: IsoDate
  readonly periodEnd?: IsoDate
  /** Intraday: lines may come again, changed, in the end-of-day statement. */
  readonly provisional: boolean
}
