import { mayShareGroup, sumOf } from './group-draft.ts'
import type { MatchingContext } from './matching-context.ts'
import type { RecordColumns } from './side-columns.ts'
import { bitsBySize, wholeSetBits } from './subset-evidence.ts'
import { findSubsets } from './subset-sum.ts'
import { hasTolerance, tolerantSums, totalsAgree } from './tolerant-sums.ts'

/** Bits a sum of one counterparty's items must carry beyond chance. */
const bitsWithName = 4
export const nameBits = 8
const smallSize = 4
/** Larger pools are searched for small groups only. */
const largestUnrestricted = 24

/** A group found by its sum: one record, the members on the other side, and every other set that fits as well. */
export interface SumCandidate {
  readonly one: number
  readonly many: readonly number[]
  readonly solutions: readonly (readonly number[])[]
  readonly code: string
  readonly score: number
}

/** One record against many of the other side; both directions share the search. */
export interface SumDirection {
  readonly one: RecordColumns<unknown>
  readonly many: RecordColumns<unknown>
  readonly oneOpen: (index: number) => boolean
  readonly manyOpen: (index: number) => boolean
  readonly pair: (one: number, many: number) => readonly [line: number, entry: number]
  readonly oneIsLine: boolean
}

/** One search: the direction, what an anonymous sum must carry, and which records of the many side a one-to-one explains already. */
export interface SumSearch extends SumDirection {
  readonly bitsWithout: number
  readonly explained: (many: number) => boolean
}

/** True when the records may stand in one group: window, sign, currency, account, and the policy's demands. */
export function fitsGroup(
  context: MatchingContext,
  direction: SumDirection,
  one: number,
  many: number,
  named: boolean,
): boolean {
  const [line, entry] = direction.pair(one, many)
  const window = named ? context.policy.dates.withName : context.policy.groups.dateWindow
  return mayShareGroup(context, line, entry, window) && context.demands(line, entry) === undefined
}

/** The open items of an agreeing counterparty: those no one-to-one explains first, then all of them. */
export function searchNamedPool(
  context: MatchingContext,
  search: SumSearch,
  one: number,
  offered: readonly number[],
): SumCandidate | undefined {
  const pool = offered.filter((many) => fitsGroup(context, search, one, many, true))
  const unexplained = pool.filter((many) => !search.explained(many))
  const first = searchNamed(context, search, one, unexplained)
  return first ?? (unexplained.length < pool.length ? searchNamed(context, search, one, pool) : undefined)
}

function searchNamed(
  context: MatchingContext,
  search: SumSearch,
  one: number,
  pool: readonly number[],
): SumCandidate | undefined {
  if (pool.length < 2) return undefined
  if (sumOf(search.many.amount, pool) !== search.one.amount[one]) return searchSums(context, search, one, pool, true)
  const amounts = pool.map((many) => search.many.amount[many] ?? 0)
  const score = nameBits + Math.min(12, wholeSetBits(amounts, 2))
  return { one, many: pool, solutions: [pool], code: 'GROUP_COUNTERPARTY_TOTAL', score }
}

/** Subsets of a pool that make the record's amount, small ones first, as long as a hit would say more than chance. */
export function searchSums(
  context: MatchingContext,
  search: SumSearch,
  one: number,
  pool: readonly number[],
  named: boolean,
): SumCandidate | undefined {
  const { maximumPool, maximumItems, searchSteps, solutionCap, minimumBits } = context.policy.groups
  if (pool.length < 2 || pool.length > maximumPool) return undefined
  const target = search.one.amount[one] ?? 0
  const amounts = pool.map((many) => search.many.amount[many] ?? 0)
  const near = hasTolerance(context) ? nearestSum(context, search, one, pool, amounts) : undefined
  if (near !== undefined) return near
  const needed = minimumBits ?? (named ? bitsWithName : search.bitsWithout)
  const most = Math.min(maximumItems, pool.length > largestUnrestricted ? smallSize : pool.length)
  const bitsOf = bitsBySize(amounts)
  for (let smallest = 2; smallest <= most; smallest++) {
    // Beyond four items one search answers for all sizes at once.
    let largest = smallest
    if (smallest > smallSize) while (largest < most && bitsOf(largest + 1) >= needed) largest++
    const bits = bitsOf(largest)
    if (bits < needed || context.budget.steps <= 0) return undefined
    const result = findSubsets(amounts, target, {
      minItems: smallest,
      maxItems: largest,
      solutionCap,
      workBudget: searchSteps,
    })
    context.budget.steps -= result.work
    if (result.outcome === 'BOUNDED') return undefined
    if (result.solutions.length === 0) {
      smallest = largest
      continue
    }
    const solutions = result.solutions.map((solution) => solution.map((at) => pool[at] ?? 0))
    return {
      one,
      many: solutions[0] ?? [],
      solutions,
      code: named ? 'GROUP_COUNTERPARTY_SUM' : 'GROUP_SUM',
      score: Math.min(14, bits) + (named ? nameBits : 0) - Math.log2(solutions.length) * 4,
    }
  }
  return undefined
}

/** The one subset whose total agrees within the policy's tolerance; exact sums are left to the search. */
function nearestSum(
  context: MatchingContext,
  direction: SumDirection,
  one: number,
  pool: readonly number[],
  amounts: readonly number[],
): SumCandidate | undefined {
  const target = direction.one.amount[one] ?? 0
  const currency = direction.one.currency[one] ?? 0
  const agrees = (sum: number): boolean =>
    direction.oneIsLine ? totalsAgree(context, target, sum, currency) : totalsAgree(context, sum, target, currency)
  const found = tolerantSums(amounts, context.policy.groups.maximumItems, agrees, target)
  const best = found?.[0]
  if (best === undefined || best.off === 0) return undefined
  const many = best.members.map((at) => pool[at] ?? 0)
  const rivals = (found ?? []).filter((other) => other.off === best.off)
  const solutions = rivals.map((rival) => rival.members.map((at) => pool[at] ?? 0))
  return { one, many, solutions, code: 'GROUP_SUM_NEAR', score: 3 - Math.log2(solutions.length) * 4 }
}
