import { describe, expect, it } from 'vitest'
import { parseStatement } from '../parse-statement.ts'
import { summarizeStatements } from '../statement-summary.ts'
import { corpusFailures, differs, openCorpus } from '../testing/open-corpus.ts'

interface EntryParts {
  amount?: string
  direction?: string
  status?: string
  inside?: string
}

const entry = ({ amount = '10.00', direction = 'CRDT', status = '<Sts>BOOK</Sts>', inside = '' }: EntryParts = {}) =>
  `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd>${status}<BookgDt><Dt>2026-11-20</Dt></BookgDt>${inside}</Ntry>`

const balance = (code: string, amount: string, direction = 'CRDT') =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd><Dt><Dt>2026-11-20</Dt></Dt></Bal>`

const statement = (inside: string, id = 'S1') =>
  `<Stmt><Id>${id}</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>${inside}</Stmt>`

const document = (statements: string, version = '08') =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId><CreDtTm>2026-11-21T06:00:00</CreDtTm></GrpHdr>${statements}</BkToCstmrStmt></Document>`

const details = (inside: string) => `<NtryDtls>${inside}</NtryDtls>`

async function refusal(text: string, tolerate: string[] = []) {
  const error = await parseStatement(text, { tolerate }).then(
    () => undefined,
    (reason) => reason,
  )
  return error === undefined ? undefined : { code: error.code, reason: error.details?.reason }
}

async function lineOf(parts: EntryParts) {
  return (await parseStatement(document(statement(entry(parts))))).lines[0]
}

