import { ReconError } from '../recon-error.ts'

export interface Assignment {
  /** The column of each row. Every row has one: `rows` is at most `columns`. */
  readonly columnOfRow: Int32Array
  /** Sum of the costs of the chosen cells: no other assignment costs less. */
  readonly cost: number
  /** False when another assignment costs the same. */
  isUnique(): boolean
  /** How much dearer the best assignment gets that does not give `row` its column; 0 on a tie, Infinity when there is none. */
  margin(row: number): number
}

/** Costs below this share of the largest magnitude count as equal: sums of floats do not tie exactly. */
const relativeTolerance = 1e-11

/**
 * The cheapest assignment of every row to a column of its own, costs dense and row by row. Column reduction, augmenting
 * row reduction and shortest augmenting paths after Jonker and Volgenant (1987); rectangular after Crouse (2016).
 * @throws ReconError INPUT_TOO_LARGE when there are more rows than columns, or fewer costs than cells
 */
export function assign(costs: Float64Array, rows: number, columns: number): Assignment {
  if (rows > columns || costs.length < rows * columns) {
    throw new ReconError(
      'INPUT_TOO_LARGE',
      `An assignment needs at least as many columns as rows and a cost for each cell; got ${rows} rows, ${columns} columns, ${costs.length} costs. Transpose the block.`,
    )
  }
  const state: State = {
    costs,
    rows,
    columns,
    price: new Float64Array(columns),
    columnOfRow: new Int32Array(rows).fill(-1),
    rowOfColumn: new Int32Array(columns).fill(-1),
  }
  let free = rows === columns ? reduceColumns(state) : Int32Array.from({ length: rows }, (_, row) => row)
  for (let round = 0; round < 2 && columns > 1; round++) free = reduceRows(state, free)
  augment(state, free)
  return finish(state)
}

interface State {
  readonly costs: Float64Array
  readonly rows: number
  readonly columns: number
  /** Dual price of each column: never positive, zero for a column without a row when there are more columns. */
  readonly price: Float64Array
  readonly columnOfRow: Int32Array
  readonly rowOfColumn: Int32Array
}

/** Each column takes its cheapest row; a row that is the cheapest of just one column passes its advantage on. */
function reduceColumns({ costs, rows, columns, price, columnOfRow, rowOfColumn }: State): Int32Array {
  const taken = new Int32Array(rows)
  const cheapest = Int32Array.from({ length: columns }, () => 0)
  price.set(costs.subarray(0, columns))
  for (let row = 1; row < rows; row++) {
    const base = row * columns
    for (let column = 0; column < columns; column++) {
      const cost = costs[base + column] ?? 0
      if (cost < (price[column] ?? 0)) {
        price[column] = cost
        cheapest[column] = row
      }
    }
  }
  for (let column = columns - 1; column >= 0; column--) {
    const row = cheapest[column] ?? 0
    taken[row] = (taken[row] ?? 0) + 1
    if (taken[row] !== 1) continue
    columnOfRow[row] = column
    rowOfColumn[column] = row
  }
  const free: number[] = []
  for (let row = 0; row < rows; row++) if (taken[row] === 0) free.push(row)
  for (let row = 0; row < rows && free.length > 0; row++) {
    if (taken[row] !== 1) continue
    const own = columnOfRow[row] ?? 0
    const base = row * columns
    let least = Number.POSITIVE_INFINITY
    for (let column = 0; column < columns; column++) {
      const reduced = (costs[base + column] ?? 0) - (price[column] ?? 0)
      if (column !== own && reduced < least) least = reduced
    }
    if (Number.isFinite(least)) price[own] = (price[own] ?? 0) - least
  }
  return Int32Array.from(free)
}

/** Every free row bids for its best column; who is pushed out bids again at once, as long as prices move. */
function reduceRows({ costs, rows, columns, price, columnOfRow, rowOfColumn }: State, free: Int32Array): Int32Array {
  const queue = Int32Array.from(free)
  const left: number[] = []
  let bids = 0
  const mostBids = rows * 8 + 64
  for (let at = 0; at < queue.length; ) {
    const row = queue[at++] ?? 0
    const base = row * columns
    let best = 0
    let least = (costs[base] ?? 0) - (price[0] ?? 0)
    let second = -1
    let secondLeast = Number.POSITIVE_INFINITY
    for (let column = 1; column < columns; column++) {
      const reduced = (costs[base + column] ?? 0) - (price[column] ?? 0)
      if (reduced >= secondLeast) continue
      if (reduced >= least) {
        secondLeast = reduced
        second = column
      } else {
        secondLeast = least
        second = best
        least = reduced
        best = column
      }
    }
    let holder = rowOfColumn[best] ?? -1
    const lowered = (price[best] ?? 0) - (secondLeast - least)
    const moves = lowered < (price[best] ?? 0)
    if (moves) price[best] = lowered
    else if (holder >= 0 && second >= 0) {
      best = second
      holder = rowOfColumn[best] ?? -1
    }
    columnOfRow[row] = best
    rowOfColumn[best] = row
    if (holder < 0) continue
    columnOfRow[holder] = -1
    if (moves && ++bids < mostBids) queue[--at] = holder
    else left.push(holder)
  }
  return Int32Array.from(left)
}

