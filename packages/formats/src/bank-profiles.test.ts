import { describe, expect, it } from 'vitest'
import { bankProfile, bankProfiles } from './bank-profiles.ts'
import { factsOfText } from './reference-text.ts'

describe('bankProfile', () => {
  it('fills in the standard tags, and lets the own ones win', () => {
    const own = bankProfile({ name: 'own', tags: { EREF: 'ignore', 'YOUR REF': 'endToEndId' } })
    expect(own.tags).toMatchObject({ EREF: 'ignore', 'YOUR REF': 'endToEndId', REMI: 'remittance' })
    expect(bankProfile(undefined)).toBe(bankProfiles.standard)
    expect(bankProfile('plain').customerReferenceIsEndToEndId).toBe(false)
  })

  it('refuses a name nobody knows, and says which there are', () => {
    expect(() => bankProfile('nobody')).toThrow(/no bank profile "nobody".*standard, plain/)
  })
})

describe('factsOfText', () => {
  const standard = bankProfile(undefined)
  it('reads the names of the side the money came from or went to', () => {
    const lines = ['CRNM: Acme', 'DBNM: Us', 'ORG:=Northwind', 'BNF NAME:=Southwind']
    expect(factsOfText(lines, 'CREDIT', standard).counterpartyName).toBe('Us')
    expect(factsOfText(lines, 'DEBIT', standard).counterpartyName).toBe('Acme')
    expect(factsOfText(lines.slice(2), 'CREDIT', standard).counterpartyName).toBe('Northwind')
    expect(factsOfText(lines.slice(2), 'DEBIT', standard).counterpartyName).toBe('Southwind')
  })

  it('takes the first mention, and what a profile says to ignore not at all', () => {
    expect(factsOfText(['EREF: 1', 'EREF: 2'], 'CREDIT', standard).endToEndId).toBe('1')
    const silent = bankProfile({ name: 'silent', tags: { EREF: 'ignore' } })
    expect(factsOfText(['EREF: 1'], 'CREDIT', silent)).toEqual({})
  })

  it.each([
    ['Cash Concentration, "Structure ID: CC0000042"', { structureId: 'CC0000042' }],
    ['ACH Return, Reason: "R02", SEC: CCD', { returnCode: 'R02' }],
    ['Client Ref ID: GS-77, more', { customerReference: 'GS-77' }],
    ['Settled Amt: EUR 1,322.00, FX Rate: 1.1', { originalAmount: 'EUR 1,322.00' }],
    ['nothing of the kind: at all', {}],
  ])('finds what banks write into plain text: %s', (line, facts) => {
    expect(factsOfText([line], 'CREDIT', standard)).toEqual(facts)
  })
})