describe('camt entries', () => {
  it('signs by the indicator and does not flip a reversal again', async () => {
    expect((await lineOf({ direction: 'DBIT' }))?.amount.amount).toBe('-10.00')
    expect((await lineOf({ direction: 'DBIT', inside: '<RvslInd>true</RvslInd>' }))?.amount.amount).toBe('-10.00')
  })

  it.each([
    ['<Sts>BOOK</Sts>', 'POSTED'],
    ['<Sts><Cd>BOOK</Cd></Sts>', 'POSTED'],
    ['', 'POSTED'],
    ['<Sts>PDNG</Sts>', 'PENDING'],
    ['<Sts><Cd>FUTR</Cd></Sts>', 'PENDING'],
    ['<Sts>INFO</Sts>', 'PENDING'],
  ])('reads status %s as %s', async (status, expected) => {
    expect((await lineOf({ status }))?.status).toBe(expected)
  })

  it('maps references, parties, return reason and the amount before conversion', async () => {
    const line = await lineOf({
      direction: 'DBIT',
      inside: `<AcctSvcrRef>BANK-1</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>XBCT</SubFmlyCd></Fmly></Domn></BkTxCd>${details(
        `<TxDtls><Refs><InstrId>I1</InstrId><EndToEndId>E2E</EndToEndId><MndtId>M1</MndtId></Refs><AmtDtls><InstdAmt><Amt Ccy="USD">11.50</Amt></InstdAmt></AmtDtls><RltdPties><Dbtr><Pty><Nm>We</Nm></Pty></Dbtr><Cdtr><Pty><Nm>Acme &amp; Co</Nm></Pty></Cdtr><CdtrAcct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></CdtrAcct></RltdPties><RmtInf><Ustrd>one</Ustrd><Ustrd>two</Ustrd><Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>`,
      )}`,
    })
    expect(line).toMatchObject({
      instrument: 'WIRE',
      transactionCode: 'PMNT/ICDT/XBCT',
      references: {
        endToEndId: 'E2E',
        bankReference: 'BANK-1',
        customerReference: 'I1',
        mandateId: 'M1',
        structuredReference: 'RF18539007547034',
        remittanceText: 'one\ntwo',
      },
      counterparty: { name: 'Acme & Co', account: 'FR7630006000011234567890189' },
      originalAmount: { amount: '11.50', currency: 'USD' },
    })
    expect(line?.raw).toMatch(/^<TxDtls>.*<\/TxDtls>$/s)
  })

  it('announces charges, which explain differences and are no lines', async () => {
    const charges =
      '<Chrgs><Rcrd><Amt Ccy="EUR">1.50</Amt><ChrgInclInd>true</ChrgInclInd><Tp><Cd>COMM</Cd></Tp></Rcrd></Chrgs>'
    const inside = details(`<TxDtls><Refs><EndToEndId>E1</EndToEndId></Refs>${charges}</TxDtls>`)
    const { lines, notices } = await parseStatement(document(statement(entry({ inside }))))
    expect(lines).toHaveLength(1)
    expect(notices).toMatchObject([
      { kind: 'CHARGES', code: 'COMM', amount: { amount: '1.50' }, facts: { included: 'true', reference: 'E1' } },
    ])
  })

  it('reads NOTPROVIDED as no reference and a return with its reason', async () => {
    const line = await lineOf({
      inside: details(
        '<TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties><Dbtr><Nm>We</Nm></Dbtr><Cdtr><Nm>Acme</Nm></Cdtr></RltdPties><RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls>',
      ),
    })
    expect(line?.references.endToEndId).toBeUndefined()
    expect(line).toMatchObject({ returnCode: 'AC04', counterparty: { name: 'Acme' } })
  })

  it('splits a booking into its payments when they add up, and keeps it whole when they do not', async () => {
    const payment = (amount: string) =>
      `<TxDtls><Refs><EndToEndId>E${amount}</EndToEndId></Refs><Amt Ccy="EUR">${amount}</Amt></TxDtls>`
    const text = (second: string) => document(statement(entry({ inside: details(payment('4.00') + payment(second)) })))
    const split = await parseStatement(text('6.00'))
    expect(split.lines.map((line) => line.amount.amount)).toEqual(['4.00', '6.00'])
    expect((await parseStatement(text('6.00'), { batches: 'bookings' })).lines).toHaveLength(1)
    expect((await parseStatement(text('5.00'))).lines.map((line) => line.amount.amount)).toEqual(['10.00'])
  })

  it('takes a booking of very many payments in its stride', async () => {
    const payment = (index: number) =>
      `<TxDtls><Refs><EndToEndId>E${index}</EndToEndId></Refs><Amt Ccy="EUR">0.01</Amt></TxDtls>`
    const all = Array.from({ length: 20_000 }, (_, index) => payment(index)).join('')
    const started = performance.now()
    const { lines } = await parseStatement(document(statement(entry({ amount: '200.00', inside: details(all) }))))
    expect(lines).toHaveLength(20_000)
    expect(lines[12_345]).toMatchObject({ references: { endToEndId: 'E12345' }, raw: payment(12_345) })
    expect(performance.now() - started).toBeLessThan(15_000)
  })

  it('keeps twins apart and gives the same file the same ids', async () => {
    const text = document(statement(entry() + entry()))
    const ids = (await parseStatement(text)).lines.map((line) => line.id)
    expect(new Set(ids).size).toBe(2)
    expect((await parseStatement(text)).lines.map((line) => line.id)).toEqual(ids)
  })

  it('gives an intraday booking the id of the statement that follows', async () => {
    const referenced = entry({ inside: '<AcctSvcrRef>BANK-0042</AcctSvcrRef>' })
    const intraday = document(statement(referenced))
      .replace('camt.053', 'camt.052')
      .replaceAll('BkToCstmrStmt', 'BkToCstmrAcctRpt')
      .replaceAll('Stmt>', 'Rpt>')
    const reworded = entry({
      inside: '<AcctSvcrRef>BANK-0042</AcctSvcrRef><AddtlNtryInf>now with text</AddtlNtryInf>',
    })
    const early = await parseStatement(intraday)
    expect(early).toMatchObject({ format: 'camt.052', provisional: true })
    expect((await parseStatement(document(statement(reworded)))).lines[0]?.id).toBe(early.lines[0]?.id)
  })
})

