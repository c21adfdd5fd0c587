import { describe, expect, it } from 'vitest'
import { parseStatement } from './parse-statement.ts'

const swiftPage = (page: number, opening: string, closing: string) =>
  [':20:R', ':25:4471', `:28C:7/${page}`, opening, ':61:2611201120C10,NTRFREF1', closing, '-', ''].join('\r\n')
const first = swiftPage(1, ':60F:C261119EUR0,', ':62M:C261120EUR10,')
const second = swiftPage(2, ':60M:C261120EUR10,', ':62M:C261120EUR20,')
const third = swiftPage(3, ':60M:C261120EUR20,', ':62F:C261120EUR30,')

const camtPage = (page: number, last: boolean, opening: string, closing: string) => {
  const balance = (code: string, amount: string) =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>`
  return `<Stmt><Id>S</Id><ElctrncSeqNb>7</ElctrncSeqNb><StmtPgntn><PgNb>${page}</PgNb><LastPgInd>${last}</LastPgInd></StmtPgntn><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>${balance('OPBD', opening)}${balance('CLBD', closing)}<Ntry><Amt Ccy="EUR">10</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt><AcctSvcrRef>BANK-${page}0001</AcctSvcrRef></Ntry></Stmt>`
}
const camt = (statements: string, header = '') =>
  `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId>${header}</GrpHdr>${statements}</BkToCstmrStmt></Document>`
const camtPages = [
  camtPage(1, false, '0', '10'),
  camtPage(2, false, '10', '20'),
  camtPage(3, true, '20', '30'),
] as const

async function refusal(text: string, tolerate: string[] = []) {
  const error = await parseStatement(text, { tolerate }).then(
    () => undefined,
    (reason) => reason,
  )
  return error && { reason: error.details?.reason, expected: error.details?.expected, place: error.place }
}
const warningsOf = async (text: string, tolerate: string[] = []) =>
  (await parseStatement(text, { tolerate })).warnings.map(({ code, message }) => `${code}: ${message}`)

describe.each([
  ['MT940', [first, second, third], (pages: readonly string[]) => pages.join('')],
  ['camt.053', [...camtPages], (pages: readonly string[]) => camt(pages.join(''))],
] as const)('pages of %s', (_, pages, fileOf) => {
  const [one, two, three] = pages as readonly [string, string, string]
  it('are sound when all are there, in whatever order', async () => {
    expect(await warningsOf(fileOf([one, two, three]))).toEqual([])
    expect(await warningsOf(fileOf([two, one, three]))).toEqual([])
  })
  it('are a defect where one between two others is missing, and load when that is tolerated', async () => {
    expect(await refusal(fileOf([one, three]))).toMatchObject({ reason: 'PAGE_MISSING', expected: 'page 2' })
    const { warnings, lines } = await parseStatement(fileOf([one, three]), { tolerate: ['PAGE_MISSING'] })
    expect(lines).toHaveLength(2)
    expect(warnings.map((warning) => warning.code)).toEqual(['PAGE_MISSING'])
  })
  it('warn where the first or the last are in other files', async () => {
    const [middle] = await warningsOf(fileOf([two]))
    expect(middle).toMatch(/^PAGE_MISSING: .*the pages before 2 and the pages after 2 are not in this file/)
    const [head] = await warningsOf(fileOf([one, two]))
    expect(head).toMatch(/^PAGE_MISSING: .*: the pages after 2 are not in this file/)
  })
})

it('the pages of a message count where its statements have none', async () => {
  const statement = camtPages[0].replace(/<StmtPgntn>.*<\/StmtPgntn>/, '')
  const page = '<MsgPgntn><PgNb>2</PgNb><LastPgInd>false</LastPgInd></MsgPgntn>'
  const { statements, warnings } = await parseStatement(camt(statement, page))
  expect(statements[0]).toMatchObject({ page: 2, lastPage: false })
  expect(warnings.map((warning) => warning.code)).toEqual(['PAGE_MISSING'])
  const single = '<MsgPgntn><PgNb>1</PgNb><LastPgInd>true</LastPgInd></MsgPgntn>'
  expect((await parseStatement(camt(statement, single))).warnings).toEqual([])
})

describe('a camt file cut off', () => {
  const whole = camt(camtPages[2])
  it('says so, and where, wherever it is cut', async () => {
    const begin = whole.indexOf('<BkToCstmrStmt')
    for (let length = begin; length < whole.length - '</Document>'.length; length += 7) {
      const { reason, place } = (await refusal(whole.slice(0, length))) ?? {}
      expect([length, reason, place]).toEqual([length, 'TRUNCATED', 'line 1'])
    }
  })
  it('loads what came whole where that is tolerated', async () => {
    const cut = whole.slice(0, whole.indexOf('</Stmt>') - '</Ntry>'.length - 4)
    expect(await refusal(cut, ['TRUNCATED'])).toMatchObject({ reason: 'BALANCE_MISMATCH' })
    const { statements, lines } = await parseStatement(cut, { tolerate: ['TRUNCATED', 'BALANCE_MISMATCH'] })
    expect([statements.length, lines.length]).toEqual([1, 0])
  })
})
