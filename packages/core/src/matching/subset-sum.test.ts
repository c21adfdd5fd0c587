import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findSubsets } from './subset-sum.ts'

function everySubset(amounts: readonly number[], target: number, minItems: number, maxItems: number): string[] {
  const found: string[] = []
  for (let mask = 1; mask < 2 ** amounts.length; mask++) {
    const indices = amounts.map((_, index) => index).filter((index) => (mask >> index) & 1)
    if (indices.length < minItems || indices.length > maxItems) continue
    if (indices.some((index) => amounts[index] === 0)) continue
    if (indices.reduce((sum, index) => sum + (amounts[index] ?? 0), 0) === target) found.push(indices.join(','))
  }
  return found.sort()
}

const listed = (solutions: readonly (readonly number[])[]) => solutions.map((solution) => solution.join(',')).sort()

describe('findSubsets', () => {
  it('finds exactly what trying every subset finds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -30, max: 60 }), { maxLength: 11 }),
        fc.integer({ min: -60, max: 150 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 11 }),
        (amounts, target, minItems, maxItems) => {
          const result = findSubsets(amounts, target, { minItems, maxItems, solutionCap: 5000 })
          expect(result.outcome).toBe('COMPLETE')
          expect(listed(result.solutions)).toEqual(everySubset(amounts, target, minItems, maxItems))
        },
      ),
      { numRuns: 400 },
    )
  })

  it('finds the same by halves as by listing, above the size where halves begin', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -40, max: 90 }), { minLength: 14, maxLength: 16 }),
        fc.integer({ min: -50, max: 300 }),
        (amounts, target) => {
          const result = findSubsets(amounts, target, { minItems: 5, solutionCap: 40_000 })
          expect(result.outcome).toBe('COMPLETE')
          expect(listed(result.solutions)).toEqual(everySubset(amounts, target, 5, amounts.length))
        },
      ),
      { numRuns: 12 },
    )
  })

  it('covers small, nearly complete and middle sizes above the meeting-in-the-middle limit', () => {
    const powers = Array.from({ length: 45 }, (_, index) => 2 ** index)
    for (const size of [1, 3, 5, 22, 41, 44, 45]) {
      const target = powers.slice(0, size).reduce((sum, value) => sum + value, 0)
      const result = findSubsets(powers, target)
      expect(result).toMatchObject({ outcome: 'COMPLETE', solutions: [powers.slice(0, size).map((_, index) => index)] })
    }
  })

  it('counts twins as different solutions', () => {
    expect(findSubsets([500, 500, 700], 1200).solutions).toEqual([
      [0, 2],
      [1, 2],
    ])
  })

  it('takes refunds and charge-backs as negative items', () => {
    expect(findSubsets([-123, 12, 40], -111).solutions).toEqual([[0, 1]])
  })

  it('says when there are more solutions than the cap', () => {
    const result = findSubsets(
      Array.from({ length: 30 }, () => 100),
      1500,
      { solutionCap: 3 },
    )
    expect(result).toMatchObject({ outcome: 'CAPPED' })
    expect(result.solutions).toHaveLength(3)
  })

  it('gives up within its budget and says so', () => {
    const amounts = Array.from({ length: 200 }, (_, index) => 1_000_003 + ((index * 7919) % 100_003) * 2)
    const result = findSubsets(amounts, 1_000_003 * 9 + 1, { maxItems: 12, workBudget: 50_000 })
    expect(result.outcome).toBe('BOUNDED')
    expect(result.work).toBeLessThan(60_000)
  })

  it('refutes by range and by divisor without searching', () => {
    const even = Array.from({ length: 1000 }, (_, index) => 2 * index + 2)
    expect(findSubsets(even, 777, { maxItems: 4 })).toEqual({ outcome: 'COMPLETE', solutions: [], work: 0 })
    expect(findSubsets([1, 2], 4)).toEqual({ outcome: 'COMPLETE', solutions: [], work: 0 })
  })

  it('never uses a zero amount, and refuses unsafe ones', () => {
    expect(findSubsets([0, 10, 20], 30).solutions).toEqual([[1, 2]])
    expect(() => findSubsets([0.5], 1)).toThrow(expect.objectContaining({ code: 'MONEY_OUT_OF_RANGE' }))
    expect(() => findSubsets([2 ** 53], 1)).toThrow(expect.objectContaining({ code: 'MONEY_OUT_OF_RANGE' }))
  })
})
