import type { DepositSource } from '../deposits/deposit-source.ts'
import { money } from '../money/money.ts'
import type { BankLine } from '../records/bank-line.ts'
import type { BookEntry } from '../records/book-entry.ts'
import { buildBankLine, buildBookEntry } from './builders.ts'

const aed = (amount: string) => money(amount, 'AED')
const account = 'AE-COLLECTION-01'

function payment(id: string, amount: string, date: string, given: Partial<BookEntry>): BookEntry {
  return buildBookEntry({ id, account, date, amount: aed(amount), kind: 'PAYMENT', ...given })
}
function deposit(id: string, amount: string, bookingDate: string, given: Partial<BankLine>): BankLine {
  return buildBankLine({ id, account, bookingDate, amount: aed(amount), instrument: 'EFT', ...given })
}

/** Payments of a day at a delivery company: one unique, one with two possible deposits, one that did not come. */
const payments: readonly BookEntry[] = [
  payment('payment-unique', '410.22', '2026-11-19', {
    references: { paymentReference: 'LN4F7Q2' },
    counterparty: { name: 'Samir Haddad' },
  }),
  payment('payment-partial', '250.00', '2026-11-19', {
    references: { paymentReference: 'LN8K1M5' },
    counterparty: { name: 'Noor Al Amin' },
  }),
  payment('payment-none', '99.90', '2026-11-18', {
    references: { paymentReference: 'LN2Z9P3' },
    counterparty: { name: 'Ilse Verbeek' },
  }),
]

const deposits: readonly BankLine[] = [
  deposit('deposit-unique', '410.22', '2026-11-20', {
    references: { endToEndId: 'LN4F7Q2' },
    counterparty: { name: 'S HADDAD' },
  }),
  deposit('deposit-partial-1', '250.00', '2026-11-20', { references: {}, counterparty: { name: 'NOOR AL AMIN' } }),
  deposit('deposit-partial-2', '250.00', '2026-11-20', { references: {}, counterparty: { name: 'N ALAMIN' } }),
]

const source: DepositSource = {
  id: 'source-1',
  version: 1,
  name: 'Collection account',
  kind: 'FEED',
  status: 'healthy',
  lastFetchedAt: '2026-11-21T08:15:00Z',
  lastTriedAt: '2026-11-21T08:15:00Z',
  failures: 0,
  reconcileUniqueMatches: false,
}

export const paymentsDeskWorld = {
  now: '2026-11-21T08:30:00Z',
  account,
  payments,
  deposits,
  source,
  finance: { id: 'layla', roles: ['FINANCE'] },
} as const
