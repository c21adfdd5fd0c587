import { type Refusal, refuse } from '../decision.ts'
import { isCurrency } from './currency.ts'
import { type Money, type MoneyRefusalCode, parseMoney } from './money.ts'

/**
 * Why one of these is not an amount of this library: an unknown currency, or text that is not canonical (`12.5`, `1e3`). Null
 * when all are. Rules that take amounts from outside ask it first, so that a bad one is refused and nothing is thrown.
 */
export function wrongMoney(amounts: Iterable<Money | undefined>): Refusal<MoneyRefusalCode> | null {
  for (const value of amounts) {
    if (value === undefined) continue
    if (!isCurrency(value.currency)) {
      return refuse('CURRENCY_UNKNOWN', `"${String(value.currency).slice(0, 10)}" is not an ISO 4217 currency code.`)
        .refusal
    }
    const parsed = parseMoney(String(value.amount), { currency: value.currency, decimalMark: '.' })
    if (!parsed.ok) return parsed.refusal
    if (parsed.value.amount !== value.amount) {
      const shown = String(value.amount).slice(0, 40)
      return refuse('MONEY_INVALID', `"${shown}" ${value.currency} is not canonical. Build amounts with money().`)
        .refusal
    }
  }
  return null
}
