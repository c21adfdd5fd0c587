/** Named rounding modes. Every call that can round names one; there is no default. */
export const roundingModes = ['HALF_UP', 'HALF_EVEN', 'HALF_DOWN', 'UP', 'DOWN', 'CEILING', 'FLOOR'] as const
export type RoundingMode = (typeof roundingModes)[number]

/**
 * `numerator / denominator` as an integer, rounded by the mode. Half modes go by magnitude: HALF_UP takes -2.5 to -3.
 * @param denominator greater than zero
 */
export function divideRounded(numerator: bigint, denominator: bigint, mode: RoundingMode): bigint {
  const quotient = numerator / denominator
  const remainder = numerator % denominator
  if (remainder === 0n) return quotient
  const away = numerator < 0n ? -1n : 1n
  const twice = (remainder < 0n ? -remainder : remainder) * 2n
  switch (mode) {
    case 'UP':
      return quotient + away
    case 'DOWN':
      return quotient
    case 'CEILING':
      return numerator > 0n ? quotient + 1n : quotient
    case 'FLOOR':
      return numerator < 0n ? quotient - 1n : quotient
    case 'HALF_UP':
      return twice >= denominator ? quotient + away : quotient
    case 'HALF_DOWN':
      return twice > denominator ? quotient + away : quotient
    case 'HALF_EVEN':
      if (twice === denominator) return quotient % 2n === 0n ? quotient : quotient + away
      return twice > denominator ? quotient + away : quotient
  }
}
