import { describe, expect, it } from 'vitest'
import { currencyCodes, currencyExponent, isCurrency } from './currency.ts'

describe('currencies', () => {
  it.each([
    ['USD', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['BHD', 3],
    ['CLF', 4],
    ['ISK', 0],
  ])('%s has %i decimals', (code, decimals) => {
    expect(currencyExponent(code)).toBe(decimals)
  })

  it.each(['', 'usd', 'US', 'USDX', 'ZZZ', '__proto__', 'constructor'])('does not know %j', (code) => {
    expect(isCurrency(code)).toBe(false)
    expect(() => currencyExponent(code)).toThrow(
      expect.objectContaining({ code: 'CURRENCY_UNKNOWN', message: expect.stringContaining('three capital letters') }),
    )
  })

  it('shows at most ten characters of an unknown code', () => {
    expect(() => currencyExponent('A'.repeat(1000))).toThrow(`"${'A'.repeat(10)}" is not`)
  })

  it('lists every code once, in order, each with its decimals', () => {
    expect([...new Set(currencyCodes)].sort()).toEqual(currencyCodes)
    expect(currencyCodes.length).toBeGreaterThan(170)
    for (const code of currencyCodes) {
      expect(code).toMatch(/^[A-Z]{3}$/)
      expect(isCurrency(code)).toBe(true)
      expect([0, 2, 3, 4]).toContain(currencyExponent(code))
    }
  })
})
