import { ReconError } from '@recon/core'
import { describe, expect, test } from 'vitest'
import { parseMappingFile } from '../column-mapping/column-mapping.ts'
import { parseBankCsv, parseLedgerCsv, streamBankCsv } from './record-csv.ts'

const bankHeader =
  'id,account,bookingDate,valueDate,amount,currency,status,instrument,transactionCode,endToEndId,bankReference,checkNumber,remittanceText,counterpartyName,counterpartyAccount,returnCode,originalAmount,originalCurrency,supersedes,sourceStatus'
const good = 'G1,OPS,2026-03-02,,10.00,USD,,,,,,,,,,,,,,'

async function refusal(run: Promise<unknown>): Promise<ReconError> {
  try {
    await run
  } catch (error) {
    if (ReconError.is(error)) return error
    throw error
  }
  throw new Error('was not refused')
}

describe('canonical bank columns', () => {
  test('every column reaches its field', async () => {
    const { lines, warnings, rejected } = await parseBankCsv(
      `${bankHeader}\nB1,OPS,2026-03-02,2026-03-03,-1250.00,usd,Posted,wire,514,E2E-9,BR7,0042,"Invoice 7, ""final""",Acme,DE02,R01,-1100.00,EUR,P1,reconciled\n`,
    )
    expect({ warnings, rejected }).toEqual({ warnings: [], rejected: [] })
    expect(lines).toEqual([
      {
        id: 'B1',
        account: 'OPS',
        bookingDate: '2026-03-02',
        valueDate: '2026-03-03',
        amount: { amount: '-1250.00', currency: 'USD' },
        status: 'POSTED',
        instrument: 'WIRE',
        transactionCode: '514',
        references: {
          endToEndId: 'E2E-9',
          bankReference: 'BR7',
          checkNumber: '0042',
          remittanceText: 'Invoice 7, "final"',
        },
        counterparty: { name: 'Acme', account: 'DE02' },
        returnCode: 'R01',
        originalAmount: { amount: '-1100.00', currency: 'EUR' },
        supersedes: 'P1',
        sourceStatus: 'RECONCILED',
        raw: 'B1,OPS,2026-03-02,2026-03-03,-1250.00,usd,Posted,wire,514,E2E-9,BR7,0042,"Invoice 7, ""final""",Acme,DE02,R01,-1100.00,EUR,P1,reconciled',
      },
    ])
  })

  test('only id, date, amount and currency are required, under any of their names', async () => {
    const { lines } = await parseBankCsv('Transaction ID;Posting Date;Amount;CCY\nT1;2026-03-02;7;JPY\n')
    expect(lines.map(({ id, bookingDate, amount, status }) => ({ id, bookingDate, amount, status }))).toEqual([
      { id: 'T1', bookingDate: '2026-03-02', amount: { amount: '7', currency: 'JPY' }, status: 'POSTED' },
    ])
  })

  test('other names with dates of another kind are a bank export, and read as one', async () => {
    const { lines } = await parseBankCsv(
      'Transaction ID,Date,Amount,Currency\nT1,14/01/2026,-5.00,EUR\nT2,15/01/2026,7.00,EUR\n',
    )
    expect(lines.map((line) => [line.id, line.bookingDate, line.amount.amount])).toEqual([
      ['T1', '2026-01-14', '-5.00'],
      ['T2', '2026-01-15', '7.00'],
    ])
  })

  const badRows: readonly (readonly [string, string, string])[] = [
    ['a day that does not exist', 'X,OPS,2026-02-30,,1.00,USD,,,,,,,,,,,,,,', 'DATE_INVALID'],
    ['a date in another order', 'X,OPS,03/02/2026,,1.00,USD,,,,,,,,,,,,,,', 'DATE_INVALID'],
    ['an undeclared notation', 'X,OPS,2026-03-02,,"1.234,56",USD,,,,,,,,,,,,,,', 'AMOUNT_INVALID'],
    ['an undeclared group mark', 'X,OPS,2026-03-02,,"1,234.56",USD,,,,,,,,,,,,,,', 'AMOUNT_INVALID'],
    ['not a number', 'X,OPS,2026-03-02,,NaN,USD,,,,,,,,,,,,,,', 'AMOUNT_INVALID'],
    ['an exponent', 'X,OPS,2026-03-02,,1e1000000000,USD,,,,,,,,,,,,,,', 'AMOUNT_INVALID'],
    ['fractions of a cent', 'X,OPS,2026-03-02,,1.005,USD,,,,,,,,,,,,,,', 'AMOUNT_INVALID'],
    ['an unknown currency', 'X,OPS,2026-03-02,,1.00,XXQ,,,,,,,,,,,,,,', 'CURRENCY_INVALID'],
    ['no currency', 'X,OPS,2026-03-02,,1.00,,,,,,,,,,,,,,,', 'FIELD_MISSING'],
    ['no id', ',OPS,2026-03-02,,1.00,USD,,,,,,,,,,,,,,', 'FIELD_MISSING'],
    ['a NUL in a cell', 'X,OPS,2026-03-02,,1.00,USD,,,,,,,a\u0000b,,,,,,,', 'CONTROL_CHARACTER'],
    ['an id twice', 'G1,OPS,2026-03-02,,1.00,USD,,,,,,,,,,,,,,', 'DUPLICATE_ID'],
    ['a comma that is not quoted', 'X,OPS,2026-03-02,,1,00,USD,,,,,,,,,,,,,,', 'CURRENCY_INVALID'],
    ['a cell too many', 'X,OPS,2026-03-02,,1.00,USD,,,,,,,a,b,c,,,,,,late', 'FIELD_INVALID'],
    ['a quote that never closes', 'X,OPS,2026-03-02,,1.00,USD,,,,,,,"oops,,,,,,,', 'QUOTE_UNTERMINATED'],
    ['300 cells', `X${',1'.repeat(300)}`, 'TOO_MANY_COLUMNS'],
    ['a record of 70 KB', `X,OPS,2026-03-02,,1.00,USD,,,,,,,${'x'.repeat(70_000)},,,,,,,`, 'RECORD_TOO_LONG'],
  ]
  test.each(badRows)('%s costs its own row and names its line', async (_, bad, code) => {
    const { lines, rejected } = await parseBankCsv(`${bankHeader}\n${good}\n${bad}\nG2${good.slice(2)}\n`)
    expect(lines.map((line) => line.id)).toEqual(['G1', 'G2'])
    expect(rejected.map((row) => [row.line, row.code])).toEqual([[3, code]])
    expect(rejected[0]?.raw).toBe(rejected[0]?.raw === bad ? bad : bad.slice(0, 1000))
  })

  test('words outside the lists are kept with a warning, and an unknown status is not taken for final', async () => {
    const { lines, warnings } = await parseBankCsv(
      `${bankHeader}\nA,OPS,2026-03-02,,1.00,USD,held,pigeon,,,,,,,,,9,,,maybe\n`,
    )
    expect(lines[0]).toMatchObject({ status: 'PENDING', instrument: 'OTHER' })
    expect(warnings.map((warning) => [warning.line, warning.code])).toEqual([
      [2, 'STATUS_UNKNOWN'],
      [2, 'INSTRUMENT_UNKNOWN'],
      [2, 'ORIGINAL_AMOUNT_IGNORED'],
      [2, 'SOURCE_STATUS_UNKNOWN'],
    ])
  })

  test('columns nobody reads are named once', async () => {
    const { warnings } = await parseBankCsv('id,bookingDate,amount,currency,colour\nA,2026-03-02,1,USD,red\n')
    expect(warnings).toEqual([{ code: 'COLUMN_UNKNOWN', message: 'Columns that are not read: "colour".', line: 1 }])
  })
})

