import { describe, expect, it } from 'vitest'
import type { Money } from './money.ts'
import { money } from './money.ts'
import { wrongMoney } from './money-check.ts'

describe('wrongMoney', () => {
  it('has nothing against amounts of this library, however many, and what is not there', () => {
    expect(wrongMoney([money('1', 'USD'), undefined, money('-5', 'JPY'), money('0', 'KWD')])).toBeNull()
    expect(wrongMoney([])).toBeNull()
  })

  it.each<[unknown, string]>([
    [{ amount: '1.00', currency: 'ZZZ' }, 'CURRENCY_UNKNOWN'],
    [{ amount: '1.00', currency: '__proto__' }, 'CURRENCY_UNKNOWN'],
    [{ amount: '1.00' }, 'CURRENCY_UNKNOWN'],
    [{ amount: '1', currency: 'USD' }, 'MONEY_INVALID'],
    [{ amount: '01.00', currency: 'USD' }, 'MONEY_INVALID'],
    [{ amount: '-0.00', currency: 'USD' }, 'MONEY_INVALID'],
    [{ amount: '1e1000000000', currency: 'USD' }, 'MONEY_INVALID'],
    [{ amount: 'NaN', currency: 'USD' }, 'MONEY_INVALID'],
    [{ amount: 12.5, currency: 'USD' }, 'MONEY_INVALID'],
    [{ amount: undefined, currency: 'USD' }, 'MONEY_INVALID'],
    [{ amount: '99999999999999999.99', currency: 'USD' }, 'MONEY_INVALID'],
  ])('refuses %j: %s', (value, code) => {
    const answer = wrongMoney([money('1', 'USD'), value as Money])
    expect(answer?.code === code || answer?.code === 'MONEY_OUT_OF_RANGE').toBe(true)
    expect(answer?.message.length).toBeLessThan(160)
  })

  it('says how to make one', () => {
    expect(wrongMoney([{ amount: '1', currency: 'USD' }])?.message).toBe(
      '"1" USD is not canonical. Build amounts with money().',
    )
    expect(wrongMoney([{ amount: '1', currency: 'x'.repeat(1000) }])?.message).toBe(
      `"${'x'.repeat(10)}" is not an ISO 4217 currency code.`,
    )
  })
})
