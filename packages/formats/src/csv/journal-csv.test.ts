import { fxVarianceJournal, money } from '@recon/core'
import { expect, test } from 'vitest'
import { writeFxJournalCsv } from './journal-csv.ts'

const wire = (bankLineId: string, settled: string, booked: string) => ({
  bankLineId,
  bookEntryId: `L-${bankLineId}`,
  settled: money(settled, 'USD'),
  booked: money(booked, 'USD'),
})

test('one cash line for each wire by its sign, one netted gain or loss line', () => {
  const journal = fxVarianceJournal({
    journalId: 'FX-2026-03',
    date: '2026-03-31',
    currency: 'USD',
    wires: [wire('W1', '112.50', '100.00'), wire('W2', '80.00', '100.00'), wire('W3', '5.00', '5.00')],
    accounts: { cash: '=1000 Cash', gainLoss: '7100 FX' },
  })
  if (!journal.ok) throw new Error(journal.refusal.message)
  expect(writeFxJournalCsv(journal.value).split('\r\n')).toEqual([
    'JournalNo,JournalDate,AccountName,Debits,Credits,Description,Name,Currency',
    "FX-2026-03,2026-03-31,'=1000 Cash,12.50,,FX variance W1,,USD",
    "FX-2026-03,2026-03-31,'=1000 Cash,,20.00,FX variance W2,,USD",
    'FX-2026-03,2026-03-31,7100 FX,7.50,,"FX loss, net",,USD',
    '',
  ])
})
