import { describe, expect, it } from 'vitest'
import writeXlsxFile from 'write-excel-file/universal'
import { parseStatement, streamStatement } from '../parse-statement.ts'
import { openCorpus, outcomeOf } from '../testing/open-corpus.ts'
import { plainDecimal } from './sheet-rows.ts'

type Cells = (string | number | Date | null)[][]

async function workbook(...sheets: { name: string; data: Cells }[]): Promise<Uint8Array> {
  const cell = (value: string | number | Date | null) =>
    value === null
      ? null
      : value instanceof Date
        ? { type: Date, value, format: 'yyyy-mm-dd' }
        : typeof value === 'number'
          ? { type: Number, value }
          : { type: String, value }
  const blob = await writeXlsxFile(
    sheets.map(({ name, data }) => ({ sheet: name, data: data.map((row) => row.map(cell)) })),
  ).toBlob()
  return new Uint8Array(await blob.arrayBuffer())
}
const day = new Date('2026-03-02T00:00:00Z')

/** A ZIP file of stored or deflated parts; sizes may be declared wrong. */
async function zipOf(
  parts: Record<string, string | Uint8Array>,
  declared: Record<string, number> = {},
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const [name, content] of Object.entries(parts)) {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
    const packed = new Uint8Array(
      await new Response(
        new Blob([bytes.slice()]).stream().pipeThrough(new CompressionStream('deflate-raw')),
      ).arrayBuffer(),
    )
    const title = new TextEncoder().encode(name)
    const size = declared[name] ?? bytes.length
    const local = new DataView(new ArrayBuffer(30))
    local.setUint32(0, 0x04034b50, true)
    local.setUint16(8, 8, true)
    local.setUint32(18, packed.length, true)
    local.setUint32(22, size, true)
    local.setUint16(26, title.length, true)
    const central = new DataView(new ArrayBuffer(46))
    central.setUint32(0, 0x02014b50, true)
    central.setUint16(10, 8, true)
    central.setUint32(20, packed.length, true)
    central.setUint32(24, size, true)
    central.setUint16(28, title.length, true)
    central.setUint32(42, offset, true)
    chunks.push(new Uint8Array(local.buffer), title, packed)
    directory.push(new Uint8Array(central.buffer), title)
    offset += 30 + title.length + packed.length
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0)
  const end = new DataView(new ArrayBuffer(22))
  end.setUint32(0, 0x06054b50, true)
  end.setUint16(8, Object.keys(parts).length, true)
  end.setUint16(10, Object.keys(parts).length, true)
  end.setUint32(12, size, true)
  end.setUint32(16, offset, true)
  return new Uint8Array(
    await new Blob([...chunks, ...directory, new Uint8Array(end.buffer)].map((part) => part.slice())).arrayBuffer(),
  )
}

async function refusal(bytes: Uint8Array, options = {}) {
  const error = await parseStatement(bytes, options).then(
    () => undefined,
    (reason) => reason,
  )
  return error && { code: error.code, reason: error.details?.reason }
}

describe('reading XLSX', () => {
  it('reads the canonical columns, dates and numbers as cells', async () => {
    const bytes = await workbook({
      name: 'Bank',
      data: [
        ['id', 'bookingDate', 'amount', 'currency', 'checkNumber'],
        ['B1', day, -579.68, 'USD', '0042'],
        ['B2', day, 0.1 + 0.2, 'USD', null],
      ],
    })
    const { format, lines, warnings } = await parseStatement(bytes)
    expect({ format, warnings }).toEqual({ format: 'xlsx', warnings: [] })
    expect(lines.map((line) => [line.id, line.bookingDate, line.amount.amount, line.references.checkNumber])).toEqual([
      ['B1', '2026-03-02', '-579.68', '0042'],
      ['B2', '2026-03-02', '0.30', undefined],
    ])
  })

  it('reads numbers as text and numbers as numbers in one column', async () => {
    const bytes = await workbook({
      name: 'Umsätze',
      data: [
        ['Datum', 'Buchungstext', 'Betrag', 'Währung'],
        ['02.03.2026', 'Miete', '-1.250,00', 'EUR'],
        ['03.03.2026', 'Eingang', 12.5, 'EUR'],
      ],
    })
    const { lines } = await parseStatement(bytes)
    expect(lines.map((line) => line.amount.amount)).toEqual(['-1250.00', '12.50'])
  })

  it('hands its rows on in steps, and can be cancelled between them', async () => {
    const rows: Cells = Array.from({ length: 9000 }, (_, index) => [`B${index}`, day, 1, 'USD'])
    const bytes = await workbook({ name: 'Bank', data: [['id', 'bookingDate', 'amount', 'currency'], ...rows] })
    const controller = new AbortController()
    let lines = 0
    const read = async () => {
      for await (const event of await streamStatement(bytes, { signal: controller.signal })) {
        if (event.type === 'line') lines += 1
        if (lines === 1) controller.abort()
      }
    }
    await expect(read()).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(lines).toBeGreaterThan(0)
    expect(lines).toBeLessThan(6000)
  })

  it('names the sheets it does not read', async () => {
    const data: Cells = [
      ['id', 'bookingDate', 'amount', 'currency'],
      ['B1', day, 1, 'USD'],
    ]
    const { warnings } = await parseStatement(await workbook({ name: 'March', data }, { name: 'April', data }))
    expect(warnings.map((warning) => [warning.code, warning.message])).toEqual([
      ['SHEETS_NOT_READ', expect.stringContaining('"April"')],
    ])
  })

  it.each([
    ['579.67999999999995', '579.68'],
    ['-33.5', '-33.5'],
    ['1.2E3', '1200'],
    ['1E-7', '0.0000001'],
    ['0.30000000000000004', '0.3'],
    ['123456789012345678', '123456789012346000'],
    ['-0', '-0'],
    ['1e999', '1e999'],
  ])('writes the number %s out as %s', (stored, plain) => {
    expect(plainDecimal(stored)).toBe(plain)
  })
})

