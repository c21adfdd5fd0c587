import { describe, expect, it } from 'vitest'
import { lightRun } from './light-run.ts'
import { matchLines } from './match-lines.ts'
import { buildBankLine, buildBookEntry } from './testing/builders.ts'

describe('a light run', () => {
  it('has everything but the evidence, and builds none of it', () => {
    const run = matchLines({
      bankLines: [buildBankLine({ id: 'b1', references: { endToEndId: 'PAY-1' } })],
      bookEntries: [buildBookEntry({ id: 'e1', references: { paymentReference: 'PAY-1' } })],
    })
    let read = 0
    const watched = run.matches.map((match) =>
      Object.defineProperty({ ...match }, 'evidence', {
        enumerable: true,
        get() {
          read++
          return []
        },
      }),
    )
    const light = lightRun({ ...run, matches: watched, items: [] })
    expect(read).toBe(0)
    expect(light.matches[0]).toMatchObject({ id: run.matches[0]?.id, status: 'AUTO', evidence: [] })
    expect(structuredClone(lightRun(run)).items[0]?.matches[0]?.evidence).toEqual([])
  })
})
