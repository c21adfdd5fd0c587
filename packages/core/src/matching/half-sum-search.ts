import type { SubsetSumSearch } from './subset-sum.ts'

const filterBits = 24

/**
 * Solutions of any cardinality among up to 40 items. The sums of the left half leave their traces in a bit filter; the
 * sums of the right half whose complement may be in it are kept (about one in sixteen); a second walk over the left half
 * pairs them up. No sorting: the branches of a merge cost more than the hashing.
 */
export function searchByHalves(values: Float64Array, target: number, search: SubsetSumSearch): void {
  const middle = values.length >> 1
  if (!search.spend(2 ** middle + 2 ** (values.length - middle))) return
  const left = sumsByMask(values.subarray(0, middle))
  const right = sumsByMask(values.subarray(middle))
  const filter = new Uint32Array(1 << (filterBits - 5))
  for (let mask = 0; mask < left.length; mask++) {
    const trace = traceOf(left[mask] ?? 0)
    filter[trace >>> 5] = (filter[trace >>> 5] ?? 0) | (1 << (trace & 31))
  }
  const kept = new Uint32Array(right.length)
  let count = 0
  for (let mask = 0; mask < right.length; mask++) {
    const trace = traceOf(target - (right[mask] ?? 0))
    if (((filter[trace >>> 5] ?? 0) >>> (trace & 31)) & 1) kept[count++] = mask
  }
  if (count > 0) pairUp(left, right, kept.subarray(0, count), target, middle, search)
}

function traceOf(sum: number): number {
  return Math.imul(sum | 0, 0x9e3779b1) >>> (32 - filterBits)
}

/** The sum of every subset, indexed by its bit mask. */
function sumsByMask(values: Float64Array): Float64Array {
  const sums = new Float64Array(2 ** values.length)
  let length = 1
  for (const value of values) {
    for (let mask = 0; mask < length; mask++) sums[length + mask] = (sums[mask] ?? 0) + value
    length *= 2
  }
  return sums
}

function pairUp(
  left: Float64Array,
  right: Float64Array,
  kept: Uint32Array,
  target: number,
  middle: number,
  search: SubsetSumSearch,
): void {
  let bits = 4
  while (1 << bits < kept.length * 2) bits++
  const shift = filterBits - Math.min(bits, filterBits)
  const head = new Int32Array(1 << (filterBits - shift)).fill(-1)
  const next = new Int32Array(kept.length)
  for (let at = kept.length - 1; at >= 0; at--) {
    const slot = traceOf(target - (right[kept[at] ?? 0] ?? 0)) >>> shift
    next[at] = head[slot] ?? -1
    head[slot] = at
  }
  for (let leftMask = 0; leftMask < left.length; leftMask++) {
    const leftSum = left[leftMask] ?? 0
    for (let at = head[traceOf(leftSum) >>> shift] ?? -1; at >= 0; at = next[at] ?? -1) {
      if (!search.spend(1)) return
      const rightMask = kept[at] ?? 0
      if (leftSum + (right[rightMask] ?? 0) !== target) continue
      const size = bitCount(leftMask) + bitCount(rightMask)
      if (size < search.minItems || size > search.maxItems) continue
      if (!search.found([...bitsOf(leftMask, 0), ...bitsOf(rightMask, middle)])) return
    }
  }
}

function bitCount(mask: number): number {
  let count = mask - ((mask >>> 1) & 0x55555555)
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333)
  return Math.imul((count + (count >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

function bitsOf(mask: number, offset: number): number[] {
  const indices: number[] = []
  for (let bit = 0; bit < 32; bit++) if ((mask >>> bit) & 1) indices.push(bit + offset)
  return indices
}
