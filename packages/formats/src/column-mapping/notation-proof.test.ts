import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAmount } from './amount-notation.ts'
import { proveNotation } from './notation-proof.ts'

function written(cents: number, decimal: string, group: string): string {
  const whole = String(Math.floor(cents / 100)).replace(/\B(?=(\d{3})+$)/g, group)
  return `${whole}${decimal}${String(cents % 100).padStart(2, '0')}`
}
const notations = fc.constantFrom(['.', ','], [',', '.'], ['.', "'"], [',', ' '], ['.', ''])

test('amounts read back in the notation their column proves', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 999_999_999 }), { minLength: 1, maxLength: 20 }),
      notations,
      (amounts, [decimal = '.', group = '']) => {
        const texts = amounts.map((cents) => written(cents, decimal, group))
        const proof = proveNotation(texts, 2)
        expect(proof.kind).toBe('proven')
        if (proof.kind !== 'proven') return
        for (const [index, text] of texts.entries()) {
          const parsed = parseAmount(text, proof.notation, 'USD')
          expect(parsed.ok && parsed.value.amount).toBe(written(amounts[index] ?? 0, '.', ''))
        }
      },
    ),
    { numRuns: 500 },
  )
})
test.each([
  [['1,234'], 2, { decimalMark: '.', groupMarks: [','] }],
  [['1.234', '5.678'], 2, { decimalMark: ',', groupMarks: ['.'] }],
  [['1.234.567'], 2, { decimalMark: ',', groupMarks: ['.'] }],
  [["11'613.94"], 2, { decimalMark: '.', groupMarks: ["'"] }],
  [['1 234,56'], 2, { decimalMark: ',', groupMarks: [' '] }],
  [['65.450', '48.15'], 2, { decimalMark: '.', groupMarks: [] }],
])('%j is read as it can only be meant', (texts, exponent, notation) => {
  expect(proveNotation(texts, exponent)).toMatchObject({ kind: 'proven', notation })
})
test('what has two readings is not read', () => {
  expect(proveNotation(['1.234'], 3)).toEqual({ kind: 'ambiguous', example: '1.234' })
  expect(proveNotation(['1,5', '1.5'], 2)).toEqual({ kind: 'contradiction', examples: ['1,5', '1.5'] })
})
