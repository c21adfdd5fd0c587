import { type BankLine, type BookEntry, bookEntryKinds, fromMinorUnits, instruments } from '@recon/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { writeBankCsv, writeLedgerCsv } from './record-columns.ts'
import { parseBankCsv, parseLedgerCsv } from './record-csv.ts'

/** Any text a file can hold: formulas, quotes, delimiters, line ends, letters of any script; not blank at its ends. */
const anyText = fc
  .oneof(
    fc.string({ maxLength: 30, unit: 'grapheme' }),
    fc.stringMatching(/^['=+@-]{1,4}[a-z(),;"]{0,6}$/),
    fc.constantFrom('a\nb', 'a\r\nb', '"', '""', "'", "''=1", '=1+1', '-12.50', '@x', '0042', ';', ',', 'a"b'),
  )
  .map((text) => text.replaceAll('\u0000', '').trim())
  .filter((text) => text !== '')
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })
const amount = fc
  .tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.constantFrom('USD', 'EUR', 'JPY', 'KWD'))
  .map(([minor, currency]) => fromMinorUnits(minor, currency))
const date = fc.constantFrom('2026-01-31', '2024-02-29', '1999-12-31')
const without = <Value extends object>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value

const line: fc.Arbitrary<BankLine> = fc
  .record({
    id: anyText,
    account: optional(anyText),
    bookingDate: date,
    valueDate: optional(date),
    amount,
    status: fc.constantFrom('PENDING' as const, 'POSTED' as const, 'SUPERSEDED' as const),
    instrument: optional(fc.constantFrom(...instruments)),
    transactionCode: optional(anyText),
    references: fc.record({
      endToEndId: optional(anyText),
      checkNumber: optional(anyText),
      remittanceText: optional(anyText),
      mandateId: optional(anyText),
    }),
    counterparty: optional(fc.record({ name: anyText, account: optional(anyText) })),
    returnCode: optional(anyText),
    originalAmount: optional(amount),
    supersedes: optional(anyText),
    sourceStatus: optional(fc.constantFrom('RECONCILED' as const, 'UNRECONCILED' as const)),
  })
  .map((draft) => without(draft) as BankLine)

const entry: fc.Arbitrary<BookEntry> = fc
  .record({
    id: anyText,
    account: optional(anyText),
    date,
    amount,
    kind: fc.constantFrom(...bookEntryKinds),
    instrument: optional(fc.constantFrom(...instruments)),
    references: fc.record({
      paymentReference: optional(anyText),
      documentNumber: optional(anyText),
      description: optional(anyText),
      batchId: optional(anyText),
    }),
    counterparty: optional(fc.record({ name: anyText })),
    source: optional(anyText),
    status: optional(fc.constantFrom('OPEN' as const, 'CLOSED' as const)),
  })
  .map((draft) => without(draft) as BookEntry)

const options = fc.record({
  delimiter: fc.constantFrom(',' as const, ';' as const, '\t' as const),
  lineEnd: fc.constantFrom('\n' as const, '\r\n' as const),
  byteOrderMark: fc.boolean(),
})
const bare = <Value extends { raw?: string }>({ raw: _, ...value }: Value) => value

test('bank lines written and read again are the same lines', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(line, { selector: (one) => one.id, minLength: 1, maxLength: 8 }),
      options,
      async (lines, how) => {
        const read = await parseBankCsv(writeBankCsv(lines, how))
        expect(read.rejected).toEqual([])
        expect(read.lines.map(bare)).toEqual(lines)
      },
    ),
    { numRuns: 300 },
  )
})

test('book entries written and read again are the same entries', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(entry, { selector: (one) => one.id, minLength: 1, maxLength: 8 }),
      options,
      async (entries, how) => {
        const read = await parseLedgerCsv(writeLedgerCsv(entries, how))
        expect(read.rejected).toEqual([])
        expect(read.entries.map(bare)).toEqual(entries)
      },
    ),
    { numRuns: 300 },
  )
})

test('text that looks like a formula is guarded, an amount stays a number', () => {
  const text = writeBankCsv([
    {
      id: '=cmd()',
      bookingDate: '2026-03-02',
      amount: { amount: '-12.50', currency: 'USD' },
      status: 'POSTED',
      references: { remittanceText: '@SUM(A1)', checkNumber: '-12.50' },
    },
  ])
  const cells = text.split('\r\n')[1]?.split(',') ?? []
  expect(cells[0]).toBe("'=cmd()")
  expect(cells[4]).toBe('-12.50')
  expect(cells[11]).toBe("'-12.50")
  expect(cells[12]).toBe("'@SUM(A1)")
})
