import type { SubsetSumSearch } from './subset-sum.ts'

/**
 * Solutions of one to four items. Pairs (a, b) are hashed by their sum while c walks forward, so that each set
 * a < b < c < d is met exactly once: time and memory grow with the square of the number of items.
 */
export function searchUpToFour(values: Float64Array, target: number, search: SubsetSumSearch): void {
  const wanted = (size: number) => size >= search.minItems && size <= search.maxItems
  if (wanted(1) && !searchOne(values, target, search)) return
  const singles = wanted(2) || wanted(3) ? hashSingles(values) : undefined
  if (singles && wanted(2) && !searchTwo(values, target, singles, search)) return
  if (singles && wanted(3) && !searchThree(values, target, singles, search)) return
  if (wanted(4)) searchFour(values, target, search)
}

function searchOne(values: Float64Array, target: number, search: SubsetSumSearch): boolean {
  if (!search.spend(values.length)) return false
  for (let a = 0; a < values.length; a++) if (values[a] === target && !search.found([a])) return false
  return true
}

interface HashedSums {
  readonly shift: number
  readonly head: Int32Array
  readonly next: Int32Array
}

function emptyTable(count: number): HashedSums {
  let bits = 4
  while (1 << bits < count * 2 && bits < 24) bits++
  return { shift: 32 - bits, head: new Int32Array(1 << bits).fill(-1), next: new Int32Array(count) }
}

function slotOf(value: number, shift: number): number {
  return Math.imul(value | 0, 0x9e3779b1) >>> shift
}

function hashSingles(values: Float64Array): HashedSums {
  const table = emptyTable(values.length)
  for (let index = values.length - 1; index >= 0; index--) {
    const slot = slotOf(values[index] ?? 0, table.shift)
    table.next[index] = table.head[slot] ?? -1
    table.head[slot] = index
  }
  return table
}

function searchTwo(values: Float64Array, target: number, table: HashedSums, search: SubsetSumSearch): boolean {
  if (!search.spend(values.length)) return false
  for (let b = 1; b < values.length; b++) {
    const missing = target - (values[b] ?? 0)
    let a = table.head[slotOf(missing, table.shift)] ?? -1
    for (; a >= 0 && a < b; a = table.next[a] ?? -1) if (values[a] === missing && !search.found([a, b])) return false
  }
  return true
}

function searchThree(values: Float64Array, target: number, table: HashedSums, search: SubsetSumSearch): boolean {
  const { head, next, shift } = table
  for (let c = 2; c < values.length; c++) {
    if (!search.spend(c)) return false
    const rest = target - (values[c] ?? 0)
    for (let b = 1; b < c; b++) {
      const missing = rest - (values[b] ?? 0)
      let a = head[slotOf(missing, shift)] ?? -1
      for (; a >= 0 && a < b; a = next[a] ?? -1) {
        if (values[a] !== missing) {
          if (!search.spend(1)) return false
        } else if (!search.found([a, b, c])) return false
      }
    }
  }
  return true
}

function searchFour(values: Float64Array, target: number, search: SubsetSumSearch): void {
  const count = values.length
  const pairs = (count * (count - 1)) / 2
  if (count < 4 || !search.spend(pairs) || pairs > 16_000_000) {
    if (count >= 4) search.spend(Number.MAX_SAFE_INTEGER)
    return
  }
  const { head, next, shift } = emptyTable(pairs)
  const sums = new Float64Array(pairs)
  const lower = new Uint16Array(pairs)
  const upper = new Uint16Array(pairs)
  let used = 0
  for (let c = 1; c < count; c++) {
    const third = values[c] ?? 0
    const rest = target - third
    for (let d = c + 1; d < count; d++) {
      const missing = rest - (values[d] ?? 0)
      let pair = head[slotOf(missing, shift)] ?? -1
      while (pair >= 0) {
        if (sums[pair] !== missing) {
          if (!search.spend(1)) return
        } else if (!search.found([lower[pair] ?? 0, upper[pair] ?? 0, c, d])) return
        pair = next[pair] ?? -1
      }
    }
    for (let a = 0; a < c; a++) {
      const sum = (values[a] ?? 0) + third
      const slot = slotOf(sum, shift)
      sums[used] = sum
      lower[used] = a
      upper[used] = c
      next[used] = head[slot] ?? -1
      head[slot] = used++
    }
  }
}
