import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textSpool } from './text-spool.ts'

async function through(pieces: readonly string[], limit: number): Promise<string> {
  const spool = textSpool(limit)
  try {
    for (const piece of pieces) await spool.add(piece)
    let text = ''
    for await (const piece of spool.pieces()) text += piece
    return text
  } finally {
    await spool.close()
  }
}

describe('text spool', () => {
  it('gives back what it took, in memory or through a file', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 20 })),
        fc.integer({ min: 1, max: 60 }),
        async (pieces, limit) => {
          expect(await through(pieces, limit)).toBe(pieces.join(''))
        },
      ),
      { numRuns: 40 },
    )
  })
})