describe('guarding XLSX', () => {
  const content = { '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<workbook/>' }
  it('refuses a legacy workbook by name', async () => {
    const bytes = Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Array<number>(600).fill(0)])
    expect(await refusal(bytes)).toEqual({ code: 'FORMAT_UNSUPPORTED', reason: 'FORMAT_UNSUPPORTED' })
    expect(await refusal(bytes, { format: 'xlsx' })).toEqual({
      code: 'FORMAT_UNSUPPORTED',
      reason: 'FORMAT_UNSUPPORTED',
    })
  })
  it('refuses a bomb by what it declares', async () => {
    const bomb = await zipOf({ ...content, 'xl/worksheets/sheet1.xml': new Uint8Array(120 * 1024 * 1024) })
    expect(bomb.length).toBeLessThan(200_000)
    expect(await refusal(bomb)).toEqual({ code: 'INPUT_TOO_LARGE', reason: 'LIMIT_EXCEEDED' })
  })
  it('refuses a bomb that declares little', async () => {
    const bomb = await zipOf(
      { ...content, 'xl/worksheets/sheet1.xml': new Uint8Array(8 * 1024 * 1024) },
      { 'xl/worksheets/sheet1.xml': 100 },
    )
    expect(await refusal(bomb, { limits: { maxUnpackedBytes: 1_000_000 } })).toEqual({
      code: 'INPUT_TOO_LARGE',
      reason: 'LIMIT_EXCEEDED',
    })
    expect(await refusal(bomb)).toEqual({ code: 'FORMAT_INVALID', reason: 'STRUCTURE_INVALID' })
  })
  it('refuses one cell in the last corner', async () => {
    const sheet = '<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    expect(await refusal(await zipOf({ ...content, 'xl/worksheets/sheet1.xml': sheet }))).toEqual({
      code: 'INPUT_TOO_LARGE',
      reason: 'LIMIT_EXCEEDED',
    })
  })
  it.each([
    ['a ZIP file that is no workbook', async () => zipOf({ 'a.xml': 'x' })],
    ['a workbook cut off', async () => (await workbook({ name: 'A', data: [['x']] })).slice(0, 900)],
    ['a damaged part', async () => zipOf({ ...content, 'xl/worksheets/sheet1.xml': '<not' })],
  ])('refuses %s', async (_, make) => {
    expect((await refusal(await make()))?.code).toBe('FORMAT_INVALID')
  })
  it('survives any damage with an error of its own', async () => {
    const sound = await workbook({
      name: 'A',
      data: [
        ['id', 'bookingDate', 'amount', 'currency'],
        ['B1', day, 1, 'USD'],
      ],
    })
    let seed = 7
    const next = (bound: number) => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0
      return seed % bound
    }
    for (let round = 0; round < 300; round++) {
      const bytes = sound.slice()
      for (let change = 0; change <= round % 5; change++) bytes[next(bytes.length)] = next(256)
      // Any error but a ReconError is thrown on and fails the test.
      await outcomeOf(bytes, { format: 'xlsx', limits: { maxUnpackedBytes: 4_000_000 } })
    }
  })
})

describe('XLSX corpus', () => {
  const files = openCorpus<Record<string, unknown>>('xlsx')
  it.skipIf(files === undefined)('loads every open file (skipped where there is no corpus)', async () => {
    const loaded: Record<string, unknown> = {}
    for (const { file, bytes } of files ?? []) {
      const read = await outcomeOf(bytes)
      loaded[file.replace(/^.*__(?:fixtures_|test-data_)/, '')] =
        read.outcome === 'refused' ? read.error.message : read.result.lines.map((line) => line.amount.amount)
    }
    expect(loaded).toEqual({
      'empty_statement_en.xlsx': [],
      'meta_data_separated_credit_debit.xlsx': ['-50.00', '-100.00', '-80.68', '1300.00'],
      'sample_statement_en.xlsx': ['-33.50', '1525.00'],
      'sample_statement_en_empty_values.xlsx': ['-579.68', '-544.00', '-1084.00'],
      'test_swedebank_statement.xls': [
        '-15.31',
        '-9.40',
        '-73.70',
        '-14.86',
        '-9.87',
        '-15.39',
        '-12.00',
        '-20.00',
        '-40.00',
        '-10.20',
        '-52.07',
        '-11.90',
        '2863.63',
      ],
    })
  })
})
