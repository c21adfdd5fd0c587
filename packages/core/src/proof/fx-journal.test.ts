import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromMinorUnits, money } from '../money/money.ts'
import { type FxJournalRequest, type FxWire, fxVarianceJournal, journalTotals } from './fx-journal.ts'

const usd = (amount: string) => money(amount, 'USD')
const wire = (id: string, settled: string, booked: string): FxWire => ({
  bankLineId: id,
  bookEntryId: `entry-${id}`,
  settled: usd(settled),
  booked: usd(booked),
})
const request: FxJournalRequest = {
  journalId: 'JE-2026-11',
  date: '2026-11-30',
  currency: 'USD',
  accounts: { cash: '01-1010-000', gainLoss: '01-7310-000' },
  wires: [wire('w2', '-1012.50', '-1000.00'), wire('w1', '-498.00', '-500.00'), wire('w3', '-7.00', '-7.00')],
}
const made = (given: Partial<FxJournalRequest> = {}) => {
  const answer = fxVarianceJournal({ ...request, ...given })
  if (!answer.ok) throw new Error(answer.refusal.code)
  return answer.value
}

describe('fxVarianceJournal', () => {
  it('has one cash line per wire by sign and one netted line', () => {
    expect(made()).toEqual({
      journalId: 'JE-2026-11',
      date: '2026-11-30',
      currency: 'USD',
      lines: [
        {
          account: '01-1010-000',
          side: 'DEBIT',
          amount: usd('2.00'),
          description: 'FX variance w1',
          bankLineId: 'w1',
          bookEntryId: 'entry-w1',
        },
        {
          account: '01-1010-000',
          side: 'CREDIT',
          amount: usd('12.50'),
          description: 'FX variance w2',
          bankLineId: 'w2',
          bookEntryId: 'entry-w2',
        },
        { account: '01-7310-000', side: 'DEBIT', amount: usd('10.50'), description: 'FX loss, net' },
      ],
      debits: usd('12.50'),
      credits: usd('12.50'),
      net: usd('-10.50'),
    })
  })

  it('credits a gain, and needs no netted line when gains and losses cancel', () => {
    expect(made({ wires: [wire('w1', '101.00', '100.00')] }).lines.at(-1)).toMatchObject({
      account: '01-7310-000',
      side: 'CREDIT',
      description: 'FX gain, net',
    })
    expect(made({ wires: [wire('w1', '1.00', '2.00'), wire('w2', '3.00', '2.00')] }).lines).toHaveLength(2)
  })

  it.each<[string, Partial<FxJournalRequest>, string]>([
    ['no wires', { wires: [] }, 'NOTHING_TO_POST'],
    ['wires without a variance', { wires: [wire('w', '1.00', '1.00')] }, 'NOTHING_TO_POST'],
    ['a blank cash account', { accounts: { cash: ' ', gainLoss: 'x' } }, 'ACCOUNT_MISSING'],
    ['a blank gain and loss account', { accounts: { cash: 'x', gainLoss: '' } }, 'ACCOUNT_MISSING'],
    ['a day that does not exist', { date: '2026-11-31' }, 'DATE_INVALID'],
    [
      'a wire settled in euro',
      { wires: [{ ...wire('w', '1.00', '1.00'), settled: money('1', 'EUR') }] },
      'CURRENCY_MISMATCH',
    ],
    [
      'a wire booked in euro',
      { wires: [{ ...wire('w', '1.00', '1.00'), booked: money('1', 'EUR') }] },
      'CURRENCY_MISMATCH',
    ],
    ['a wire twice', { wires: [wire('w', '1.00', '2.00'), wire('w', '1.00', '2.00')] }, 'RECORD_DUPLICATE_ID'],
    [
      'a variance that is not one',
      { wires: [{ ...wire('w', '1.00', '2.00'), variance: usd('1.00') }] },
      'VARIANCE_DIFFERS',
    ],
    [
      'a variance in euro',
      { wires: [{ ...wire('w', '1.00', '2.00'), variance: money('-1', 'EUR') }] },
      'VARIANCE_DIFFERS',
    ],
  ])('refuses %s', (_what, given, code) => {
    expect(fxVarianceJournal({ ...request, ...given })).toMatchObject({ ok: false, refusal: { code } })
  })

  it('names the wires it refuses', () => {
    const euro = { ...wire('euro', '1.00', '1.00'), settled: money('1', 'EUR') }
    const differs = { ...wire('differs', '1.00', '2.00'), variance: usd('1.00') }
    const ids = (wires: readonly FxWire[]) => {
      const answer = fxVarianceJournal({ ...request, wires })
      return answer.ok ? [] : answer.refusal.ids
    }
    expect(ids([euro])).toEqual(['euro'])
    expect(ids([differs])).toEqual(['differs'])
    expect(ids([wire('w', '1.00', '2.00'), wire('w', '1.00', '2.00')])).toEqual(['w'])
    expect(made({ wires: [{ ...wire('w', '1.00', '2.00'), variance: usd('-1.00') }] }).net).toEqual(usd('-1.00'))
  })

  it('always balances', () => {
    const amounts = fc.bigInt(-(10n ** 12n), 10n ** 12n)
    fc.assert(
      fc.property(fc.array(fc.tuple(amounts, amounts), { minLength: 1, maxLength: 20 }), (pairs) => {
        const wires = pairs.map(([settled, booked], at) => ({
          bankLineId: `w${at}`,
          bookEntryId: `e${at}`,
          settled: fromMinorUnits(settled, 'USD'),
          booked: fromMinorUnits(booked, 'USD'),
        }))
        const answer = fxVarianceJournal({ ...request, wires })
        const net = pairs.reduce((sum, [settled, booked]) => sum + settled - booked, 0n)
        if (!answer.ok) {
          expect(answer.refusal.code).toBe('NOTHING_TO_POST')
          expect(pairs.every(([settled, booked]) => settled === booked)).toBe(true)
          return
        }
        expect(answer.value.debits).toEqual(answer.value.credits)
        expect(answer.value.net).toEqual(fromMinorUnits(net, 'USD'))
      }),
      { numRuns: 80 },
    )
  })
})

describe('journalTotals', () => {
  const line = (side: 'DEBIT' | 'CREDIT', amount = '1.00', currency = 'USD') => ({
    account: 'x',
    side,
    amount: money(amount, currency),
    description: '',
  })
  it('refuses a set that does not balance, and says by how much', () => {
    expect(journalTotals([line('DEBIT'), line('CREDIT', '0.99')], 'USD')).toMatchObject({
      refusal: { code: 'JOURNAL_UNBALANCED', details: { debits: usd('1.00'), credits: usd('0.99') } },
    })
    expect(journalTotals([line('DEBIT', '-1.00'), line('CREDIT', '-1.00')], 'USD')).toMatchObject({ ok: false })
    expect(journalTotals([line('DEBIT', '0.00'), line('CREDIT', '0.00')], 'USD')).toMatchObject({ ok: false })
    expect(journalTotals([line('DEBIT'), line('CREDIT', '1.00', 'EUR')], 'USD')).toMatchObject({
      refusal: { code: 'CURRENCY_MISMATCH' },
    })
    expect(journalTotals([line('DEBIT'), line('CREDIT')], 'USD')).toEqual({
      ok: true,
      value: { debits: usd('1.00'), credits: usd('1.00') },
    })
  })
})
