import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTrigramIndex } from './trigram-index.ts'

describe('createTrigramIndex', () => {
  const names = ['ACME TRADING', 'ACNE TRADING', 'BRIGHT WATER UTILITIES', 'WATER BRIGHT', 'Ő É', '']

  it('finds misspelt and reordered names, best first', () => {
    const index = createTrigramIndex(names)
    expect(index.search('ACME TRADNG', 2).map((hit) => hit.name)).toEqual([0, 1])
    expect(index.search('BRIGHT WATER', 2).map((hit) => hit.name)).toEqual([3, 2])
    expect(index.search('ZZZ', 5)).toEqual([])
  })

  it('gives every name an overlap of one with itself, and is clean between queries', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 20 }),
        (list) => {
          const index = createTrigramIndex(list, 1_000_000)
          for (const name of [...list, ...list]) {
            const hits = index.search(name, 100, 0)
            expect(hits[0]?.overlap).toBe(1)
            expect(hits.every((hit) => hit.overlap <= 1)).toBe(true)
          }
        },
      ),
      { numRuns: 100 },
    )
  })

  it('reads no more than its allowance however common the words are', () => {
    const many = Array.from({ length: 50_000 }, (_, number) => `SHOP ${number % 7}`)
    const index = createTrigramIndex([...many, 'SHOP QUARTZ'], 1000)
    expect(index.search('SHOP QUARTZ', 1)[0]?.name).toBe(50_000)
  })
})
