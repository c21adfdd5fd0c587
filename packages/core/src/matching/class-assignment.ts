/** A possible pairing of one class of identical lines with one class of identical entries. */
export interface ClassEdge {
  readonly row: number
  readonly column: number
  /** What one pair gains; only gains above zero are taken. */
  readonly gain: number
}

export interface ClassPairing {
  readonly edge: ClassEdge
  readonly count: number
}

const most = Number.POSITIVE_INFINITY

/**
 * The pairing of counted classes with the largest total gain, each class used at most as often as it has members, members
 * left over where no pairing gains. Connected parts are solved one by one, each as a transport problem by successive best
 * augmentations (Bellman-Ford queue; gains may tie and fall along a path). For plain lines and entries every count is one.
 * A part that outgrows the budget is finished best edge first, and `optimal` is false.
 * @param rows, columns members per class
 */
export function pairClasses(
  rows: readonly number[],
  columns: readonly number[],
  edges: readonly ClassEdge[],
  stepBudget = 20_000_000,
): { readonly pairings: readonly ClassPairing[]; readonly optimal: boolean } {
  const pairings: ClassPairing[] = []
  const rowLeft = Float64Array.from(rows)
  const columnLeft = Float64Array.from(columns)
  let optimal = true
  let budget = stepBudget
  for (const part of connectedParts(rows.length, columns.length, edges)) {
    const only = part.length === 1 ? part[0] : undefined
    if (only !== undefined) {
      pairings.push({ edge: only, count: Math.min(rowLeft[only.row] ?? 0, columnLeft[only.column] ?? 0) })
      continue
    }
    const solved = solvePart(part, rowLeft, columnLeft, budget)
    budget -= solved.steps
    optimal &&= solved.optimal
    pairings.push(...solved.pairings)
  }
  return { pairings, optimal }
}

/** Edges with a gain, by connected part, in the order of their first edge. */
function connectedParts(rows: number, columns: number, edges: readonly ClassEdge[]): ClassEdge[][] {
  const parent = Int32Array.from({ length: rows + columns }, (_, node) => node)
  const rootOf = (node: number): number => {
    let root = node
    while (parent[root] !== root) {
      parent[root] = parent[parent[root] ?? 0] ?? 0
      root = parent[root] ?? 0
    }
    return root
  }
  for (const edge of edges) if (edge.gain > 0) parent[rootOf(edge.row)] = rootOf(rows + edge.column)
  const parts = new Map<number, ClassEdge[]>()
  for (const edge of edges) {
    if (edge.gain <= 0) continue
    const root = rootOf(edge.row)
    const part = parts.get(root)
    if (part === undefined) parts.set(root, [edge])
    else part.push(edge)
  }
  return [...parts.values()]
}

interface SolvedPart {
  readonly pairings: readonly ClassPairing[]
  readonly optimal: boolean
  readonly steps: number
}

function solvePart(
  part: readonly ClassEdge[],
  rowCounts: Float64Array,
  columnCounts: Float64Array,
  budget: number,
): SolvedPart {
  const rowIds = [...new Set(part.map((edge) => edge.row))]
  const columnIds = [...new Set(part.map((edge) => edge.column))]
  const rowAt = new Map(rowIds.map((row, at) => [row, at]))
  const columnAt = new Map(columnIds.map((column, at) => [column, at]))
  const network: Network = {
    useful: part.map(({ row, column, gain }) => ({
      row: rowAt.get(row) ?? 0,
      column: columnAt.get(column) ?? 0,
      gain,
    })),
    flow: new Float64Array(part.length),
    rowLeft: Float64Array.from(rowIds, (row) => rowCounts[row] ?? 0),
    columnLeft: Float64Array.from(columnIds, (column) => columnCounts[column] ?? 0),
    fromRow: rowIds.map(() => []),
    fromColumn: columnIds.map(() => []),
  }
  network.useful.forEach((edge, at) => {
    network.fromRow[edge.row]?.push(at)
    network.fromColumn[edge.column]?.push(at)
  })
  let steps = 0
  let optimal = true
  for (;;) {
    const path = bestPath(network)
    steps += path.steps
    if (path.gain <= 1e-9 || path.edges.length === 0) break
    augment(path.edges, network)
    if (steps <= budget) continue
    optimal = false
    finishGreedily(network)
    break
  }
  const pairings = part.flatMap((edge, at) => {
    const count = network.flow[at] ?? 0
    return count > 0 ? [{ edge, count }] : []
  })
  return { pairings, optimal, steps }
}