describe('refused whole', () => {
  const cases: readonly (readonly [string, string, string, string])[] = [
    ['an empty file', '', 'FORMAT_INVALID', 'EMPTY_FILE'],
    [
      'a header that lacks the amount',
      'id,bookingDate,currency\nA,2026-03-02,USD\n',
      'FORMAT_INVALID',
      'FIELD_MISSING',
    ],
    ['two amount columns', 'id,date,amount,Amount,currency\nA,2026-03-02,1,2,USD\n', 'FORMAT_INVALID', 'FIELD_INVALID'],
    ['no readable row', 'id,date,amount,currency\nA,2026-03-02,x,USD\n', 'FORMAT_INVALID', 'AMOUNT_INVALID'],
  ]
  test.each(cases)('%s', async (_, text, code, reason) => {
    const error = await refusal(parseBankCsv(text))
    expect(error.code).toBe(code)
    expect(error.details?.reason).toBe(reason)
  })

  test('a file beyond the size limit stops at the limit', async () => {
    let given = 0
    const endless = (async function* () {
      for (;;) {
        given++
        yield new Uint8Array(100_000).fill(65)
      }
    })()
    const error = await refusal(parseBankCsv(endless, { limits: { maxBytes: 1_000_000 } }))
    expect(error.code).toBe('INPUT_TOO_LARGE')
    expect(given).toBeLessThan(20)
  })

  test('a cancelled read stops', async () => {
    const controller = new AbortController()
    controller.abort()
    const error = await refusal(parseBankCsv(`${bankHeader}\n${good}\n`, { signal: controller.signal }))
    expect(error.code).toBe('CANCELLED')
  })
})

