import type { Scenario } from './scenario.ts'

/** Money at risk now comes first: 0 is nothing to do, 100 is the worst. */
const base: Readonly<Record<Scenario, number>> = {
  FAILED_PAYMENT: 85,
  DUPLICATE: 75,
  UNMATCHED: 55,
  AMOUNT_VARIANCE: 45,
  SWEEP: 35,
  SYSTEM_MATCH: 15,
  AUTO_RECONCILED: 0,
}

/**
 * Where an item stands in the queue: by scenario, up to 9 more by size (one per power of ten of minor units from 100 on), a
 * little less where a proposal waits for one click, or where a duplicate is not of the case the policy calls leading. Reconciled
 * items are 0.
 */
export function severityOf(
  scenario: Scenario,
  minor: number,
  reconciled: boolean,
  proposed: boolean,
  leading = true,
): number {
  if (reconciled) return 0
  let size = 0
  for (let rest = Math.abs(minor); rest >= 1000 && size < 9; rest /= 10) size++
  const waits = (proposed && scenario === 'UNMATCHED' ? 10 : 0) + (leading ? 0 : 10)
  return Math.max(0, base[scenario] + size - waits)
}
