import { describe, expect, it } from 'vitest'
import { matchLines } from '../match-lines.ts'
import { money } from '../money/money.ts'
import type { BankLine } from '../records/bank-line.ts'
import type { BookEntry } from '../records/book-entry.ts'

const leg = (id: string, amount: string, structureId: string): BankLine => ({
  id,
  account: '4471',
  bookingDate: '2026-11-20',
  amount: money(amount, 'USD'),
  status: 'POSTED',
  instrument: 'SWEEP',
  transactionCode: amount.startsWith('-') ? '575' : '275',
  references: { structureId },
})
const journal = (id: string, amount: string, description: string): BookEntry => ({
  id,
  account: '4471',
  date: '2026-11-20',
  amount: money(amount, 'USD'),
  kind: 'GL_ENTRY',
  instrument: 'SWEEP',
  references: { documentNumber: id, description },
})
const groups = (bankLines: BankLine[], bookEntries: BookEntry[]) =>
  matchLines({ bankLines, bookEntries }).items.map((item) => ({
    lines: [...item.bankLineIds].sort(),
    status: item.matches[0]?.status,
    reason: item.reason.code,
    difference: item.matches[0]?.difference.amount,
  }))

describe('sweep batches', () => {
  it('keep structures apart by the id their journals quote', () => {
    const found = groups(
      [leg('a1', '10.00', 'CC1'), leg('a2', '20.00', 'CC1'), leg('b1', '7.00', 'CC2')],
      [journal('j1', '30.00', 'Concentration CC1'), journal('j2', '7.00', 'Concentration CC2')],
    )
    expect(found).toContainEqual({
      lines: ['a1', 'a2'],
      status: 'PROPOSED',
      reason: 'SWEEP_BY_STRUCTURE',
      difference: '0.00',
    })
    expect(found).toContainEqual({
      lines: ['b1'],
      status: 'PROPOSED',
      reason: 'SWEEP_BY_STRUCTURE',
      difference: '0.00',
    })
    expect(found).toHaveLength(2)
  })

  it('stay whole and flagged when a cent is missing', () => {
    const found = groups(
      [leg('a1', '10.00', 'CC1'), leg('a2', '20.00', 'CC1')],
      [journal('j1', '10.00', 'Sweep CC1'), journal('j2', '20.01', 'Sweep CC1')],
    )
    expect(found).toEqual([{ lines: ['a1', 'a2'], status: 'FLAGGED', reason: 'SWEEP_UNBALANCED', difference: '-0.01' }])
  })

  it('keep the leg that is left out with its batch', () => {
    const found = groups(
      [leg('a1', '10.00', 'CC1'), leg('a2', '-4.00', 'CC1')],
      [journal('j1', '9.99', 'Sweep CC1'), journal('j2', '0.01', 'Sweep CC1')],
    )
    expect(found).toMatchObject([{ lines: ['a1', 'a2'], status: 'PROPOSED', difference: '0.00' }])
  })

  it('read an id as a whole word only', () => {
    const found = groups([leg('a1', '10.00', 'CC1')], [journal('j1', '9.00', 'Sweep CC12')])
    expect(found).toMatchObject([{ reason: 'NO_CANDIDATE' }])
  })
})
