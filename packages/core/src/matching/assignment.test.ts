import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assign } from './assignment.ts'

function everyAssignment(
  costs: readonly number[],
  rows: number,
  columns: number,
): { cost: number; columns: number[] }[] {
  const all: { cost: number; columns: number[] }[] = []
  const visit = (row: number, cost: number, chosen: number[]): void => {
    if (row === rows) {
      all.push({ cost, columns: chosen })
      return
    }
    for (let column = 0; column < columns; column++)
      if (!chosen.includes(column)) visit(row + 1, cost + (costs[row * columns + column] ?? 0), [...chosen, column])
  }
  visit(0, 0, [])
  return all.sort((a, b) => a.cost - b.cost)
}

const block = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 2 }), fc.constantFrom(3, 9, 1000))
  .chain(([rows, extra, spread]) =>
    fc.record({
      rows: fc.constant(rows),
      columns: fc.constant(rows + extra),
      costs: fc.array(fc.integer({ min: -spread, max: spread }), {
        minLength: rows * (rows + extra),
        maxLength: rows * (rows + extra),
      }),
    }),
  )

describe('assign', () => {
  it('is as cheap as the best of all assignments, and tells ties and margins', () => {
    fc.assert(
      fc.property(block, ({ rows, columns, costs }) => {
        const result = assign(Float64Array.from(costs), rows, columns)
        const all = everyAssignment(costs, rows, columns)
        const best = all[0]?.cost ?? Number.NaN
        expect(result.cost).toBe(best)
        expect(new Set(result.columnOfRow).size).toBe(rows)
        expect(result.isUnique()).toBe(all.filter((other) => other.cost === best).length === 1)
        for (let row = 0; row < rows; row++) {
          const other = all.find((candidate) => candidate.columns[row] !== result.columnOfRow[row])
          expect(result.margin(row)).toBe(other === undefined ? Number.POSITIVE_INFINITY : other.cost - best)
        }
      }),
      { numRuns: 600 },
    )
  })

  it('costs the same when rows are shuffled', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 40 }),
        fc.infiniteStream(fc.integer({ min: 0, max: 50 })),
        (size, stream) => {
          const costs = Float64Array.from({ length: size * size }, () => stream.next().value)
          const reversed = Float64Array.from({ length: size * size }, (_, cell) => {
            const row = size - 1 - Math.floor(cell / size)
            return costs[row * size + (cell % size)] ?? 0
          })
          expect(assign(reversed, size, size).cost).toBe(assign(costs, size, size).cost)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('ends on floats that almost tie', () => {
    const size = 60
    const costs = Float64Array.from({ length: size * size }, (_, cell) => 0.1 + (cell % 3) * 1e-17 + (cell % 7) * 0.3)
    expect(new Set(assign(costs, size, size).columnOfRow).size).toBe(size)
  })

  it('refuses more rows than columns', () => {
    expect(() => assign(new Float64Array(6), 3, 2)).toThrow(expect.objectContaining({ code: 'INPUT_TOO_LARGE' }))
  })
})
