import { describe, expect, it } from 'vitest'
import { parseStatement } from '../parse-statement.ts'
import { summarizeStatements } from '../statement-summary.ts'
import { corpusFailures, differs, openCorpus } from '../testing/open-corpus.ts'

const record = (date: string, amount: string, more = '') => `D${date}\nT${amount}\n${more}^\n`
const bank = (records: string) => `!Type:Bank\n${records}`

async function refusal(text: string, options = {}) {
  const error = await parseStatement(text, options).then(
    () => undefined,
    (reason) => reason,
  )
  return error && { code: error.code, reason: error.details?.reason, place: error.place }
}
const dates = async (text: string, options = {}) =>
  (await parseStatement(text, options)).lines.map((line) => line.bookingDate)

describe('QIF dates', () => {
  it('one day beyond twelve proves the order of the whole file', async () => {
    expect(await dates(bank(record('01/06/2026', '1.00') + record('29/12/2026', '1.00')))).toEqual([
      '2026-06-01',
      '2026-12-29',
    ])
    expect(await dates(bank(record('06/01/2026', '1.00') + record('12/29/2026', '1.00')))).toEqual([
      '2026-06-01',
      '2026-12-29',
    ])
  })
  it('refuses an order that nothing proves, and reads it where it is declared', async () => {
    const text = bank(record('6/1/94', '1.00') + record('6/2/94', '1.00'))
    expect(await refusal(text)).toMatchObject({ code: 'FORMAT_INVALID', reason: 'DATE_ORDER_UNKNOWN', place: 'line 2' })
    expect(await dates(text, { dateOrder: 'MDY' })).toEqual(['1994-06-01', '1994-06-02'])
    expect(await dates(text, { dateOrder: 'DMY' })).toEqual(['1994-01-06', '1994-02-06'])
  })
  it('needs no proof where both orders say the same', async () => {
    expect(await dates(bank(record("1/ 1'00", '1.00')))).toEqual(['2000-01-01'])
  })
  it.each([
    ["2/14'2026", '2026-02-14'],
    ["2/14'26", '2026-02-14'],
    ['14.2.26', '2026-02-14'],
    ['2026-02-14', '2026-02-14'],
    ['12/25/99', '1999-12-25'],
  ])('reads %s', async (text, iso) => {
    expect(await dates(bank(record(text, '1.00')))).toEqual([iso])
  })
  it('refuses dates that contradict one another', async () => {
    expect(await refusal(bank(record('25/12/2026', '1.00') + record('12/26/2026', '1.00')))).toMatchObject({
      reason: 'DATE_INVALID',
      place: 'line 5',
    })
  })
})

describe('QIF records', () => {
  it('reads amounts in the notation the file proves', async () => {
    const amounts = async (...texts: string[]) =>
      (
        await parseStatement(bank(texts.map((text) => record('12/25/2026', text)).join('')), { currency: 'EUR' })
      ).lines.map((line) => line.amount.amount)
    expect(await amounts('-1,010.00', '5.5')).toEqual(['-1010.00', '5.50'])
    expect(await amounts('-1.010,00', '5,5')).toEqual(['-1010.00', '5.50'])
    expect(await amounts('1,010')).toEqual(['1010.00'])
    expect(await refusal(bank(record('12/25/2026', '1,5') + record('12/25/2026', '1.5')))).toMatchObject({
      reason: 'AMOUNT_INVALID',
    })
  })
  it('reads accounts, checks, splits and what is reconciled', async () => {
    const text = `!Account\nNMain\nTBank\n^\n!Type:Bank\n${record('12/25/2026', '-10.00', 'N0042\nPShop\nMThings\nCX\nSFood\n$-4.00\nSToys\n$-5.00\n')}`
    const { lines, warnings, statements } = await parseStatement(text, { currency: 'USD' })
    expect(statements[0]).toMatchObject({ account: 'Main', currency: 'USD' })
    expect(lines[0]).toMatchObject({
      amount: { amount: '-10.00', currency: 'USD' },
      instrument: 'CHECK',
      references: { checkNumber: '0042', remittanceText: 'Shop\nThings' },
      sourceStatus: 'RECONCILED',
    })
    expect(warnings.map((warning) => warning.code)).toEqual(['SPLIT_TOTAL_WRONG'])
  })
  it('carries XXX where no currency is declared, and says so', async () => {
    const { lines, warnings } = await parseStatement(bank(record('12/25/2026', '1.00')))
    expect(lines[0]?.amount.currency).toBe('XXX')
    expect(warnings.map((warning) => warning.code)).toContain('CURRENCY_UNKNOWN')
  })
  it.each([
    ['a record without its end', bank('D12/25/2026\nT1.00\n'), 'TRUNCATED'],
    ['a record without amount', bank('D12/25/2026\nPx\n^\n'), 'AMOUNT_INVALID'],
    ['a record without date', bank(`T1.00\n^\n${record('12/25/2026', '1.00')}`), 'DATE_INVALID'],
    ['nothing', '', 'EMPTY_FILE'],
  ])('refuses %s', async (_, text, reason) => {
    expect(await refusal(text)).toMatchObject({ code: 'FORMAT_INVALID', reason })
  })
})

it('reads the same wherever the pieces of a stream end', async () => {
  const bytes = new TextEncoder().encode(
    bank(record('12/25/2026', '-1.00', 'PZürich\r\n') + record('01/02/2026', '5.00')),
  )
  const whole = await parseStatement(bytes, { currency: 'CHF' })
  expect(whole.lines.map((line) => line.counterparty?.name)).toEqual(['Zürich', undefined])
  for (const size of [1, 2, 3, 7]) {
    const pieces = (async function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size)
    })()
    expect(await parseStatement(pieces, { currency: 'CHF' })).toEqual(whole)
  }
})

interface QifFacts {
  transactions: number
  sum_credits: string
  sum_debits: string
}
/** No date of these proves an order, and none is guessed: with the order declared they load as their manifest says. */
const undated = ['jemmyw-Qif__fixtures_quicken_non_investement_account.qif', 'jemmyw-Qif__fixtures_splits.qif']

describe('QIF corpus', () => {
  const files = openCorpus<QifFacts>('qif')
  const check = (result: Awaited<ReturnType<typeof parseStatement>>, facts: QifFacts) => {
    const sums = summarizeStatements(result)
    const total = (key: 'sumCredits' | 'sumDebits') =>
      Number(sums.reduce((sum, one) => sum + Number(one[key]), 0).toFixed(2))
    return [
      // Movements of securities are notices, not lines.
      ...differs('transactions', result.lines.length + result.notices.length, facts.transactions),
      ...differs('credits', total('sumCredits'), Number(facts.sum_credits)),
      ...differs('debits', total('sumDebits'), Number(facts.sum_debits)),
    ]
  }
  it.skipIf(files === undefined)(
    'behaves as the manifest says for every file but two ambiguous ones (skipped where there is no corpus)',
    async () => {
      const failures = await corpusFailures(files ?? [], check)
      expect(Object.keys(failures).sort()).toEqual(undated)
      for (const file of files?.filter((one) => undated.includes(one.file)) ?? []) {
        expect(check(await parseStatement(file.bytes, { dateOrder: 'MDY' }), file.facts)).toEqual([])
      }
    },
  )
})
