import { describe, expect, it } from 'vitest'
import { parseStatement } from '../parse-statement.ts'
import { summarizeStatements } from '../statement-summary.ts'
import { corpusFailures, differs, openCorpus } from '../testing/open-corpus.ts'

const transaction = (fields: string) => `<STMTTRN>${fields}</STMTTRN>`
const plain = '<TRNTYPE>DEBIT<DTPOSTED>20260302120000.000[-5:EST]<TRNAMT>-12.50<FITID>F-100001<NAME>Acme & Sons'

function fileOf(transactions: string, statement = '<CURDEF>USD<BANKACCTFROM><ACCTID>0042</BANKACCTFROM>', after = '') {
  return `OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS></SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><STMTRS>${statement}<BANKTRANLIST><DTSTART>20260301<DTEND>20260331>${transactions}</BANKTRANLIST>${after}</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`
}

async function refusal(text: string, tolerate: string[] = []) {
  const error = await parseStatement(text, { tolerate }).then(
    () => undefined,
    (reason) => reason,
  )
  return error && { code: error.code, reason: error.details?.reason, place: error.place }
}

describe('reading OFX', () => {
  it('reads every field of a transaction', async () => {
    const { format, lines, warnings } = await parseStatement(
      fileOf(
        transaction(
          '<TRNTYPE>CHECK<DTPOSTED>20260302<DTAVAIL>20260304<TRNAMT>-1250,5<FITID>F-1<CHECKNUM>0099<REFNUM>R7<NAME>Rent<MEMO>March rent<BANKACCTTO><ACCTID>DE02</BANKACCTTO>',
        ),
      ),
    )
    expect({ format, warnings }).toEqual({ format: 'ofx', warnings: [] })
    expect(lines).toMatchObject([
      {
        account: '0042',
        bookingDate: '2026-03-02',
        valueDate: '2026-03-04',
        amount: { amount: '-1250.50', currency: 'USD' },
        status: 'POSTED',
        instrument: 'CHECK',
        transactionCode: 'CHECK',
        references: {
          checkNumber: '0099',
          bankReference: 'F-1',
          customerReference: 'R7',
          remittanceText: 'Rent\nMarch rent',
        },
        counterparty: { name: 'Rent', account: 'DE02' },
      },
    ])
  })

  it('takes the date as the bank wrote it, whatever the zone', async () => {
    const { lines } = await parseStatement(fileOf(transaction(plain)))
    expect(lines[0]?.bookingDate).toBe('2026-03-02')
    expect(lines[0]?.references.remittanceText).toBe('Acme & Sons')
  })

  it.each([
    ['everything on one line', fileOf(transaction(plain)).replaceAll('\n', '')],
    ['no header', fileOf(transaction(plain)).slice(fileOf('').indexOf('<OFX>'))],
    [
      'XML with declarations',
      `<?xml version="1.0" encoding="UTF-8"?>\n<?OFX OFXHEADER="200" VERSION="211"?>\n${fileOf(transaction('<TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>20260302</DTPOSTED><TRNAMT>-12.50</TRNAMT><FITID>F-100001</FITID><NAME><![CDATA[Acme & Sons]]></NAME>')).slice(fileOf('').indexOf('<OFX>'))}`,
    ],
    ['CR line ends', fileOf(transaction(plain)).replaceAll('\n', '\r')],
    ['empty and self-closed tags', fileOf(transaction(`<MEMO/><CHECKNUM></CHECKNUM>${plain}`))],
    [
      'a list that is not closed',
      fileOf(transaction(plain)).replace('</BANKTRANLIST>', '<LEDGERBAL><BALAMT>5.00<DTASOF>20260331</LEDGERBAL>'),
    ],
  ])('reads %s', async (_, text) => {
    const { lines } = await parseStatement(text)
    expect(lines.map((line) => [line.amount.amount, line.references.remittanceText])).toEqual([
      ['-12.50', 'Acme & Sons'],
    ])
  })

  it('keeps twins and a transaction id used twice, with a warning', async () => {
    const { lines, warnings } = await parseStatement(fileOf(transaction(plain) + transaction(plain)))
    expect(new Set(lines.map((line) => line.id)).size).toBe(2)
    expect(warnings.map((warning) => warning.code)).toEqual(['FITID_REPEATED'])
  })

  it('gives the same ids when the same file comes again', async () => {
    const ids = async () => (await parseStatement(fileOf(transaction(plain)))).lines.map((line) => line.id)
    expect(await ids()).toEqual(await ids())
  })

  it('says what a server answered instead of a statement', async () => {
    const { lines, warnings } = await parseStatement(
      fileOf('').replace('<CODE>0<SEVERITY>INFO', '<CODE>15500<SEVERITY>ERROR<MESSAGE>Wrong password'),
    )
    expect(lines).toEqual([])
    expect(warnings[0]).toMatchObject({
      code: 'SERVER_STATUS',
      message: expect.stringContaining('15500: Wrong password'),
    })
  })

  it('keeps lines in another currency in a statement of their own', async () => {
    const { statements, warnings } = await parseStatement(
      fileOf(transaction(plain) + transaction(`${plain}<CURRENCY><CURRATE>1.3<CURSYM>CAD</CURRENCY>`)),
    )
    expect(summarizeStatements({ statements }).map((one) => [one.currency, one.sumDebits])).toEqual([
      ['USD', '12.50'],
      ['CAD', '12.50'],
    ])
    expect(warnings.map((warning) => warning.code)).toContain('CURRENCY_MISMATCH')
  })
})

