import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ClassEdge, pairClasses } from './class-assignment.ts'

function bestTotal(rows: readonly number[], columns: readonly number[], edges: readonly ClassEdge[]): number {
  const lines = rows.flatMap((count, row) => Array.from({ length: count }, () => row))
  const visit = (at: number, left: number[]): number => {
    const row = lines[at]
    if (row === undefined) return 0
    let best = visit(at + 1, left)
    for (const edge of edges) {
      if (edge.row !== row || (left[edge.column] ?? 0) === 0) continue
      const next = left.with(edge.column, (left[edge.column] ?? 0) - 1)
      best = Math.max(best, edge.gain + visit(at + 1, next))
    }
    return best
  }
  return visit(0, [...columns])
}

describe('pairClasses', () => {
  it('gains as much as the best of all pairings and uses nobody twice', () => {
    const counts = fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(
        counts,
        counts,
        fc.array(fc.integer({ min: -3, max: 12 }), { minLength: 9, maxLength: 9 }),
        (rows, columns, gains) => {
          const edges = rows.flatMap((_, row) =>
            columns.map((_column, column) => ({ row, column, gain: gains[row * 3 + column] ?? 0 })),
          )
          const { pairings, optimal } = pairClasses(rows, columns, edges)
          const gainOf = (row: number, column: number) =>
            edges.find((edge) => edge.row === row && edge.column === column)?.gain ?? 0
          expect(optimal).toBe(true)
          expect(pairings.reduce((sum, { edge, count }) => sum + count * gainOf(edge.row, edge.column), 0)).toBe(
            bestTotal(rows, columns, edges),
          )
          rows.forEach((count, row) => {
            const used = pairings
              .filter((pairing) => pairing.edge.row === row)
              .reduce((sum, pairing) => sum + pairing.count, 0)
            expect(used).toBeLessThanOrEqual(count)
          })
          columns.forEach((count, column) => {
            const used = pairings.filter((pairing) => pairing.edge.column === column)
            expect(used.reduce((sum, pairing) => sum + pairing.count, 0)).toBeLessThanOrEqual(count)
          })
        },
      ),
      { numRuns: 500 },
    )
  })

  it('pairs a hundred thousand identical records at once', () => {
    const { pairings } = pairClasses(
      [100_000, 5],
      [99_000],
      [
        { row: 0, column: 0, gain: 2 },
        { row: 1, column: 0, gain: 3 },
      ],
    )
    expect(pairings).toEqual([
      { edge: { row: 0, column: 0, gain: 2 }, count: 98_995 },
      { edge: { row: 1, column: 0, gain: 3 }, count: 5 },
    ])
  })
})
