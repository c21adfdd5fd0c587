import { describe, expect, it } from 'vitest'
import { builtInWeights, estimateWeights, type WeightObservation, weightTable } from './match-weights.ts'

/** Links agree on the name nine times in ten and on the day seven times in ten; chance pairs one in twenty. */
function observations(count: number, labelled: boolean): WeightObservation[] {
  let state = 9
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  return Array.from({ length: count }, () => {
    const link = random() < 0.3
    const levels = [
      random() < (link ? 0.9 : 0.05) ? ('NAME.EXACT' as const) : ('NAME.DIFFERENT' as const),
      random() < (link ? 0.7 : 0.05) ? ('DATE.SAME' as const) : ('DATE.FAR' as const),
      random() < (link ? 0.8 : 0.1) ? ('INSTRUMENT.EQUAL' as const) : ('INSTRUMENT.DIFFERENT' as const),
    ]
    return labelled ? { levels, confirmed: link } : { levels }
  })
}

describe('estimateWeights', () => {
  it('counts decisions into log-likelihood ratios', () => {
    const { method, weights, linkShare } = estimateWeights(observations(4000, true))
    expect(method).toBe('DECISIONS')
    expect(weights['NAME.EXACT']).toBeCloseTo(Math.log2(0.9 / 0.05), 0)
    expect(weights['NAME.DIFFERENT']).toBeCloseTo(Math.log2(0.1 / 0.95), 0)
    expect(linkShare).toBeCloseTo(0.3, 1)
  })

  it('finds nearly the same without any decision', () => {
    const blind = estimateWeights(observations(6000, false))
    const told = estimateWeights(observations(6000, true))
    expect(blind.method).toBe('EXPECTATION_MAXIMIZATION')
    expect(blind.rounds).toBeLessThan(200)
    for (const key of ['NAME.EXACT', 'NAME.DIFFERENT', 'DATE.SAME', 'INSTRUMENT.EQUAL'] as const)
      expect(Math.abs(blind.weights[key] - told.weights[key])).toBeLessThan(0.7)
    expect(blind.linkShare).toBeCloseTo(0.3, 1)
  })

  it('keeps the built-in weight of what it never saw', () => {
    expect(estimateWeights([]).weights).toEqual(builtInWeights)
    expect(estimateWeights(observations(400, true)).weights['REFERENCE.WEAK']).toBe(builtInWeights['REFERENCE.WEAK'])
  })
})

describe('weightTable', () => {
  it('lays a policy over the built-in table and leaves out what it does not know', () => {
    const table = weightTable({ 'NAME.EXACT': 4, 'NAME.NONSENSE': 9, 'DATE.SAME': Number.NaN })
    expect(table['NAME.EXACT']).toBe(4)
    expect(table['DATE.SAME']).toBe(builtInWeights['DATE.SAME'])
    expect(Object.keys(table)).toEqual(Object.keys(builtInWeights))
  })
})
