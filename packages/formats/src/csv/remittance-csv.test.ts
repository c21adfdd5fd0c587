import { journalTotals, money, type Remittance } from '@recon/core'
import { expect, test } from 'vitest'
import { quickbooksJournal, writeQuickbooksImportCsv, writeRemittanceCsv } from './remittance-csv.ts'

const row: Remittance = {
  id: 'R1',
  version: 1,
  placementId: 'P1',
  paymentId: 'PAY1',
  kind: 'PAYMENT',
  status: 'paid',
  recovered: money('333.35', 'USD'),
  fee: money('33.34', 'USD'),
  net: money('300.01', 'USD'),
  rate: '0.10',
  occurredAt: '2026-03-02T10:00:00Z',
  transferReference: 'T-9',
}
const reversal: Remittance = {
  ...row,
  id: 'R2',
  kind: 'REVERSAL',
  recovered: money('-333.35', 'USD'),
  fee: money('-33.34', 'USD'),
  net: money('-300.01', 'USD'),
}
const accounts = {
  receivable: 'Accounts Receivable (A/R)',
  clearing: 'Clearing',
  feeExpense: 'Collection fees',
  customerName: () => 'Debtor Ltd',
}

test('the remittance ledger keeps its signs and the rate of its time', () => {
  const [, first] = writeRemittanceCsv([row]).split('\r\n')
  expect(first).toBe('R1,P1,PAY1,PAYMENT,paid,2026-03-02T10:00:00Z,333.35,33.34,300.01,USD,0.10,T-9,')
})
test('a QuickBooks journal balances, and a reversal turns it around', () => {
  for (const one of [row, reversal]) {
    const lines = quickbooksJournal([one], accounts).map((journalRow) => journalRow.line)
    expect(journalTotals(lines, 'USD')).toMatchObject({ ok: true, value: { debits: money('333.35', 'USD') } })
  }
  expect(writeQuickbooksImportCsv([reversal], accounts).split('\r\n').slice(1, 4)).toEqual([
    'R2,2026-03-02,Clearing,,300.01,"Remittance R2, placement P1",,USD',
    'R2,2026-03-02,Collection fees,,33.34,"Remittance R2, placement P1",,USD',
    'R2,2026-03-02,Accounts Receivable (A/R),333.35,,"Remittance R2, placement P1",Debtor Ltd,USD',
  ])
})
