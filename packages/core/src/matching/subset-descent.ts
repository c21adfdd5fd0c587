import type { SubsetSumSearch } from './subset-sum.ts'

/**
 * Depth-first search over the items, largest magnitude first. A branch is cut when what is left cannot bring the sum to
 * the target any more; the caller's budget ends the rest.
 */
export function descend(values: Float64Array, target: number, search: SubsetSumSearch): void {
  const order = Array.from(values, (_, index) => index).sort(
    (a, b) => Math.abs(values[b] ?? 0) - Math.abs(values[a] ?? 0) || a - b,
  )
  const sorted = Float64Array.from(order, (index) => values[index] ?? 0)
  const count = sorted.length
  const highest = new Float64Array(count + 1)
  const lowest = new Float64Array(count + 1)
  for (let at = count - 1; at >= 0; at--) {
    const value = sorted[at] ?? 0
    highest[at] = (highest[at + 1] ?? 0) + Math.max(0, value)
    lowest[at] = (lowest[at + 1] ?? 0) + Math.min(0, value)
  }
  const chosen: number[] = []
  const visit = (at: number, rest: number): boolean => {
    if (!search.spend(1)) return false
    if (rest === 0 && chosen.length >= search.minItems && !search.found(chosen.map((slot) => order[slot] ?? 0)))
      return false
    const room = search.maxItems - chosen.length
    if (at === count || room === 0) return true
    if (rest > (highest[at] ?? 0) || rest < (lowest[at] ?? 0)) return true
    for (let next = at; next < count; next++) {
      const value = sorted[next] ?? 0
      if (Math.abs(rest) > room * Math.abs(value)) return true
      if (rest > (highest[next] ?? 0) || rest < (lowest[next] ?? 0)) return true
      chosen.push(next)
      const goOn = visit(next + 1, rest - value)
      chosen.pop()
      if (!goOn) return false
    }
    return true
  }
  visit(0, target)
}
