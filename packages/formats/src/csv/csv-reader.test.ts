import { describe, expect, it } from 'vitest'
import { decodeBytes } from '../charset-decoder.ts'
import { parseStatement } from '../parse-statement.ts'
import { summarizeStatements } from '../statement-summary.ts'
import { type CorpusFile, openCorpus, outcomeOf } from '../testing/open-corpus.ts'
import { detectCsvDialect } from './csv-dialect.ts'
import { CsvRecordReader } from './csv-records.ts'

const amounts = async (text: string, options = {}) =>
  (await parseStatement(text, options)).lines.map((line) => line.amount.amount)
const codes = async (text: string, options = {}) =>
  (await parseStatement(text, options)).warnings.map((warning) => warning.code)

async function refusal(text: string, options = {}) {
  const error = await parseStatement(text, options).then(
    () => undefined,
    (reason) => reason,
  )
  return error && { reason: error.details?.reason, line: error.details?.line }
}

describe("a bank's own CSV, without a mapping", () => {
  it('passes over what stands above and below the rows, and says so', async () => {
    const text = `Kontoauszug;;;\nKonto;DE12;;\nSaldo: EUR 10,00;;;\nDatum;Buchungstext;Betrag;Saldo\n03.03.2026;Miete;-1.250,00;8.750,00\n02.03.2026;Eingang;0,05;10.000,00\nTotal;;-1.249,95;\n`
    expect(await amounts(text)).toEqual(['-1250.00', '0.05'])
    expect(await codes(text)).toEqual(['ROW_SKIPPED'])
  })

  it('proves order, sign and balances by the running balance', async () => {
    const text =
      'Date,Details,Amount,Balance\n2026-03-05,c,20.00,65.00\n2026-03-04,b,-5.00,85.00\n2026-03-03,a,10.00,80.00\n2026-03-02,z,30.00,90.00\n'
    const { lines, statements } = await parseStatement(text, { currency: 'USD' })
    expect(lines.map((line) => line.amount.amount)).toEqual(['-20.00', '5.00', '-10.00', '-30.00'])
    expect(summarizeStatements({ statements })[0]).toMatchObject({ openingBalance: '120.00', closingBalance: '65.00' })
  })

  it.each([
    ['two amount columns', 'Datum;Text;Soll;Haben\n02.03.2026;a;5,00;\n03.03.2026;b;;7,00\n', ['-5.00', '7.00']],
    [
      'signed amounts in two columns',
      'Datum;Text;Soll;Haben\n02.03.2026;a;-5,00;\n03.03.2026;b;;7,00\n',
      ['-5.00', '7.00'],
    ],
    [
      'a direction column',
      'Datum,Text,Bedrag,Af Bij\n20260302,a,"5,00",Af\n20260303,b,"7,00",Bij\n',
      ['-5.00', '7.00'],
    ],
    [
      'credits marked CR',
      'Date,Description,Amount,\n02-Mar-2026,a,£5.00,\n03-Mar-2026,b,£7.00,CR\n',
      ['-5.00', '7.00'],
    ],
    ['parentheses', 'Date,Description,Amount\n2026/03/02,a,($5.00)\n2026/03/03,b,$7.00\n', ['-5.00', '7.00']],
    ['trailing minus', 'Datum;Text;Betrag\n02.03.2026;a;5,00-\n03.03.2026;b;7,00\n', ['-5.00', '7.00']],
    [
      'apostrophes between thousands',
      "Datum;Text;Betrag CHF\n02.03.2026;a;-1'234.50\n03.03.2026;b;7.00\n",
      ['-1234.50', '7.00'],
    ],
    [
      'spaces between thousands',
      'Date;Libellé;Montant\n02/03/2026;a;-1 234,50\n13/03/2026;b;7,00\n',
      ['-1234.50', '7.00'],
    ],
    [
      'a card statement',
      'Transaction date,Merchant,Card number,Currency,Amount\n15.10.2026,a,1,CHF,5.00\n11.10.2026,b,1,CHF,7.00\n',
      ['-5.00', '-7.00'],
    ],
    ['no header at all', '18.09.2026;a;-33,87;EUR\n19.09.2026;b;12,00;EUR\n', ['-33.87', '12.00']],
  ])('reads %s', async (_, text, expected) => {
    expect(await amounts(text)).toEqual(expected)
  })

  it('splits a booking into the payments below it where they add up, and keeps it whole where not', async () => {
    const head = 'Datum;Buchungstext;Betrag Detail;Belastung;Gutschrift\n'
    const batch = (second: string) => `${head}02.03.2026;Sammelauftrag;;30.00;\n;Miete;10.00;;\n;Strom;${second};;\n`
    expect(await amounts(batch('20.00'))).toEqual(['-10.00', '-20.00'])
    expect(await amounts(batch('20.00'), { batches: 'bookings' })).toEqual(['-30.00'])
    expect(await amounts(batch('21.00'))).toEqual(['-30.00'])
    const { lines } = await parseStatement(batch('20.00'))
    expect(lines[0]?.references.remittanceText).toBe('Sammelauftrag\nMiete')
  })

  it('refuses a row that does not fit what was found, unless that is tolerated', async () => {
    const text = 'Date,Description,Amount,Currency\n2026-04-02,Valid,100.00,EUR\n2026-04-03,Garbled,12..34,EUR\n'
    expect(await refusal(text)).toEqual({ reason: 'AMOUNT_INVALID', line: 3 })
    expect(await amounts(text, { tolerate: ['ROW_INVALID'] })).toEqual(['100.00'])
  })

  it.each([
    ['dates of unknown order', 'Date,Description,Amount\n10/02/2026,a,-5.00\n', 'DATE_ORDER_UNKNOWN'],
    ['a date that does not exist', 'Date,Description,Amount\n30.02.2026,a,-5.00\n', 'DATE_INVALID'],
    ['two columns that may be the amount', 'Date,Description,X,Y\n2026-03-02,a,5.00,7.00\n', 'FIELD_MISSING'],
    ['one mark for two things', 'Date,Description,Amount\n2026-03-02,a,"1,5"\n2026-03-02,a,"1.5"\n', 'AMOUNT_INVALID'],
    ['no dates', 'entry1,entry2\nentry3,entry4\n', 'FIELD_MISSING'],
  ])('refuses %s', async (_, text, reason) => {
    expect((await refusal(text))?.reason).toBe(reason)
  })

  it('reads dates of unknown order where the order is declared, or the rows stand in it', async () => {
    const days = async (text: string, options = {}) =>
      (await parseStatement(text, options)).lines.map((line) => line.bookingDate)
    expect(await days('Date,Description,Amount\n10/02/2026,a,-5.00\n', { dateOrder: 'DMY' })).toEqual(['2026-02-10'])
    const rows = 'Date,Description,Amount\n01/02/2026,a,-5.00\n02/02/2026,b,1.00\n01/03/2026,c,1.00\n'
    expect(await days(rows)).toEqual(['2026-02-01', '2026-02-02', '2026-03-01'])
  })

  it('doubts aloud', async () => {
    expect(await codes('Date,Description,Amount\n2026-03-02,a,5.00\n')).toEqual(['CURRENCY_UNKNOWN', 'SIGN_UNPROVEN'])
    expect(await codes('Datum;Text;Betrag\n02/03/2026;a;-5,00\n', { currency: 'EUR' })).toEqual(['DATE_ORDER_ASSUMED'])
  })

  it('gives twins two ids and the same file the same ids', async () => {
    const text = 'Date,Description,Amount\n2026-03-02,a,-5.00\n2026-03-02,a,-5.00\n'
    const ids = async () => (await parseStatement(text)).lines.map((line) => line.id)
    expect(new Set(await ids()).size).toBe(2)
    expect(await ids()).toEqual(await ids())
  })

  it('keeps accounts and currencies apart', async () => {
    const text =
      'id,account,bookingDate,amount,currency\n1,A,2026-03-02,1,USD\n2,B,2026-03-02,2,USD\n3,A,2026-03-03,4,USD\n4,A,2026-03-03,8,EUR\n'
    const { statements } = await parseStatement(text)
    expect(statements.map((one) => [one.account, one.currency, one.lines.map((line) => line.id)])).toEqual([
      ['A', 'USD', ['1', '3']],
      ['B', 'USD', ['2']],
      ['A', 'EUR', ['4']],
    ])
  })
})

