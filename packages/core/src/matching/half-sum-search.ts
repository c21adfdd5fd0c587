import type { SubsetSumSearch } from './subset-sum.ts'

/** A prime (amounts share round factors), so large that the sums of one class stay in the cache. */
const classes = 127

/**
 * Solutions of any cardinality among up to 40 items by meeting in the middle, one residue class at a time: with the items
 * in four quarters, the sums of the left half that are congruent to c are listed from the quarters' classes without looking
 * at any other, and so are those of the right half congruent to target - c (Howgrave-Graham and Joux 2010). Each class
 * is small enough to be hashed within the cache.
 */
export function searchByHalves(values: Float64Array, target: number, search: SubsetSumSearch): void {
  if (values.length <= fewForHalves) {
    searchEverySubset(values, target, search)
    return
  }
  const cuts = [0, 1, 2, 3, 4].map((quarter) => Math.round((values.length * quarter) / 4))
  const quarters = [0, 1, 2, 3].map((quarter) => quarterOf(values, cuts[quarter] ?? 0, cuts[quarter + 1] ?? 0))
  const [first, second, third, fourth] = quarters
  if (!first || !second || !third || !fourth) return
  const targetClass = classOf(target)
  const left = new HalfClass()
  const right = new HalfClass()
  const table = new SumTable()
  for (let residue = 0; residue < classes; residue++) {
    left.list(first, second, residue)
    right.list(third, fourth, (targetClass - residue + classes) % classes)
    if (!search.spend(left.length + right.length + first.sums.length)) return
    if (left.length > 0 && right.length > 0 && !table.pairUp(left, right, target, cuts[2] ?? 0, search)) return
  }
}

/** So few items that listing all subsets costs less than preparing the halves. */
const fewForHalves = 13

function searchEverySubset(values: Float64Array, target: number, search: SubsetSumSearch): void {
  const sums = new Float64Array(2 ** values.length)
  if (!search.spend(sums.length)) return
  let length = 1
  for (const value of values) {
    for (let mask = 0; mask < length; mask++) sums[length + mask] = (sums[mask] ?? 0) + value
    length *= 2
  }
  for (let mask = 1; mask < length; mask++) {
    if (sums[mask] !== target) continue
    const size = bitCount(mask)
    if (size >= search.minItems && size <= search.maxItems && !search.found(bitsOf(mask, 0))) return
  }
}

interface Quarter {
  readonly bits: number
  readonly sums: Float64Array
  readonly residues: Uint16Array
  /** Masks in order of their residue; the masks of residue r are at starts[r] to starts[r + 1]. */
  readonly byResidue: Uint16Array
  readonly sumsByResidue: Float64Array
  readonly starts: Uint32Array
}

function classOf(sum: number): number {
  const residue = sum % classes
  return residue < 0 ? residue + classes : residue
}

function quarterOf(values: Float64Array, from: number, to: number): Quarter {
  const size = 2 ** (to - from)
  const sums = new Float64Array(size)
  let length = 1
  for (let item = from; item < to; item++) {
    for (let mask = 0; mask < length; mask++) sums[length + mask] = (sums[mask] ?? 0) + (values[item] ?? 0)
    length *= 2
  }
  const residues = Uint16Array.from(sums, classOf)
  const starts = new Uint32Array(classes + 1)
  for (const residue of residues) starts[residue + 1] = (starts[residue + 1] ?? 0) + 1
  for (let residue = 0; residue < classes; residue++)
    starts[residue + 1] = (starts[residue + 1] ?? 0) + (starts[residue] ?? 0)
  const next = starts.slice()
  const byResidue = new Uint16Array(size)
  const sumsByResidue = new Float64Array(size)
  for (let mask = 0; mask < size; mask++) {
    const residue = residues[mask] ?? 0
    const at = next[residue] ?? 0
    byResidue[at] = mask
    sumsByResidue[at] = sums[mask] ?? 0
    next[residue] = at + 1
  }
  return { bits: to - from, sums, residues, byResidue, sumsByResidue, starts }
}

/** The sums of two quarters that fall into one residue class, with their masks. Its buffers are reused and grow. */
class HalfClass {
  length = 0
  sums = new Float64Array(256)
  masks = new Uint32Array(256)

  list(low: Quarter, high: Quarter, residue: number): void {
    let { sums, masks } = this
    let length = 0
    for (let lowMask = 0; lowMask < low.sums.length; lowMask++) {
      let missing = residue - (low.residues[lowMask] ?? 0)
      if (missing < 0) missing += classes
      const end = high.starts[missing + 1] ?? 0
      const start = high.starts[missing] ?? 0
      if (length + end - start > sums.length) {
        this.grow(length + end - start)
        sums = this.sums
        masks = this.masks
      }
      const lowSum = low.sums[lowMask] ?? 0
      for (let at = start; at < end; at++) {
        sums[length] = lowSum + (high.sumsByResidue[at] ?? 0)
        masks[length++] = lowMask | ((high.byResidue[at] ?? 0) << low.bits)
      }
    }
    this.length = length
  }

  private grow(needed: number): void {
    const sums = new Float64Array(needed * 2)
    const masks = new Uint32Array(needed * 2)
    sums.set(this.sums)
    masks.set(this.masks)
    this.sums = sums
    this.masks = masks
  }
}

class SumTable {
  private head = new Int32Array(512)
  private next = new Int32Array(512)

  /** False when the search must stop. */
  pairUp(left: HalfClass, right: HalfClass, target: number, rightOffset: number, search: SubsetSumSearch): boolean {
    let bits = 4
    while (1 << bits < left.length * 2) bits++
    if (1 << bits > this.head.length) this.head = new Int32Array(1 << bits)
    if (left.length > this.next.length) this.next = new Int32Array(left.length * 2)
    const { head, next } = this
    const { sums, masks } = left
    const shift = 32 - bits
    head.fill(-1, 0, 1 << bits)
    for (let at = left.length - 1; at >= 0; at--) {
      const slot = Math.imul((sums[at] ?? 0) | 0, 0x9e3779b1) >>> shift
      next[at] = head[slot] ?? -1
      head[slot] = at
    }
    const others = right.sums
    for (let other = 0; other < right.length; other++) {
      const missing = target - (others[other] ?? 0)
      let at = head[Math.imul(missing | 0, 0x9e3779b1) >>> shift] ?? -1
      for (; at >= 0; at = next[at] ?? -1) {
        if (sums[at] !== missing) continue
        if (!search.spend(1)) return false
        const leftMask = masks[at] ?? 0
        const rightMask = right.masks[other] ?? 0
        const size = bitCount(leftMask) + bitCount(rightMask)
        if (size < search.minItems || size > search.maxItems) continue
        if (!search.found([...bitsOf(leftMask, 0), ...bitsOf(rightMask, rightOffset)])) return false
      }
    }
    return true
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
