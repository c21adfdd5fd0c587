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
      'id,amount,currency,endToEndId,checkNumber,remittanceText',
      'B1,-12.50,USD,INV-0042,,"with, comma"',
      'B2,7,EUR,,000123,',
      '"B,3",5.00,USD,NONREF,,',
      'B4,9.00,USD,SAME-1,,',
      'B5,9.00,USD,SAME-1,,',
      'B6,3.10,USD,"Q-9",,\r',
      '',
    ].join('\n')
    const ledger = [
      'id,amount,currency,paymentReference,transactionNumber',
      'L1,-12.5,USD,inv 42,',
      'L2,7.00,EUR,,123',
      'L3,5.00,USD,NONREF,',
      'L4,9.00,USD,SAME-1,',
      'L6,3.1,USD,Q9,',
    ].join('\n')
    expect(pairsOf(bank, ledger)).toBe('bank,ledger\nB1,L1\nB2,L2\nB6,L6\n')
  })

  it.each([
    ['other header', 'Date;Amount\n1;2\n'],
    ['no line', 'id,amount,currency,endToEndId'],
    ['doubled quote in an identifier', 'id,amount,currency,endToEndId\nB1,1,USD,"a""1"\n'],
    ['open quote', 'id,amount,currency,endToEndId\nB1,1,USD,"a1\n'],
  ])('leaves a file to the full reader: %s', (_, text) => {
    expect(readPairsOnly(encode(text), 'BANK')).toBeUndefined()
  })

  it.each(['1e5', '1.234,56', '', '-', '1.', '1.23456', '12345678901234567', 'NaN'])(
    'never pairs the amount %j',
    (amount) => {
      const bank = `id,amount,currency,endToEndId\nB1,"${amount}",USD,A1\nB2,${amount.includes(',') ? '0' : amount},USD,A2\n`
      const ledger = `id,amount,currency,paymentReference\nL1,0,USD,A1\nL2,1,USD,A2\n`
      expect(pairsOf(bank, ledger)).toBe('bank,ledger\n')
    },
  )
})
