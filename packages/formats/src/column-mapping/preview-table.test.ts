import { ReconError } from '@recon/core'
import { expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/universal'
import { parseBankCsv } from '../csv/record-csv.ts'
import { mutated, seededRandom } from '../testing/mutation.ts'
import { parseBankFile, parseLedgerFile } from '../xlsx/record-xlsx.ts'
import { parseColumnMapping } from './column-mapping.ts'
import { previewTable } from './preview-table.ts'

const text =
  'Konto;DE12\nDatum;Buchungstext;Betrag;Saldo\n04.03.2026;b;-5,00;85,00\n03.03.2026;a;10,00;90,00\n02.03.2026;z;30,00;80,00\n'

test('a proposal says why, and is what the readers take', async () => {
  const preview = await previewTable(text, { target: 'bank', currency: 'EUR' })
  expect(preview).toMatchObject({
    format: 'csv',
    delimiter: ';',
    charset: { charset: 'utf-8' },
    canonicalHeader: undefined,
  })
  expect(preview.rows).toHaveLength(5)
  const { proposal } = preview
  if (!proposal.ok) throw new Error(proposal.message)
  expect(proposal.headerLine).toBe(2)
  expect(proposal.doubts).toEqual([])
  expect(proposal.reasons.map((reason) => reason.about)).toEqual([
    'bookingDate',
    'amount',
    'currency',
    'decimalMark',
    'sign',
    'order',
    'remittanceText',
  ])
  expect(proposal.reasons.map(({ code, facts }) => [code, facts])).toContainEqual([
    'ORDER_PROVEN',
    { first: 'newest', explained: '2', steps: '2' },
  ])
  const saved = parseColumnMapping(JSON.parse(JSON.stringify({ ...proposal.mapping, name: 'My bank' })))
  if (saved.target !== 'bank') throw new Error('not a bank mapping')
  const { lines } = await parseBankCsv(text, { mapping: saved })
  expect(lines.map((line) => [line.bookingDate, line.amount.amount])).toEqual([
    ['2026-03-04', '-5.00'],
    ['2026-03-03', '10.00'],
    ['2026-03-02', '30.00'],
  ])
})
test('a ledger gets a proposal of its own', async () => {
  const { proposal } = await previewTable(
    'Date,Memo,Debit,Credit,Doc\n2026-03-02,Rent,5.00,,D1\n2026-03-03,Sale,,7.00,D2\n',
    { target: 'ledger' },
  )
  expect(proposal).toMatchObject({
    ok: true,
    mapping: { target: 'ledger', columns: { date: 'Date', description: 'Memo' } },
  })
})
test('a workbook is previewed by its sheet', async () => {
  const cell = (value: string) => ({ type: String, value })
  const blob = await writeXlsxFile(
    [['id', 'bookingDate', 'amount', 'currency'].map(cell), ['1', '2026-03-02', '5.00', 'USD'].map(cell)],
    { sheet: 'March' },
  ).toBlob()
  const preview = await previewTable(new Uint8Array(await blob.arrayBuffer()), { target: 'bank' })
  expect(preview).toMatchObject({ format: 'xlsx', sheet: 'March', otherSheets: [], canonicalHeader: 1 })
})
test('what cannot be read says what to declare', async () => {
  const { proposal } = await previewTable('Date,Text,Amount\n01/02/2026,a,-1.00\n', { target: 'bank' })
  expect(proposal).toMatchObject({ ok: false, code: 'DATE_ORDER_UNKNOWN', line: 2 })
})

test('mutated files end in a proposal, a refusal or a ReconError, for the ledger as for the bank', async () => {
  const random = seededRandom(4)
  const bytes = new TextEncoder().encode(text)
  const broken: unknown[] = []
  for (let run = 0; run < 1500; run++) {
    const input = mutated(bytes, random)
    const reads = [
      () => previewTable(input, { target: run % 2 === 0 ? 'bank' : 'ledger' }),
      () => parseLedgerFile(input, { tolerate: ['ROW_INVALID'] }),
    ]
    for (const read of reads) {
      await read().catch((error) => {
        if (!ReconError.is(error)) broken.push(error)
      })
    }
  }
  expect(broken).toEqual([])
})

test('a workbook is a ledger file too', async () => {
  const cell = (value: string) => ({ type: String, value })
  const header = ['id', 'date', 'amount', 'currency'].map(cell)
  const blob = await writeXlsxFile([header, ['L1', '2026-03-02', '5.00', 'USD'].map(cell)], { sheet: 'March' }).toBlob()
  const read = await parseLedgerFile(blob)
  expect(read.entries.map((entry) => [entry.id, entry.amount.amount])).toEqual([['L1', '5.00']])
  expect((await parseLedgerFile('id,date,amount,currency\nL2,2026-03-02,1,USD\n')).entries).toHaveLength(1)
})

test('a bank table is told by its content, however the stream is cut, and keeps the rows it leaves out', async () => {
  const csv = 'id,bookingDate,amount,currency\nL1,2026-03-02,1,USD\nL2,2026-02-30,1,USD\n'
  const bytes = new TextEncoder().encode(csv)
  const singly = (async function* () {
    for (const byte of bytes) yield Uint8Array.of(byte)
  })()
  const { lines, rejected } = await parseBankFile(singly)
  expect(lines.map((line) => line.id)).toEqual(['L1'])
  expect(rejected.map((row) => row.line)).toEqual([3])
  const cells = (values: readonly string[]) => values.map((value) => ({ type: String, value }))
  const table = csv
    .trim()
    .split('\n')
    .map((row) => cells(row.split(',')))
  const blob = await writeXlsxFile([{ sheet: 'Bank', data: table }]).toBlob()
  const workbook = await parseBankFile(blob)
  expect(workbook.lines.map((line) => line.id)).toEqual(['L1'])
  expect(workbook.rejected).toHaveLength(1)
})