it('reads the same wherever the pieces of a stream end', async () => {
  const bytes = new TextEncoder().encode(
    fileOf(`${transaction(`${plain}<MEMO>Zürich &amp; <![CDATA[Co <&> KG]]>`)}<!-- note -->${transaction(plain)}`),
  )
  const whole = await parseStatement(bytes)
  expect(whole.lines[0]?.references.remittanceText).toBe('Acme & Sons\nZürich & Co <&> KG')
  for (const size of [1, 2, 3, 7, 100]) {
    const pieces = (async function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size)
    })()
    expect(await parseStatement(pieces)).toEqual(whole)
  }
})

describe('refusing OFX', () => {
  it.each([
    ['cut off', fileOf(transaction(plain)).slice(0, -60), 'TRUNCATED'],
    ['no amount', fileOf(transaction('<DTPOSTED>20260302<FITID>1')), 'AMOUNT_INVALID'],
    ['an amount with a currency sign', fileOf(transaction('<DTPOSTED>20260302<TRNAMT>$120')), 'AMOUNT_INVALID'],
    ['an amount with two readings', fileOf(transaction('<DTPOSTED>20260302<TRNAMT>1.234')), 'AMOUNT_INVALID'],
    ['an amount in exponents', fileOf(transaction('<DTPOSTED>20260302<TRNAMT>1e1000000000')), 'AMOUNT_INVALID'],
    ['no date', fileOf(transaction('<TRNAMT>1.00')), 'DATE_INVALID'],
    ['an impossible date', fileOf(transaction('<DTPOSTED>20260230<TRNAMT>1.00')), 'DATE_INVALID'],
    ['no currency', fileOf(transaction(plain), '<BANKACCTFROM><ACCTID>1</BANKACCTFROM>'), 'CURRENCY_INVALID'],
    ['nothing in it', 'OFXHEADER:100\n\n<OFX></OFX>', 'NO_STATEMENT'],
    [
      'an entity declaration',
      `<!DOCTYPE x [<!ENTITY a "b">]>${fileOf(transaction(plain)).slice(40)}`,
      'ENTITY_DECLARED',
    ],
    [
      'a transaction outside a statement',
      `OFXHEADER:100\n<OFX><BANKMSGSRSV1>${transaction(plain)}</BANKMSGSRSV1></OFX>`,
      'RECORD_MISPLACED',
    ],
  ])('%s', async (_, text, reason) => {
    expect(await refusal(text)).toMatchObject({ code: 'FORMAT_INVALID', reason })
  })

  it('leaves a row with an impossible date out where that is tolerated, and says so', async () => {
    const text = fileOf(transaction('<DTPOSTED>20260230<TRNAMT>1.00') + transaction(plain))
    const { lines, warnings } = await parseStatement(text, { tolerate: ['DATE_INVALID'] })
    expect(lines).toHaveLength(1)
    expect(warnings[0]).toMatchObject({ code: 'DATE_INVALID', line: 6 })
  })
})

interface OfxFacts {
  transactions: number
  sum_credits: string
  sum_debits: string
  accounts: string[]
  ledger_balances: string[]
  first_date: string | null
  last_date: string | null
}

/** Files that do not meet their manifest, and why that is right or open. */
const explained: Readonly<Record<string, string>> = {
  // Every date and id is masked with asterisks: a line without a date cannot be booked.
  'bradenmacdonald-ofx-js__data_example2.ofx': 'refused',
  // Lists of accounts without a statement: nothing to book, so no account is announced.
  'jseutter-ofxparse__fixtures_account_listing_aggregation.ofx': 'accounts',
  'libofx-libofx__ofx_sample_files_ofx-2.1.1-sect-8.5.5.ofx': 'accounts',
  // Fund movements of fractions of a cent: cut to the cent with a warning, the sums differ by under one cent a line.
  'jseutter-ofxparse__fixtures_fidelity-savings.ofx': 'credits',
}

describe('OFX corpus', () => {
  const files = openCorpus<OfxFacts>('ofx')
  it.skipIf(files === undefined)(
    'behaves as the manifest says for every file but the explained (skipped where there is no corpus)',
    async () => {
      const failures = await corpusFailures(files ?? [], (result, facts) => {
        const sums = summarizeStatements(result)
        const total = (key: 'sumCredits' | 'sumDebits') =>
          sums.reduce((sum, one) => sum + Number(one[key]), 0).toFixed(2)
        const dates = result.lines.map((line) => line.bookingDate.replaceAll('-', '')).sort()
        const balances = sums.flatMap((one) => (one.closingBalance === null ? [] : [Number(one.closingBalance)]))
        return [
          ...differs('transactions', result.lines.length, facts.transactions),
          ...differs('credits', Number(total('sumCredits')), Number(facts.sum_credits)),
          ...differs('debits', Number(total('sumDebits')), Number(facts.sum_debits)),
          ...differs(
            'accounts',
            [...new Set(sums.map((one) => one.account).filter((account) => account !== ''))].sort(),
            [...facts.accounts].sort(),
          ),
          ...differs(
            'balances',
            balances,
            facts.ledger_balances.map((text) => Number(text.replace(',', '.'))),
          ),
          ...differs('first date', dates[0] ?? null, facts.first_date),
          ...differs('last date', dates.at(-1) ?? null, facts.last_date),
          ...differs('distinct ids', new Set(result.lines.map((line) => line.id)).size, result.lines.length),
        ]
      })
      expect(Object.keys(failures).sort()).toEqual(Object.keys(explained).sort())
      for (const [file, start] of Object.entries(explained)) expect(failures[file]).toMatch(new RegExp(`^${start}`))
    },
  )
})