describe('canonical ledger columns', () => {
  test('every column reaches its field', async () => {
    const { entries, warnings } = await parseLedgerCsv(
      'id,account,date,amount,currency,instrument,kind,paymentReference,transactionNumber,documentNumber,checkNumber,description,counterpartyName,counterpartyAccount,originalAmount,originalCurrency,source\n' +
        'L1,OPS,2026-03-02,-12.5,EUR,Check,payment,PR1,TN1,DN1,0042,Rent,Landlord,FR76,-13.10,USD,Oracle\n',
    )
    expect(warnings).toEqual([])
    expect(entries[0]).toMatchObject({
      id: 'L1',
      account: 'OPS',
      date: '2026-03-02',
      amount: { amount: '-12.50', currency: 'EUR' },
      kind: 'PAYMENT',
      instrument: 'CHECK',
      references: {
        paymentReference: 'PR1',
        transactionNumber: 'TN1',
        documentNumber: 'DN1',
        checkNumber: '0042',
        description: 'Rent',
      },
      counterparty: { name: 'Landlord', account: 'FR76' },
      originalAmount: { amount: '-13.10', currency: 'USD' },
      source: 'Oracle',
    })
  })

  test('an unknown kind is kept with a warning', async () => {
    const { entries, warnings } = await parseLedgerCsv('id,date,amount,currency,kind\nA,2026-03-02,1,USD,barter\n')
    expect(entries[0]?.kind).toBe('GL_ENTRY')
    expect(warnings.map((warning) => warning.code)).toEqual(['KIND_UNKNOWN'])
  })
})

