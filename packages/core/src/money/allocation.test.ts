import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocateMoney } from './allocation.ts'
import { fromMinorUnits, money, sumMoney } from './money.ts'

describe('allocateMoney', () => {
  it('gives the cent left over to the largest remainder', () => {
    expect(allocateMoney(money('100.00', 'USD'), [1n, 1n, 1n]).map((part) => part.amount)).toEqual([
      '33.34',
      '33.33',
      '33.33',
    ])
  })

  it('loses no minor unit, whatever the weights and sign', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(10n ** 15n), 10n ** 15n),
        fc
          .array(fc.bigInt(0n, 10n ** 9n), { minLength: 1, maxLength: 12 })
          .filter((weights) => weights.some((weight) => weight > 0n)),
        (minor, weights) => {
          const value = fromMinorUnits(minor, 'USD')
          expect(sumMoney(allocateMoney(value, weights), 'USD')).toEqual(value)
        },
      ),
    )
  })

  it('refuses weights that cannot share anything', () => {
    expect(() => allocateMoney(money('1.00', 'USD'), [0n])).toThrow(/must be positive/)
    expect(() => allocateMoney(money('1.00', 'USD'), [2n, -1n])).toThrow(/must not be negative/)
  })
})
