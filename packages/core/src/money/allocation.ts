import { ReconError } from '../recon-error.ts'
import { fromMinorUnits, type Money, toMinorUnits } from './money.ts'

/**
 * Splits an amount by integer weights so that the parts add up to it exactly: each part gets its share rounded towards
 * zero, and the minor units left over go one each to the largest remainders, earlier parts first on a tie.
 * @throws ReconError RATE_INVALID when no weight is positive or one is negative
 */
export function allocateMoney(value: Money, weights: readonly bigint[]): Money[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n)
  if (total <= 0n || weights.some((weight) => weight < 0n)) {
    throw new ReconError('RATE_INVALID', 'Weights must not be negative and at least one must be positive.')
  }
  const minor = toMinorUnits(value)
  const sign = minor < 0n ? -1n : 1n
  const magnitude = sign * minor
  const shares = weights.map((weight) => ({
    part: (magnitude * weight) / total,
    remainder: (magnitude * weight) % total,
  }))
  let left = magnitude - shares.reduce((sum, share) => sum + share.part, 0n)
  // only the sign of the difference counts, and a number keeps it; equal remainders stay in their order
  const byRemainder = [...shares].sort((a, b) => Number(b.remainder - a.remainder))
  for (const share of byRemainder) {
    if (left === 0n) break
    share.part += 1n
    left -= 1n
  }
  return shares.map((share) => fromMinorUnits(sign * share.part, value.currency))
}
