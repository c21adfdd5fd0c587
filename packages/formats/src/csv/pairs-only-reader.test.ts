import { joinIdentifiers } from '@recon/core'
import { describe, expect, it } from 'vitest'
import { pairsOnlyCsv, readPairsOnly } from './pairs-only-reader.ts'

const encode = (text: string) => new TextEncoder().encode(text)

function pairsOf(bank: string, ledger: string): string | undefined {
  const left = readPairsOnly(encode(bank), 'BANK')
  const right = readPairsOnly(encode(ledger), 'LEDGER')
  if (left === undefined || right === undefined) return undefined
  const chunks = [...pairsOnlyCsv(left, right, joinIdentifiers(left, right))]
  return chunks.map((chunk) => new TextDecoder().decode(chunk)).join('')
}

describe('readPairsOnly', () => {
  it('pairs by normalized identifier, amount and currency, each once', () => {
    const bank = [
      'id,bookingDate,amount,currency,endToEndId,checkNumber,remittanceText,returnCode,instrument',
      'B1,2026-03-02,-12.50,USD,INV-0042,,"with, comma",,WIRE',
      'B2,2026-03-02,7,EUR,,000123,,,CHECK',
      '"B,3",2026-03-02,5.00,USD,NONREF,,,,',
      'B4,2026-03-02,9.00,USD,SAME-1,,,,',
      'B5,2026-03-02,9.00,USD,SAME-1,,,,',
      'B6,2026-03-01,3.10,USD,"Q-9",,,,\r',
      'B7,2026-03-02,1.00,USD,R77,,,R01,',
      'B8,2026-03-02,1.00,USD,D78,,,,DIRECT_DEBIT',
      'B9,2026-06-30,1.00,USD,S79,,,,',
      '',
    ].join('\n')
    const ledger = [
      'id,date,amount,currency,paymentReference,transactionNumber',
      'L1,2026-02-27,-12.5,USD,inv 42,',
      'L2,2026-02-27,7.00,EUR,,123',
      'L3,2026-02-27,5.00,USD,NONREF,',
      'L4,2026-02-27,9.00,USD,SAME-1,',
      'L6,2026-02-28,3.1,USD,Q9,',
      'L7,2026-03-02,1.00,USD,R77,',
      'L8,2026-03-02,1.00,USD,D78,',
      'L9,2026-03-02,1.00,USD,S79,',
    ].join('\n')
    expect(pairsOf(bank, ledger)).toBe('bank,ledger\nB1,L1\nB2,L2\nB6,L6\n')
  })

  it.each([
    ['other header', 'Date;Amount\n1;2\n'],
    ['no line', 'id,bookingDate,amount,currency,endToEndId'],
    ['doubled quote in an identifier', 'id,bookingDate,amount,currency,endToEndId\nB1,2026-03-02,1,USD,"a""1"\n'],
    ['open quote', 'id,bookingDate,amount,currency,endToEndId\nB1,2026-03-02,1,USD,"a1\n'],
  ])('leaves a file to the full reader: %s', (_, text) => {
    expect(readPairsOnly(encode(text), 'BANK')).toBeUndefined()
  })

  it('reads files that quote every cell', () => {
    const bank = '"id","bookingDate","amount","currency","endToEndId"\n"B1","2026-03-02","1.00","USD","A1"\n'
    expect(readPairsOnly(encode(bank), 'BANK')).toBeUndefined()
    const plainHeader = bank.replace(
      '"id","bookingDate","amount","currency","endToEndId"',
      'id,bookingDate,amount,currency,endToEndId',
    )
    expect(pairsOf(plainHeader, 'id,date,amount,currency,paymentReference\n"L1","2026-03-02","1","USD","A1"\n')).toBe(
      'bank,ledger\n"B1","L1"\n',
    )
  })

  it('counts days as the calendar does', () => {
    for (const [bankDate, ledgerDate, within] of [
      ['2024-03-01', '2024-01-01', true],
      ['2024-03-02', '2024-01-01', false],
      ['2023-12-31', '2024-01-10', true],
      ['2023-12-31', '2024-01-11', false],
    ] as const) {
      const bank = `id,bookingDate,amount,currency,endToEndId\nB1,${bankDate},1,USD,A1\n`
      const ledger = `id,date,amount,currency,paymentReference\nL1,${ledgerDate},1,USD,A1\n`
      expect(pairsOf(bank, ledger)?.includes('B1,L1')).toBe(within)
    }
  })

  it.each(['1e5', '1.234,56', '', '-', '1.', '1.23456', '12345678901234567', 'NaN'])(
    'never pairs the amount %j',
    (amount) => {
      const bank = `id,bookingDate,amount,currency,endToEndId\nB1,2026-03-02,"${amount}",USD,A1\nB2,2026-03-02,${amount.includes(',') ? '0' : amount},USD,A2\n`
      const ledger = `id,date,amount,currency,paymentReference\nL1,2026-03-02,0,USD,A1\nL2,2026-03-02,1,USD,A2\n`
      expect(pairsOf(bank, ledger)).toBe('bank,ledger\n')
    },
  )
})
