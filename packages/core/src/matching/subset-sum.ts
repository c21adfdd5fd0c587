import { ReconError } from '../recon-error.ts'
import { searchByHalves } from './half-sum-search.ts'
import { searchUpToFour } from './pair-sum-search.ts'
import { descend } from './subset-descent.ts'

export interface SubsetSumOptions {
  /** Fewest and most items of a solution, both included; 1 and all when absent. */
  readonly minItems?: number
  readonly maxItems?: number
  /** The search stops when one solution more than this is known; 16 when absent. */
  readonly solutionCap?: number
  /** Elementary steps the search may take; 20 million when absent, about a tenth of a second. Counted, not timed, so that equal input gives equal output. */
  readonly workBudget?: number
}

/**
 * COMPLETE: these are all solutions. CAPPED: there are more than the cap, the first ones are given. BOUNDED: the work
 * budget ran out, so nothing is known about how many there are; what was found until then is given.
 */
export interface SubsetSumResult {
  readonly outcome: 'COMPLETE' | 'CAPPED' | 'BOUNDED'
  /** Indices into the amounts, ascending within a solution; smaller solutions first, then by index. */
  readonly solutions: readonly (readonly number[])[]
  readonly work: number
}

/** Collects solutions, counts work, and says when to stop. One per search. */
export interface SubsetSumSearch {
  readonly minItems: number
  readonly maxItems: number
  /** False when the search must stop. */
  found(indices: readonly number[]): boolean
  /** False when the budget is used up. */
  spend(steps: number): boolean
  stopped(): boolean
}

/** Above this many items the two halves no longer fit a modest memory, and nearly every target has accidental solutions. */
const mostItemsForHalves = 40
const smallSolution = 4

/**
 * Every way to reach `target` with a subset of `amounts` (signed integer minor units). Zero amounts are never part of a
 * solution: they fit everywhere and say nothing. Equal amounts are different items, so a twin makes two solutions.
 *
 * Range and divisor are checked first. Up to four items, and all but up to four, are found by hashing pair sums
 * (quadratic); up to 40 items of any cardinality by meeting in the middle (Horowitz and Sahni 1974); the rest by a bounded descent.
 * @throws ReconError MONEY_OUT_OF_RANGE when an amount, or the sum of all magnitudes, is not a safe integer
 */
export function findSubsets(
  amounts: readonly number[],
  target: number,
  options: SubsetSumOptions = {},
): SubsetSumResult {
  const indices: number[] = []
  for (let index = 0; index < amounts.length; index++) if (amounts[index] !== 0) indices.push(index)
  const values = Float64Array.from(indices, (index) => amounts[index] ?? 0)
  const total = checkedTotals(values, target)
  const cap = Math.max(0, options.solutionCap ?? 16)
  const budget = options.workBudget ?? 20_000_000
  const minItems = Math.max(1, options.minItems ?? 1)
  const maxItems = Math.min(values.length, options.maxItems ?? values.length)
  const solutions: number[][] = []
  let work = 0
  let bounded = false
  let capped = false
  const search: SubsetSumSearch = {
    minItems,
    maxItems,
    found(local) {
      if (solutions.length >= cap) capped = true
      else solutions.push(local.map((at) => indices[at] ?? 0).sort((a, b) => a - b))
      return !capped
    },
    spend(steps) {
      work += steps
      if (work > budget) bounded = true
      return !bounded
    },
    stopped: () => capped || bounded,
  }
  if (minItems <= maxItems && reachable(values, target, total)) run(values, target, total.sum, search)
  solutions.sort(bySizeThenIndex)
  return { outcome: capped ? 'CAPPED' : bounded ? 'BOUNDED' : 'COMPLETE', solutions, work }
}

function run(values: Float64Array, target: number, sum: number, search: SubsetSumSearch): void {
  const count = values.length
  if (search.maxItems > smallSolution && count <= mostItemsForHalves) {
    searchByHalves(values, target, search)
    return
  }
  searchUpToFour(values, target, { ...search, maxItems: Math.min(search.maxItems, smallSolution) })
  const smallestByComplement = Math.max(count - smallSolution, smallSolution + 1)
  if (search.maxItems >= smallestByComplement) searchComplement(values, sum - target, smallestByComplement, search)
  const largest = Math.min(search.maxItems, smallestByComplement - 1)
  const smallest = Math.max(search.minItems, smallSolution + 1)
  if (!search.stopped() && smallest <= largest)
    descend(values, target, { ...search, minItems: smallest, maxItems: largest })
}

/** What a solution of nearly all items leaves out is a small solution of the rest. */
function searchComplement(values: Float64Array, rest: number, smallest: number, search: SubsetSumSearch): void {
  const count = values.length
  const everything = Array.from(values, (_, index) => index)
  if (rest === 0 && count >= search.minItems && count <= search.maxItems && !search.found(everything)) return
  searchUpToFour(values, rest, {
    ...search,
    minItems: Math.max(1, count - search.maxItems),
    maxItems: Math.min(smallSolution, count - Math.max(search.minItems, smallest)),
    found(omitted) {
      const left = new Set(omitted)
      return search.found(everything.filter((index) => !left.has(index)))
    },
  })
}

interface Totals {
  readonly sum: number
  readonly lowest: number
  readonly highest: number
}

function checkedTotals(values: Float64Array, target: number): Totals {
  let lowest = 0
  let highest = 0
  for (const value of values) {
    if (!Number.isSafeInteger(value)) throw outOfRange(value)
    if (value < 0) lowest += value
    else highest += value
  }
  if (!Number.isSafeInteger(target)) throw outOfRange(target)
  if (!Number.isSafeInteger(highest - lowest)) throw outOfRange(highest - lowest)
  return { sum: lowest + highest, lowest, highest }
}

function outOfRange(value: number): ReconError {
  return new ReconError(
    'MONEY_OUT_OF_RANGE',
    `Subset sums work on safe integers of minor units; ${value} is not one. Leave such amounts out of the search.`,
  )
}

function reachable(values: Float64Array, target: number, totals: Totals): boolean {
  if (target < totals.lowest || target > totals.highest) return false
  let divisor = 0
  for (const value of values) {
    divisor = greatestCommonDivisor(divisor, Math.abs(value))
    if (divisor === 1) return true
  }
  return divisor !== 0 && target % divisor === 0
}

function greatestCommonDivisor(left: number, right: number): number {
  let [a, b] = [left, right]
  while (b !== 0) [a, b] = [b, a % b]
  return a
}

function bySizeThenIndex(left: readonly number[], right: readonly number[]): number {
  if (left.length !== right.length) return left.length - right.length
  for (let at = 0; at < left.length; at++) {
    const step = (left[at] ?? 0) - (right[at] ?? 0)
    if (step !== 0) return step
  }
  return 0
}
