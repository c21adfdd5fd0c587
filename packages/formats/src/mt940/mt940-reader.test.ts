import { addMoney, fromMinorUnits, sumMoney, toMinorUnits } from '@recon/core'
import { describe, expect, it } from 'vitest'
import { parseStatement } from '../parse-statement.ts'
import { corpusFailures, differs, openCorpus } from '../testing/open-corpus.ts'

const statement = (lines: readonly string[], opening = 'C261119EUR100,', closing = 'C261120EUR110,') =>
  [':20:START', ':25:12030000/202051', ':28C:7/1', `:60F:${opening}`, ...lines, `:62F:${closing}`, '-'].join('\r\n')

async function refusal(text: string, tolerate: string[] = []) {
  const error = await parseStatement(text, { tolerate }).then(
    () => undefined,
    (reason) => reason,
  )
  return error === undefined ? undefined : { code: error.code, reason: error.details?.reason }
}

async function lineOf(line: string, information: readonly string[] = [], closing = 'C261120EUR110,') {
  return (await parseStatement(statement([line, ...information], undefined, closing))).lines[0]
}

describe('MT940 statement lines', () => {
  it.each([
    [':61:2611201120C10,NTRFREF1//BANK1', '10.00', 'C261120EUR110,'],
    [':61:2611201120D10,NTRFREF1//BANK1', '-10.00', 'C261120EUR90,'],
    [':61:2611201120RC10,NTRFREF1//BANK1', '-10.00', 'C261120EUR90,'],
    [':61:2611201120RD10,NTRFREF1//BANK1', '10.00', 'C261120EUR110,'],
    [':61:2611201120CR10,NTRFREF1//BANK1', '10.00', 'C261120EUR110,'],
    [':61:2611201120RDR10,NTRFREF1//BANK1', '10.00', 'C261120EUR110,'],
    [':61:261120    D10NTRFREF1//BANK1', '-10.00', 'C261120EUR90,'],
    [':61:2611201120C10,00 NTRFREF1//BANK1', '10.00', 'C261120EUR110,'],
  ])('reads %s as %s', async (line, amount, closing) => {
    const read = await lineOf(line, [], closing)
    expect(read).toMatchObject({
      amount: { amount, currency: 'EUR' },
      bookingDate: '2026-11-20',
      transactionCode: 'NTRF',
      references: { customerReference: 'REF1', bankReference: 'BANK1' },
    })
  })

  it('puts an entry date into the year nearest to the value date', async () => {
    const turn = (line: string) => parseStatement(statement([line], 'C261119EUR100,', 'C261231EUR110,'))
    expect((await turn(':61:2612310102C10,NTRFNONREF')).lines[0]?.bookingDate).toBe('2027-01-02')
    expect((await turn(':61:2701021231C10,NTRFNONREF')).lines[0]?.bookingDate).toBe('2026-12-31')
  })

  it('keeps expected entries of an interim report pending and the report provisional', async () => {
    const text = [
      ':20:X',
      ':25:ACC',
      ':28C:1/1',
      ':34F:EURD0,',
      ':13D:2611201200+0100',
      ':61:261120EC5,NTRFNONREF',
      ':61:261120C7,NTRFNONREF',
      ':90D:0EUR0,',
      ':90C:1EUR7,',
      '-',
    ].join('\n')
    const { format, lines, provisional } = await parseStatement(text)
    expect({ format, provisional }).toEqual({ format: 'mt942', provisional: true })
    expect(lines.map((line) => [line.amount.amount, line.status])).toEqual([
      ['5.00', 'PENDING'],
      ['7.00', 'POSTED'],
    ])
  })

  it('takes an IBAN alone in the supplementary details as the other account', async () => {
    expect((await lineOf(':61:2611201120C10,N102EREF\r\nNL70ABNA0987654321'))?.counterparty).toEqual({
      account: 'NL70ABNA0987654321',
    })
  })

  it('takes the reference of a cheque as its number', async () => {
    expect(await lineOf(':61:2611201120C10,NCHK0004217')).toMatchObject({
      instrument: 'CHECK',
      references: { checkNumber: '0004217' },
    })
  })
})

