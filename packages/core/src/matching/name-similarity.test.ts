import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jaroWinkler } from './name-similarity.ts'

function textbook(left: string, right: string): number {
  if (left.length === 0 || right.length === 0) return left.length === right.length ? 1 : 0
  const reach = Math.max(0, Math.floor(Math.max(left.length, right.length) / 2) - 1)
  const used = new Set<number>()
  const mine: string[] = []
  for (let i = 0; i < left.length; i++) {
    for (let j = 0; j < right.length; j++) {
      if (Math.abs(i - j) > reach || used.has(j) || left[i] !== right[j]) continue
      used.add(j)
      mine.push(left[i] ?? '')
      break
    }
  }
  if (mine.length === 0) return 0
  const theirs = [...used].sort((a, b) => a - b).map((j) => right[j])
  const transpositions = mine.filter((char, rank) => char !== theirs[rank]).length / 2
  const m = mine.length
  const jaro = (m / left.length + m / right.length + (m - transpositions) / m) / 3
  let prefix = 0
  while (prefix < 4 && prefix < left.length && left[prefix] === right[prefix]) prefix++
  return jaro + prefix * 0.1 * (1 - jaro)
}

describe('jaroWinkler', () => {
  it.each([
    ['MARTHA', 'MARHTA', 0.9611],
    ['DIXON', 'DICKSONX', 0.8133],
    ['DWAYNE', 'DUANE', 0.84],
    ['', '', 1],
    ['A', '', 0],
    ['ABC', 'XYZ', 0],
  ])('%s and %s: %d', (left, right, expected) => {
    expect(jaroWinkler(left, right)).toBeCloseTo(expected, 4)
  })

  it('equals the textbook definition at every length', () => {
    const text = (size: number) => fc.string({ unit: fc.constantFrom(...'AB CÉ𝄞x'), maxLength: size })
    for (const size of [8, 32, 40, 64, 90])
      fc.assert(
        fc.property(text(size), text(size), (left, right) => {
          expect(jaroWinkler(left, right)).toBeCloseTo(textbook(left, right), 12)
        }),
        { numRuns: 400 },
      )
  })
})
