import type { BankLine, ReviewItem } from '@recon/core'
import { expect, test } from 'vitest'
import { type ItemRow, writeEscalationsCsv, writeExceptionsCsv, writeFlaggedCsv } from './item-csv.ts'

const note = {
  reason: '=1+1',
  actorId: 'anna',
  at: '2026-03-02T10:00:00Z',
  bankLineIds: ['B1'],
  bookEntryIds: ['L1', 'L2'],
}
function rowOf(status: ReviewItem['status']): ItemRow {
  const line: BankLine = {
    id: 'B1',
    account: 'OPS',
    bookingDate: '2026-03-02',
    amount: { amount: '-12.50', currency: 'USD' },
    status: 'POSTED',
    references: { endToEndId: '-REF' },
    returnCode: 'R01',
    counterparty: { name: 'Acme, Inc.' },
  }
  const item = {
    id: 'i1',
    bankLineIds: ['B1'],
    bookEntryIds: [],
    perspective: 'BANK',
    scenario: 'FAILED_PAYMENT',
    bucket: 'NO_MATCH',
    status,
    matches: [],
    reason: { code: 'RETURNED' },
    severity: 90,
    version: 1,
    flag: note,
    escalation: note,
  } as unknown as ReviewItem
  return { item, bankLines: [line], bookEntries: [] }
}

test('escalations name when, by whom and why, and guard text but not amounts', () => {
  const text = writeEscalationsCsv([rowOf('ESCALATED'), rowOf('FLAGGED'), rowOf('RECONCILED')])
  expect(text.split('\r\n').filter((row) => row !== '')).toEqual([
    'escalatedAt,escalatedBy,note,returnCode,item,scenario,status,account,date,amount,currency,reference,counterparty,bankLines,ledgerEntries',
    '2026-03-02T10:00:00Z,anna,\'=1+1,R01,i1,FAILED_PAYMENT,ESCALATED,OPS,2026-03-02,-12.50,USD,\'-REF,"Acme, Inc.",B1,',
  ])
})
test('flagged items carry both candidates, exceptions leave out what is reconciled', () => {
  expect(writeFlaggedCsv([rowOf('FLAGGED')])).toContain('L1; L2')
  expect(writeExceptionsCsv([rowOf('FLAGGED'), rowOf('RECONCILED')]).split('\r\n')).toHaveLength(3)
})