describe('camt balances and summaries', () => {
  const opening = balance('OPBD', '100.00')
  it('proves opening plus booked entries against closing', async () => {
    const text = (closing: string) => document(statement(opening + balance('CLBD', closing) + entry()))
    const [summary] = summarizeStatements(await parseStatement(text('110.00')))
    expect(summary).toEqual({
      account: 'DE02120300000000202051',
      currency: 'EUR',
      openingBalance: '100.00',
      closingBalance: '110.00',
      transactions: 1,
      sumCredits: '10.00',
      sumDebits: '0.00',
      firstDate: '2026-11-20',
      lastDate: '2026-11-20',
    })
    expect(await refusal(text('111.00'))).toEqual({ code: 'FORMAT_INVALID', reason: 'BALANCE_MISMATCH' })
    const tolerated = await parseStatement(text('111.00'), { tolerate: ['BALANCE_MISMATCH'] })
    expect(tolerated.warnings).toMatchObject([{ code: 'BALANCE_MISMATCH' }])
  })

  it('leaves pending entries out of the proof', async () => {
    const pending = entry({ status: '<Sts>PDNG</Sts>' })
    const text = document(statement(opening + balance('CLBD', '100.00') + pending))
    expect((await parseStatement(text)).lines).toHaveLength(1)
  })

  it('compares the summary the bank gives', async () => {
    const text = (count: number, sum: string) =>
      document(
        statement(
          `<TxsSummry><TtlNtries><NbOfNtries>${count}</NbOfNtries><Sum>${sum}</Sum></TtlNtries></TxsSummry>${entry()}`,
        ),
      )
    expect((await parseStatement(text(1, '10'))).warnings).toEqual([])
    expect(await refusal(text(2, '10'))).toMatchObject({ reason: 'CONTROL_COUNT_WRONG' })
    expect(await refusal(text(1, '11'))).toMatchObject({ reason: 'CONTROL_TOTAL_WRONG' })
  })

  it('reads several statements, and refuses the same one twice', async () => {
    const two = document(statement(entry(), 'A') + statement(entry({ amount: '5.00' }), 'B'))
    expect((await parseStatement(two)).statements).toHaveLength(2)
    expect(await refusal(document(statement(entry(), 'A') + statement(entry(), 'A')))).toMatchObject({
      reason: 'DUPLICATE_STATEMENT',
    })
  })
})

it('says where the payments of a booking do not make it', async () => {
  const payment = (amount: string) => `<TxDtls><Amt Ccy="EUR">${amount}</Amt></TxDtls>`
  const text = document(statement(entry({ inside: details(payment('6.00') + payment('3.00')) })))
  const { lines, warnings } = await parseStatement(text)
  expect([lines.length, warnings.map((warning) => warning.code)]).toEqual([1, ['BATCH_TOTAL_DIFFERS']])
  expect((await parseStatement(text, { batches: 'bookings' })).warnings).toEqual([])
})

describe('camt defects', () => {
  const good = document(statement(entry()))
  it.each([
    ['a document type', good.replace('<Document', '<!DOCTYPE Document [<!ENTITY a "b">]><Document'), 'ENTITY_DECLARED'],
    ['an undeclared entity', good.replace('S1', '&xxe;'), 'STRUCTURE_INVALID'],
    ['a cut file', good.slice(0, 400), 'TRUNCATED'],
    ['crossed tags', good.replace('</Ntry></Stmt>', '</Stmt></Ntry>'), 'STRUCTURE_INVALID'],
    ['a NUL', good.replace('S1', 'S\u00001'), 'STRUCTURE_INVALID'],
    ['a huge exponent', good.replace('10.00', '1e1000000000'), 'AMOUNT_INVALID'],
    ['an amount that is none', good.replace('10.00', 'NaN'), 'AMOUNT_INVALID'],
    ['a decimal comma', good.replace('10.00', '1.234,56'), 'AMOUNT_INVALID'],
    ['too many decimals', good.replace('10.00', '10.005'), 'AMOUNT_INVALID'],
    ['a signed amount', good.replace('10.00', '-10.00'), 'AMOUNT_SIGNED'],
    ['30 February', good.replace('2026-11-20', '2026-02-30'), 'DATE_INVALID'],
    ['an unknown direction', good.replace('CRDT', 'UP'), 'DIRECTION_UNKNOWN'],
    ['an unknown status', good.replace('BOOK', 'MAYBE'), 'FIELD_INVALID'],
    ['another currency', good.replace('Amt Ccy="EUR"', 'Amt Ccy="USD"'), 'CURRENCY_MISMATCH'],
    ['no statement', document(''), 'NO_STATEMENT'],
  ])('refuses %s', async (_, text, reason) => {
    expect(await refusal(text)).toEqual({ code: 'FORMAT_INVALID', reason })
  })

  it('refuses elements nested without end', async () => {
    const deep = good.replace('<Id>S1</Id>', `${'<a>'.repeat(2000)}${'</a>'.repeat(2000)}`)
    expect(await refusal(deep)).toMatchObject({ code: 'INPUT_TOO_LARGE' })
  })

  it('reads files without a namespace, with a warning', async () => {
    const bare = good.replace(/ xmlns="[^"]*"/, '')
    expect((await parseStatement(bare)).warnings).toMatchObject([{ code: 'NAMESPACE_UNKNOWN' }])
    const prefixed = good
      .replace('xmlns=', 'xmlns:d=')
      .replaceAll('<', '<d:')
      .replaceAll('<d:/', '</d:')
      .replace('<d:?', '<?')
    expect((await parseStatement(prefixed)).lines).toHaveLength(1)
  })

  it('follows the declared charset', async () => {
    const text = good.replace('UTF-8', 'ISO-8859-1').replace('S1', 'M\u00fcller')
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0))
    const { lines } = await parseStatement(bytes)
    expect(lines).toHaveLength(1)
    const undeclared = Uint8Array.from(good.replace('S1', 'M\u00fcller'), (letter) => letter.charCodeAt(0))
    await expect(parseStatement(undeclared)).rejects.toMatchObject({ details: { reason: 'CHARSET_INVALID' } })
  })
})

