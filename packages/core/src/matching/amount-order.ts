import type { RecordColumns } from './side-columns.ts'

/** Records of one side ordered by currency, amount, day and index: equal amounts lie together, in the order of their days. */
export interface AmountOrder {
  readonly order: Int32Array
  /** Where each record stands in `order`. */
  readonly position: Int32Array
  /** The amounts in this order. */
  readonly amounts: Float64Array
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

/** Where each currency begins in the order, from -1 (records without an amount) on; one more at the end. */
function currencyStarts(order: Int32Array, currency: Int16Array): Int32Array {
  let most = -1
  for (const each of currency) if (each > most) most = each
  const starts = new Int32Array(most + 3)
  for (const each of currency) starts[each + 2] = (starts[each + 2] ?? 0) + 1
  for (let at = 1; at < starts.length; at++) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0)
  starts[most + 2] = order.length
  return starts
}

export function createAmountOrder(side: RecordColumns<unknown>): AmountOrder {
  const { amount, currency, day, count } = side
  const order = sortedRecords(side)
  const position = new Int32Array(count)
  // The amounts in their order, side by side: searching them touches nothing else.
  const amounts = new Float64Array(count)
  for (let at = 0; at < count; at++) {
    const record = order[at] ?? 0
    position[record] = at
    amounts[at] = amount[record] ?? 0
  }
  const starts = currencyStarts(order, currency)
  const startOf = (wanted: number): number => starts[Math.min(wanted + 1, starts.length - 1)] ?? count
  const from = (wantedCurrency: number, wanted: number): number => {
    let first = startOf(wantedCurrency)
    let last = startOf(wantedCurrency + 1)
    while (first < last) {
      const middle = (first + last) >>> 1
      if ((amounts[middle] ?? 0) < wanted) first = middle + 1
      else last = middle
    }
    return first
  }
  let asked: readonly [currency: number, amount: number] = [-2, 0]
  let answer: readonly [number, number] = [0, 0]
  return {
    order,
    position,
    amounts,
    from,
    equal(wantedCurrency, wanted) {
      // Pairs of one block ask the same again and again.
      if (asked[0] === wantedCurrency && asked[1] === wanted) return answer
      const first = from(wantedCurrency, wanted)
      const end = startOf(wantedCurrency + 1)
      // Most amounts are few: steps that double find the end of a popular one as well.
      let step = 1
      let last = first
      while (last + step <= end && amounts[last + step - 1] === wanted) {
        last += step
        step *= 2
      }
      for (; step > 0; step >>= 1) if (last + step <= end && amounts[last + step - 1] === wanted) last += step
      asked = [wantedCurrency, wanted]
      answer = [first, last]
      return answer
    },
    fromDay(first, last, wanted) {
      let low = first
      let high = last
      while (low < high) {
        const middle = (low + high) >>> 1
        if ((day[order[middle] ?? 0] ?? 0) < wanted) low = middle + 1
        else high = middle
      }
      return low
    },
  }
}
