import { describe, expect, it } from 'vitest'
import { matchLines } from '../match-lines.ts'
import { money } from '../money/money.ts'
import type { BankLine } from '../records/bank-line.ts'
import type { BookEntry } from '../records/book-entry.ts'

const line = (id: string, endToEndId: string, amount: string, rest: Partial<BankLine> = {}): BankLine => ({
  id,
  bookingDate: '2026-11-20',
  amount: money(amount, 'USD'),
  status: 'POSTED',
  instrument: 'WIRE',
  references: { endToEndId },
  ...rest,
})
const entry = (id: string, paymentReference: string, amount: string, rest: Partial<BookEntry> = {}): BookEntry => ({
  id,
  date: '2026-11-19',
  amount: money(amount, 'USD'),
  kind: 'PAYMENT',
  instrument: 'WIRE',
  references: { paymentReference },
  sourceStatus: 'RECONCILED',
  ...rest,
})
const sourceLinks = (bankLines: BankLine[], bookEntries: BookEntry[]) =>
  matchLines({ bankLines, bookEntries })
    .matches.filter((match) => match.pass === 'SOURCE_CONFIRMED')
    .map((match) => [match.bankLineIds.join(), match.bookEntryIds.join()])

describe('what the source system reconciled', () => {
  it('is taken over where only the ledger says so', () => {
    const run = matchLines({
      bankLines: [line('l1', '42178', '-10.00')],
      bookEntries: [entry('e1', '42178', '-10.00')],
    })
    expect(run.matches).toMatchObject([{ pass: 'SOURCE_CONFIRMED', status: 'AUTO', bookEntryIds: ['e1'] }])
    expect(run.items[0]?.scenario).toBe('AUTO_RECONCILED')
  })

  it('is not claimed when two lines fit the entry, or the amount differs', () => {
    const twins = [line('l1', '42178', '-10.00'), line('l2', '42178', '-10.00')]
    expect(sourceLinks(twins, [entry('e1', '42178', '-10.00')])).toEqual([])
    expect(sourceLinks([line('l1', '42178', '-10.01')], [entry('e1', '42178', '-10.00')])).toEqual([])
  })

  it('is not claimed against the word of the bank side', () => {
    const said = line('l1', '42178', '-10.00', { sourceStatus: 'UNRECONCILED' })
    expect(sourceLinks([said], [entry('e1', '42178', '-10.00')])).toEqual([])
  })
})
