import { describe, expect, it } from 'vitest'
import { scenarios } from './scenario.ts'
import { severityOf } from './severity.ts'

describe('severity', () => {
  it('is nothing for what is reconciled, and within 0 to 100 for the rest', () => {
    for (const scenario of scenarios) {
      expect(severityOf(scenario, 123_456, true, true)).toBe(0)
      for (const minor of [0, 99, -5_000, 9e15]) {
        expect(severityOf(scenario, minor, false, false)).toBeGreaterThanOrEqual(0)
        expect(severityOf(scenario, minor, false, false)).toBeLessThanOrEqual(100)
      }
    }
  })

  it('puts failed payments before duplicates before what is unmatched, and more money before less', () => {
    const of = (scenario: (typeof scenarios)[number], minor = 10_000) => severityOf(scenario, minor, false, false)
    expect(of('FAILED_PAYMENT')).toBeGreaterThan(of('DUPLICATE'))
    expect(of('DUPLICATE')).toBeGreaterThan(of('UNMATCHED'))
    expect(of('UNMATCHED', 10_000_000)).toBeGreaterThan(of('UNMATCHED', 100))
  })
})
