import { toMinorUnits } from '@recon/core'
import { describe, expect, it } from 'vitest'
import { parseStatement } from '../parse-statement.ts'
import { corpusFailures, differs, openCorpus } from '../testing/open-corpus.ts'

const detail = (fields: string) => `16,${fields}`

/** A file of one account around the given records, with control figures that are right. */
function fileOf(records: readonly string[], total: number, header = '02,US,BANK,1,261120,,USD,2/'): string {
  const account = ['03,00012345,USD,010,10000,,,015,10000,,/', ...records]
  const sum = total + 20000
  return [
    '01,BANK,US,261121,0800,1,,,2/',
    header,
    ...account,
    `49,${sum},${account.length + 1}/`,
    `98,${sum},1,${account.length + 3}/`,
    `99,${sum},1,${account.length + 5}/`,
  ].join('\n')
}

async function refusal(text: string, tolerate: string[] = []) {
  const error = await parseStatement(text, { tolerate }).then(
    () => undefined,
    (reason) => reason,
  )
  return error === undefined ? undefined : { code: error.code, reason: error.details?.reason, place: error.place }
}

async function lineOf(record: string, amount = 1000, profile?: string) {
  const { lines } = await parseStatement(fileOf([record], amount), profile === undefined ? {} : { profile })
  return lines[0]
}

describe('BAI2 details', () => {
  it('signs amounts by the type code, never by the amount', async () => {
    expect((await lineOf(detail('195,1000,,BANKREF,CUSTREF,TEXT/')))?.amount.amount).toBe('10.00')
    expect((await lineOf(detail('495,1000,,BANKREF,CUSTREF,TEXT/')))?.amount.amount).toBe('-10.00')
  })

  it.each([
    ['Z', ''],
    ['', ''],
    ['0', ''],
    ['S,1,2,3', ''],
    ['V,261122,1200', '2026-11-22'],
    ['V,261122,', '2026-11-22'],
    ['D,3,0,100,1,200,3,700', ''],
    ['D,0', ''],
  ])('finds the references behind funds type %s', async (funds, valueDate) => {
    const line = await lineOf(detail(`165,1000,${funds},BANKREF,CUSTREF,TEXT, with a comma/and slash/`))
    expect(line?.references).toMatchObject({
      bankReference: 'BANKREF',
      customerReference: 'CUSTREF',
      remittanceText: 'TEXT, with a comma/and slash',
    })
    expect(line?.valueDate ?? '').toBe(valueDate)
  })

  it('goes on from a continuation between fields and inside text', async () => {
    const text = fileOf(['16,195,1000,V/', '88,261122,,BANK/', '88,CUSTOMER,FIRST LINE', '88,SECOND, LINE/'], 1000)
    const { lines } = await parseStatement(text)
    expect(lines[0]).toMatchObject({
      valueDate: '2026-11-22',
      references: { bankReference: 'BANK', customerReference: 'CUSTOMER', remittanceText: 'FIRST LINE\nSECOND, LINE' },
    })
    expect(lines[0]?.raw).toBe('16,195,1000,V/\n88,261122,,BANK/\n88,CUSTOMER,FIRST LINE\n88,SECOND, LINE/')
  })

  it('reads tags by the profile: end-to-end id, counterparty, structure', async () => {
    const records = ['16,495,1000,,B1,C1,Wire', '88,EREF: E2E-7', '88,CRNM: Acme GmbH', '88,CACT: DE123', '88,DBNM: Us']
    const { lines } = await parseStatement(fileOf(records, 1000))
    expect(lines[0]).toMatchObject({
      instrument: 'WIRE',
      references: { endToEndId: 'E2E-7', customerReference: 'C1' },
      counterparty: { name: 'Acme GmbH', account: 'DE123' },
    })
    const sweep = await lineOf(detail('275,1000,,,,Cash Concentration, "Structure ID: CC0000042"'))
    expect(sweep).toMatchObject({ instrument: 'SWEEP', references: { structureId: 'CC0000042' } })
  })

  it('names the payee of a payment that was rejected', async () => {
    const records = ['16,261,1000,,B1,C1,ACH Credit Reject', '88,CRNM: Acme GmbH', '88,DBNM: Us']
    expect((await parseStatement(fileOf(records, 1000))).lines[0]?.counterparty).toEqual({ name: 'Acme GmbH' })
  })

  it('takes the customer reference as end-to-end id unless the profile says otherwise', async () => {
    expect((await lineOf(detail('195,1000,,B,CUST1,/')))?.references.endToEndId).toBe('CUST1')
    expect((await lineOf(detail('195,1000,,B,CUST1,/'), 1000, 'plain'))?.references.endToEndId).toBeUndefined()
  })

  it('takes the customer reference of a paid check as its number, zeros kept', async () => {
    const line = await lineOf(detail('475,1000,,,0004217,CHECK PAID/'))
    expect(line).toMatchObject({ instrument: 'CHECK', references: { checkNumber: '0004217' } })
    expect(line?.references.endToEndId).toBeUndefined()
  })

  it('finds a NACHA reason and a settled amount in text', async () => {
    expect((await lineOf(detail('257,1000,,,,ACH Return, Reason: "R02", SEC: CCD')))?.returnCode).toBe('R02')
    const fx = await lineOf(detail('514,1000,,,,FX Wire Settled Amt: EUR 322.00, FX Rate: 1.1'))
    expect(fx?.originalAmount).toEqual({ amount: '322.00', currency: 'EUR' })
  })

  it('keeps an unlisted code, with a warning, by its range', async () => {
    const { lines, warnings } = await parseStatement(fileOf([detail('930,1000,,,,OWN/')], 1000))
    expect(lines[0]).toMatchObject({ transactionCode: '930', amount: { amount: '10.00' } })
    expect(warnings[0]).toMatchObject({ code: 'CODE_UNKNOWN', line: 4 })
    const custom = await parseStatement(fileOf([detail('930,1000,,,,OWN/')], 1000), { profile: 'custom-codes-900' })
    expect(custom.lines[0]?.amount.amount).toBe('-10.00')
  })

  it('announces code 890 as a message and no movement', async () => {
    const { lines, notices } = await parseStatement(fileOf([detail('890,,,,,CUTOFF MOVES/')], 0))
    expect(lines).toEqual([])
    expect(notices).toMatchObject([{ kind: 'MESSAGE', text: 'CUTOFF MOVES', account: '00012345' }])
  })

  it('keeps genuine twins apart and gives the same file the same ids', async () => {
    const twins = fileOf([detail('475,1000,,,77,/'), detail('475,1000,,,77,/')], 2000)
    const first = await parseStatement(twins)
    const second = await parseStatement(twins)
    expect(new Set(first.lines.map((line) => line.id)).size).toBe(2)
    expect(second.lines.map((line) => line.id)).toEqual(first.lines.map((line) => line.id))
  })
})

