import type { Money } from '../money/money.ts'
import type { Counterparty } from './bank-line.ts'
import type { Instrument } from './instrument.ts'
import type { IsoDate } from './iso-date.ts'

export const bookEntryKinds = [
  'GL_ENTRY',
  'PAYMENT',
  'PAYMENT_ORDER',
  'EXPECTED_PAYMENT',
  'PAPER_ITEM',
  'RETURN',
  'INCOMING_PAYMENT_DETAIL',
  'INVOICE',
] as const
export type BookEntryKind = (typeof bookEntryKinds)[number]

/** Identifiers as the books hold them: strings, leading zeros kept. */
export interface BookReferences {
  readonly paymentReference?: string
  readonly transactionNumber?: string
  readonly documentNumber?: string
  readonly checkNumber?: string
  readonly batchId?: string
  readonly structureId?: string
  readonly description?: string
}

/** Something the books expect or record. Amounts are signed as seen from the bank account: money in is positive. */
export interface BookEntry {
  readonly id: string
  readonly account?: string
  readonly date: IsoDate
  readonly amount: Money
  readonly kind: BookEntryKind
  readonly instrument?: Instrument
  readonly references: BookReferences
  readonly counterparty?: Counterparty
  /** What is still open of `amount`, same sign; the whole amount when absent. */
  readonly openAmount?: Money
  /** An expected payment may accept any amount between the bounds, both included. */
  readonly amountBounds?: { readonly minimum: Money; readonly maximum: Money }
  /** An expected payment may accept any date between the bounds, both included. */
  readonly dateBounds?: { readonly earliest: IsoDate; readonly latest: IsoDate }
  readonly originalAmount?: Money
  /** The system the entry came from. */
  readonly source?: string
  readonly sourceStatus?: 'RECONCILED' | 'UNRECONCILED'
  /** CLOSED entries (cancelled, already settled) are never matched. OPEN when absent. */
  readonly status?: 'OPEN' | 'CLOSED'
  /** The entry this one reverses, where the books say so. */
  readonly reverses?: string
  readonly raw?: string
}
