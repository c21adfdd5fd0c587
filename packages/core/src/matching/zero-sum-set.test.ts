import { describe, expect, it } from 'vitest'
import { zeroSumSet } from './zero-sum-set.ts'

const items = (...amounts: number[]) => amounts.map((amount, index) => ({ id: `i${index}`, amount }))

describe('items that cancel out', () => {
  it.each([
    ['all of them', items(100, -60, -40), 0, ['i0', 'i1', 'i2']],
    ['within a tolerance', items(100, -99.5), 1, ['i0', 'i1']],
    ['the only subset', items(100, -100, 37), 0, ['i0', 'i1']],
    ['none of one sign', items(-0.4, -0.4), 1, undefined],
    ['none when several could', items(100, -100, -100, 7), 0, undefined],
  ])('are %s', (_, given, tolerance, expected) => {
    expect(zeroSumSet(given, tolerance)).toEqual(expected)
  })
})