interface CsvFacts {
  encoding: string
  delimiter: string
  nonblank_rows: number
  import_rows?: number
  sum_income?: string
  sum_expenses?: string
  first_date?: string
  last_date?: string
}

/** Files that do not meet their manifest, and why. */
const explained: Readonly<Record<string, string>> = {
  // The expected import counts a batch and its details; the running balance proves our sums (see docs/formats/csv.md).
  blkb_example_format1_20080718: 'rows',
  blkb_example_format1_20121010: 'rows',
  blkb_example_format4_20260202: 'rows',
  lkb_example_format6_20241231: 'rows',
  // Rows without an amount in the account's currency are passed over with a warning.
  swisscard_example_format2_en: 'rows',
  swisscard_example_format2_it: 'rows',
  // Card purchases are money out here, income in the expected import.
  viseca_one_example_format1: 'sum',
  // Refused because nothing in the file decides: date order, or which of two columns moved.
  original_currency_no_header: 'refused',
  'test-data_20180226_12345678': 'refused',
  '73-sample': 'refused',
  spanish_date_example: 'refused',
  sample1: 'refused',
  // A year of one digit; a currency where the direction should be; no dates and no amounts at all.
  harder_date_example: 'refused',
  test_row_format_CD_flag: 'refused',
  fixtures_simple: 'refused',
  // One row without a header: loads with three warnings, as its sibling statement_1.csv must.
  dba33fceecd62c3c727893361e0ba4d3: 'loaded',
}

