import { money } from '@recon/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { largeDay } from '../fixtures/large-day.ts'
import { shownName, type WorkItem } from '../work-item.ts'
import { orderOf, rankAmounts } from './number-ranking.ts'
import { finish, rankTexts } from './text-ranking.ts'
import { defaultQuery, queueFilters, TransactionIndex } from './transaction-index.ts'

const collator = new Intl.Collator('en')
const rows = largeDay(3000)
const index = new TransactionIndex(rows, collator)
const today = Math.floor(Date.parse('2026-11-20T00:00:00Z') / 86_400_000)

describe('orderOf', () => {
  it('sorts like a stable comparison sort, packed or not', () => {
    const value = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.maxSafeInteger())
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), fc.boolean(), (ranks, descending) => {
        const expected = ranks
          .map((rank, at) => ({ rank, at }))
          .sort((left, right) => (descending ? right.rank - left.rank : left.rank - right.rank) || left.at - right.at)
          .map(({ at }) => at)
        expect([...orderOf(Float64Array.from(ranks), descending)]).toEqual(expected)
      }),
    )
  })
})

describe('rankTexts', () => {
  it('ranks like a plain sort of the distinct texts, missing ones last', () => {
    const text = fc.option(fc.string({ maxLength: 4 }), { nil: undefined })
    fc.assert(
      fc.property(fc.array(text, { maxLength: 80 }), (texts) => {
        const sorted = [...new Set(texts)].filter((one) => one !== undefined).sort(collator.compare)
        const ranks = finish(rankTexts(texts, (one) => one, collator.compare))
        for (const [at, one] of texts.entries()) {
          for (const [other, two] of texts.entries()) {
            if (one === undefined || two === undefined) continue
            const order = collator.compare(one, two)
            if (order < 0) expect(ranks[at] ?? 0).toBeLessThan(ranks[other] ?? 0)
          }
          if (one === undefined) expect(ranks[at]).toBe(sorted.length)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('does a little at a time', () => {
    const texts = Array.from({ length: 20_000 }, (_, at) => `name ${(at * 7919) % 20_000}`)
    const steps = rankTexts(texts, (one) => one, collator.compare)
    let count = 0
    while (!steps.next().done) count++
    expect(count).toBeGreaterThan(30)
  })
})

describe('rankAmounts', () => {
  it('keeps currencies apart and orders each by amount, however large', () => {
    const cents = fc.oneof(fc.integer({ min: -500, max: 500 }), fc.integer({ min: -9e14, max: 9e14 }))
    const amount = fc.record({ cents, currency: fc.constantFrom('USD', 'EUR', 'AED') })
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 40 }), (amounts) => {
        const given = amounts.map((one) => ({
          ...(rows[0] as WorkItem),
          total: money((one.cents / 100).toFixed(2), one.currency),
        }))
        const ranks = finish(rankAmounts(given))
        for (const [at, one] of amounts.entries()) {
          for (const [other, two] of amounts.entries()) {
            if (one.currency < two.currency) expect(ranks[at]).toBeLessThan(ranks[other] ?? 0)
            if (one.currency === two.currency && one.cents < two.cents) {
              expect(ranks[at]).toBeLessThanOrEqual(ranks[other] ?? 0)
            }
          }
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('TransactionIndex', () => {
  it('orders amounts of one currency', () => {
    const order = index.select({ ...defaultQuery, sort: { by: 'amount', descending: false } }, today)
    const amounts = [...order].map((at) => Number(rows[at]?.total.amount))
    expect(amounts).toEqual([...amounts].sort((left, right) => left - right))
  })

  it('orders names, prepared in idle time or not', () => {
    const warmed = new TransactionIndex(rows, collator)
    let steps = 0
    while (warmed.warm(() => steps++ % 2 === 0)) if (steps > 100_000) break
    const query = { ...defaultQuery, sort: { by: 'name' as const, descending: false } }
    const order = index.select(query, today)
    expect([...warmed.select(query, today)]).toEqual([...order])
    const names = [...order].map((at) => shownName(rows[at] ?? rows[0] ?? ({} as never)) ?? '')
    expect(names).toEqual([...names].sort(collator.compare))
  })

  it('counts what each filter gives', () => {
    const counts = index.counts(today)
    for (const filter of queueFilters) {
      expect(index.select({ ...defaultQuery, filter }, today).length, filter).toBe(counts[filter])
    }
    expect(counts.ALL).toBe(rows.length)
  })

  it('finds by name, reference and amount as it is written', () => {
    const [row] = rows
    if (row === undefined) throw new Error('no rows')
    const found = (search: string) =>
      [...index.select({ ...defaultQuery, search }, today)].some((at) => rows[at]?.item.id === row.item.id)
    expect(found(shownName(row)?.slice(2).toUpperCase() ?? '')).toBe(true)
    expect(found(row.bankLines[0]?.references.endToEndId ?? '')).toBe(true)
    expect(found(new Intl.NumberFormat('en', { minimumFractionDigits: 2 }).format(Number(row.total.amount)))).toBe(true)
    expect(found('no such thing')).toBe(false)
  })
})
