import { describe, expect, it } from 'vitest'
import { editDistance, mayBeNext, nearlyEqual } from './near-reference.ts'

describe('references a slip apart', () => {
  it.each([
    ['PAY10234', 'PAY10234A', true],
    ['PAY10234', 'PAY10243', true],
    ['PAY10234', 'PAY1023', true],
    ['PAY10234', 'PAY10239', true],
    ['PAY10234', 'PAY10299', false],
    ['PAY10234', 'INV10234', false],
    ['123', '1234', false],
  ])('%s and %s: %s', (left, right, near) => {
    expect(nearlyEqual(left, right)).toBe(near)
    expect(nearlyEqual(right, left)).toBe(near)
  })

  it.each([
    ['PAY1024', 'PAY1025', true],
    ['INV9', 'INV90', true],
    ['PAY10234', 'PAY10243', false],
    ['PAY10234', 'PAY1023', false],
    ['PAY10234', 'PAY10234A', false],
  ])('%s and %s may count on: %s', (left, right, next) => {
    expect(mayBeNext(left, right)).toBe(next)
  })

  it('are counted by letters', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3)
    expect(editDistance('', 'abc')).toBe(3)
  })
})
