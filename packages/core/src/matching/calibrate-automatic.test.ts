import { describe, expect, it } from 'vitest'
import { calibrateAutomatic, clopperPearsonUpper } from './calibrate-automatic.ts'

function decisionsOf(count: number, wrongBelow: number, wrongShare: number, seed = 1) {
  let state = seed
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  return Array.from({ length: count }, (_, index) => {
    const score = random() * 40
    return { id: `m${seed}-${index}`, score, confirmed: score >= wrongBelow || random() > wrongShare }
  })
}

describe('clopperPearsonUpper', () => {
  it.each([
    [0, 59, 0.95, 0.0495],
    [0, 5990, 0.95, 0.0005],
    [1, 10, 0.975, 0.445],
    [5, 100, 0.975, 0.1128],
    [3, 3, 0.95, 1],
    [0, 0, 0.95, 1],
  ])('%d errors in %d at %d: %d', (errors, trials, confidence, bound) => {
    expect(clopperPearsonUpper(errors, trials, confidence)).toBeCloseTo(bound, 3)
  })
})

describe('calibrateAutomatic', () => {
  it('finds the score below which people reject', () => {
    const result = calibrateAutomatic(decisionsOf(20_000, 15, 0.3), { maxErrorRate: 0.005, confidence: 0.95 })
    expect(result.outcome).toBe('CALIBRATED')
    if (result.outcome !== 'CALIBRATED') return
    expect(result.scoreAbove).toBeGreaterThan(13)
    expect(result.scoreAbove).toBeLessThan(18)
    expect(result.errorBound).toBeLessThanOrEqual(0.005)
  })

  it('says how many decisions are missing', () => {
    expect(calibrateAutomatic(decisionsOf(200, 0, 0), { maxErrorRate: 0.0005, confidence: 0.95 })).toMatchObject({
      outcome: 'TOO_FEW_DECISIONS',
      heldOutNeeded: 5990,
    })
  })

  it('answers that no score is safe when people reject at every score', () => {
    const result = calibrateAutomatic(decisionsOf(20_000, 100, 0.2), { maxErrorRate: 0.01, confidence: 0.95 })
    expect(result.outcome).toBe('NO_SCORE_IS_SAFE')
  })

  it('keeps its promise: the share of calibrations above the rate stays below one minus the confidence', () => {
    let broken = 0
    let calibrated = 0
    for (let seed = 1; seed <= 120; seed++) {
      const result = calibrateAutomatic(decisionsOf(3000, 20, 0.05, seed), { maxErrorRate: 0.02, confidence: 0.9 })
      if (result.outcome !== 'CALIBRATED') continue
      calibrated++
      const wrong = result.scoreAbove >= 20 ? 0 : (0.05 * (20 - result.scoreAbove)) / (40 - result.scoreAbove)
      if (wrong > 0.02) broken++
    }
    expect(calibrated).toBeGreaterThan(60)
    expect(broken / calibrated).toBeLessThanOrEqual(0.1)
  })

  it('does not depend on the order of the decisions', () => {
    const decisions = decisionsOf(6000, 12, 0.2)
    const target = { maxErrorRate: 0.02, confidence: 0.9 }
    expect(calibrateAutomatic([...decisions].reverse(), target)).toEqual(calibrateAutomatic(decisions, target))
  })
})
