import type { RecordColumns } from './matching-context.ts'

/** Records of one side ordered by currency, amount, day and index: equal amounts lie together, in the order of their days. */
export interface AmountOrder {
  readonly order: Int32Array
  /** Positions in `order` of the records of exactly this currency and amount, from and up to, whatever their state. */
  equal(currency: number, amount: number): readonly [number, number]
  /** The first position whose record has this currency and at least this amount. */
  from(currency: number, amount: number): number
  /** Of positions `first` up to `last` (one amount), the first whose day is at least `day`. */
  fromDay(first: number, last: number, day: number): number
}

export function createAmountOrder(side: RecordColumns<unknown>): AmountOrder {
  const { amount, currency, day, count } = side
  const order = new Int32Array(count)
  for (let index = 0; index < count; index++) order[index] = index
  order.sort(
    (left, right) =>
      (currency[left] ?? 0) - (currency[right] ?? 0) ||
      (amount[left] ?? 0) - (amount[right] ?? 0) ||
      (day[left] ?? 0) - (day[right] ?? 0) ||
      left - right,
  )
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
