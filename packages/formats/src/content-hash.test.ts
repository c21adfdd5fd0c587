import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hexWords, sha256 } from './content-hash.ts'

describe('sha256', () => {
  it('is SHA-256 of the UTF-8 bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        expect(hexWords(sha256(text), 8)).toBe(createHash('sha256').update(text).digest('hex'))
      }),
      { numRuns: 300 },
    )
  })

  it('is right at the lengths where a block begins', () => {
    for (let length = 0; length < 300; length++) {
      const text = 'x'.repeat(length)
      expect(hexWords(sha256(text), 8)).toBe(createHash('sha256').update(text).digest('hex'))
    }
  })
})
