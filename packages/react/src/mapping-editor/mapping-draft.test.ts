import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sampleLook, sampleMapping } from '../fixtures/sample-table.ts'
import { choiceOf, columnChoice, columnCount, draftOf, mappingOf, problemsOf, withHeader } from './mapping-draft.ts'
import { bankMappingFields, sampleRows, type TableMapping, tableColumns, tableSourceKey } from './table-mapping.ts'

const reference = fc.oneof(fc.string({ minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 512 }))
const amount = fc.oneof(
  fc.record({ kind: fc.constant('SIGNED' as const), column: reference }),
  fc
    .record({
      kind: fc.constant('DEBIT_CREDIT' as const),
      debit: reference,
      credit: reference,
      debitSign: fc.constantFrom('POSITIVE' as const, 'NEGATIVE' as const, 'EITHER' as const),
    })
    .filter(({ debit, credit }) => debit !== credit),
  fc.record({
    kind: fc.constant('FLAG' as const),
    column: reference,
    flag: reference,
    debit: fc.constant<string[]>(['S']),
    credit: fc.constant<string[]>(['H']),
    signs: fc.constantFrom('REVERSE' as const, 'IGNORED' as const),
  }),
)
const columns = fc
  .dictionary(
    fc.constantFrom(...bankMappingFields),
    fc.oneof(reference, fc.array(reference, { minLength: 1, maxLength: 3 })),
  )
  .map((found) => ({ ...found, bookingDate: 'Date' }))
const mappings: fc.Arbitrary<TableMapping> = fc.record({
  version: fc.constant(1 as const),
  target: fc.constant('bank' as const),
  header: fc.constantFrom('FIND' as const, 'NONE' as const),
  columns,
  amount,
  positive: fc.constantFrom('MONEY_IN' as const, 'MONEY_OUT' as const),
  decimalMark: fc.constant(',' as const),
  groupMarks: fc.constantFrom([], ['.' as const], ['.' as const, ' ' as const]),
  dateFormat: fc.constantFrom('DD.MM.YYYY', 'D/M/YY'),
  balance: fc.constant('Saldo'),
  balanceOrder: fc.constant('NEWEST_FIRST' as const),
  rowsWithoutDate: fc.constantFrom('REFUSE' as const, 'DETAIL' as const),
  defaults: fc.record({ currency: fc.constant('EUR'), status: fc.constant('POSTED' as const) }),
})

describe('a draft of a mapping', () => {
  it('untouched is the mapping it was made of, whatever that says', () => {
    fc.assert(
      fc.property(mappings, (mapping) => {
        expect(mappingOf(draftOf(mapping, 'bank'))).toEqual(mapping)
      }),
    )
  })
  it('changes what a person chose and nothing else', () => {
    const draft = draftOf(sampleMapping, 'bank')
    const changed = mappingOf({ ...draft, columns: { ...draft.columns, valueDate: '', checkNumber: '=Scheck' } })
    const { valueDate: _gone, ...rest } = sampleMapping.columns
    expect(changed).toEqual({ ...sampleMapping, columns: { ...rest, checkNumber: 'Scheck' } })
  })
  it('names a column by its place where its header comes twice, or there is none', () => {
    const twice = ['Date', 'Amount', 'Amount', ''].map((name, index) => ({ place: index + 1, name }))
    expect(twice.map((column) => columnChoice(column, twice, 'FIND'))).toEqual(['=Date', '#2', '#3', '#4'])
    expect(twice.map((column) => columnChoice(column, twice, 'NONE'))).toEqual(['#1', '#2', '#3', '#4'])
    const draft = draftOf(undefined, 'bank')
    const chosen = mappingOf({ ...draft, amount: '#3', columns: { bookingDate: '=Date' } })
    expect(chosen).toMatchObject({ amount: { kind: 'SIGNED', column: 3 }, columns: { bookingDate: 'Date' } })
  })
  it('keeps the columns when the person says that the file has no names', () => {
    const places = withHeader(draftOf(sampleMapping, 'bank'), 'NONE', tableColumns(sampleLook))
    expect(mappingOf(places)).toMatchObject({
      header: 'NONE',
      columns: { bookingDate: 1, endToEndId: 6 },
      amount: { column: 7 },
    })
    expect(withHeader(places, 'FIND', tableColumns(sampleLook)).amount).toBe(choiceOf('Betrag EUR'))
  })
  it.each([
    ['DATE_COLUMN_MISSING', { columns: {} }],
    ['AMOUNT_COLUMN_MISSING', { amount: '' }],
    ['AMOUNT_COLUMN_MISSING', { amountKind: 'DEBIT_CREDIT' as const, debit: '=a', credit: '' }],
    ['AMOUNT_COLUMNS_EQUAL', { amountKind: 'DEBIT_CREDIT' as const, debit: '=a', credit: '=a' }],
    ['MARKS_EQUAL', { groupMark: ',' as const }],
    ['CURRENCY_INVALID', { currency: 'EURO' }],
  ])('is no mapping with %s', (problem, part) => {
    const draft = { ...draftOf(sampleMapping, 'bank'), ...part }
    expect(problemsOf(draft)).toEqual([problem])
    expect(mappingOf(draft)).toBeNull()
  })
})

it('a text of several columns stays one until the person chooses another', () => {
  const draft = draftOf(sampleMapping, 'bank')
  expect(columnCount(draft, 'remittanceText')).toBe(2)
  expect(columnCount({ ...draft, columns: { ...draft.columns, remittanceText: '=Name' } }, 'remittanceText')).toBe(1)
})

describe('the look at a table', () => {
  it('shows the rows below the header, and the header too where it is none', () => {
    expect(sampleRows(sampleLook, 2, 'FIND').map((row) => row.line)).toEqual([2, 3])
    expect(sampleRows(sampleLook, 2, 'NONE').map((row) => row.line)).toEqual([1, 2])
  })
  it('finds a source by its header and by what its rows are', () => {
    const later = { ...sampleLook, rows: sampleLook.rows.slice(0, 2) }
    expect(tableSourceKey('bank', later)).toBe(tableSourceKey('bank', sampleLook))
    expect(tableSourceKey('ledger', sampleLook)).not.toBe(tableSourceKey('bank', sampleLook))
    const other = { ...sampleLook, rows: [{ line: 1, fields: ['Date', 'Amount'] }] }
    expect(tableSourceKey('bank', other)).not.toBe(tableSourceKey('bank', sampleLook))
  })
})
