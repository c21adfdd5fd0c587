import {
  type BankLineStatus,
  type BookEntryKind,
  bankLineStatuses,
  bookEntryKinds,
  type Instrument,
  instruments,
} from '@recon/core'
import { lenientValue, type RowNote, shown } from './row-reading.ts'

const statusWords: Readonly<Record<string, BankLineStatus>> = {
  BOOK: 'POSTED',
  BOOKED: 'POSTED',
  CLEARED: 'POSTED',
  COMPLETED: 'POSTED',
  SETTLED: 'POSTED',
  FINAL: 'POSTED',
  PDNG: 'PENDING',
  AUTHORIZED: 'PENDING',
  PROVISIONAL: 'PENDING',
  REPLACED: 'SUPERSEDED',
  GEBUCHT: 'POSTED',
  'UMSATZ GEBUCHT': 'POSTED',
  VERBUCHT: 'POSTED',
  VORGEMERKT: 'PENDING',
  CONTABILIZZATA: 'POSTED',
  'IN SOSPESO': 'PENDING',
  COMPLETE: 'POSTED',
}
const reconciledWords = new Set(['RECONCILED', 'REC', 'MATCHED', 'YES', 'Y', 'TRUE', '1'])
const unreconciledWords = new Set(['UNRECONCILED', 'UNR', 'UNMATCHED', 'NO', 'N', 'FALSE', '0', 'OPEN'])

/** Words for how money moves, as files write them, beside the instrument names themselves. */
const instrumentWords: Readonly<Record<string, Instrument>> = {
  ACH: 'EFT',
  BACS: 'EFT',
  SEPA: 'EFT',
  TRANSFER: 'EFT',
  CREDIT_TRANSFER: 'EFT',
  ACH_CREDIT: 'EFT',
  FEDWIRE: 'WIRE',
  SWIFT: 'WIRE',
  WIRE_TRANSFER: 'WIRE',
  CHEQUE: 'CHECK',
  CHK: 'CHECK',
  DD: 'DIRECT_DEBIT',
  ACH_DEBIT: 'DIRECT_DEBIT',
  DIRECTDEBIT: 'DIRECT_DEBIT',
  ZBA: 'SWEEP',
  CREDIT_CARD: 'CARD',
  DEBIT_CARD: 'CARD',
  FEES: 'FEE',
  BANK_FEE: 'FEE',
}

/** The instrument a word names; OTHER with a note for a word that names none. */
export function readInstrument(text: string, notes: RowNote[]): Instrument {
  const known = lenientValue(text, instruments) ?? instrumentWords[text.toUpperCase().replaceAll(/[\s-]+/g, '_')]
  if (known !== undefined) return known
  notes.push({
    code: 'INSTRUMENT_UNKNOWN',
    message: `${shown(text)} is no instrument this library knows; read as OTHER.`,
  })
  return 'OTHER'
}

/** The booking status a word names, or undefined. */
export function knownStatus(text: string): BankLineStatus | undefined {
  return lenientValue(text, bankLineStatuses) ?? statusWords[text.toUpperCase()]
}

/** The booking status a word names; PENDING with a note for a word that names none. */
export function readStatus(text: string, notes: RowNote[]): BankLineStatus {
  const known = knownStatus(text)
  if (known !== undefined) return known
  notes.push({
    code: 'STATUS_UNKNOWN',
    message: `${shown(text)} is no booking status this library knows; read as PENDING, so that it is not taken for final.`,
  })
  return 'PENDING'
}

/** What the source system says of the row; undefined with a note for any other word. */
export function readSourceStatus(text: string, notes: RowNote[]): 'RECONCILED' | 'UNRECONCILED' | undefined {
  const word = text.toUpperCase()
  if (reconciledWords.has(word)) return 'RECONCILED'
  if (unreconciledWords.has(word)) return 'UNRECONCILED'
  notes.push({
    code: 'SOURCE_STATUS_UNKNOWN',
    message: `${shown(text)} is neither RECONCILED nor UNRECONCILED; left out.`,
  })
  return undefined
}

const kindWords: Readonly<Record<string, BookEntryKind>> = {
  GL: 'GL_ENTRY',
  JOURNAL: 'GL_ENTRY',
  JOURNAL_ENTRY: 'GL_ENTRY',
  LEDGER: 'GL_ENTRY',
  BILL_PAYMENT: 'PAYMENT',
  RECEIPT: 'PAYMENT',
  CHECK: 'PAPER_ITEM',
  EXPECTED: 'EXPECTED_PAYMENT',
}

/** The kind of book entry a word names; GL_ENTRY with a note for a word that names none. */
export function readKind(text: string, notes: RowNote[]): BookEntryKind {
  const known = lenientValue(text, bookEntryKinds) ?? kindWords[text.toUpperCase().replaceAll(/[\s-]+/g, '_')]
  if (known !== undefined) return known
  notes.push({
    code: 'KIND_UNKNOWN',
    message: `${shown(text)} is no kind of book entry this library knows; read as GL_ENTRY.`,
  })
  return 'GL_ENTRY'
}