describe('BAI2 groups', () => {
  it('marks interim groups provisional', async () => {
    const intraday = await parseStatement(fileOf([], 0, '02,US,BANK,1,261120,0930,USD,3/'))
    expect(intraday.provisional).toBe(true)
    expect((await parseStatement(fileOf([], 0))).provisional).toBe(false)
  })

  it('withdraws the lines of a deleted group and leaves out those of a test group', async () => {
    const record = [detail('195,1000,,B,C,T/')]
    const deleted = await parseStatement(fileOf(record, 1000, '02,US,BANK,2,261120,,USD,2/'))
    expect(deleted.lines[0]?.status).toBe('WITHDRAWN')
    expect(deleted.lines[0]?.id).toBe((await parseStatement(fileOf(record, 1000))).lines[0]?.id)
    expect(deleted.notices).toMatchObject([{ kind: 'DELETED_DATA', date: '2026-11-20' }])
    const test = await parseStatement(fileOf(record, 1000, '02,US,BANK,4,261120,,USD,2/'))
    expect(test.lines).toEqual([])
    expect(test.warnings).toMatchObject([{ code: 'GROUP_TEST' }])
  })

  it('reads yen without decimals, and by the profile otherwise', async () => {
    const header = '02,US,BANK,1,261120,,JPY,2/'
    const text = fileOf([detail('195,1000,,B,C,T/')], 1000, header).replace('00012345,USD', '00012345,')
    expect((await parseStatement(text)).lines[0]?.amount).toEqual({ amount: '1000', currency: 'JPY' })
    const own = { name: 'two decimals', impliedDecimals: { JPY: 2 } }
    expect((await parseStatement(text, { profile: own })).lines[0]?.amount.amount).toBe('10')
  })
})

