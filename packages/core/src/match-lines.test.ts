import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type MatchRun, matchLines } from './match-lines.ts'
import { matchPolicy } from './matching/match-policy.ts'
import { fromMinorUnits, isZeroMoney, subtractMoney, sumMoney } from './money/money.ts'
import { type BankLine, bankLineStatuses } from './records/bank-line.ts'
import type { BookEntry } from './records/book-entry.ts'
import { instruments } from './records/instrument.ts'
import { dateOfDayNumber } from './records/iso-date.ts'

const reference = fc.constantFrom('INV-1', 'INV 1', '0001', '1', 'INV-2', 'NONREF', 'RF18539007547034', 'A-77', '')
const name = fc.constantFrom('Acme Inc.', 'ACME', 'Nope Corp', 'Jane Doe')
const minor = fc.constantFrom(100n, 250n, 350n, 1000n, -100n, -250n, -1000n, 1350n, 0n)
const day = fc.integer({ min: 20_000, max: 20_012 })
const currency = fc.constantFrom('USD', 'USD', 'USD', 'EUR')

const bankLine = fc.record({
  amount: minor,
  currency,
  day,
  status: fc.constantFrom(...bankLineStatuses, 'POSTED', 'POSTED'),
  instrument: fc.constantFrom(...instruments, undefined),
  endToEndId: reference,
  text: fc.constantFrom(undefined, 'pays INV-1 and INV-2', 'RETURN A-77', 'Acme'),
  name: fc.option(name, { nil: undefined }),
  returnCode: fc.constantFrom(undefined, undefined, undefined, 'R01'),
  code: fc.constantFrom(undefined, '275', '575', '514'),
  source: fc.constantFrom(undefined, undefined, undefined, 'RECONCILED' as const),
})
const bookEntry = fc.record({
  amount: minor,
  currency,
  day,
  instrument: fc.constantFrom(...instruments, undefined),
  paymentReference: reference,
  name: fc.option(name, { nil: undefined }),
  status: fc.constantFrom(undefined, undefined, 'CLOSED' as const),
})

function toLine(
  given: (typeof bankLine)['generate'] extends never ? never : Record<string, unknown>,
  index: number,
): BankLine {
  const row = given as {
    amount: bigint
    currency: string
    day: number
    status: BankLine['status']
    instrument?: BankLine['instrument']
    endToEndId: string
    text?: string
    name?: string
    returnCode?: string
    code?: string
    source?: 'RECONCILED'
  }
  return {
    id: `b${index}`,
    bookingDate: dateOfDayNumber(row.day),
    amount: fromMinorUnits(row.amount, row.currency),
    status: row.status,
    references: {
      endToEndId: row.endToEndId,
      ...(row.text === undefined ? {} : { remittanceText: row.text }),
    },
    ...(row.instrument === undefined ? {} : { instrument: row.instrument }),
    ...(row.name === undefined ? {} : { counterparty: { name: row.name } }),
    ...(row.returnCode === undefined ? {} : { returnCode: row.returnCode }),
    ...(row.code === undefined ? {} : { transactionCode: row.code }),
    ...(row.source === undefined ? {} : { sourceStatus: row.source }),
  }
}

function toEntry(given: Record<string, unknown>, index: number): BookEntry {
  const row = given as {
    amount: bigint
    currency: string
    day: number
    instrument?: BookEntry['instrument']
    paymentReference: string
    name?: string
    status?: 'CLOSED'
  }
  return {
    id: `e${index}`,
    date: dateOfDayNumber(row.day),
    amount: fromMinorUnits(row.amount, row.currency),
    kind: 'GL_ENTRY',
    references: { paymentReference: row.paymentReference },
    ...(row.instrument === undefined ? {} : { instrument: row.instrument }),
    ...(row.name === undefined ? {} : { counterparty: { name: row.name } }),
    ...(row.status === undefined ? {} : { status: row.status }),
  }
}

const world = fc
  .tuple(fc.array(bankLine, { maxLength: 12 }), fc.array(bookEntry, { maxLength: 12 }))
  .map(([lines, entries]) => ({ bankLines: lines.map(toLine), bookEntries: entries.map(toEntry) }))