describe('MT940 information', () => {
  const booked = ':61:2611201120C10,NTRFNONREF//B1'
  it('joins German subfields before it looks for keywords that are split over them', async () => {
    const line = await lineOf(booked, [
      ':86:166?00GUTSCHRIFT?10931?20EREF+ABC-123?21456SV?22WZ+Rechnung 77?2',
      '3 vom 1. Mai?30COBADEFF?31DE89370400440532013000?32Mustermann?33 Gmb?34999',
    ])
    expect(line).toMatchObject({
      instrument: 'EFT',
      references: { endToEndId: 'ABC-123456', remittanceText: 'Rechnung 77 vom 1. Mai' },
      counterparty: { name: 'Mustermann Gmb', account: 'DE89370400440532013000' },
    })
  })

  it('reads the reason of a returned direct debit', async () => {
    const line = await lineOf(booked, [':86:109?00RUECKLASTSCHRIFT?20SVWZ+AC04 KONTO AUFGELOEST?32Kunde'])
    expect(line).toMatchObject({ instrument: 'DIRECT_DEBIT', returnCode: 'AC04' })
  })

  it('reads Polish subfields', async () => {
    const line = await lineOf(booked, [':86:>20Faktura 12>31PL61109010140000071219812874>32FIRMA'])
    expect(line).toMatchObject({
      references: { remittanceText: 'Faktura 12' },
      counterparty: { name: 'FIRMA', account: 'PL61109010140000071219812874' },
    })
  })

  it('reads Dutch tags', async () => {
    const line = await lineOf(booked, [
      ':86:/TRTP/SEPA OVERBOEKING/IBAN/NL59ABNA0626226163/BIC/ABNANL2A/NAME/J JAN',
      'SEN/REMI/USTD//Factuur 9/EREF/E-9/MARF/M-1/RTRN/MS03',
    ])
    expect(line).toMatchObject({
      references: { endToEndId: 'E-9', mandateId: 'M-1', remittanceText: 'Factuur 9' },
      counterparty: { name: 'J JANSEN', account: 'NL59ABNA0626226163' },
      returnCode: 'MS03',
    })
  })

  it('reads the tags of a profile, as lines and between slashes', async () => {
    const profile = { name: 'own', tags: { 'YOUR REF': 'endToEndId', TXID: 'mandateId' } } as const
    const read = async (information: string) =>
      (await parseStatement(statement([booked, `:86:${information}`]), { profile })).lines[0]
    expect((await read('PAYMENT\r\nYOUR REF: E-77'))?.references.endToEndId).toBe('E-77')
    expect((await read('/TXID/M-5/REMI/Rent'))?.references).toMatchObject({ mandateId: 'M-5', remittanceText: 'Rent' })
    expect((await read('Cash Concentration, Structure ID: CC0000042'))?.references.structureId).toBe('CC0000042')
  })

  it('gives overlapping statements the same ids for the lines they share', async () => {
    const both = [':61:2611201120C10,NTRFNONREF//B1', ':61:2611201120C5,NTRFNONREF', ':61:2611201120C5,NTRFNONREF']
    const whole = await parseStatement(statement(both, 'C261119EUR100,', 'C261120EUR120,'))
    const part = await parseStatement(statement(both.slice(1), 'C261119EUR110,', 'C261120EUR120,'))
    expect(part.lines.map((line) => line.id)).toEqual(whole.lines.slice(1).map((line) => line.id))
  })

  it('keeps free text line by line, and a line that only looks like a tag', async () => {
    const { lines, warnings } = await parseStatement(statement([booked, ':86:Card payment 13', ':12:11 London']))
    expect(lines[0]?.references.remittanceText).toBe('Card payment 13\n:12:11 London')
    expect(warnings).toMatchObject([{ code: 'TAG_UNKNOWN', line: 7 }])
  })
})

