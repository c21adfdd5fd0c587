import { allow, type Decision, refuse } from '../decision.ts'

/** A share between 0 and 1 with at most six decimals, as an exact ratio. */
export interface ContingencyRate {
  /** As given: `0.10` stays `0.10`, for the row that pins it. */
  readonly text: string
  readonly numerator: bigint
  readonly denominator: bigint
}

const decimals = 6
const pattern = /^(?:0(?:\.(\d{1,6}))?|1(?:\.0{1,6})?)$/

/** Reads `0`, `0.25`, `0.333333`, `1`; refuses everything else: signs, exponents, percent signs, more than six decimals. */
export function contingencyRate(text: string): Decision<ContingencyRate, 'RATE_INVALID'> {
  const parts = typeof text === 'string' && text.length <= decimals + 2 ? pattern.exec(text) : null
  if (!parts) {
    const shown = String(text).slice(0, 40)
    return refuse('RATE_INVALID', `"${shown}" is not a rate: write a decimal from 0 to 1 with at most six decimals.`)
  }
  const denominator = 10n ** BigInt(decimals)
  const fraction = BigInt((parts[1] ?? '').padEnd(decimals, '0'))
  return allow({ text, numerator: text.startsWith('1') ? denominator : fraction, denominator })
}
