import { describe, expect, it } from 'vitest'
import { runQuickbooksFaults } from './writeback-faults.ts'

describe('the writeback under faults', () => {
  it('keeps books and mappings equal in 500 seeded histories', async () => {
    let faults = 0
    let failures = 0
    let drifts = 0
    for (let seed = 1; seed <= 500; seed++) {
      const report = await runQuickbooksFaults(seed)
      expect(report.broken, `seed ${seed}`).toEqual([])
      faults += report.faults
      failures += report.failures
      drifts += report.drifts
    }
    // The histories are only worth something when things go wrong in them.
    expect(faults).toBeGreaterThan(500)
    expect(failures).toBeGreaterThan(100)
    expect(drifts).toBeGreaterThan(100)
  }, 120_000)
})