describe('BAI2 defects', () => {
  const good = fileOf([detail('195,1000,,B,C,T/')], 1000)
  it.each([
    ['a wrong account total', good.replace('49,21000', '49,21001'), 'CONTROL_TOTAL_WRONG', 'line 5'],
    ['a wrong group total', good.replace('98,21000', '98,2'), 'CONTROL_TOTAL_WRONG', 'line 6'],
    ['a wrong file total', good.replace('99,21000', '99,2'), 'CONTROL_TOTAL_WRONG', 'line 7'],
    ['a wrong record count', good.replace('49,21000,3', '49,21000,4'), 'CONTROL_COUNT_WRONG', 'line 5'],
    ['a wrong account count', good.replace('98,21000,1', '98,21000,2'), 'CONTROL_COUNT_WRONG', 'line 6'],
    ['a missing trailer', good.split('\n').slice(0, -1).join('\n'), 'TRUNCATED', 'line 6'],
    ['a cut file', good.slice(0, 90), 'TRUNCATED', 'line 3'],
    ['30 February', good.replace('261120', '260230'), 'DATE_INVALID', 'line 2'],
    ['another version', good.replace(',,,2/', ',,,3/'), 'VERSION_UNSUPPORTED', 'line 1'],
    ['an unknown record', good.replace('16,195', '17,195'), 'RECORD_UNKNOWN', 'line 4'],
    ['two records on a line', good.replace('T/\n49', 'T/ 49'), 'RECORD_JOINED', 'line 4'],
    ['a signed detail', good.replace('195,1000', '195,-1000'), 'AMOUNT_SIGNED', 'line 4'],
    ['a NUL', good.replace('T/', 'T\u0000/'), 'CONTROL_CHARACTER', 'line 4'],
    ['a status code as a transaction', good.replace('195,1000', '010,1000'), 'RECORD_MISPLACED', 'line 4'],
  ])('refuses %s, and loads it with a warning where asked', async (_, text, reason, place) => {
    expect(await refusal(text)).toEqual({ code: 'FORMAT_INVALID', reason, place })
    const { warnings } = await parseStatement(text, { tolerate: ['*'] })
    expect(warnings.map((warning) => warning.code)).toContain(reason)
  })

  it.each([
    ['1e1000000000', 'AMOUNT_INVALID'],
    ['NaN', 'AMOUNT_INVALID'],
    ['1.234', 'AMOUNT_INVALID'],
    ['99999999999999999999', 'AMOUNT_INVALID'],
  ])('refuses the amount %s whatever is tolerated', async (amount, reason) => {
    const text = good.replace('195,1000', `195,${amount}`)
    expect(await refusal(text, ['*'])).toMatchObject({ code: 'FORMAT_INVALID', reason })
  })

  it('refuses a statement that comes twice in one file', async () => {
    expect(await refusal(`${good}\n${good}`)).toMatchObject({ reason: 'DUPLICATE_STATEMENT' })
  })

  it('warns of balances the transactions do not bridge, which prove no defect in BAI2', async () => {
    const { warnings } = await parseStatement(good)
    expect(warnings).toMatchObject([{ code: 'BALANCE_MISMATCH', line: 3 }])
  })
})

interface Bai2Facts {
  readonly transactions: number
  readonly accounts: number
  readonly sum_credits_minor: number
  readonly sum_debits_minor: number
  readonly as_of_dates: readonly string[]
  readonly account_list: readonly {
    readonly account: string
    /** Null where file and group leave it out: the standard then means dollars. */
    readonly currency: string | null
    readonly transactions: number
    readonly opening_ledger_010: number | null
    readonly closing_ledger_015: number | null
    readonly opening_available_040: number | null
    readonly closing_available_045: number | null
  }[]
}

describe('BAI2 corpus', () => {
  const files = openCorpus<Bai2Facts>('bai2')
  it.skipIf(files === undefined)(
    'behaves as the manifest says for every file (skipped where there is no corpus)',
    async () => {
      const failures = await corpusFailures(files ?? [], (result, facts) => {
        const sum = (sign: number) =>
          result.lines
            .map((line) => Number(toMinorUnits(line.amount)))
            .filter((minor) => minor * sign > 0)
            .reduce((total, minor) => total + minor * sign, 0)
        const balance = (index: number, code: string) => {
          const found = result.statements[index]?.balances.find((candidate) => candidate.code === code)
          return found === undefined ? null : Number(toMinorUnits(found.amount))
        }
        return [
          ...differs('transactions', result.lines.length, facts.transactions),
          ...differs('accounts', result.statements.length, facts.accounts),
          ...differs('credits', sum(1), facts.sum_credits_minor),
          ...differs('debits', sum(-1), facts.sum_debits_minor),
          ...differs(
            'as-of dates',
            [...new Set(result.statements.map((s) => (s.periodStart ?? '').replaceAll('-', '').slice(2)))].sort(),
            [...facts.as_of_dates].sort(),
          ),
          ...differs(
            'accounts',
            result.statements.map((statement, index) => ({
              account: statement.account,
              currency: statement.currency,
              transactions: statement.lines.length,
              opening_ledger_010: balance(index, '010'),
              closing_ledger_015: balance(index, '015'),
              opening_available_040: balance(index, '040'),
              closing_available_045: balance(index, '045'),
            })),
            facts.account_list.map((account) => ({ ...account, currency: account.currency ?? 'USD' })),
          ),
        ]
      })
      expect(failures).toEqual({})
    },
  )

  it.skipIf(files === undefined)(
    'reads the broken files whole when asked to (skipped where there is no corpus)',
    async () => {
      const joined = files?.find((file) => file.file.endsWith('testdata_sample3.txt'))
      const { lines, warnings } = await parseStatement(joined?.bytes ?? '', { tolerate: ['RECORD_JOINED'] })
      expect(lines).toHaveLength(26)
      expect(new Set(warnings.map((warning) => warning.code))).toEqual(new Set(['RECORD_JOINED']))
    },
  )
})