function shuffled<Value>(values: readonly Value[], seed: number): Value[] {
  return values
    .map((value, index) => ({ value, key: Math.imul(index + 1, seed * 2 + 1) ^ (seed << 3) }))
    .sort((left, right) => (left.key % 97) - (right.key % 97))
    .map(({ value }) => value)
}

const seen = (run: MatchRun): unknown => JSON.parse(JSON.stringify(run))

describe('any run', () => {
  it('is the same whatever the order of its input, ids and evidence included', () => {
    fc.assert(
      fc.property(world, fc.integer({ min: 1, max: 1000 }), (input, seed) => {
        const other = {
          bankLines: shuffled(input.bankLines, seed),
          bookEntries: shuffled(input.bookEntries, seed + 7),
        }
        expect(seen(matchLines(other))).toEqual(seen(matchLines(input)))
      }),
      { numRuns: 150 },
    )
  })

  it('puts every bank line into exactly one item', () => {
    fc.assert(
      fc.property(world, (input) => {
        const listed = matchLines(input).items.flatMap((item) => item.bankLineIds)
        expect([...listed].sort()).toEqual(input.bankLines.map((line) => line.id).sort())
      }),
    )
  })

  it('uses no record in two automatic links, and none twice within one', () => {
    fc.assert(
      fc.property(world, (input) => {
        const automatic = matchLines(input).matches.filter((match) => match.status === 'AUTO')
        for (const side of ['bankLineIds', 'bookEntryIds'] as const) {
          const used = automatic.flatMap((match) => match[side])
          expect(new Set(used).size).toBe(used.length)
        }
      }),
    )
  })

  it('proves its difference to the cent, per currency', () => {
    fc.assert(
      fc.property(world, (input) => {
        for (const proof of matchLines(input).proofs) {
          expect(isZeroMoney(proof.unexplained)).toBe(true)
          const causes = sumMoney(
            proof.causes.map((cause) => cause.amount),
            proof.currency,
          )
          expect(causes).toEqual(subtractMoney(proof.bankTotal, proof.bookTotal))
        }
      }),
    )
  })

  it('links automatically only equal amounts of one sign and currency, unless the source did it', () => {
    fc.assert(
      fc.property(world, (input) => {
        for (const match of matchLines(input).matches) {
          if (match.status === 'AUTO' && match.pass !== 'SOURCE_CONFIRMED')
            expect(isZeroMoney(match.difference)).toBe(true)
        }
      }),
    )
  })

  it('does not change its input', () => {
    fc.assert(
      fc.property(world, (input) => {
        const before = JSON.stringify(input)
        matchLines(input)
        expect(JSON.stringify(input)).toBe(before)
      }),
      { numRuns: 30 },
    )
  })

  it('lists book entries where the policy looks from the books', () => {
    fc.assert(
      fc.property(world, (input) => {
        const run = matchLines(input, matchPolicy({ perspective: 'BOOK' }))
        const ids = run.items.flatMap((item) => item.bookEntryIds)
        expect(new Set(ids).size).toBe(ids.length)
        expect(run.items.every((item) => item.perspective === 'BOOK' && item.bankLineIds.length === 0)).toBe(true)
      }),
      { numRuns: 50 },
    )
  })
})

describe('bad input', () => {
  const line = toLine({ amount: 100n, currency: 'USD', day: 20_000, status: 'POSTED', endToEndId: '' }, 1)
  it.each([
    [[line, line], 'RECORD_DUPLICATE_ID'],
    [[{ ...line, bookingDate: '2026-02-30' }], 'RECORD_INVALID'],
    [[{ ...line, amount: { amount: '1', currency: 'USD' } }], 'RECORD_INVALID'],
    [[{ ...line, amount: { amount: '99999999999999999.00', currency: 'USD' } }], 'RECORD_INVALID'],
  ])('is refused with its place', (bankLines, code) => {
    expect(() => matchLines({ bankLines, bookEntries: [] })).toThrow(expect.objectContaining({ code, place: 'b1' }))
  })
})
