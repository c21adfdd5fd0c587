import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAmountOrder } from './amount-order.ts'
import type { RecordColumns } from './side-columns.ts'

const record = fc.record({
  amount: fc.oneof(fc.integer({ min: -5, max: 5 }), fc.maxSafeInteger()),
  currency: fc.integer({ min: -1, max: 2 }),
  day: fc.integer({ min: -1000, max: 90_000 }),
})

function sideOf(records: readonly { amount: number; currency: number; day: number }[]): RecordColumns<unknown> {
  const count = records.length
  return {
    rows: records,
    count,
    amount: Float64Array.from(records, (row) => row.amount),
    currency: Int16Array.from(records, (row) => row.currency),
    day: Int32Array.from(records, (row) => row.day),
    account: new Int32Array(count),
    name: new Int32Array(count),
    instrument: new Int8Array(count),
    traits: new Uint8Array(records.length),
    state: new Uint8Array(count),
  }
}

describe('the order of amounts', () => {
  it('is by currency, amount, day and index', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 60 }), (records) => {
        const expected = records
          .map((row, index) => ({ ...row, index }))
          .sort((a, b) => a.currency - b.currency || a.amount - b.amount || a.day - b.day || a.index - b.index)
        const { order, position } = createAmountOrder(sideOf(records))
        expect([...order]).toEqual(expected.map((row) => row.index))
        records.forEach((_, index) => {
          expect(order[position[index] ?? -1]).toBe(index)
        })
      }),
    )
  })

  it('finds every record of an amount', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 60 }), fc.nat(), (records, pick) => {
        const wanted = records[pick % records.length]
        if (wanted === undefined) return
        const amounts = createAmountOrder(sideOf(records))
        const [first, last] = amounts.equal(wanted.currency, wanted.amount)
        const same = records.filter((row) => row.currency === wanted.currency && row.amount === wanted.amount)
        expect(last - first).toBe(same.length)
        const from = amounts.fromDay(first, last, wanted.day)
        expect(records[amounts.order[from] ?? -1]?.day).toBe(wanted.day)
      }),
    )
  })
})
