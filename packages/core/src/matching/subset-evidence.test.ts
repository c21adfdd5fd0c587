import { describe, expect, it } from 'vitest'
import { subsetBits, wholeSetBits } from './subset-evidence.ts'
import { findSubsets } from './subset-sum.ts'

describe('subsetBits', () => {
  it('says about how often chance hits a target', () => {
    let state = 3
    const random = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return state / 2 ** 32
    }
    const amounts = Array.from({ length: 30 }, () => 1 + Math.floor(random() * 20_000))
    let hits = 0
    const tries = 600
    for (let attempt = 0; attempt < tries; attempt++) {
      const target = Math.floor(random() * 60_000)
      hits += findSubsets(amounts, target, { minItems: 2, maxItems: 3, solutionCap: 5000 }).solutions.length
    }
    const expected = 2 ** -subsetBits(amounts, 3)
    expect(hits / tries / expected).toBeGreaterThan(0.3)
    expect(hits / tries / expected).toBeLessThan(3)
  })

  it('counts round amounts for less, larger pools and sizes for less', () => {
    const odd = [12_345, 67_891, 23_457, 99_101]
    expect(subsetBits(odd, 2)).toBeGreaterThan(
      subsetBits(
        odd.map((amount) => Math.round(amount / 1000) * 1000),
        2,
      ),
    )
    expect(subsetBits(odd, 2)).toBeGreaterThan(subsetBits(odd, 3))
    expect(wholeSetBits(odd, 1)).toBeGreaterThan(wholeSetBits(odd, 30))
    expect(subsetBits([0, 0], 2)).toBe(0)
  })
})
