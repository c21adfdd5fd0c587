import { matchLines, matchPolicy } from '@recon/core'
import { describe, expect, it } from 'vitest'
import { disguise, profileOf } from '../labelled/disguise.ts'
import { generateLabelledData, type MixtureName } from '../labelled/mixtures.ts'
import { scoreRun } from './score-run.ts'

const run = (mixture: MixtureName, size: number, seed: number) => {
  const data = generateLabelledData(mixture, size, seed)
  return scoreRun(matchLines(data, matchPolicy()), data.labels)
}

describe('matching quality', () => {
  it.each<[MixtureName, number]>([
    ['clean', 0.999],
    ['everyday', 0.97],
    ['hard', 0.93],
  ])('reaches its goals on the %s mixture', (mixture, f1) => {
    const score = run(mixture, 1200, 41)
    expect(score.wrong.filter((line) => line.startsWith('auto'))).toEqual([])
    expect(score.mustAutomaticRecall).toBeGreaterThanOrEqual(0.99)
    expect(score.flagRecall).toBeGreaterThanOrEqual(0.95)
    expect(score.firstProposalPrecision).toBeGreaterThanOrEqual(0.95)
    expect(score.linkF1).toBeGreaterThanOrEqual(f1)
    expect(score.usedTwice).toBe(0)
  })

  it('makes no wrong automatic link when the same facts come from other sources', () => {
    for (const seed of [2, 3, 5, 8]) {
      const data = disguise(generateLabelledData('hard', 800, seed), profileOf(seed), seed)
      expect(
        scoreRun(matchLines(data, matchPolicy()), data.labels).wrong.filter((line) => line.startsWith('auto')),
      ).toEqual([])
    }
  })

  it('generates the same data from the same seed, every record labelled at most where it belongs', () => {
    const first = generateLabelledData('hard', 400, 9)
    expect(generateLabelledData('hard', 400, 9)).toEqual(first)
    const ids = new Set([...first.bankLines, ...first.bookEntries].map(({ id }) => id))
    for (const label of first.labels) for (const id of [...label.bank, ...label.ledger]) expect(ids.has(id)).toBe(true)
  })

  it('sees what is wrong: a run that links nothing, and one that links strangers', () => {
    const data = generateLabelledData('clean', 200, 3)
    const nothing = scoreRun(matchLines({ bankLines: data.bankLines, bookEntries: [] }), data.labels)
    expect(nothing.mustAutomaticRecall).toBe(0)
    expect(nothing.linkRecall).toBe(0)
    const shifted = data.labels.map((label, at) => ({
      ...label,
      ledger: data.labels[(at + 1) % data.labels.length]?.ledger ?? [],
    }))
    expect(scoreRun(matchLines(data), shifted).wrongAutomatic).toBeGreaterThan(100)
  })
})
