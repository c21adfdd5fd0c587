import { addMoney, fromMinorUnits, isZeroMoney, money, sumMoney } from '@recon/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { fxJournal, writeFxJournalCsv } from './fx-journal.ts'

const options = {
  journalNumber: 'FX-2026-03',
  date: '2026-03-31',
  cashAccount: '1000 Cash',
  gainLossAccount: '7100 FX',
}
const wire = (bankLineId: string, amount: string, currency = 'USD') => ({
  bankLineId,
  difference: money(amount, currency),
})

test('one cash line for each wire by its sign, one netted gain or loss line', () => {
  expect(
    writeFxJournalCsv([wire('W1', '12.50'), wire('W2', '-20.00'), wire('W3', '0.00')], options).split('\r\n'),
  ).toEqual([
    'JournalNo,JournalDate,AccountName,Debits,Credits,Description,Name,Currency',
    'FX-2026-03,2026-03-31,1000 Cash,12.50,,FX difference W1,,USD',
    'FX-2026-03,2026-03-31,1000 Cash,,20.00,FX difference W2,,USD',
    'FX-2026-03,2026-03-31,7100 FX,7.50,,"FX loss, 2 wires",,USD',
    '',
  ])
})
test('a journal always balances', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), { maxLength: 20 }), (differences) => {
      const lines = fxJournal(
        differences.map((minor, index) => ({ bankLineId: `W${index}`, difference: fromMinorUnits(minor, 'USD') })),
        options,
      )
      expect(
        isZeroMoney(
          addMoney(
            sumMoney(
              lines.map((line) => line.amount),
              'USD',
            ),
            money('0', 'USD'),
          ),
        ),
      ).toBe(true)
    }),
  )
})
test('wires in two currencies are refused', () => {
  expect(() => fxJournal([wire('W1', '1.00'), wire('W2', '1.00', 'EUR')], options)).toThrowError(
    'one journal for each currency',
  )
})