/** A shortest path from each free row to a free column, over reduced costs; columns at the same distance are scanned together. */
function augment(state: State, free: Int32Array): void {
  const { costs, columns, price, columnOfRow, rowOfColumn } = state
  const distance = new Float64Array(columns)
  const before = new Int32Array(columns)
  const order = new Int32Array(columns)
  for (const start of free) {
    const startBase = start * columns
    for (let column = 0; column < columns; column++) {
      order[column] = column
      before[column] = start
      distance[column] = (costs[startBase + column] ?? 0) - (price[column] ?? 0)
    }
    let scanned = 0
    let ready = 0
    let edge = 0
    let least = 0
    let end = -1
    while (end < 0) {
      if (ready === edge) {
        scanned = ready
        least = distance[order[edge] ?? 0] ?? 0
        edge++
        for (let at = edge; at < columns; at++) {
          const column = order[at] ?? 0
          const reach = distance[column] ?? 0
          if (reach > least) continue
          if (reach < least) {
            edge = ready
            least = reach
          }
          order[at] = order[edge] ?? 0
          order[edge++] = column
        }
        for (let at = ready; at < edge && end < 0; at++) {
          const column = order[at] ?? 0
          if ((rowOfColumn[column] ?? -1) < 0) end = column
        }
        if (end >= 0) break
      }
      const from = order[ready++] ?? 0
      const row = rowOfColumn[from] ?? 0
      const base = row * columns
      const offset = (costs[base + from] ?? 0) - (price[from] ?? 0) - least
      for (let at = edge; at < columns; at++) {
        const column = order[at] ?? 0
        const reach = (costs[base + column] ?? 0) - (price[column] ?? 0) - offset
        if (reach >= (distance[column] ?? 0)) continue
        distance[column] = reach
        before[column] = row
        if (reach > least) continue
        if ((rowOfColumn[column] ?? -1) < 0) {
          end = column
          break
        }
        order[at] = order[edge] ?? 0
        order[edge++] = column
      }
    }
    for (let at = 0; at < scanned; at++) {
      const column = order[at] ?? 0
      price[column] = (price[column] ?? 0) + (distance[column] ?? 0) - least
    }
    for (let row = -1; row !== start; ) {
      row = before[end] ?? start
      rowOfColumn[end] = row
      const previous = columnOfRow[row] ?? -1
      columnOfRow[row] = end
      end = previous
    }
  }
}

function finish({ costs, rows, columns, price, columnOfRow, rowOfColumn }: State): Assignment {
  let cost = 0
  for (let row = 0; row < rows; row++) cost += costs[row * columns + (columnOfRow[row] ?? 0)] ?? 0
  let tolerance = -1
  const margin = (row: number): number => {
    if (tolerance < 0) tolerance = largestMagnitude(costs) * relativeTolerance
    const dearer = cheapestDetour({ costs, rows, columns, price, columnOfRow, rowOfColumn }, row)
    return dearer <= tolerance ? 0 : dearer
  }
  const isUnique = (): boolean => {
    for (let row = 0; row < rows; row++) if (margin(row) === 0) return false
    return true
  }
  return { columnOfRow, cost, isUnique, margin }
}

function largestMagnitude(costs: Float64Array): number {
  let largest = 1
  for (const cost of costs) if (Number.isFinite(cost) && Math.abs(cost) > largest) largest = Math.abs(cost)
  return largest
}

/**
 * The cheapest way for a row to take another column and for the rest to make room: Dijkstra over rows, from the row back
 * to itself. Columns without a row are one more node, which hands on what a freed column would have cost.
 */
function cheapestDetour(state: State, start: number): number {
  const { costs, rows, columns, price, columnOfRow, rowOfColumn } = state
  const distance = new Float64Array(rows + 1).fill(Number.POSITIVE_INFINITY)
  const done = new Uint8Array(rows + 1)
  const reduced = (row: number, column: number) => (costs[row * columns + column] ?? 0) - (price[column] ?? 0)
  const relax = (from: number, base: number) => {
    const own = columnOfRow[from] ?? 0
    const level = reduced(from, own)
    for (let column = 0; column < columns; column++) {
      if (column === own) continue
      const holder = rowOfColumn[column] ?? -1
      const to = holder < 0 ? rows : holder
      const reach = base + Math.max(0, reduced(from, column) - level)
      if (reach < (distance[to] ?? 0)) distance[to] = reach
    }
  }
  relax(start, 0)
  for (;;) {
    let nearest = -1
    for (let row = 0; row <= rows; row++)
      if (!done[row] && (nearest < 0 || (distance[row] ?? 0) < (distance[nearest] ?? 0))) nearest = row
    const reach = nearest < 0 ? Number.POSITIVE_INFINITY : (distance[nearest] ?? 0)
    if (nearest === start || !Number.isFinite(reach)) return reach
    done[nearest] = 1
    if (nearest < rows) relax(nearest, reach)
    else
      for (let row = 0; row < rows; row++) {
        const freed = reach - (price[columnOfRow[row] ?? 0] ?? 0)
        if (freed < (distance[row] ?? 0)) distance[row] = freed
      }
  }
}
