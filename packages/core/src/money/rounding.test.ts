import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { divideRounded, type RoundingMode, roundingModes } from './rounding.ts'

describe('divideRounded', () => {
  it.each<[RoundingMode, readonly number[]]>([
    ['HALF_UP', [-3, -3, -2, -2, -1, 0, 1, 2, 2, 3, 3]],
    ['HALF_DOWN', [-3, -2, -2, -1, -1, 0, 1, 1, 2, 2, 3]],
    ['HALF_EVEN', [-3, -2, -2, -2, -1, 0, 1, 2, 2, 2, 3]],
    ['UP', [-3, -3, -3, -2, -1, 0, 1, 2, 3, 3, 3]],
    ['DOWN', [-2, -2, -2, -1, -1, 0, 1, 1, 2, 2, 2]],
    ['CEILING', [-2, -2, -2, -1, -1, 0, 1, 2, 3, 3, 3]],
    ['FLOOR', [-3, -3, -3, -2, -1, 0, 1, 1, 2, 2, 2]],
  ])('%s takes quarters to the table', (mode, expected) => {
    const quarters = [-11, -10, -9, -6, -4, 0, 4, 6, 9, 10, 11]
    expect(quarters.map((quarter) => Number(divideRounded(BigInt(quarter), 4n, mode)))).toEqual(expected)
  })

  it('is never further away than one, exact where it divides, and odd where the mode is by magnitude', () => {
    const modes = fc.constantFrom(...roundingModes)
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 18n), 10n ** 18n), fc.bigInt(1n, 10n ** 9n), modes, (value, by, mode) => {
        const rounded = divideRounded(value, by, mode)
        const off = rounded * by - value
        expect(off < by && off > -by).toBe(true)
        expect(divideRounded(rounded * by, by, mode)).toBe(rounded)
        if (mode !== 'CEILING' && mode !== 'FLOOR') expect(divideRounded(-value, by, mode)).toBe(-rounded)
        if (mode.startsWith('HALF')) expect(2n * (off < 0n ? -off : off) <= by).toBe(true)
      }),
    )
  })
})
