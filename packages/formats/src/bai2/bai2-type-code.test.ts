import { describe, expect, it } from 'vitest'
import { bai2TypeCode, bai2TypeCodes } from './bai2-type-code.ts'

describe('bai2TypeCode', () => {
  it('holds the whole table, each code once', () => {
    expect(bai2TypeCodes.length).toBeGreaterThan(400)
    expect(new Set(bai2TypeCodes.map((code) => code.code)).size).toBe(bai2TypeCodes.length)
    for (const code of bai2TypeCodes) {
      expect(code.code).toMatch(/^\d{3}$/)
      expect(code.name.length).toBeGreaterThan(3)
    }
  })

  it('gives credits and debits their range', () => {
    for (const { code, direction } of bai2TypeCodes) {
      if (code >= '100' && code <= '399') expect(direction).toBe('CREDIT')
      if (code >= '400' && code <= '699') expect(direction).toBe('DEBIT')
      if (code < '100') expect(direction).toBe('NONE')
    }
  })

  it.each([
    ['275', 'CREDIT', 'DETAIL', 'SWEEP', 'ZBA Credit'],
    ['575', 'DEBIT', 'DETAIL', 'SWEEP', 'ZBA Debit'],
    ['495', 'DEBIT', 'DETAIL', 'WIRE', 'Outgoing Money Transfer'],
    ['514', 'DEBIT', 'DETAIL', 'WIRE', 'Foreign Exchange Debit'],
    ['475', 'DEBIT', 'DETAIL', 'CHECK', 'Check Paid'],
    ['455', 'DEBIT', 'DETAIL', 'DIRECT_DEBIT', 'Preauthorized ACH Debit'],
    ['165', 'CREDIT', 'DETAIL', 'EFT', 'Preauthorized ACH Credit'],
    ['270', 'CREDIT', 'SUMMARY', 'OTHER', 'Total ZBA Credits'],
    ['760', 'DEBIT', 'SUMMARY', 'OTHER', 'Loan Disbursement'],
    ['721', 'CREDIT', 'DETAIL', 'OTHER', 'Amount Applied to Interest'],
    ['015', 'NONE', 'STATUS', 'OTHER', 'Closing Ledger'],
    ['890', 'NONE', 'MESSAGE', 'OTHER', 'Non-monetary Information'],
  ])('knows %s', (code, direction, level, instrument, name) => {
    expect(bai2TypeCode(code)).toEqual({ code, direction, level, instrument, name, known: true })
  })

  it.each([
    ['905', 'NONE'],
    ['920', 'CREDIT'],
    ['959', 'CREDIT'],
    ['960', 'DEBIT'],
    ['999', 'DEBIT'],
    ['111', 'CREDIT'],
    ['699', 'DEBIT'],
  ])('reads %s by its range', (code, direction) => {
    expect(bai2TypeCode(code)?.direction).toBe(direction)
  })

  it('does not guess the direction of what has no range', () => {
    for (const code of ['000', '800', '710', 'DDA', '12', '1234', '']) expect(bai2TypeCode(code)).toBeUndefined()
  })

  it('lets the profile decide first', () => {
    const profile = {
      name: 'own',
      customCodes: { '930-959': { direction: 'DEBIT' as const, instrument: 'FEE' as const } },
    }
    expect(bai2TypeCode('945', profile)).toMatchObject({ direction: 'DEBIT', instrument: 'FEE', known: true })
  })
})
