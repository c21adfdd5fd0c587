import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { matchReasons, reasonSentence } from './match-reasons.ts'
import { pairExclusions } from './pair-rules.ts'

const here = new URL('.', import.meta.url)
const sources = readdirSync(here)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => readFileSync(new URL(name, here), 'utf8'))

describe('the sentences', () => {
  it('cover every reason the engine gives', () => {
    const errors = new Set(['MONEY_OUT_OF_RANGE', 'INPUT_TOO_LARGE', 'TOO_FEW_DECISIONS', 'NO_SCORE_IS_SAFE'])
    const codes = sources.flatMap((source) =>
      [...source.matchAll(/code: '([A-Z0-9_]+)'/g)].map((found) => found[1] ?? ''),
    )
    expect(codes.length).toBeGreaterThan(40)
    expect(codes.filter((code) => !errors.has(code) && !Object.hasOwn(matchReasons, code))).toEqual([])
    expect(pairExclusions.filter((code) => !Object.hasOwn(matchReasons, code))).toEqual([])
  })

  it('fill in what a reason knows, and never fail on what it does not', () => {
    expect(reasonSentence({ code: 'LINE_LATER', params: { days: 3 } })).toBe('The bank is 3 days later.')
    expect(reasonSentence({ code: 'PAYMENT_FAILED', params: { returnCode: '' } })).toBe(
      'The bank says this payment was not processed.',
    )
    expect(reasonSentence({ code: 'SOMETHING_NEW' })).toBe('something new.')
    expect(reasonSentence({ code: 'constructor' })).toBe('constructor.')
  })
})
