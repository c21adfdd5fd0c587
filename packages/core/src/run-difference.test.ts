import { describe, expect, it } from 'vitest'
import { matchLines } from './match-lines.ts'
import { matchPolicy } from './matching/match-policy.ts'
import { diffRuns } from './run-difference.ts'
import { buildBankLine, buildBookEntry } from './testing/builders.ts'

const input = {
  bankLines: [
    buildBankLine({ id: 'b1', references: { endToEndId: '007' } }),
    buildBankLine({ id: 'b2', references: { endToEndId: 'X-2' } }),
  ],
  bookEntries: [
    buildBookEntry({ id: 'e1', references: { paymentReference: '7' } }),
    buildBookEntry({ id: 'e2', references: { paymentReference: 'X-2' } }),
  ],
}
const loose = matchLines(input)
const strict = matchLines(input, matchPolicy({ automatic: { passes: ['IDENTIFIER_EXACT'] } }))

describe('the difference of two runs', () => {
  it('is nothing between equal runs', () => {
    expect(diffRuns(loose, loose)).toEqual({ newlyMatched: [], broken: [], changed: [], unchanged: 2, scenarios: [] })
  })

  it('says what a policy would break, and what it would newly match', () => {
    const link = { bankLineIds: ['b1'], bookEntryIds: ['e1'] }
    expect(diffRuns(loose, strict)).toMatchObject({
      broken: [{ ...link, before: 'AUTO', after: 'PROPOSED' }],
      newlyMatched: [],
    })
    expect(diffRuns(strict, loose)).toMatchObject({
      newlyMatched: [{ ...link, before: 'PROPOSED', after: 'AUTO' }],
      broken: [],
    })
  })

  it('names lines whose scenario moved', () => {
    const none = matchLines(input, matchPolicy({ passes: [] }))
    expect(diffRuns(loose, none).scenarios).toEqual([
      { bankLineId: 'b1', before: 'SYSTEM_MATCH', after: 'UNMATCHED' },
      { bankLineId: 'b2', before: 'AUTO_RECONCILED', after: 'UNMATCHED' },
    ])
  })
})
