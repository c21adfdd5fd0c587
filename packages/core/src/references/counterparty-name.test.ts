import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameSimilarity, normalizedName } from './counterparty-name.ts'

describe('a normalized name', () => {
  it.each([
    ['Acme Inc.', 'ACME'],
    ['The Acme Company, LLC', 'ACME'],
    ['Müller & Söhne GmbH', 'MULLER SOHNE'],
    ['Straße AG', 'STRASSE'],
    ['Company Partner', 'COMPANY PARTNER'],
    ['J.P. Morgan', 'JP MORGAN'],
    ['AG', 'AG'],
    ['***', ''],
  ])('of %j is %j', (raw, name) => {
    expect(normalizedName(raw)).toBe(name)
  })
})

describe('a name in plain letters', () => {
  it('is read like all others', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~]{0,40}$/), (raw) => {
        expect(normalizedName(raw)).toBe(normalizedName(`${raw}\u0301`))
      }),
    )
  })
})

describe('how much names agree', () => {
  it.each([
    ['ELLA JACKSON', 'JACKSON ELLA W', 1],
    ['ACME', 'ACME INDUSTRIES', 0.9],
    ['PARTNER', 'USER PARTNER', 0.6],
    ['USER PARTNER', 'COMPANY PARTNER', 0.5],
    ['ACME', 'NOPE', 0],
    ['', 'ACME', 0],
  ])('%j and %j: %d', (left, right, likeness) => {
    expect(nameSimilarity(left, right)).toBe(likeness)
    expect(nameSimilarity(right, left)).toBe(likeness)
  })
})
