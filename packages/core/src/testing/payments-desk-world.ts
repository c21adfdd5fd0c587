import type { DepositSource } from '../deposits/deposit-source.ts'
import { money } from '../money/money.ts'
import type { BankLine } from '../records/bank-line.ts'
import type { BookEntry } from '../records/book-entry.ts'
import { buildBankLine, buildBookEntry } from './builders.ts'

const aed = (amount: string) => money(amount, 'AED')
const account = 'AE070331234567890124471'

function payment(id: string, amount: string, name: string, description: string, paymentReference: string): BookEntry {
  const records = { counterparty: { name }, references: { paymentReference, description } }
  return buildBookEntry({ id, account, date: '2026-11-19', amount: aed(amount), kind: 'PAYMENT', ...records })
}
function deposit(id: string, amount: string, name: string, given: Partial<BankLine> = {}): BankLine {
  const records = { account, bookingDate: '2026-11-20', counterparty: { name }, ...given }
  return buildBankLine({ id, amount: aed(amount), instrument: 'EFT', ...records })
}

const ordinary = Array.from({ length: 6 }, (_, index) => ({ index, amount: `${320 + index * 45}.00` }))
const reference = (index: number) => `LN570618${40 + index}`

/** Payments of an app. Of each kind there is one to try: unique, two possible deposits, one, none, and none for a week. */
const payments: readonly BookEntry[] = [
  ...ordinary.map(({ index, amount }) =>
    payment(
      `PAY-104${60 + index}`,
      amount,
      `Customer ${index + 1} Trading`,
      `Invoice 22${40 + index}`,
      reference(index),
    ),
  ),
  payment('PAY-10482', '1250.00', 'A. Rahman', 'Invoice 2291', 'LN48791426'),
  payment('PAY-10479', '86.40', 'Luma Studio FZ', 'Order 8831', 'LN76555248'),
  { ...payment('PAY-10490', '410.00', 'Palm Hotels', 'Invoice 2304', 'LN61991997'), date: '2026-11-11' },
  payment('PAY-10491', '95.25', 'Dune Rentals', 'Invoice 2305', 'LN63402860'),
  payment('PAY-10401', '760.00', 'Falcon Print', 'Invoice 2199', 'LN41942088'),
  { ...payment('PAY-10377', '55.00', 'Oasis Cafe', 'Order 8702', 'LN51037734'), date: '2026-11-10' },
]

const deposits: readonly BankLine[] = [
  deposit('DEP-1', '1250.00', 'A RAHMAN TRADING'),
  deposit('DEP-2', '1250.00', 'AHMED RAHMAN'),
  deposit('DEP-3', '86.40', 'LUMA STUDIO'),
  deposit('DEP-4', '410.00', 'UNKNOWN SENDER'),
  ...ordinary.map(({ index, amount }) =>
    deposit(`DEP-U${index}`, amount, `CUSTOMER ${index + 1}`, { references: { endToEndId: reference(index) } }),
  ),
  deposit('DEP-77', '760.00', 'FALCON PRINT', { references: { endToEndId: 'LN41942088' } }),
]

const source: DepositSource = {
  id: 'enbd',
  version: 1,
  name: 'Emirates NBD ··4471',
  kind: 'FEED',
  status: 'healthy',
  lastFetchedAt: '2026-11-20T11:10:00Z',
  lastTriedAt: '2026-11-20T11:10:00Z',
  failures: 0,
  reconcileUniqueMatches: false,
}

export const paymentsDeskWorld = {
  now: '2026-11-20T11:14:00Z',
  account,
  payments,
  deposits,
  source,
  finance: { id: 'layla', roles: ['FINANCE'] },
} as const
