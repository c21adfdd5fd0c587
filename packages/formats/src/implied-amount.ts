import { currencyExponent } from '@recon/core'
import type { BankProfile } from './bank-profile.ts'

/** Digits an amount may have: more than any ledger holds, few enough to add up without care. */
const mostDigits = 18

/**
 * Minor units of an amount written without its decimal point, or undefined when it is no such amount. A sign is read; the
 * profile may declare other decimals than ISO 4217, surplus ones must then be zeros.
 */
export function impliedMinor(text: string, currency: string, profile: BankProfile): bigint | undefined {
  const digits = text.startsWith('-') || text.startsWith('+') ? text.slice(1) : text
  if (digits.length === 0 || digits.length > mostDigits || !/^\d+$/.test(digits)) return undefined
  const value = BigInt(digits)
  const declared = profile.impliedDecimals?.[currency]
  const minor = declared === undefined ? value : rescaled(value, declared, currencyExponent(currency))
  return minor === undefined ? undefined : text.startsWith('-') ? -minor : minor
}

function rescaled(value: bigint, declared: number, exponent: number): bigint | undefined {
  if (declared <= exponent) return value * 10n ** BigInt(exponent - declared)
  const surplus = 10n ** BigInt(declared - exponent)
  return value % surplus === 0n ? value / surplus : undefined
}

/** The integer as written, for control totals; undefined when it is none. */
export function writtenInteger(text: string): bigint | undefined {
  const digits = text.startsWith('-') || text.startsWith('+') ? text.slice(1) : text
  if (digits.length === 0 || digits.length > 24 || !/^\d+$/.test(digits)) return undefined
  return text.startsWith('-') ? -BigInt(digits) : BigInt(digits)
}
