import type { MatchingContext } from './matching-context.ts'
import { fitsGroup, type SumCandidate, type SumSearch } from './sum-search.ts'

const largestPool = 40
const largestEnumerated = 8
/** Amounts spread over several magnitudes: of one size, chance puts about one in (size x 9) on a given minor unit. */
const spreadOfAmounts = 9
const bitsNeeded = 5
const mostAccidents = 1

/** Some of a counterparty's open items, as bits of their places in the pool; all of them without. */
interface CounterpartySum {
  readonly pool: readonly number[]
  readonly mask: number | undefined
}

/** Sums in the order they are made, with the set each belongs to: most are looked at once and never again. */
interface Parts {
  readonly sums: number[]
  readonly pools: (readonly number[])[]
  /** Bits of the members, 0 for the whole pool. */
  readonly masks: number[]
}

const mostPerSum = 20

/**
 * For records that name nobody: the sums of each counterparty's open items on the other side, all of them together and, for
 * small accounts, every part of them. Looked up by amount, so that a lump payment without a word still finds its customer.
 * Parts are left out where the run is so large that accidents would be expected.
 */
export function createCounterpartySums(
  search: SumSearch,
  byName: ReadonlyMap<number, readonly number[]>,
  ones: number,
): (context: MatchingContext, one: number) => SumCandidate | undefined {
  const names = [...byName.keys()].filter((name) => name >= 0).sort((a, b) => a - b)
  const accident = (sum: number): number => ones / (Math.max(1, Math.abs(sum)) * spreadOfAmounts)
  const parts: Parts = { sums: [], pools: [], masks: [] }
  for (const name of names) {
    const pool = (byName.get(name) ?? []).filter((many) => !search.explained(many))
    if (pool.length >= 2 && pool.length <= largestPool) addParts(search, pool, parts)
  }
  const expected = parts.sums.reduce((total, sum) => total + accident(sum), 0)
  const sums = new Map<number, CounterpartySum[]>()
  for (let at = 0; at < parts.sums.length; at++) {
    const mask = parts.masks[at] ?? 0
    if (mask !== 0 && expected > mostAccidents) continue
    const sum = parts.sums[at] ?? 0
    const found = { pool: parts.pools[at] ?? [], mask: mask === 0 ? undefined : mask }
    const list = sums.get(sum)
    if (list === undefined) sums.set(sum, [found])
    else if (list.length < mostPerSum) list.push(found)
  }
  return (context, one) => {
    const target = search.one.amount[one] ?? 0
    const bits = -Math.log2(accident(target))
    if (bits < bitsNeeded) return undefined
    const fitting = (sums.get(target) ?? [])
      .map(({ pool, mask }) => ({ whole: mask === undefined, members: membersOf(pool, mask) }))
      .filter(({ members }) => members.every((many) => fitsGroup(context, search, one, many, true)))
    const best = fitting[0]
    if (best === undefined) return undefined
    const solutions = fitting.map(({ members }) => members)
    return {
      one,
      many: best.members,
      solutions,
      code: best.whole ? 'GROUP_COUNTERPARTY_TOTAL' : 'GROUP_COUNTERPARTY_SUM',
      score: Math.min(14, bits) - Math.log2(solutions.length) * 4,
    }
  }
}

function membersOf(pool: readonly number[], mask: number | undefined): readonly number[] {
  return mask === undefined ? pool : pool.filter((_, at) => (mask >> at) & 1)
}

const subsetSums = new Float64Array(2 ** largestEnumerated)

/** The whole pool, then every part of at least two members where the pool is small. */
function addParts(search: SumSearch, pool: readonly number[], parts: Parts): void {
  const add = (sum: number, mask: number): void => {
    parts.sums.push(sum)
    parts.pools.push(pool)
    parts.masks.push(mask)
  }
  let total = 0
  for (const many of pool) total += search.many.amount[many] ?? 0
  add(total, 0)
  if (pool.length > largestEnumerated) return
  for (let mask = 1; mask < 2 ** pool.length - 1; mask++) {
    const lowest = 31 - Math.clz32(mask & -mask)
    const rest = mask & (mask - 1)
    subsetSums[mask] = (rest === 0 ? 0 : (subsetSums[rest] ?? 0)) + (search.many.amount[pool[lowest] ?? 0] ?? 0)
    if (rest !== 0) add(subsetSums[mask] ?? 0, mask)
  }
}