const charsets: Readonly<Record<string, string>> = {
  ascii: 'utf-8',
  'utf-8': 'utf-8',
  'utf-8-bom': 'utf-8',
  cp1252: 'windows-1252',
}

async function tableFacts({ bytes, facts }: CorpusFile<CsvFacts>): Promise<string[]> {
  const { text, finding } = decodeBytes(bytes)
  const dialect = detectCsvDialect(text.slice(0, 65_536))
  let rows = 0
  const records = new CsvRecordReader(dialect, (record) => {
    if (record.fields.some((field) => field.trim() !== '')) rows++
  })
  records.push(text)
  records.finish()
  return [
    ...(finding.charset === charsets[facts.encoding] ? [] : [`charset ${finding.charset}`]),
    ...(dialect.delimiter === facts.delimiter || rows === 1 ? [] : [`delimiter ${dialect.delimiter}`]),
    ...(rows === facts.nonblank_rows ? [] : [`table rows ${rows}, should be ${facts.nonblank_rows}`]),
  ]
}

async function failureOf(file: CorpusFile<CsvFacts>): Promise<string | undefined> {
  const { facts } = file
  const read = await outcomeOf(file.bytes, { batches: 'payments' })
  if (read.outcome === 'refused') return file.expect === 'parse' ? `refused: ${read.error.message}` : undefined
  if (file.expect === 'refuse') return 'loaded'
  if (file.expect === 'flag') return read.result.warnings.length === 0 ? 'loaded without a warning' : undefined
  if (facts.import_rows === undefined) return undefined
  const { lines } = read.result
  const net = lines.reduce((sum, line) => sum + Number(line.amount.amount), 0)
  const expected = Number(facts.sum_income) - Number(facts.sum_expenses)
  const dates = lines.map((line) => line.bookingDate).sort()
  if (lines.length !== facts.import_rows) return `rows ${lines.length}, should be ${facts.import_rows}`
  if (Math.abs(net - expected) > 0.001) return `sum ${net.toFixed(2)}, should be ${expected.toFixed(2)}`
  if (dates[0] !== facts.first_date || dates.at(-1) !== facts.last_date) return `dates ${dates[0]} to ${dates.at(-1)}`
  return undefined
}

describe('CSV corpus', () => {
  const files = openCorpus<CsvFacts>('csv')
  it.skipIf(files === undefined)(
    'is cut into the rows its manifest counts (skipped where there is no corpus)',
    async () => {
      const wrong: Record<string, string[]> = {}
      for (const file of files ?? []) {
        const found = await tableFacts(file)
        if (found.length > 0) wrong[file.file] = found
      }
      expect(wrong).toEqual({})
    },
  )
  it.skipIf(files === undefined)(
    'behaves as its manifest says for every file but the explained (skipped where there is no corpus)',
    async () => {
      const failures: Record<string, string> = {}
      for (const file of files ?? []) {
        const failure = await failureOf(file)
        if (failure !== undefined) failures[file.file] = failure
      }
      const unexplained = Object.entries(failures).filter(
        ([name, failure]) =>
          !Object.entries(explained).some(([part, start]) => name.includes(part) && failure.startsWith(start)),
      )
      expect(unexplained).toEqual([])
      expect(Object.keys(failures)).toHaveLength(Object.keys(explained).length)
    },
  )
})
