/**
 * How much a subset-sum solution says, in bits: minus the logarithm of how many solutions chance alone would give. With `pool`
 * items and up to `size` of them, sums spread over `spread` minor units in steps of `unit`, about (number of subsets) x unit / spread
 * subsets hit any given target. Eight bits: one accident in 256 searches.
 */
export function subsetBits(amounts: readonly number[], size: number): number {
  const magnitudes = amounts.map(Math.abs).sort((a, b) => b - a)
  const spread = magnitudes.slice(0, size).reduce((sum, value) => sum + value, 0)
  if (spread === 0) return 0
  return Math.log2(spread / commonUnit(magnitudes)) - logSubsets(amounts.length, size)
}

/** The bits a single set, not searched for, carries when its sum hits the target, given how many such sets were tried. */
export function wholeSetBits(amounts: readonly number[], tried: number, slack = 0): number {
  const spread = amounts.reduce((sum, value) => sum + Math.abs(value), 0)
  const unit = commonUnit(amounts.map(Math.abs))
  return spread === 0 ? 0 : Math.log2(spread / Math.max(unit, slack)) - Math.log2(Math.max(1, tried))
}

/** Amounts in round steps reach fewer sums: the step most of them share. */
function commonUnit(magnitudes: readonly number[]): number {
  for (const unit of [100_000, 10_000, 5_000, 1_000, 500, 100, 50, 10, 5]) {
    const round = magnitudes.filter((value) => value % unit === 0).length
    if (round * 10 >= magnitudes.length * 9) return unit
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