interface CamtFacts {
  readonly statements: number
  readonly entries: number
  readonly sum_credits: string
  readonly sum_debits: string
  readonly statement_list: readonly {
    readonly account: string | null
    readonly currency: string | null
    readonly balances: readonly { type: string; amount: string; currency: string | null; date: string | null }[]
    readonly entries: number
    readonly sum_credits: string
    readonly sum_debits: string
    readonly statuses: Readonly<Record<string, number>>
    readonly return_reasons: readonly string[]
    readonly first_booking_date: string | null
    readonly last_booking_date: string | null
    readonly bank_tx_codes: Readonly<Record<string, number>>
  }[]
}

const same = (left: string, right: string) => Number(left) === Number(right)

describe('camt corpus', () => {
  const files = openCorpus<CamtFacts>('camt')
  it.skipIf(files === undefined)(
    'behaves as the manifest says for every file (skipped where there is no corpus)',
    async () => {
      const failures = await corpusFailures(files ?? [], async (result, facts, file) => {
        const summaries = summarizeStatements(result)
        const payments = await parseStatement(file.bytes)
        const wrong: string[] = [
          ...differs('statements', result.statements.length, facts.statements),
          ...differs('entries', result.lines.length, facts.entries),
        ]
        facts.statement_list.forEach((expected, index) => {
          const found = result.statements[index]
          const summary = summaries[index]
          if (found === undefined || summary === undefined) return
          const codes: Record<string, number> = {}
          for (const line of found.lines) {
            const code = line.transactionCode
            if (code?.includes('/')) codes[code] = (codes[code] ?? 0) + 1
          }
          const expectedPending =
            (expected.statuses.PDNG ?? 0) + (expected.statuses.INFO ?? 0) + (expected.statuses.FUTR ?? 0)
          wrong.push(
            ...(expected.account === null ? [] : differs('account', found.account, expected.account)),
            ...(expected.currency === null ? [] : differs('currency', found.currency, expected.currency)),
            ...differs('entries', found.lines.length, expected.entries),
            ...(same(summary.sumCredits, expected.sum_credits)
              ? []
              : [`credits ${summary.sumCredits}, not ${expected.sum_credits}`]),
            ...(same(summary.sumDebits, expected.sum_debits)
              ? []
              : [`debits ${summary.sumDebits}, not ${expected.sum_debits}`]),
            ...differs('pending', found.lines.filter((line) => line.status === 'PENDING').length, expectedPending),
            ...differs(
              'balances',
              found.balances.map((b) => [b.code, Number(b.amount.amount), b.date ?? null]),
              expected.balances.map((b) => [b.type, Number(b.amount), b.date?.slice(0, 10) ?? null]),
            ),
            ...(expected.first_booking_date === null
              ? []
              : differs('first date', summary.firstDate, expected.first_booking_date)),
            ...(expected.last_booking_date === null
              ? []
              : differs('last date', summary.lastDate, expected.last_booking_date)),
            ...differs('codes', Object.entries(codes).sort(), Object.entries(expected.bank_tx_codes).sort()),
            ...differs(
              'return reasons',
              [...new Set(payments.statements[index]?.lines.flatMap((line) => line.returnCode ?? []))].sort(),
              [...new Set(expected.return_reasons)].sort(),
            ),
          )
        })
        return wrong
      })
      expect(failures).toEqual({})
    },
  )
})