describe('MT940 files', () => {
  const good = statement([':61:2611201120C10,NTRFNONREF//B1'])
  it('reads envelopes, several messages and @@ as line end', async () => {
    const wrapped = `{1:F01BANKDEFF0000000000}{2:I940X}{4:\r\n${good}}`
    expect((await parseStatement(wrapped)).lines).toHaveLength(1)
    const next = good
      .replace('7/1', '8/1')
      .replace('C261119EUR100,', 'C261119EUR110,')
      .replace('EUR110,\r\n-', 'EUR120,\r\n-')
    expect((await parseStatement(`${good}\r\n${next}`)).statements.map((s) => s.sequence)).toEqual(['7', '8'])
    expect((await parseStatement(`@@${good.replaceAll('\r\n', '@@')}`)).lines).toHaveLength(1)
  })

  it('checks that pages hand their balance on', async () => {
    const page = (number: number, opening: string, closing: string) =>
      `:20:S\n:25:A\n:28C:5/${number}\n${opening}\n:61:2611201120C10,NTRFNONREF//P${number}\n${closing}\n-\n`
    const first = page(1, ':60F:C261119EUR0,', ':62M:C261120EUR10,')
    const pages = await parseStatement(first + page(2, ':60M:C261120EUR10,', ':62F:C261120EUR20,'))
    expect(pages.statements.map((s) => [s.page, s.lastPage])).toEqual([
      [1, false],
      [2, true],
    ])
    const broken = first + page(2, ':60M:C261120EUR11,', ':62F:C261120EUR21,')
    expect(await refusal(broken)).toEqual({ code: 'FORMAT_INVALID', reason: 'BALANCE_CHAIN_BROKEN' })
  })

  it.each([
    ['a balance that does not follow', good.replace('EUR110,', 'EUR111,'), 'BALANCE_MISMATCH'],
    ['30 February as a value date', good.replace(':61:261120', ':61:260230'), 'DATE_INVALID'],
    ['a decimal point', good.replace('C10,', 'C10.50'), 'FIELD_INVALID'],
    ['an amount that is none', good.replace('C10,', 'C1e9'), 'FIELD_INVALID'],
    ['two closing balances', good.replace(':62F:', ':62F:C261120EUR110,\r\n:62F:'), 'RECORD_MISPLACED'],
    ['a currency that is none', good.replaceAll('EUR', 'QQQ'), 'CURRENCY_INVALID'],
    [
      'a floor limit in no currency',
      ':20:A\n:25:B\n:28C:1\n:34F:QQQD0,\n:61:261120C1,NTRFNONREF\n',
      'CURRENCY_INVALID',
    ],
    ['a NUL', good.replace('NONREF', 'NON\u0000REF'), 'CONTROL_CHARACTER'],
    ['the same statement twice', `${good}\r\n${good}`, 'DUPLICATE_STATEMENT'],
  ])('refuses %s', async (_, text, reason) => {
    expect(await refusal(text)).toEqual({ code: 'FORMAT_INVALID', reason })
  })

  it('keeps text that stands where none belongs, with a warning', async () => {
    const stray = await parseStatement(good.replace(':61:', ':86:STRAY\r\n:61:'))
    expect(stray.notices).toMatchObject([{ kind: 'MESSAGE', text: 'STRAY' }])
    expect(stray.warnings).toMatchObject([{ code: 'RECORD_MISPLACED', line: 5 }])
    const two = await parseStatement(good.replace(':62F', ':86:/REMI/ONE\r\n:86:TWO\r\n:62F'))
    expect(two.lines[0]?.raw).toContain(':86:TWO')
    expect(two.warnings).toMatchObject([{ code: 'RECORD_MISPLACED' }])
  })

  it('leaves out an available balance that cannot be read, where asked to', async () => {
    const text = good.replace('\r\n-', '\r\n:64:Dnull7414,3\r\n-')
    expect(await refusal(text)).toMatchObject({ reason: 'FIELD_INVALID' })
    const { lines, statements } = await parseStatement(text, { tolerate: ['FIELD_INVALID'] })
    expect([lines.length, statements[0]?.balances.length]).toEqual([1, 2])
  })

  it('loads a file without closing balance with a warning', async () => {
    const { warnings, lines } = await parseStatement(good.replace(/:62F:[^\r]*\r\n/, ''))
    expect(lines).toHaveLength(1)
    expect(warnings).toMatchObject([{ code: 'BALANCE_MISSING' }])
  })
})

