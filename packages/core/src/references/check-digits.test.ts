import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isCreditorReference,
  isIban,
  isLuhn,
  isQrReference,
  luhnDigit,
  mod97,
  recursiveMod10Digit,
  withoutCheckDigits,
} from './check-digits.ts'

const digits = fc.stringMatching(/^\d{4,20}$/)

describe('Luhn', () => {
  it('accepts its own digit and no other', () => {
    fc.assert(
      fc.property(digits, fc.integer({ min: 0, max: 9 }), (number, other) => {
        expect(isLuhn(number + luhnDigit(number))).toBe(true)
        expect(isLuhn(number + String(other))).toBe(String(other) === luhnDigit(number))
      }),
    )
  })

  it('agrees with a known number', () => {
    expect(isLuhn('4539578763621486')).toBe(true)
    expect(luhnDigit('2024001')).toBe('6')
  })
})

describe('ISO 7064 and its users', () => {
  it('accepts known references and refuses a changed digit', () => {
    expect(isCreditorReference('RF18539007547034')).toBe(true)
    expect(isCreditorReference('RF18539007547035')).toBe(false)
    expect(isIban('DE89370400440532013000')).toBe(true)
    expect(isIban('DE89370400440532013001')).toBe(false)
  })

  it('reads letters as two digits', () => {
    expect(mod97('A')).toBe(10)
    expect(mod97('a')).toBe(-1)
  })
})

describe('the Swiss QR reference', () => {
  it('accepts the standard example and its own digit', () => {
    expect(isQrReference('210000000003139471430009017')).toBe(true)
    fc.assert(
      fc.property(fc.stringMatching(/^\d{26}$/), (body) => {
        expect(isQrReference(body + recursiveMod10Digit(body))).toBe(true)
      }),
    )
  })
})

describe('what is left without check digits', () => {
  it.each([
    ['RF18539007547034', '539007547034'],
    ['20240016', '2024001'],
    ['202600426', undefined],
    ['1230', undefined],
  ])('of %s is %s', (value, rest) => {
    expect(withoutCheckDigits(value)).toBe(rest)
  })
})
