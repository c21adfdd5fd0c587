/**
 * How much a subset-sum solution says, in bits: minus the logarithm of how many solutions chance alone would give. With `pool`
 * items and up to `size` of them, sums spread over `spread` minor units in steps of `unit`, about (number of subsets) x unit / spread
 * subsets hit any given target. Eight bits: one accident in 256 searches.
 */
export function subsetBits(amounts: readonly number[], size: number): number {
  return bitsBySize(amounts)(size)
}

/** `subsetBits` of one pool for several sizes. */
export function bitsBySize(amounts: readonly number[]): (size: number) => number {
  const magnitudes = Float64Array.from(amounts, Math.abs).sort().reverse()
  const unit = commonUnit(magnitudes)
  return (size) => {
    let spread = 0
    for (let at = 0; at < Math.min(size, magnitudes.length); at++) spread += magnitudes[at] ?? 0
    return spread === 0 ? 0 : Math.log2(spread / unit) - logSubsets(magnitudes.length, size)
  }
}

/** The bits a single set, not searched for, carries when its sum hits the target, given how many such sets were tried. */
export function wholeSetBits(amounts: readonly number[], tried: number, slack = 0): number {
  const spread = amounts.reduce((sum, value) => sum + Math.abs(value), 0)
  const unit = commonUnit(amounts.map(Math.abs))
  return spread === 0 ? 0 : Math.log2(spread / Math.max(unit, slack)) - Math.log2(Math.max(1, tried))
}

const roundSteps = [100_000, 10_000, 5_000, 1_000, 500, 100, 50, 10, 5] as const

/** Amounts in round steps reach fewer sums: the step most of them share. */
function commonUnit(magnitudes: ArrayLike<number>): number {
  const allowed = magnitudes.length / 10
  for (const unit of roundSteps) {
    let odd = 0
    for (let at = 0; at < magnitudes.length && odd <= allowed; at++) if ((magnitudes[at] ?? 0) % unit !== 0) odd++
    if (odd <= allowed) return unit
  }
  return 1
}

/** log2 of the number of subsets of 2 to `size` of `pool` items. */
function logSubsets(pool: number, size: number): number {
  let count = pool
  let total = 0
  for (let items = 2; items <= Math.min(size, pool); items++) {
    count = (count * (pool - items + 1)) / items
    total += count
  }
  return total < 1 ? 0 : Math.log2(total)
}
