import { describe, expect, it } from 'vitest'
import { matchLines } from '../match-lines.ts'
import { money } from '../money/money.ts'
import type { BankLine } from '../records/bank-line.ts'
import { buildBankLine, buildBookEntry } from '../testing/builders.ts'

const usd = (amount: string) => money(amount, 'USD')
const pending = (rest: Partial<BankLine> = {}) =>
  buildBankLine({
    id: 'p1',
    status: 'PENDING',
    bookingDate: '2026-11-01',
    amount: usd('-36.00'),
    counterparty: { name: 'Restaurant' },
    ...rest,
  })
const posted = (rest: Partial<BankLine> = {}) =>
  buildBankLine({
    id: 'q1',
    bookingDate: '2026-11-03',
    amount: usd('-36.00'),
    counterparty: { name: 'Restaurant' },
    ...rest,
  })
const entry = buildBookEntry({
  id: 'e1',
  amount: usd('-36.00'),
  date: '2026-11-01',
  references: { paymentReference: 'PAY-9' },
})

const items = (bankLines: BankLine[]) =>
  matchLines({ bankLines, bookEntries: [entry] })
    .items.map((item) => item.bankLineIds.join('+'))
    .sort()

describe('a pending line', () => {
  it.each([
    ['the bank points at it', pending({ counterparty: {} }), posted({ supersedes: 'p1', amount: usd('-41.40') })],
    [
      'they share a reference',
      pending({ references: { endToEndId: 'PAY-9' } }),
      posted({ references: { endToEndId: 'PAY-9' }, amount: usd('-38.00') }),
    ],
    ['amount and name agree', pending(), posted()],
  ])('shows in its successor when %s', (_, first, second) => {
    expect(items([first, second])).toEqual(['q1+p1'])
  })

  it.each([
    ['by amount alone', pending({ counterparty: { name: 'Bakery' } }), posted()],
    ['by a line before it', pending(), posted({ bookingDate: '2026-10-30' })],
    ['outside the window', pending(), posted({ bookingDate: '2026-11-30' })],
  ])('is not replaced %s', (_, first, second) => {
    expect(items([first, second])).toEqual(['p1', 'q1'])
  })

  it('is not replaced when two lines could be its successor', () => {
    expect(items([pending(), posted(), posted({ id: 'q2' })])).toEqual(['p1', 'q1', 'q2'])
  })

  it('links tentatively, and the link moves to the posted line', () => {
    const first = pending({ references: { endToEndId: 'PAY-9' } })
    const before = matchLines({ bankLines: [first], bookEntries: [entry] })
    expect(before.matches[0]).toMatchObject({ status: 'AUTO', certainty: 'TENTATIVE', bankLineIds: ['p1'] })
    expect(before.items[0]?.status).toBe('OUTSTANDING')
    const second = posted({ references: { endToEndId: 'PAY-9' }, supersedes: 'p1' })
    const after = matchLines({ bankLines: [first, second], bookEntries: [entry] })
    expect(after.matches).toMatchObject([{ status: 'AUTO', certainty: 'POSTED', bankLineIds: ['q1'] }])
    expect(after.items).toMatchObject([{ bankLineIds: ['q1', 'p1'], status: 'RECONCILED' }])
  })
})
