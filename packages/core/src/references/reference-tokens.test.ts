import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { referenceTokens } from './reference-tokens.ts'

const found = (text: string, minimum = 4) => referenceTokens(text, minimum).map((token) => token.canonical)

describe('tokens of a text', () => {
  it.each([
    ['Betalning faktura 91814', '91814', true],
    ['Betalning faktura 91814', '1814', false],
    ['Levbet Tele2 AB (1814)', '1814', true],
    ['INV/2019/00001 thanks', 'INV201900001', true],
    ['invoice 2019-00001', '201900001', true],
    ['invoice 18 14', '1814', false],
    ['INV 4471', 'INV4471', true],
    ['DUM\nMY123\n 45', 'DUMMY12345', true],
    ['Order DUMMY12345,NEXTLINE', 'DUMMY12345', true],
    ['no digits at all', 'DIGITS', false],
  ])('%j holds %s: %s', (text, token, holds) => {
    expect(found(text).includes(token)).toBe(holds)
  })

  it('never cuts a run of letters and digits', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9 ]{0,60}$/), (text) => {
        const runs = new Set(text.split(' '))
        for (const token of referenceTokens(text, 1)) {
          if (!token.joined) expect(runs.has(token.raw)).toBe(true)
        }
      }),
    )
  })

  it('are the same whether or not the text has letters of other languages', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9 \n./:#_+()-]{0,60}$/), (text) => {
        expect(referenceTokens(`${text}     é`, 1)).toEqual(referenceTokens(text, 1))
      }),
    )
  })

  it('keeps to its caps on hostile text', () => {
    const tokens = referenceTokens('1-'.repeat(1_000_000), 1)
    expect(tokens.length).toBeLessThanOrEqual(600)
  })

  it('leaves out what is shorter than asked', () => {
    expect(found('no 14', 4)).toEqual(['NO14'])
    expect(found('x 14', 4)).toEqual([])
  })
})
