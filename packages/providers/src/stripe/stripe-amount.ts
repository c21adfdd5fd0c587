import { currencyExponent, isCurrency, type Money, money, ReconError } from '@recon/core'

/** Currencies whose amounts Stripe counts in other units than ISO 4217 does (docs.stripe.com/currencies). */
const ownExponents: Readonly<Record<string, number>> = { MGA: 0, ISK: 2, UGX: 2 }

function stripeExponent(currency: string): number {
  return ownExponents[currency] ?? currencyExponent(currency)
}

/**
 * Stripe's integer of its smallest unit as money.
 * @throws ReconError PROVIDER_RESPONSE_INVALID
 */
export function moneyOfStripe(amount: string, currency: string): Money {
  const code = currency.toUpperCase()
  if (!/^-?\d{1,18}$/.test(amount) || !isCurrency(code)) {
    throw new ReconError(
      'PROVIDER_RESPONSE_INVALID',
      `stripe: "${amount.slice(0, 30)}" ${code.slice(0, 10)} is not an amount.`,
      { provider: 'stripe' },
    )
  }
  const exponent = stripeExponent(code)
  const negative = amount.startsWith('-')
  const digits = amount.replace('-', '').padStart(exponent + 1, '0')
  const whole = digits.slice(0, digits.length - exponent)
  const literal = exponent === 0 ? whole : `${whole}.${digits.slice(-exponent)}`
  return money(negative ? `-${literal}` : literal, code)
}

/** Money as Stripe's integer. @throws ReconError MONEY_INVALID where Stripe counts in coarser units */
export function stripeAmount(value: Money): string {
  const exponent = stripeExponent(value.currency)
  const [whole = '0', fraction = ''] = value.amount.split('.')
  if (/[1-9]/.test(fraction.slice(exponent))) {
    throw new ReconError(
      'MONEY_INVALID',
      `stripe: ${value.amount} ${value.currency} has more decimals than Stripe takes.`,
      { provider: 'stripe' },
    )
  }
  return BigInt(whole + fraction.slice(0, exponent).padEnd(exponent, '0')).toString()
}
