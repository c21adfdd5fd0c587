import { dayNumber } from '@recon/core'
import type { WorkItem } from '../work-item.ts'

const safe = Number.MAX_SAFE_INTEGER
const slice = 8000

export function rankDates(rows: readonly WorkItem[]): Float64Array {
  const days = new Map<string, number>()
  const ranks = new Float64Array(rows.length)
  rows.forEach(({ date }, index) => {
    let day = days.get(date)
    if (day === undefined) {
      day = dayNumber(date) ?? 0
      days.set(date, day)
    }
    ranks[index] = day
  })
  return ranks
}

/**
 * Ranks amounts in steps. Digits without the point order the amounts of one currency exactly; currencies are kept apart, each
 * in a range of its own.
 */
export function* rankAmounts(rows: readonly WorkItem[]): Generator<undefined, Float64Array> {
  const minor = new Float64Array(rows.length)
  const currencies = new Set<string>()
  let least = 0
  let most = 0
  for (let index = 0; index < rows.length; index++) {
    const total = rows[index]?.total
    if (total === undefined) continue
    const value = Number(total.amount.replace('.', ''))
    minor[index] = value
    if (value < least) least = value
    if (value > most) most = value
    currencies.add(total.currency)
    if (index % slice === slice - 1) yield
  }
  if (currencies.size <= 1) return minor
  const names = [...currencies].sort()
  const range = most - least + 1
  const inOneScale = Number.isSafeInteger(range * names.length)
  const place = new Map(names.map((name, index) => [name, index]))
  for (let index = 0; index < rows.length; index++) {
    const currency = place.get(rows[index]?.total.currency ?? '') ?? 0
    // beyond exact numbers the amount gives way to its share of the range: still apart by currency
    minor[index] = inOneScale
      ? currency * range + (minor[index] ?? 0) - least
      : currency + ((minor[index] ?? 0) - least) / range / 2
    if (index % slice === slice - 1) yield
  }
  return minor
}

/**
 * Positions by rank, ties in their given order. Rank and position are packed into one number where they fit, because
 * typed arrays of numbers sort several times faster without a comparison function.
 */
export function orderOf(ranks: Float64Array, descending: boolean): Uint32Array {
  const count = ranks.length
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (const rank of ranks) {
    if (rank < least) least = rank
    if (rank > most) most = rank
  }
  if (count > 0 && most - least < mostBuckets && areWhole(ranks))
    return byCounting(ranks, descending ? most : least, most - least + 1)
  const fits = count > 0 && Number.isSafeInteger(least) && Number.isSafeInteger(most) && most - least < safe / count - 1
  if (!fits) return byComparison(ranks, descending)
  const packed = new Float64Array(count)
  for (let index = 0; index < count; index++) {
    const rank = ranks[index] ?? 0
    packed[index] = (descending ? most - rank : rank - least) * count + index
  }
  packed.sort()
  const order = new Uint32Array(count)
  for (let index = 0; index < count; index++) order[index] = (packed[index] ?? 0) % count
  return order
}

const mostBuckets = 1 << 18

function areWhole(ranks: Float64Array): boolean {
  for (const rank of ranks) if (!Number.isSafeInteger(rank)) return false
  return true
}

/** Few different ranks: counted, not compared. `first` is the rank that comes first, the other end comes last. */
function byCounting(ranks: Float64Array, first: number, range: number): Uint32Array {
  const starts = new Uint32Array(Math.floor(range) + 1)
  const bucketOf = (index: number) => Math.abs((ranks[index] ?? 0) - first)
  for (let index = 0; index < ranks.length; index++) {
    const next = bucketOf(index) + 1
    starts[next] = (starts[next] ?? 0) + 1
  }
  for (let bucket = 1; bucket < starts.length; bucket++)
    starts[bucket] = (starts[bucket] ?? 0) + (starts[bucket - 1] ?? 0)
  const order = new Uint32Array(ranks.length)
  for (let index = 0; index < ranks.length; index++) {
    const bucket = bucketOf(index)
    const place = starts[bucket] ?? 0
    order[place] = index
    starts[bucket] = place + 1
  }
  return order
}

function byComparison(ranks: Float64Array, descending: boolean): Uint32Array {
  const sign = descending ? -1 : 1
  return Uint32Array.from(ranks.keys()).sort((left, right) => {
    const difference = (ranks[left] ?? 0) - (ranks[right] ?? 0)
    return difference === 0 ? left - right : sign * difference
  })
}
