/** Random numbers that come out the same on every machine: mulberry32 over a 32-bit seed. */
export function seededRandom(seed) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const integer = (low, high) => low + Math.floor(next() * (high - low + 1))
  return {
    integer,
    pick: (list) => list[integer(0, list.length - 1)],
    digits: (count) => Array.from({ length: count }, () => integer(0, 9)).join(''),
    /** Minor units between two amounts; most business amounts end in .00 or .50 or in anything at all. */
    minor: (low, high) => {
      const whole = integer(low, high)
      const ending = next()
      return whole * 100 + (ending < 0.35 ? 0 : ending < 0.45 ? 50 : integer(1, 99))
    },
  }
}
