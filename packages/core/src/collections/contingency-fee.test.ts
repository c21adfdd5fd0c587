import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareMoney, fromMinorUnits, money, subtractMoney, toMinorUnits } from '../money/money.ts'
import { contingencyFee } from './contingency-fee.ts'
import { contingencyRate } from './contingency-rate.ts'

describe('contingencyRate', () => {
  it.each([
    ['0', 0n],
    ['0.1', 100_000n],
    ['0.10', 100_000n],
    ['0.333333', 333_333n],
    ['1', 1_000_000n],
    ['1.000000', 1_000_000n],
  ])('reads %s', (text, numerator) => {
    expect(contingencyRate(text)).toEqual({ ok: true, value: { text, numerator, denominator: 1_000_000n } })
  })

  it.each([
    '1.5',
    '-0.1',
    '+0.1',
    '0.1234567',
    '1.000001',
    '.5',
    '0.',
    '00.1',
    '01',
    '10%',
    '1e-1',
    'NaN',
    '',
    ' 0.1',
    '0,1',
    '2',
  ])('refuses %j', (text) => {
    expect(contingencyRate(text)).toMatchObject({ ok: false, refusal: { code: 'RATE_INVALID' } })
  })

  it('refuses what is no text at all, and shows at most 40 characters of it', () => {
    const number: unknown = 0.1
    expect(contingencyRate(number as string)).toMatchObject({ refusal: { code: 'RATE_INVALID' } })
    const long = contingencyRate('9'.repeat(100_000))
    expect(long.ok ? '' : long.refusal.message.length).toBeLessThan(140)
  })
})

describe('contingencyFee', () => {
  const fee = (amount: string, currency: string, rate: string) =>
    contingencyFee({ recovered: money(amount, currency), rate, rounding: 'HALF_UP' })

  it.each([
    ['333.35', 'USD', '0.10', '33.34'],
    ['333.34', 'USD', '0.10', '33.33'],
    ['500.00', 'USD', '0.25', '125.00'],
    ['0.01', 'USD', '0.499999', '0.00'],
    ['0.01', 'USD', '0.5', '0.01'],
    ['100.00', 'USD', '0', '0.00'],
    ['100.00', 'USD', '1', '100.00'],
    ['1005', 'JPY', '0.1', '101'],
    ['1.005', 'KWD', '0.1', '0.101'],
    ['92233720368547758.07', 'USD', '0.333333', '30744542711609129.84'],
  ])('of %s %s at %s is %s', (amount, currency, rate, expected) => {
    expect(fee(amount, currency, rate)).toEqual({ ok: true, value: { amount: expected, currency } })
  })

  it('names the rounding: 33.335 is 33.34 half up and 33.33 down', () => {
    const recovered = money('333.35', 'USD')
    expect(contingencyFee({ recovered, rate: '0.10', rounding: 'DOWN' })).toEqual({
      ok: true,
      value: money('33.33', 'USD'),
    })
  })

  it.each([
    ['0.00', 'AMOUNT_NOT_POSITIVE'],
    ['-10.00', 'AMOUNT_NOT_POSITIVE'],
  ])('refuses a payment of %s', (amount, code) => {
    expect(fee(amount, 'USD', '0.1')).toMatchObject({ ok: false, refusal: { code } })
  })

  it('refuses a rate of 1.5 as a value', () => {
    expect(fee('10.00', 'USD', '1.5')).toMatchObject({ ok: false, refusal: { code: 'RATE_INVALID' } })
  })

  it('is never more than the payment, never negative, and grows with the payment', () => {
    const rates = fc
      .integer({ min: 0, max: 1_000_000 })
      .map((rate) => (rate === 1_000_000 ? '1' : `0.${String(rate).padStart(6, '0')}`))
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 15n), fc.bigInt(0n, 10n ** 12n), rates, (minor, more, rate) => {
        const recovered = fromMinorUnits(minor, 'USD')
        const of = (value: bigint) => {
          const answer = contingencyFee({ recovered: fromMinorUnits(value, 'USD'), rate, rounding: 'HALF_UP' })
          if (!answer.ok) throw new Error(answer.refusal.code)
          return answer.value
        }
        const taken = of(minor)
        expect(toMinorUnits(taken) >= 0n).toBe(true)
        expect(toMinorUnits(subtractMoney(recovered, taken)) >= 0n).toBe(true)
        expect(compareMoney(of(minor + more), taken)).not.toBe(-1)
      }),
    )
  })
})
