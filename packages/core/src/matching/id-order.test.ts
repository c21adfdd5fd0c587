import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareIds, indexOfId, inIdOrder } from './id-order.ts'

const rowsOf = (ids: readonly string[]) => [...new Set(ids)].map((id) => ({ id }))

describe('the order of ids', () => {
  it('is that of compareIds, for ids of any shape', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 6 }), { maxLength: 80 }), (ids) => {
        const rows = rowsOf(ids)
        expect(inIdOrder(rows, 'lines')).toEqual([...rows].sort((left, right) => compareIds(left.id, right.id)))
      }),
    )
  })

  it('is the same for numbered ids, however many', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 999_999 }), { minLength: 40, maxLength: 200 }),
        (numbers) => {
          const rows = numbers.map((number) => ({ id: `line-${String(number).padStart(6, '0')}` }))
          const ordered = [...rows].sort((left, right) => compareIds(left.id, right.id))
          expect(inIdOrder(rows, 'lines')).toEqual(ordered)
        },
      ),
    )
  })

  it('finds every id by halving, and no other', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 4 }), { maxLength: 40 }),
        fc.string({ maxLength: 4 }),
        (ids, other) => {
          const rows = inIdOrder(rowsOf(ids), 'lines')
          expect(rows.map((row) => indexOfId(rows, row.id))).toEqual(rows.map((_, index) => index))
          expect(indexOfId(rows, other)).toBe(rows.findIndex((row) => row.id === other))
        },
      ),
    )
  })

  it('is the array itself when ordered, and refuses an id twice', () => {
    const rows = rowsOf(['a', 'b', 'aa'])
    expect(inIdOrder(rows, 'lines')).toBe(rows)
    expect(() => inIdOrder([{ id: 'b' }, { id: 'a' }, { id: 'b' }], 'lines')).toThrow(
      expect.objectContaining({ code: 'RECORD_DUPLICATE_ID', place: 'b' }),
    )
  })
})
