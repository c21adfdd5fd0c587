import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMatchingEngine } from './create-matching-engine.ts'
import { matchLines } from './match-lines.ts'
import { defaultPolicy, matchPolicy } from './matching/match-policy.ts'
import { money } from './money/money.ts'
import type { BankLine } from './records/bank-line.ts'
import { buildBankLine, buildBookEntry } from './testing/builders.ts'

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
const amounts = ['10.00', '20.00', '30.00', '-10.00']
const lineOf = (index: number) =>
  buildBankLine({
    id: `b${index}`,
    amount: money(amounts[index % 4] ?? '1.00', 'USD'),
    references: { endToEndId: `R${index % 6}` },
    counterparty: { name: `Acme ${index % 3}` },
  })
const entryOf = (index: number) =>
  buildBookEntry({
    id: `e${index}`,
    amount: money(amounts[(index * 3) % 4] ?? '1.00', 'USD'),
    references: { paymentReference: `R${index % 5}` },
    counterparty: { name: `Acme ${index % 3}` },
  })

/** A person confirmed the line with the entry of its number: the source says so from then on. */
const decidedLine = (index: number): BankLine => ({
  ...lineOf(index),
  sourceStatus: 'RECONCILED',
  sourceEntryIds: [`e${index}`],
})

describe('matching again', () => {
  it('equals a match of the changed input: records added, sent again, decided and removed on both sides', () => {
    const ids = fc.array(fc.integer({ min: 0, max: 15 }), { maxLength: 10 })
    const change = fc.record({ lines: ids, entries: ids, decided: ids, removedLines: ids, removedEntries: ids })
    const changedLines = ({ lines, decided }: { lines: readonly number[]; decided: readonly number[] }) => [
      ...new Map([
        ...lines.map((index): [string, BankLine] => [`b${index}`, lineOf(index)]),
        ...decided.map((index): [string, BankLine] => [`b${index}`, decidedLine(index)]),
      ]).values(),
    ]
    fc.assert(
      fc.property(ids, ids, fc.array(change, { minLength: 1, maxLength: 3 }), (lines, entries, changes) => {
        const engine = createMatchingEngine(defaultPolicy)
        const heldLines = new Map([...new Set(lines)].map((index) => [`b${index}`, lineOf(index)]))
        const heldEntries = new Map([...new Set(entries)].map((index) => [`e${index}`, entryOf(index)]))
        engine.match({ bankLines: [...heldLines.values()], bookEntries: [...heldEntries.values()] })
        for (const step of changes) {
          const delta = {
            bankLines: changedLines(step),
            bookEntries: [...new Set(step.entries)].map(entryOf),
            removedBankLineIds: step.removedLines.map((index) => `b${index}`),
            removedBookEntryIds: step.removedEntries.map((index) => `e${index}`),
          }
          for (const id of delta.removedBankLineIds) heldLines.delete(id)
          for (const id of delta.removedBookEntryIds) heldEntries.delete(id)
          for (const line of delta.bankLines) heldLines.set(line.id, line)
          for (const entry of delta.bookEntries) heldEntries.set(entry.id, entry)
          const full = matchLines({ bankLines: [...heldLines.values()], bookEntries: [...heldEntries.values()] })
          expect(plain(engine.rematch(delta))).toEqual(plain(full))
        }
      }),
      { numRuns: 60 },
    )
  })

  it('gives the last run where nothing changed', () => {
    const engine = createMatchingEngine(defaultPolicy)
    const run = engine.match({ bankLines: [lineOf(1), lineOf(2)], bookEntries: [entryOf(1)] })
    expect(engine.rematch({ bankLines: [lineOf(2)], removedBookEntryIds: ['e9'] })).toBe(run)
    expect(engine.rematch({ bankLines: [lineOf(3)] })).not.toBe(run)
    expect(() => engine.rematch({ bankLines: [lineOf(4), lineOf(4)] })).toThrow(
      expect.objectContaining({ code: 'RECORD_DUPLICATE_ID', place: 'b4' }),
    )
  })

  it('asks for a first match', () => {
    expect(() => createMatchingEngine(defaultPolicy).rematch({})).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    )
  })
})

describe('matching in steps', () => {
  const input = { bankLines: [0, 1, 2].map(lineOf), bookEntries: [0, 1, 2].map(entryOf) }

  it('reports each step and ends like a match at once', async () => {
    const steps: string[] = []
    const run = await createMatchingEngine(defaultPolicy).matchInSteps(input, {
      onProgress: ({ step }) => steps.push(step),
      pause: async () => {},
    })
    expect(steps[0]).toBe('index')
    expect(steps).toContain('scored')
    expect(plain(run)).toEqual(plain(matchLines(input)))
  })

  it('stops when told to', async () => {
    const controller = new AbortController()
    const running = createMatchingEngine(defaultPolicy).matchInSteps(input, {
      signal: controller.signal,
      onProgress: ({ done }) => {
        if (done === 2) controller.abort()
      },
    })
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' })
  })
})

describe('an explanation', () => {
  const engine = createMatchingEngine({ policy: matchPolicy() })
  engine.match({
    bankLines: [
      buildBankLine({ id: 'b1', references: { endToEndId: 'PAY-1' } }),
      buildBankLine({
        id: 'b2',
        amount: money('55.00', 'USD'),
        bookingDate: '2026-01-02',
        counterparty: { name: 'Nobody' },
      }),
      buildBankLine({ id: 'b3', amount: money('7.00', 'USD'), references: { endToEndId: 'PAY-5' } }),
    ],
    bookEntries: [
      buildBookEntry({ id: 'e1', references: { paymentReference: 'PAY-1' } }),
      buildBookEntry({ id: 'e2', references: { paymentReference: 'PAY-2' } }),
      buildBookEntry({ id: 'e3', amount: money('-100.00', 'USD') }),
      buildBookEntry({ id: 'e4', amount: money('55.00', 'USD') }),
      buildBookEntry({ id: 'e5', amount: money('6.00', 'USD'), references: { paymentReference: 'PAY-5' } }),
    ],
  })
  it.each([
    ['b1', 'e1', 'LINKED', 'IDENTIFIER_EQUAL'],
    ['b1', 'e2', 'OUTRANKED', 'LINE_HAS_BETTER'],
    ['b1', 'e3', 'EXCLUDED', 'OPPOSITE_SIGN'],
    ['b2', 'e1', 'EXCLUDED', 'OUTSIDE_WINDOW'],
    ['b2', 'e4', 'EXCLUDED', 'OUTSIDE_WINDOW'],
    ['b3', 'e2', 'EXCLUDED', 'AMOUNTS_UNEQUAL'],
    ['b3', 'e5', 'PROPOSED', 'AMOUNT_DIFFERS'],
  ])('of %s and %s is %s: %s', (bank, book, verdict, code) => {
    const explained = engine.explain(bank, book)
    expect([explained.verdict, explained.reasons[0]?.code]).toEqual([verdict, code])
    expect(explained.evidence.map((evidence) => evidence.signal)).toContain('AMOUNT')
  })

  it('names unknown records', () => {
    expect(() => engine.explain('b1', 'e9')).toThrow(expect.objectContaining({ code: 'NOT_FOUND', place: 'e9' }))
  })
})
