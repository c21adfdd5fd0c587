import type { MatchingContext } from './matching-context.ts'
import { fitsGroup, type SumCandidate, type SumSearch } from './sum-search.ts'

const largestPool = 40
const largestEnumerated = 8
/** Amounts spread over several magnitudes: of one size, chance puts about one in (size x 9) on a given minor unit. */
const spreadOfAmounts = 9
const bitsNeeded = 5
const mostAccidents = 1

interface CounterpartySum {
  readonly members: readonly number[]
  readonly whole: boolean
}

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
  const pools = names
    .map((name) => (byName.get(name) ?? []).filter((many) => !search.explained(many)))
    .filter((pool) => pool.length >= 2 && pool.length <= largestPool)
  const accident = (sum: number): number => ones / (Math.max(1, Math.abs(sum)) * spreadOfAmounts)
  const parts = pools.flatMap((pool) => partsOf(search, pool))
  const expected = parts.reduce((total, { sum }) => total + accident(sum), 0)
  const sums = new Map<number, CounterpartySum[]>()
  for (const { sum, members, whole } of parts) {
    if (!whole && expected > mostAccidents) continue
    const list = sums.get(sum)
    if (list === undefined) sums.set(sum, [{ members, whole }])
    else if (list.length < 20) list.push({ members, whole })
  }
  return (context, one) => {
    const target = search.one.amount[one] ?? 0
    const bits = -Math.log2(accident(target))
    if (bits < bitsNeeded) return undefined
    const fitting = (sums.get(target) ?? []).filter(({ members }) =>
      members.every((many) => fitsGroup(context, search, one, many, true)),
    )
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

function partsOf(
  search: SumSearch,
  pool: readonly number[],
): { readonly sum: number; readonly members: readonly number[]; readonly whole: boolean }[] {
  const amountOf = (many: number): number => search.many.amount[many] ?? 0
  const whole = { sum: pool.reduce((sum, many) => sum + amountOf(many), 0), members: pool, whole: true }
  const parts = [whole]
  if (pool.length > largestEnumerated) return parts
  for (let mask = 1; mask < 2 ** pool.length - 1; mask++) {
    const members = pool.filter((_, at) => (mask >> at) & 1)
    if (members.length < 2) continue
    parts.push({ sum: members.reduce((sum, many) => sum + amountOf(many), 0), members, whole: false })
  }
  return parts
}
