import { describe, expect, it } from 'vitest'
import { ReconError } from '../recon-error.ts'
import { defaultPolicy, matchPolicy, matchPolicySchema } from './match-policy.ts'

describe('a policy', () => {
  it('survives JSON unchanged', () => {
    expect(matchPolicySchema.parse(JSON.parse(JSON.stringify(defaultPolicy)))).toEqual(defaultPolicy)
  })

  it('compares the identifiers of the desk, and none for direct debits and sweeps', () => {
    expect(defaultPolicy.identifiers.WIRE).toEqual([{ line: 'endToEndId', entry: 'paymentReference' }])
    expect(defaultPolicy.identifiers.CHECK).toContainEqual({ line: 'checkNumber', entry: 'transactionNumber' })
    expect(defaultPolicy.identifiers.DIRECT_DEBIT).toEqual([])
    expect(defaultPolicy.identifiers.SWEEP).toEqual([])
    expect(defaultPolicy.sweep.include575).toBe(false)
  })

  it('fills in what is absent, at every depth', () => {
    const policy = matchPolicy({ amounts: { tolerance: { absolute: '0.05' } } })
    expect(policy.amounts.tolerance).toEqual({ ...defaultPolicy.amounts.tolerance, absolute: '0.05' })
    expect(policy.dates).toEqual(defaultPolicy.dates)
  })

  it.each([
    [{ amounts: { tolerance: { absolute: '1e9' } } }, 'amounts.tolerance.absolute'],
    [{ amounts: { tolerance: { absolute: '-1' } } }, 'amounts.tolerance.absolute'],
    [{ groups: { maximumItems: 1 } }, 'groups.maximumItems'],
    [{ version: 2 }, 'version'],
  ])('refuses %j and names %s', (input, place) => {
    let caught: unknown
    try {
      matchPolicy(input as never)
    } catch (error) {
      caught = error
    }
    expect(ReconError.is(caught) && [caught.code, caught.place]).toEqual(['POLICY_INVALID', place])
  })

  it('refuses settings it does not know', () => {
    expect(() => matchPolicy({ tolerance: 1 } as never)).toThrow(/not valid/)
  })
})
