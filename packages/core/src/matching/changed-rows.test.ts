import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changedRows } from './changed-rows.ts'
import { inIdOrder } from './id-order.ts'

const row = fc.record({ id: fc.string({ minLength: 1, maxLength: 3 }), value: fc.integer({ min: 0, max: 2 }) })
const rowsOf = fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: 20 })

describe('rows after a change', () => {
  it('are what a map of them would hold, in the order of ids', () => {
    fc.assert(
      fc.property(rowsOf, rowsOf, fc.array(fc.string({ maxLength: 3 })), (given, sent, removed) => {
        const rows = inIdOrder(given, 'rows')
        const held = new Map(rows.map((each) => [each.id, each]))
        for (const id of removed) held.delete(id)
        for (const each of sent) held.set(each.id, each)
        expect(changedRows(rows, sent, removed, 'rows')).toEqual(inIdOrder([...held.values()], 'rows'))
      }),
    )
  })

  it('are the same array where nothing changed', () => {
    const rows = [
      { id: 'a', amount: { minor: 1 }, tags: ['x'] },
      { id: 'b', amount: { minor: 2 }, tags: [] },
    ]
    expect(changedRows(rows, [{ id: 'a', amount: { minor: 1 }, tags: ['x'] }], ['c'], 'rows')).toBe(rows)
    expect(changedRows(rows, [{ id: 'a', amount: { minor: 2 }, tags: ['x'] }], [], 'rows')).not.toBe(rows)
    expect(() =>
      changedRows(
        rows,
        [rows[0], rows[0]].flatMap((each) => each ?? []),
        [],
        'rows',
      ),
    ).toThrow('must be unique')
    expect(changedRows(rows, [{ id: 'a', amount: { minor: 1 }, tags: [] }], [], 'rows')).not.toBe(rows)
  })
})
