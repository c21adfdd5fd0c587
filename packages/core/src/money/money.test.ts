import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currencyCodes } from './currency.ts'
import {
  addMoney,
  compareMoney,
  fromMinorUnits,
  isZeroMoney,
  type MoneyFormat,
  money,
  multiplyMoney,
  negateMoney,
  parseMoney,
  subtractMoney,
  sumMoney,
  toMinorUnits,
} from './money.ts'

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

describe('parseMoney, edge by edge', () => {
  const usd: MoneyFormat = { currency: 'USD', decimalMark: '.' }
  it.each<[string, MoneyFormat, string]>([
    ['(12.34)', { ...usd, parentheses: true }, '-12.34'],
    ['12.34', { ...usd, trailingSign: true }, '12.34'],
    ['12.34+', { ...usd, trailingSign: true }, '12.34'],
    ['5.00'.padStart(40), usd, '5.00'],
    ['−5.00', usd, '-5.00'],
    ['- 5.00', usd, '-5.00'],
    ['+ 5.00', usd, '5.00'],
    ['5.00+', { ...usd, trailingSign: true }, '5.00'],
    ['5.00 -', { ...usd, trailingSign: true }, '-5.00'],
    ['( 5.00 )', { ...usd, parentheses: true }, '-5.00'],
    ['12.34', { ...usd, impliedDecimals: 2 }, '12.34'],
    ['1000', { currency: 'JPY', decimalMark: '.', impliedDecimals: 0 }, '1000'],
    ['1200', { ...usd, impliedDecimals: 4 }, '0.12'],
    ['1000000', { ...usd, groupMarks: [','] }, '1000000.00'],
    ['1,000', { ...usd, groupMarks: [','] }, '1000.00'],
    ['12,000.5', { ...usd, groupMarks: [','] }, '12000.50'],
    ['123\u00a0456', { ...usd, groupMarks: [' '] }, '123456.00'],
    ["1'234.50", { ...usd, groupMarks: [',', "'"] }, '1234.50'],
    ['1.50', { ...usd, groupMarks: ['.'] }, '1.50'],
    ['0.5', usd, '0.50'],
    ['1.2300', usd, '1.23'],
    ['92233720368547758.07', usd, '92233720368547758.07'],
    ['-92233720368547758.07', usd, '-92233720368547758.07'],
  ])('reads %j', (text, format, amount) => {
    expect(parseMoney(text, format)).toEqual({ ok: true, value: { amount, currency: format.currency } })
  })

  it.each<[string, MoneyFormat, string]>([
    ['5.00'.padStart(41), usd, 'MONEY_INVALID'],
    ['(5.00', { ...usd, parentheses: true }, 'MONEY_INVALID'],
    ['5.00)', { ...usd, parentheses: true }, 'MONEY_INVALID'],
    ['(5.00)-', { ...usd, parentheses: true, trailingSign: true }, 'MONEY_INVALID'],
    ['5.00-', usd, 'MONEY_INVALID'],
    ['-5.00-', { ...usd, trailingSign: true }, 'MONEY_INVALID'],
    ['--5.00', usd, 'MONEY_INVALID'],
    ['1,2345', { ...usd, groupMarks: [','] }, 'MONEY_INVALID'],
    [',123', { ...usd, groupMarks: [','] }, 'MONEY_INVALID'],
    ['1234,567', { ...usd, groupMarks: [','] }, 'MONEY_INVALID'],
    ['1.0000001', usd, 'MONEY_INVALID'],
    ['92233720368547758.08', usd, 'MONEY_OUT_OF_RANGE'],
    ['-92233720368547758.08', usd, 'MONEY_OUT_OF_RANGE'],
    ['1.00', { currency: 'ABC', decimalMark: '.' }, 'CURRENCY_UNKNOWN'],
    ['1.00', { currency: '__proto__', decimalMark: '.' }, 'CURRENCY_UNKNOWN'],
  ])('refuses %j', (text, format, code) => {
    expect(parseMoney(text, format)).toMatchObject({ ok: false, refusal: { code } })
  })

  it('shows at most 40 characters of what it refuses, and says why', () => {
    const answer = parseMoney('x'.repeat(1_000_000), usd)
    if (answer.ok) throw new Error('read')
    expect(answer.refusal.message).toBe(`"${'x'.repeat(40)}" is not an amount: longer than 40 characters.`)
    expect(parseMoney('12a', usd)).toMatchObject({
      refusal: { message: '"12a" is not an amount: expected digits with "." before the decimals.' },
    })
    expect(parseMoney('1.005', usd)).toMatchObject({
      refusal: { message: '"1.005" is not an amount: USD has 2 decimals.' },
    })
    expect(parseMoney('1,2', { ...usd, groupMarks: [','] })).toMatchObject({
      refusal: { message: '"1,2" is not an amount: a mark was not declared or groups are not of three digits.' },
    })
  })
})

describe('arithmetic', () => {
  const usd = (amount: string) => money(amount, 'USD')
  it('adds, subtracts, negates, compares and sums exactly', () => {
    expect(addMoney(usd('0.10'), usd('0.20'))).toEqual(usd('0.30'))
    expect(subtractMoney(usd('0.10'), usd('0.30'))).toEqual(usd('-0.20'))
    expect(negateMoney(usd('0.00'))).toEqual(usd('0.00'))
    expect([usd('1'), usd('2'), usd('3')].map((value) => compareMoney(value, usd('2')))).toEqual([-1, 0, 1])
    expect(sumMoney([usd('0.10'), usd('0.20'), usd('-0.30')], 'USD')).toEqual(usd('0.00'))
    expect(sumMoney([], 'JPY')).toEqual({ amount: '0', currency: 'JPY' })
    expect([isZeroMoney(usd('0')), isZeroMoney(usd('0.01'))]).toEqual([true, false])
  })

  it('goes beyond what a number can hold', () => {
    const large = usd('90071992547409.93')
    expect(sumMoney(Array(1000).fill(large), 'USD').amount).toBe('90071992547409930.00')
  })

  it('never mixes currencies', () => {
    const euro = money('1.00', 'EUR')
    for (const mixed of [
      () => addMoney(usd('1'), euro),
      () => subtractMoney(usd('1'), euro),
      () => compareMoney(usd('1'), euro),
      () => sumMoney([usd('1'), euro], 'USD'),
      () => sumMoney([euro], 'USD'),
    ]) {
      expect(mixed).toThrow(/do not add/)
    }
  })

  it('multiplies by a ratio with the rounding that is named', () => {
    const third = { numerator: 1n, denominator: 3n }
    expect(multiplyMoney(usd('1.00'), third, 'HALF_UP')).toEqual(usd('0.33'))
    expect(multiplyMoney(usd('1.00'), third, 'UP')).toEqual(usd('0.34'))
    expect(multiplyMoney(usd('-1.00'), third, 'FLOOR')).toEqual(usd('-0.34'))
    for (const denominator of [0n, -1n]) {
      expect(() => multiplyMoney(usd('1'), { numerator: 1n, denominator }, 'UP')).toThrow(/must be positive/)
    }
  })

  it.each(['1', '1.0', '1.000', '1e2', '', '+1.00', '1,00', '--1.00', '1.00 ', 'NaN'])(
    'refuses %j as made elsewhere',
    (amount) => {
      expect(() => toMinorUnits({ amount, currency: 'USD' })).toThrow(/not canonical/)
    },
  )
})