function finishGreedily({ useful, flow, rowLeft, columnLeft }: Network): void {
  const order = useful.map((_, at) => at).sort((a, b) => (useful[b]?.gain ?? 0) - (useful[a]?.gain ?? 0) || a - b)
  for (const at of order) {
    const edge = useful[at]
    if (edge === undefined) continue
    const count = Math.min(rowLeft[edge.row] ?? 0, columnLeft[edge.column] ?? 0)
    flow[at] = (flow[at] ?? 0) + count
    rowLeft[edge.row] = (rowLeft[edge.row] ?? 0) - count
    columnLeft[edge.column] = (columnLeft[edge.column] ?? 0) - count
  }
}

interface Network {
  readonly useful: readonly ClassEdge[]
  readonly flow: Float64Array
  readonly rowLeft: Float64Array
  readonly columnLeft: Float64Array
  readonly fromRow: number[][]
  readonly fromColumn: number[][]
}

/** The path of largest gain from any class of lines with members left to any class of entries with members left. */
function bestPath(network: Network): {
  readonly gain: number
  readonly edges: readonly number[]
  readonly steps: number
} {
  const { useful, flow, rowLeft, columnLeft, fromRow, fromColumn } = network
  const rows = rowLeft.length
  const gain = new Float64Array(rows + columnLeft.length).fill(-most)
  const via = new Int32Array(gain.length).fill(-1)
  const queued = new Uint8Array(gain.length)
  const queue: number[] = []
  for (let row = 0; row < rows; row++) {
    if ((rowLeft[row] ?? 0) <= 0) continue
    gain[row] = 0
    queued[row] = 1
    queue.push(row)
  }
  let steps = 0
  const relax = (node: number, reach: number, edge: number): void => {
    if (reach <= (gain[node] ?? -most) + 1e-9) return
    gain[node] = reach
    via[node] = edge
    if (queued[node]) return
    queued[node] = 1
    queue.push(node)
  }
  for (let at = 0; at < queue.length; at++) {
    const node = queue[at] ?? 0
    queued[node] = 0
    const reach = gain[node] ?? 0
    for (const index of (node < rows ? fromRow[node] : fromColumn[node - rows]) ?? []) {
      const edge = useful[index]
      if (edge === undefined) continue
      steps++
      if (node < rows) relax(rows + edge.column, reach + edge.gain, index)
      else if ((flow[index] ?? 0) > 0) relax(edge.row, reach - edge.gain, index)
    }
  }
  let end = -1
  for (let column = 0; column < columnLeft.length; column++) {
    if ((columnLeft[column] ?? 0) <= 0) continue
    if (end < 0 || (gain[rows + column] ?? -most) > (gain[rows + end] ?? -most) + 1e-9) end = column
  }
  if (end < 0 || !Number.isFinite(gain[rows + end] ?? -most)) return { gain: 0, edges: [], steps }
  const edges: number[] = []
  for (let node = rows + end, index = via[node] ?? -1; index >= 0; index = via[node] ?? -1) {
    edges.push(index)
    const edge = useful[index]
    if (edge === undefined) break
    node = node >= rows ? edge.row : rows + edge.column
  }
  return { gain: gain[rows + end] ?? 0, edges: edges.reverse(), steps }
}

function augment(path: readonly number[], network: Network): void {
  const { useful, flow, rowLeft, columnLeft } = network
  const first = useful[path[0] ?? 0]
  const last = useful[path.at(-1) ?? 0]
  if (first === undefined || last === undefined) return
  let amount = Math.min(rowLeft[first.row] ?? 0, columnLeft[last.column] ?? 0)
  for (let at = 1; at < path.length; at += 2) amount = Math.min(amount, flow[path[at] ?? 0] ?? 0)
  path.forEach((index, at) => {
    flow[index] = (flow[index] ?? 0) + (at % 2 === 0 ? amount : -amount)
  })
  rowLeft[first.row] = (rowLeft[first.row] ?? 0) - amount
  columnLeft[last.column] = (columnLeft[last.column] ?? 0) - amount
}
