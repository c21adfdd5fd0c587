import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currencyCodes } from './currency.ts'
import { addMoney, fromMinorUnits, type MoneyFormat, money, negateMoney, parseMoney, toMinorUnits } from './money.ts'

describe('money', () => {
  it.each([
    ['12.5', 'USD', '12.50'],
    ['-0', 'USD', '0.00'],
    ['1250', 'JPY', '1250'],
    ['1250.00', 'JPY', '1250'],
    ['1.250', 'KWD', '1.250'],
    ['0007.10', 'EUR', '7.10'],
  ])('reads %s %s as %s', (text, currency, amount) => {
    expect(money(text, currency)).toEqual({ amount, currency })
  })

  it.each([
    '1e1000000000',
    'NaN',
    'Infinity',
    '',
    ' ',
    '.',
    '1.234,56',
    '1,234.56',
    '0x10',
    '1.005',
    '--1',
    '12.00-',
    '(1)',
    '1\u0000',
    '٣',
  ])('refuses %j', (text) => {
    expect(() => money(text, 'USD')).toThrow(expect.objectContaining({ code: 'MONEY_INVALID' }))
  })

  it('refuses an unknown currency and an amount beyond 64 bits', () => {
    expect(() => money('1', 'ZZZ')).toThrow(expect.objectContaining({ code: 'CURRENCY_UNKNOWN' }))
    expect(() => money('99999999999999999999', 'USD')).toThrow(expect.objectContaining({ code: 'MONEY_OUT_OF_RANGE' }))
  })

  it('never adds two currencies', () => {
    expect(() => addMoney(money('1', 'USD'), money('1', 'EUR'))).toThrow(
      expect.objectContaining({ code: 'CURRENCY_MISMATCH' }),
    )
  })

  it('goes to minor units and back for every currency', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(2n ** 63n - 1n), 2n ** 63n - 1n),
        fc.constantFrom(...currencyCodes),
        (minor, currency) => {
          const value = fromMinorUnits(minor, currency)
          expect(toMinorUnits(value)).toBe(minor)
          expect(money(value.amount, currency)).toEqual(value)
          expect(toMinorUnits(negateMoney(value))).toBe(-minor)
        },
      ),
    )
  })
})

describe('parseMoney', () => {
  const usd: MoneyFormat = { currency: 'USD', decimalMark: '.' }
  it.each<[string, MoneyFormat, string]>([
    ['1,234,567.89', { ...usd, groupMarks: [','] }, '1234567.89'],
    ['1.234,56', { currency: 'EUR', decimalMark: ',', groupMarks: ['.'] }, '1234.56'],
    ['1 234,56', { currency: 'EUR', decimalMark: ',', groupMarks: [' '] }, '1234.56'],
    ['1\u202f234,56', { currency: 'EUR', decimalMark: ',', groupMarks: [' '] }, '1234.56'],
    ["11'613.94", { currency: 'CHF', decimalMark: '.', groupMarks: ["'"] }, '11613.94'],
    ['(12.00)', { ...usd, parentheses: true }, '-12.00'],
    ['12.00-', { ...usd, trailingSign: true }, '-12.00'],
    ['1250', { ...usd, impliedDecimals: 2 }, '12.50'],
    ['5', { ...usd, impliedDecimals: 2 }, '0.05'],
    ['+7', usd, '7.00'],
  ])('reads %s as declared', (text, format, amount) => {
    expect(parseMoney(text, format)).toEqual({ ok: true, value: { amount, currency: format.currency } })
  })

  it.each<[string, MoneyFormat]>([
    ['1,2,3', { ...usd, groupMarks: [','] }],
    ['12,34.5', { ...usd, groupMarks: [','] }],
    ['1.234,56', usd],
    ['(12.00)', usd],
    ['9'.repeat(41), usd],
  ])('refuses %s', (text, format) => {
    expect(parseMoney(text, format)).toMatchObject({ ok: false, refusal: { code: 'MONEY_INVALID' } })
  })
})