interface Mt940Facts {
  readonly statements: number
  readonly transactions: number
  readonly net: string
  readonly statement_list: readonly {
    readonly account: string | null
    readonly transactions: number
    readonly sum_credits: string
    readonly sum_debits: string
    readonly opening: string | null
    readonly opening_date: string | null
    readonly closing: string | null
    readonly currency: string | null
    readonly first_value_date: string | null
    readonly last_value_date: string | null
  }[]
}

/**
 * Files whose manifest contradicts itself: each holds a value date of 30 February 2016, for which the manifest wants
 * `self-provided_february_30.sta` refused and these two loaded. An impossible date of a movement is refused in all three.
 */
const contradicted = [
  'wolph-mt940__self-provided_transaction_details_wrapped.sta',
  'wolph-mt940__self-provided_wrapped_timestamp.sta',
]

describe('MT940 corpus', () => {
  const files = openCorpus<Mt940Facts>('mt940')
  const number = (text: string | null) => (text === null ? null : Number(text))
  const short = (date: string | undefined) => (date === undefined ? null : date.slice(2).replaceAll('-', ''))
  it.skipIf(files === undefined)(
    'behaves as the manifest says for every file (skipped where there is no corpus)',
    async () => {
      const failures = await corpusFailures(files ?? [], (result, facts) => {
        const wrong = [
          ...differs('statements', result.statements.length, facts.statements),
          // A report the file repeats holds its lines again; they are the same movements.
          ...differs('transactions', result.statements.flatMap(({ lines }) => lines).length, facts.transactions),
        ]
        facts.statement_list.forEach((expected, index) => {
          const found = result.statements[index]
          if (found === undefined) return
          const of = (sign: number) =>
            Number(
              sumMoney(
                found.lines.filter((l) => toMinorUnits(l.amount) * BigInt(sign) > 0n).map((l) => l.amount),
                found.currency,
              ).amount,
            ) * sign
          const days = found.lines.map((line) => line.valueDate ?? line.bookingDate).sort()
          wrong.push(
            ...(expected.account === null ? [] : differs('account', found.account, expected.account)),
            ...(expected.currency === null ? [] : differs('currency', found.currency, expected.currency)),
            ...differs('lines', found.lines.length, expected.transactions),
            ...differs('credits', Math.abs(of(1)), Math.abs(Number(expected.sum_credits))),
            ...differs('debits', Math.abs(of(-1)), Math.abs(Number(expected.sum_debits))),
            ...(expected.opening === null
              ? []
              : differs('opening', number(found.openingBalance?.amount.amount ?? null), number(expected.opening))),
            ...(expected.closing === null
              ? []
              : differs('closing', number(found.closingBalance?.amount.amount ?? null), number(expected.closing))),
            ...differs('opening date', short(found.openingBalance?.date), expected.opening_date),
            ...(expected.first_value_date === null
              ? []
              : differs('first value date', short(days[0]), expected.first_value_date)),
            ...(expected.last_value_date === null
              ? []
              : differs('last value date', short(days.at(-1)), expected.last_value_date)),
          )
        })
        return wrong
      })
      expect(Object.keys(failures).sort()).toEqual(contradicted)
    },
  )

  it.skipIf(files === undefined)(
    'turns reversals round, as the balances prove (skipped where there is no corpus)',
    async () => {
      const file = files?.find((candidate) => candidate.file.endsWith('wolph-mt940__betterplace_sepa_mt9401.sta'))
      const { lines } = await parseStatement(file?.bytes ?? '')
      const net = lines.map((line) => line.amount).reduce(addMoney, fromMinorUnits(0n, 'EUR'))
      expect(net.amount).toBe('-9269135.90')
    },
  )
})
