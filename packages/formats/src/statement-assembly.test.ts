import { describe, expect, it } from 'vitest'
import { parseStatement } from './parse-statement.ts'

const line = ':61:2611201120C10,NTRFNONREF'
const booked = (number: number, opening: string, closing: string, lines: readonly string[]) =>
  [
    ':20:R',
    ':25:4471',
    `:28C:${number}/1`,
    `:60F:C261120EUR${opening}`,
    ...lines,
    `:62F:C261120EUR${closing}`,
    '-',
    '',
  ].join('\r\n')
const interim = (number: number, lines: readonly string[]) =>
  [':20:R', ':25:4471', `:28C:${number}/1`, ':34F:EUR0,', ':13D:2611201200+0100', ...lines, '-', ''].join('\r\n')
const idsOf = async (text: string) => (await parseStatement(text)).lines.map(({ id }) => id)

describe('the identity of lines', () => {
  it('the same file twice has the same ids', async () => {
    const file = booked(1, '0,', '20,', [line, line])
    expect(await idsOf(file)).toEqual(await idsOf(file))
  })
  it('two genuine twins in one file both stay', async () => {
    const [one = '', two] = await idsOf(booked(1, '0,', '20,', [line, line]))
    expect(two).toBe(`${one}-2`)
  })
  it('equal lines of two booked statements of one file are two movements', async () => {
    const ids = await idsOf(booked(1, '0,', '10,', [line]) + booked(2, '10,', '20,', [line]))
    expect(new Set(ids).size).toBe(2)
  })
  it('a statement that overlaps one loaded before has the ids of the lines they share', async () => {
    const other = ':61:2611201120C5,NTRFNONREF'
    const [shared] = await idsOf(booked(1, '0,', '10,', [line]))
    const [again, twin, more] = await idsOf(booked(9, '0,', '25,', [line, line, other]))
    expect(again).toBe(shared)
    expect(new Set([shared, twin, more]).size).toBe(3)
  })
  it('without a reference, equal lines of one day in two files count as one movement: the later file adds nothing', async () => {
    expect(await idsOf(booked(2, '10,', '20,', [line]))).toEqual(await idsOf(booked(1, '0,', '10,', [line])))
    const referred = (reference: string) => [`:61:2611201120C10,NTRFNONREF//${reference}`]
    const ids = await Promise.all(
      ['BANK100001', 'BANK100002'].map((reference) => idsOf(booked(1, '0,', '10,', referred(reference)))),
    )
    expect(ids[0]).not.toEqual(ids[1])
  })
  it('interim reports of one file that overlap give each line once, and twins still stay', async () => {
    const later = ':61:2611201120C7,NTRFNONREF'
    const { lines, statements, warnings } = await parseStatement(
      interim(1, [line, line]) + interim(2, [line, line, later]) + interim(3, [line, line, line]),
    )
    expect(lines.map(({ amount }) => amount.amount)).toEqual(['10.00', '10.00', '7.00', '10.00'])
    expect(new Set(lines.map(({ id }) => id)).size).toBe(4)
    expect(statements.map((statement) => statement.lines.length)).toEqual([2, 3, 3])
    expect(warnings.map(({ code, message }) => `${code} ${message.slice(0, 7)}`)).toEqual([
      'LINES_REPEATED 2 lines',
      'LINES_REPEATED 2 lines',
    ])
  })
})

describe('the provisional mark', () => {
  const marks = async (text: string) => {
    const { lines, provisionalLineIds } = await parseStatement(text)
    return lines.map(({ id }) => provisionalLineIds.includes(id))
  }
  const bai2 = (modifier: string) =>
    `01,B,C,261120,0600,1,,,2/\n02,C,B,1,261120,,USD,${modifier}/\n03,4471,USD/\n16,195,1000,Z,REF100001,,text\n49,1000,3/\n98,1000,1,5/\n99,1000,1,7/\n`
  const camt = (kind: string, message: string, part: string, status: string) =>
    `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${kind}.001.02"><${message}><GrpHdr><MsgId>M</MsgId></GrpHdr><${part}><Id>1</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct><Ntry><Amt Ccy="EUR">10</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>${status}</Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt></Ntry></${part}></${message}></Document>`
  it.each([
    ['an interim report (MT942)', interim(1, [line]), [true]],
    ['a statement (MT940)', booked(1, '0,', '10,', [line]), [false]],
    ['an interim BAI2 group', bai2('3'), [true]],
    ['a final BAI2 group', bai2('2'), [false]],
    ['a report (camt.052)', camt('camt.052', 'BkToCstmrAcctRpt', 'Rpt', 'BOOK'), [true]],
    ['a statement (camt.053)', camt('camt.053', 'BkToCstmrStmt', 'Stmt', 'BOOK'), [false]],
    ['a pending entry of a statement', camt('camt.053', 'BkToCstmrStmt', 'Stmt', 'PDNG'), [true]],
    ['a notification (camt.054)', camt('camt.054', 'BkToCstmrDbtCdtNtfctn', 'Ntfctn', 'BOOK'), [true]],
    [
      'rows of a table',
      'id,bookingDate,amount,currency,status\nA,2026-11-20,1,USD,PENDING\nB,2026-11-20,2,USD,POSTED\n',
      [true, false],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await marks(text)).toEqual(expected)
  })
})
