/** A reproducible stream of choices (mulberry32). */
export interface SeededRandom {
  /** 0 up to, not including, 1. */
  next(): number
  /** An integer from `low` to `high`, both included. */
  between(low: number, high: number): number
  chance(share: number): boolean
  pick<Value>(values: readonly Value[]): Value
  shuffle<Value>(values: readonly Value[]): Value[]
}

export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    between,
    chance: (share) => next() < share,
    pick<Value>(values: readonly Value[]): Value {
      const value = values[Math.floor(next() * values.length)]
      if (value === undefined) throw new RangeError('Nothing to pick from.')
      return value
    },
    shuffle(values) {
      const result = [...values]
      for (let at = result.length - 1; at > 0; at--) {
        const other = Math.floor(next() * (at + 1))
        const [first, second] = [result[at], result[other]]
        if (first === undefined || second === undefined) continue
        result[at] = second
        result[other] = first
      }
      return result
    },
  }
}
