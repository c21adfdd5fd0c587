import type { Money } from '../money/money.ts'
import type { Instrument } from './instrument.ts'
import type { IsoDate } from './iso-date.ts'

/** PENDING lines may change or vanish; POSTED lines are final; the other two were replaced or taken back by the bank. */
export const bankLineStatuses = ['PENDING', 'POSTED', 'SUPERSEDED', 'WITHDRAWN'] as const
export type BankLineStatus = (typeof bankLineStatuses)[number]

/** Identifiers as the bank gave them: strings, leading zeros kept. */
export interface BankReferences {
  readonly endToEndId?: string
  readonly checkNumber?: string
  readonly bankReference?: string
  readonly customerReference?: string
  /** ISO 11649 (RF..), QRR, SCOR or another structured creditor reference. */
  readonly structuredReference?: string
  readonly mandateId?: string
  readonly batchId?: string
  /** The cash-concentration structure a sweep belongs to. */
  readonly structureId?: string
  /** Free text as received, wrapped lines joined by a newline. */
  readonly remittanceText?: string
}

export interface Counterparty {
  readonly name?: string
  /** IBAN or domestic account number. */
  readonly account?: string
}

/** One movement on a bank account. Amounts are signed: money in is positive. */
export interface BankLine {
  readonly id: string
  readonly account?: string
  readonly bookingDate: IsoDate
  readonly valueDate?: IsoDate
  readonly amount: Money
  readonly status: BankLineStatus
  readonly instrument?: Instrument
  /** The bank's own code: BAI2 type code, SWIFT transaction type, ISO 20022 domain/family/subfamily joined by `/`. */
  readonly transactionCode?: string
  readonly references: BankReferences
  readonly counterparty?: Counterparty
  /** NACHA R-code, ISO 20022 reason code or a bank's own. */
  readonly returnCode?: string
  /** The amount before conversion, in the currency of the instruction. */
  readonly originalAmount?: Money
  /** Id of the pending line this posted line replaces, where the bank says so. */
  readonly supersedes?: string
  /** What the source system (an ERP, the bank's portal) says it already did with the line. */
  readonly sourceStatus?: 'RECONCILED' | 'UNRECONCILED'
  /** Ids of the book entries the source system matched the line with, where it says so. */
  readonly sourceEntryIds?: readonly string[]
  /** The record as received, for evidence and audit. */
  readonly raw?: string
}
