import { findSubsets } from './subset-sum.ts'

/** One movement of a clearing account, in minor units (not necessarily whole ones). */
export interface ClearingItem {
  readonly id: string
  readonly amount: number
}

/**
 * The items of a clearing account that cancel out: all of them when their sum is within `tolerance` minor units of zero and they
 * have both signs; otherwise the only subset that sums to exactly zero; undefined when there is none or more than one.
 */
export function zeroSumSet(items: readonly ClearingItem[], tolerance: number): readonly string[] | undefined {
  const both = items.some((item) => item.amount > 0) && items.some((item) => item.amount < 0)
  if (!both) return undefined
  const sum = items.reduce((total, item) => total + item.amount, 0)
  if (Math.abs(sum) <= tolerance) return items.map((item) => item.id)
  if (items.length > 40 || !items.every((item) => Number.isSafeInteger(item.amount))) return undefined
  const result = findSubsets(
    items.map((item) => item.amount),
    0,
    { minItems: 2, solutionCap: 2 },
  )
  const only = result.solutions.length === 1 ? result.solutions[0] : undefined
  return only?.map((at) => items[at]?.id ?? '')
}
