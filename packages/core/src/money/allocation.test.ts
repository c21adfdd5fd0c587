import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocateMoney } from './allocation.ts'
import { fromMinorUnits, money, sumMoney, toMinorUnits } from './money.ts'

describe('allocateMoney', () => {
  it('gives the cent left over to the largest remainder', () => {
    expect(allocateMoney(money('100.00', 'USD'), [1n, 1n, 1n]).map((part) => part.amount)).toEqual([
      '33.34',
      '33.33',
      '33.33',
    ])
  })

  it.each<[string, number[], string[]]>([
    ['0.01', [1, 2], ['0.00', '0.01']],
    ['0.01', [2, 1], ['0.01', '0.00']],
    ['0.01', [1, 1], ['0.01', '0.00']],
    ['0.05', [1, 1, 2], ['0.01', '0.01', '0.03']],
    ['0.07', [1, 3, 3, 5], ['0.00', '0.02', '0.02', '0.03']],
    ['10.00', [3, 0, 7], ['3.00', '0.00', '7.00']],
    ['0.02', [1, 1, 1], ['0.01', '0.01', '0.00']],
    ['-0.02', [1, 1, 1], ['-0.01', '-0.01', '0.00']],
    ['-1.00', [1, 2], ['-0.33', '-0.67']],
    ['0.00', [1, 2], ['0.00', '0.00']],
    ['0.07', [3, 2], ['0.04', '0.03']],
    ['0.07', [2, 3], ['0.03', '0.04']],
    ['0.16', [1, 2, 3, 4, 5], ['0.01', '0.02', '0.03', '0.04', '0.06']],
    ['0.16', [5, 4, 3, 2, 1], ['0.06', '0.04', '0.03', '0.02', '0.01']],
    ['100.00', [1], ['100.00']],
    ['0.10', [5, 1, 1, 1], ['0.07', '0.01', '0.01', '0.01']],
  ])('splits %s by %j', (amount, weights, parts) => {
    expect(allocateMoney(money(amount, 'USD'), weights.map(BigInt)).map((part) => part.amount)).toEqual(parts)
  })

  it('gives every part its share rounded down or up by one minor unit, and larger weights no less', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 12n),
        fc.array(fc.bigInt(0n, 1000n), { minLength: 1, maxLength: 8 }).filter((list) => list.some((one) => one > 0n)),
        (minor, weights) => {
          const total = weights.reduce((sum, weight) => sum + weight, 0n)
          const parts = allocateMoney(fromMinorUnits(minor, 'USD'), weights).map(toMinorUnits)
          for (const [index, weight] of weights.entries()) {
            const exact = minor * weight
            const off = (parts[index] as bigint) * total - exact
            expect(off > -total && off < total).toBe(true)
            if (weight === 0n) expect(parts[index]).toBe(0n)
            for (const [other, more] of weights.entries()) {
              if (more > weight) expect((parts[other] as bigint) >= (parts[index] as bigint)).toBe(true)
            }
          }
        },
      ),
    )
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
    expect(() => allocateMoney(money('1.00', 'USD'), [-2n])).toThrow(expect.objectContaining({ code: 'RATE_INVALID' }))
    expect(() => allocateMoney(money('1.00', 'USD'), [])).toThrow(/must be positive/)
  })
})