describe('a mapping file', () => {
  const file = parseMappingFile(
    JSON.stringify({
      bank: {
        columns: { bookingDate: 'Datum', valueDate: 'Valuta', remittanceText: ['Text', 'Zweck'] },
        amount: { kind: 'DEBIT_CREDIT', debit: 'Soll', credit: 'Haben' },
        decimalMark: ',',
        groupMarks: ['.'],
        dateFormat: 'DD.MM.YYYY',
        defaults: { currency: 'EUR', account: 'DE1' },
      },
      ledger: {
        columns: { id: 'Nr', date: 'Tag' },
        amount: { kind: 'FLAG', column: 'Betrag', flag: 'S/H', debit: ['S'], credit: ['H'] },
        dateFormat: 'MM/DD/YY',
        defaults: { currency: 'EUR' },
      },
    }),
  )
  test('two amount columns, a decimal comma, German dates, a preamble', async () => {
    const { bank } = file
    if (!bank) throw new Error('no bank mapping')
    const text =
      'Konto;DE1;;;;\nStand;02.03.2026;;;;\nDatum;Valuta;Text;Zweck;Soll;Haben\n02.03.2026;3.3.2026;Miete;März;1.250,00;\n02.03.2026;;Eingang;;;0,05\n'
    const { lines, rejected } = await parseBankCsv(text, { mapping: bank })
    expect(rejected).toEqual([])
    expect(
      lines.map((line) => [line.bookingDate, line.valueDate, line.amount.amount, line.references.remittanceText]),
    ).toEqual([
      ['2026-03-02', '2026-03-03', '-1250.00', 'Miete\nMärz'],
      ['2026-03-02', undefined, '0.05', 'Eingang'],
    ])
    expect(new Set(lines.map((line) => line.id)).size).toBe(2)
  })
  test('a direction column', async () => {
    const { ledger } = file
    if (!ledger) throw new Error('no ledger mapping')
    const { entries, rejected } = await parseLedgerCsv(
      'Nr,Tag,Betrag,S/H\n1,03/02/26,5.00,S\n2,03/02/26,5.00,h\n3,03/02/26,5.00,?\n',
      {
        mapping: ledger,
      },
    )
    expect(entries.map((entry) => entry.amount.amount)).toEqual(['-5.00', '5.00'])
    expect(rejected.map((row) => [row.line, row.code])).toEqual([[4, 'DIRECTION_UNKNOWN']])
  })
  test.each([
    ['not JSON', '{', 'JSON'],
    ['an unknown key', '{"bank":{"columns":{"bookingDate":"A","amount":"B"},"colour":1}}', 'colour'],
    ['no date column', '{"columns":{"amount":"B"}}', 'bookingDate'],
    [
      'an impossible date format',
      '{"columns":{"bookingDate":"A","amount":"B"},"dateFormat":"DD.DD.YYYY"}',
      'date format',
    ],
    ['one mark for two things', '{"columns":{"bookingDate":"A","amount":"B"},"groupMarks":["."]}', 'group mark'],
  ])('is refused for %s', (_, text, named) => {
    expect(() => parseMappingFile(text)).toThrowError(named)
  })
})

test('the result does not depend on where the pieces of a stream end', async () => {
  const bytes = new TextEncoder().encode(
    `${bankHeader}\r\n${good}\r\nB2,OPS,2026-03-02,,2.00,EUR,,,,,,,"Zürich\r\n""quoted"", ok",,,,,,,\r\nbad\r\n`,
  )
  const whole = await parseBankCsv(bytes)
  expect(whole.lines).toHaveLength(2)
  for (const size of [1, 2, 3, 7, 64]) {
    const pieces = (async function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size)
    })()
    expect(await parseBankCsv(pieces)).toEqual(whole)
  }
})

test('a stream hands rows on before the file ends', async () => {
  const events: string[] = []
  const pieces = (async function* () {
    yield new TextEncoder().encode(`${bankHeader}\n`)
    for (let index = 0; index < 2000; index++) yield new TextEncoder().encode(`R${index}${good.slice(2)}\n`)
    events.push('end of file')
  })()
  for await (const event of streamBankCsv(pieces)) if (event.type === 'value') events.push(event.value.id)
  expect(events.indexOf('end of file')).toBeGreaterThan(100)
  expect(events).toHaveLength(2001)
})

test('a word nobody knows in every row is told once and counted', async () => {
  const rows = Array.from({ length: 20_000 }, (_, index) => `L${index},2026-03-02,1,USD,pigeon`).join('\n')
  const { entries, warnings } = await parseLedgerCsv(`id,date,amount,currency,instrument\n${rows}\n`)
  expect(entries).toHaveLength(20_000)
  expect(warnings.map((warning) => [warning.code, warning.line])).toEqual([
    ['INSTRUMENT_UNKNOWN', 2],
    ['INSTRUMENT_UNKNOWN', undefined],
  ])
  expect(warnings[1]?.message).toContain('19999 further rows')
})

test('a file with more bad rows than may be reported is refused as such', async () => {
  const rows = Array.from({ length: 20 }, (_, index) => `L${index},2026-02-30,1,USD`).join('\n')
  const text = `id,date,amount,currency\nL,2026-02-28,1,USD\n${rows}\n`
  const error = await refusal(parseLedgerCsv(text, { limits: { maxWarnings: 10 } }))
  expect({ code: error.code, limit: error.details?.limit, place: error.place }).toEqual({
    code: 'INPUT_TOO_LARGE',
    limit: 'maxWarnings',
    place: 'line 13',
  })
  expect((await parseLedgerCsv(text)).rejected).toHaveLength(20)
})
