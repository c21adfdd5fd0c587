import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalReference } from '../references/normalization-pipeline.ts'
import { type IdentifierColumn, joinIdentifiers } from './pairs-only.ts'

interface Row {
  readonly reference: string
  readonly amount: number
  readonly kind?: number
}

function columnOf(rows: readonly Row[]): IdentifierColumn {
  const texts = rows.map((row) => new TextEncoder().encode(row.reference))
  const bytes = new Uint8Array(texts.reduce((sum, text) => sum + text.length, 0))
  const starts = new Uint32Array(rows.length)
  const ends = new Uint32Array(rows.length)
  let at = 0
  texts.forEach((text, row) => {
    bytes.set(text, at)
    starts[row] = at
    at += text.length
    ends[row] = at
  })
  return {
    count: rows.length,
    bytes,
    starts,
    ends,
    amounts: Float64Array.from(rows, (row) => row.amount),
    kinds: Uint16Array.from(rows, (row) => row.kind ?? 0),
  }
}

/** The same rule over plain strings. */
function plainJoin(bank: readonly Row[], ledger: readonly Row[]): number[] {
  const key = (row: Row) => {
    const canonical = canonicalReference(row.reference)
    return /\d/.test(canonical) ? `${row.kind ?? 0}|${canonical}` : undefined
  }
  const rowsOf = (rows: readonly Row[], wanted: string) => rows.flatMap((row, at) => (key(row) === wanted ? [at] : []))
  return bank.map((row) => {
    const own = key(row)
    if (own === undefined || rowsOf(bank, own).length !== 1) return -1
    const [only, ...more] = rowsOf(ledger, own)
    return only !== undefined && more.length === 0 && ledger[only]?.amount === row.amount ? only : -1
  })
}

describe('joinIdentifiers', () => {
  it('pairs what the reference pipeline makes equal, once on each side', () => {
    const reference = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'0012AbZ-/. +é'), maxLength: 8 }),
      fc.constantFrom('EREF+77', '/77', '0077', '77', 'NONREF', 'INV-077', 'inv 77', '０７７', 'KREF:0'),
    )
    const rows = fc.array(
      fc.record({ reference, amount: fc.integer({ min: 1, max: 2 }), kind: fc.integer({ min: 0, max: 1 }) }),
      { maxLength: 14 },
    )
    fc.assert(
      fc.property(rows, rows, (bank, ledger) => {
        expect([...joinIdentifiers(columnOf(bank), columnOf(ledger))]).toEqual(plainJoin(bank, ledger))
      }),
      { numRuns: 2000 },
    )
  })

  it('joins many records, in any order', () => {
    const bank = Array.from({ length: 20_000 }, (_, at) => ({ reference: `INV-${at}`, amount: at % 97 }))
    const ledger = bank.map((_, at) => bank[bank.length - 1 - at] ?? { reference: '', amount: 0 })
    const pairs = joinIdentifiers(columnOf(bank), columnOf(ledger))
    expect(pairs.every((row, at) => row === bank.length - 1 - at)).toBe(true)
  })
})
