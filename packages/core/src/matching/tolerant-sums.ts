import type { MatchingContext } from './matching-context.ts'
import { withinTolerance } from './pair-rules.ts'

const mostSubsets = 20_000

/** A subset whose sum is within the policy's tolerance of a target, and how far off it is in minor units. */
export interface TolerantSum {
  readonly members: readonly number[]
  readonly off: number
}

/** True where the policy allows amounts to differ at all. */
export function hasTolerance(context: MatchingContext): boolean {
  const { absolute, fraction } = context.policy.amounts.tolerance
  return Number(absolute ?? 0) > 0 || Number(fraction ?? 0) > 0
}

/** True when the totals of a group agree within the policy's tolerance. */
export function totalsAgree(context: MatchingContext, lines: number, entries: number, currency: number): boolean {
  const code = context.currencies[currency] ?? 'USD'
  return withinTolerance(context.policy.amounts.tolerance, lines, entries, code, true)
}

/**
 * Subsets of two to `maximumItems` members whose sum agrees with the target within the tolerance, nearest first. Enumerates at most
 * 20,000 subsets; undefined when there are more, because nothing would be known then.
 */
export function tolerantSums(
  amounts: readonly number[],
  maximumItems: number,
  agrees: (sum: number) => boolean,
  target: number,
): readonly TolerantSum[] | undefined {
  const found: TolerantSum[] = []
  let looked = 0
  const chosen: number[] = []
  const walk = (start: number, sum: number): boolean => {
    if (++looked > mostSubsets) return false
    if (chosen.length >= 2 && agrees(sum)) found.push({ members: [...chosen], off: Math.abs(sum - target) })
    if (chosen.length === maximumItems) return true
    for (let at = start; at < amounts.length; at++) {
      if (amounts[at] === 0) continue
      chosen.push(at)
      const more = walk(at + 1, sum + (amounts[at] ?? 0))
      chosen.pop()
      if (!more) return false
    }
    return true
  }
  if (!walk(0, 0)) return undefined
  return found.sort((left, right) => left.off - right.off || left.members.length - right.members.length)
}
