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
/** High parts of safe integers lie between minus and plus this. */
const highRange = 2 ** 21

/** The low 32 bits of a safe integer, and its high part, neither losing a bit. */
function lowOf(value: number): number {
  return ((value % lowRange) + lowRange) % lowRange
}
function highOf(value: number): number {
  return (value - lowOf(value)) / lowRange + highRange
}

/** One stable pass of a radix sort by 16 bits; the same array where all digits are equal. */
function sortByDigit(order: Int32Array, digitOf: (record: number) => number, counts: Int32Array): Int32Array {
  counts.fill(0)
  for (const record of order) {
    const digit = digitOf(record)
    counts[digit] = (counts[digit] ?? 0) + 1
  }
  if (order.length > 0 && counts[digitOf(order[0] ?? 0)] === order.length) return order
  let start = 0
  for (let digit = 0; digit < digits; digit++) {
    const count = counts[digit] ?? 0
    counts[digit] = start
    start += count
  }
  const sorted = new Int32Array(order.length)
  for (const record of order) {
    const digit = digitOf(record)
    const at = counts[digit] ?? 0
    sorted[at] = record
    counts[digit] = at + 1
  }
  return sorted
}

function sortedRecords(side: RecordColumns<unknown>): Int32Array {
  const { amount, currency, day, count } = side
  const counts = new Int32Array(digits)
  let order: Int32Array = Int32Array.from({ length: count }, (_, index) => index)
  const passes: ((record: number) => number)[] = [
    (record) => (day[record] ?? 0) & (digits - 1),
    (record) => (((day[record] ?? 0) >> digitBits) + digits / 2) & (digits - 1),
    (record) => lowOf(amount[record] ?? 0) % digits,
    (record) => Math.floor(lowOf(amount[record] ?? 0) / digits),
    (record) => highOf(amount[record] ?? 0) % digits,
    (record) => Math.floor(highOf(amount[record] ?? 0) / digits),
    (record) => (currency[record] ?? 0) + 1,
  ]
  for (const digitOf of passes) order = sortByDigit(order, digitOf, counts)
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
