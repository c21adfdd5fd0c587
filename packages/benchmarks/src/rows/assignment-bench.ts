import { assign } from '@recon/core'
import { munkres } from 'munkres'
import { seededRandom } from '../labelled/seeded-random.ts'
import { comparisonTable, sideBySide } from '../side-by-side.ts'

const shapes = {
  'easy: one cheap cell per row': (row: number, column: number, next: () => number) =>
    row === column ? next() * 0.1 : 1 + next(),
  'dense: whole numbers to 1,000': (_row: number, _column: number, next: () => number) => Math.floor(next() * 1000),
  'hard noise: uniform': (_row: number, _column: number, next: () => number) => next(),
} as const

/** Row 6: the optimum of a square block of costs. The result column is the total cost: equal means both found it. */
export async function assignmentBench(size: number, rounds: number): Promise<string> {
  const tables: string[] = []
  for (const [shape, costOf] of Object.entries(shapes)) {
    const random = seededRandom(6)
    const flat = Float64Array.from({ length: size * size }, (_, cell) =>
      costOf(Math.floor(cell / size), cell % size, random.next),
    )
    const nested = Array.from({ length: size }, (_, row) => Array.from(flat.subarray(row * size, (row + 1) * size)))
    const comparison = await sideBySide(
      `Assignment ${size} x ${size}, ${shape}`,
      [
        { name: 'recon assign', run: () => assign(flat, size, size).cost.toFixed(6) },
        {
          name: 'munkres 2.0.4',
          run: () =>
            munkres(nested)
              .reduce((sum, [row, column]) => sum + (nested[row]?.[column] ?? 0), 0)
              .toFixed(6),
        },
        { name: 'greedy, cheapest cell first', run: () => greedy(flat, size).toFixed(6) },
      ],
      rounds,
    )
    tables.push(comparisonTable(comparison))
  }
  return tables.join('\n\n')
}

function greedy(costs: Float64Array, size: number): number {
  const cells = Uint32Array.from({ length: size * size }, (_, cell) => cell).sort(
    (a, b) => (costs[a] ?? 0) - (costs[b] ?? 0),
  )
  const rows = new Uint8Array(size)
  const columns = new Uint8Array(size)
  let sum = 0
  for (const cell of cells) {
    const row = Math.floor(cell / size)
    const column = cell % size
    if (rows[row] || columns[column]) continue
    rows[row] = 1
    columns[column] = 1
    sum += costs[cell] ?? 0
  }
  return sum
}
