import { money } from '../money/money.ts'
import type { BankLine } from '../records/bank-line.ts'
import type { Transactable } from '../tentative/transactable.ts'
import { buildBankLine } from './builders.ts'

const usd = (amount: string) => money(amount, 'USD')
const account = 'TREASURY-01'

/** A payment order that went out on the last day of August: pending that day, posted under another id the next. */
const order: Transactable = {
  id: 'order-vendor-1',
  version: 1,
  kind: 'payment_order',
  state: 'sent',
  certainty: 'UNRECONCILED',
  amount: usd('-410.22'),
  overdue: false,
  bankLineIds: [],
}

/** An expected payment with room for a fee, due in the first week of September. */
const expected: Transactable = {
  id: 'expected-rent',
  version: 1,
  kind: 'expected_payment',
  state: 'unreconciled',
  certainty: 'UNRECONCILED',
  amount: usd('1231.00'),
  bounds: { minimum: usd('1220.00'), maximum: usd('1231.00') },
  dueBy: '2026-09-04',
  overdue: false,
  bankLineIds: [],
}

const pendingLine: BankLine = buildBankLine({
  id: 'pending-0831',
  account,
  bookingDate: '2026-08-31',
  amount: usd('-410.22'),
  status: 'PENDING',
  references: { bankReference: 'VND-771' },
})
const postedLine: BankLine = buildBankLine({
  id: 'posted-0901',
  account,
  bookingDate: '2026-09-01',
  amount: usd('-410.22'),
  references: { bankReference: 'VND-771' },
})
const neverPosted: BankLine = buildBankLine({
  id: 'pending-held',
  account,
  bookingDate: '2026-08-31',
  amount: usd('1231.00'),
  status: 'PENDING',
})
const rentLine: BankLine = buildBankLine({
  id: 'posted-rent',
  account,
  bookingDate: '2026-09-03',
  amount: usd('1225.00'),
})

export const treasuryWorld = { account, order, expected, pendingLine, postedLine, neverPosted, rentLine } as const
