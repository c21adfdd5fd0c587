import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommandLine } from './command-line.ts'
import { capturedIo } from './testing/captured-io.ts'

const samples = join(import.meta.dirname, '../../../examples/workbench/samples')
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'recon-parse-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function parse(name: string, content: string | Uint8Array, ...words: string[]) {
  const path = join(folder, name)
  writeFileSync(path, content)
  const io = capturedIo()
  const code = await runCommandLine(['parse', path, '--json', ...words], io, '0.0.0')
  return { code, ...JSON.parse(io.written().out) }
}
const bai2 = () => readFileSync(join(samples, 'bank-day.bai2'), 'utf8')
const camt = () => readFileSync(join(samples, 'bank-day.camt053.xml'), 'utf8')
const csv = (amount: string, date = '2026-11-20', id = 'a') => `${id},${date},${amount},EUR\n`
const head = 'id,bookingDate,amount,currency\n'

describe('recon parse', () => {
  it('says what is in a file, statement by statement, in decimal strings', async () => {
    const read = await parse('day.bai2', bai2())
    expect(read).toMatchObject({ code: 0, format: 'bai2', warnings: [] })
    expect(read.accounts).toHaveLength(12)
    expect(read.accounts[4]).toMatchObject({
      account: '0048808830',
      currency: 'USD',
      openingBalance: '0.00',
      closingBalance: '0.00',
      transactions: 4,
      firstDate: '2026-11-20',
      lastDate: '2026-11-20',
    })
    expect(read.accounts[4].sumCredits).toBe(read.accounts[4].sumDebits)
    expect(read.transactions).toHaveLength(420)
    expect(read.transactions.every((line: { amount: string }) => /^-?\d+\.\d\d$/.test(line.amount))).toBe(true)
  })

  it('keeps a type code nobody knows', async () => {
    const text = bai2().replace(/^16,455,/m, '16,456,')
    const read = await parse('unknown-code.bai2', text, '--tolerate', 'ALL')
    expect(read.code).toBe(0)
    expect(read.transactions.some((line: { transactionCode: string }) => line.transactionCode === '456')).toBe(true)
  })

  it('prints a table where nobody asked for JSON', async () => {
    const io = capturedIo()
    expect(await runCommandLine(['parse', join(samples, 'bank-day.camt053.xml')], io, '0')).toBe(0)
    expect(io.written().out).toContain('camt.053')
    expect(io.written().out).toContain('0048804471')
  })
})

describe('intraday reports', () => {
  const report = (number: number, lines: number) =>
    `:20:R\r\n:25:4471\r\n:28C:${number}/1\r\n:34F:EUR0,\r\n${':61:2611201120C10,NTRFNONREF\r\n'.repeat(lines)}-\r\n`
  it('marks lines that may come again, and those an earlier report of the file held', async () => {
    const { transactions, warnings } = await parse('day.942', report(1, 1) + report(2, 2))
    const marks = transactions.map((line: { provisional?: boolean; repeated?: boolean }) => [
      line.provisional,
      line.repeated,
    ])
    expect(marks).toEqual([
      [true, undefined],
      [true, true],
      [true, undefined],
    ])
    expect(transactions[1].id).toBe(transactions[0].id)
    expect(warnings).toMatchObject([{ code: 'LINES_REPEATED' }])
  })
})

describe('a file that is not sound', () => {
  it.each([
    ['cut off', () => bai2().slice(0, 20_000), 'TRUNCATED'],
    [
      'with a wrong control total',
      () => bai2().replace(/^49,(\d)/m, (_, digit) => `49,${(Number(digit) + 1) % 10}`),
      'CONTROL_TOTAL_WRONG',
    ],
    ['empty', () => '', 'EMPTY_FILE'],
    ['of another kind', () => '%PDF-1.7 ...', 'FORMAT_UNSUPPORTED'],
    ['camt with a DOCTYPE', () => camt().replace('?>', '?><!DOCTYPE x [<!ENTITY a "b">]>'), 'ENTITY_DECLARED'],
    ['camt cut off', () => camt().slice(0, 30_000), 'TRUNCATED'],
  ])('is refused: %s', async (_, content, code) => {
    const answer = await parse('bad', content())
    expect(answer.code).toBe(1)
    expect(Object.keys(answer).sort()).toEqual(['code', 'error'])
    if (code !== undefined) expect(answer.error.code).toBe(code)
    expect(answer.error.message.length).toBeGreaterThan(10)
  })

  it('is loaded with a warning that names the defect when that is tolerated', async () => {
    const wrong = bai2().replace(/^49,(\d)/m, (_, digit) => `49,${(Number(digit) + 1) % 10}`)
    const answer = await parse('tolerated.bai2', wrong, '--tolerate', 'CONTROL_TOTAL_WRONG')
    expect(answer.code).toBe(0)
    expect(answer.warnings.map((warning: { code: string }) => warning.code)).toContain('CONTROL_TOTAL_WRONG')
  })
})

describe('a row that cannot be read', () => {
  it.each([
    ['1e1000000000', '2026-11-20'],
    ['NaN', '2026-11-20'],
    ['1.234,56', '2026-11-20'],
    ['12.00', '2026-02-30'],
  ])('%s on %s is reported with its line and loses no other row', async (amount, date) => {
    const answer = await parse(
      'rows.csv',
      head + csv('1.00', '2026-11-20', 'good') + csv(amount, date, 'bad') + csv('2.00', '2026-11-20', 'fine'),
    )
    expect(answer.code).toBe(0)
    expect(answer.transactions.map((line: { id: string }) => line.id)).toEqual(['good', 'fine'])
    expect(answer.warnings).toMatchObject([{ line: 3 }])
  })

  it('may hold a NUL or repeat an id: neither is silent', async () => {
    const nul = await parse('nul.csv', `${head}a,2026-11-20,1.00,EUR\nb\u0000,2026-11-20,2.00,EUR\n`)
    expect(nul.code === 1 || nul.warnings.length > 0).toBe(true)
    const twice = await parse('twice.csv', head + csv('1.00') + csv('2.00'))
    expect(
      twice.code === 1 || twice.warnings.some((warning: { code: string }) => warning.code === 'DUPLICATE_ID'),
    ).toBe(true)
  })
})
