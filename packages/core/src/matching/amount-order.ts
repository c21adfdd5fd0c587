import type { RecordColumns } from './side-columns.ts'

/** Records of one side ordered by currency, amount, day and index: equal amounts lie together, in the order of their days. */
export interface AmountOrder {
  readonly order: Int32Array
  /** Where each record stands in `order`. */
  readonly position: Int32Array
  /** Positions in `order` of the records of exactly this currency and amount, from and up to, whatever their state. */
  equal(currency: number, amount: number): readonly [number, number]
  /** The first position whose record has this currency and at least this amount. */
  from(currency: number, amount: number): number
  /** Of positions `first` up to `last` (one amount), the first whose day is at least `day`. */
  fromDay(first: number, last: number, day: number): number
}

const digitBits = 16
const digits = 1 << digitBits
const lowRange = 2 ** 32
const signBit = 0x8000_0000
/** High parts of safe integers lie between minus and plus this. */
const highRange = 2 ** 21

/** One stable pass of a radix sort by the 16 bits of `parts` above `shift`; the same array where they are all equal. */
function sortByDigit(order: Int32Array, parts: Int32Array, shift: number, counts: Int32Array): Int32Array {
  counts.fill(0)
  const mask = digits - 1
  for (let record = 0; record < parts.length; record++) {
    const digit = ((parts[record] ?? 0) >>> shift) & mask
    counts[digit] = (counts[digit] ?? 0) + 1
  }
  if (order.length === 0 || counts[((parts[0] ?? 0) >>> shift) & mask] === order.length) return order
  let start = 0
  for (let digit = 0; digit < digits; digit++) {
    const count = counts[digit] ?? 0
    counts[digit] = start
    start += count
  }
  const sorted = new Int32Array(order.length)
  for (let at = 0; at < order.length; at++) {
    const record = order[at] ?? 0
    const digit = ((parts[record] ?? 0) >>> shift) & mask
    const place = counts[digit] ?? 0
    sorted[place] = record
    counts[digit] = place + 1
  }
  return sorted
}

function sortedRecords(side: RecordColumns<unknown>): Int32Array {
  const { amount, currency, day, count } = side
  const counts = new Int32Array(digits)
  let order: Int32Array = new Int32Array(count)
  // A safe integer as its low 32 bits and what lies above them, neither losing a bit; signed parts moved up to start at zero.
  const low = new Int32Array(count)
  const high = new Int32Array(count)
  for (let record = 0; record < count; record++) {
    order[record] = record
    const above = Math.floor((amount[record] ?? 0) / lowRange)
    low[record] = (amount[record] ?? 0) - above * lowRange
    high[record] = above + highRange
  }
  const days = Int32Array.from(day, (value) => value ^ signBit)
  const passes: readonly (readonly [Int32Array, number])[] = [
    [days, 0],
    [days, digitBits],
    [low, 0],
    [low, digitBits],
    [high, 0],
    [high, digitBits],
    [Int32Array.from(currency, (value) => value + 1), 0],
  ]
  for (const [parts, shift] of passes) order = sortByDigit(order, parts, shift, counts)
  return order
}

export function createAmountOrder(side: RecordColumns<unknown>): AmountOrder {
  const { amount, currency, day, count } = side
  const order = sortedRecords(side)
  const position = new Int32Array(count)
  for (let at = 0; at < count; at++) position[order[at] ?? 0] = at
  const search = (before: (record: number) => boolean, low: number, high: number): number => {
    let first = low
    let last = high
    while (first < last) {
      const middle = (first + last) >>> 1
      if (before(order[middle] ?? 0)) first = middle + 1
      else last = middle
    }
    return first
  }
  const from = (wantedCurrency: number, wanted: number): number =>
    search(
      (record) =>
        (currency[record] ?? 0) < wantedCurrency ||
        ((currency[record] ?? 0) === wantedCurrency && (amount[record] ?? 0) < wanted),
      0,
      count,
    )
  return {
    order,
    position,
    from,
    equal(wantedCurrency, wanted) {
      const first = from(wantedCurrency, wanted)
      const last = search(
        (record) => (currency[record] ?? 0) === wantedCurrency && (amount[record] ?? 0) === wanted,
        first,
        count,
      )
      return [first, last]
    },
    fromDay: (first, last, wanted) => search((record) => (day[record] ?? 0) < wanted, first, last),
  }
}
