import { describe, expect, it } from 'vitest'
import { parseStatement } from '../parse-statement.ts'

const fileOf = (transactions: readonly string[]) =>
  `OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD<BANKACCTFROM><ACCTID>0042</BANKACCTFROM><BANKTRANLIST>\n${transactions.map((fields) => `<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261120${fields}</STMTTRN>\n`).join('')}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`
const original = '<TRNAMT>-12.50<FITID>F-100001'
const replacing = '<TRNAMT>-15.20<FITID>F-100002<CORRECTFITID>F-100001<CORRECTACTION>REPLACE'
const deleting = '<TRNAMT>-12.50<FITID>F-100003<CORRECTFITID>F-100001<CORRECTACTION>DELETE'

describe('corrections of OFX', () => {
  it('a replacement names the line it replaces', async () => {
    const { lines, warnings } = await parseStatement(fileOf([original, replacing]))
    expect(lines.map((line) => line.supersedes)).toEqual([undefined, lines[0]?.id])
    expect(warnings).toEqual([])
  })
  it('a replacement of what an earlier file held says so', async () => {
    const { lines, warnings } = await parseStatement(fileOf([replacing]))
    expect(lines.map((line) => line.supersedes)).toEqual([undefined])
    expect(warnings.map(({ code, line }) => [code, line])).toEqual([['CORRECTS_EARLIER_FILE', 6]])
  })
  it('a deletion moves no money: it is a notice with what it takes back', async () => {
    const { lines, notices } = await parseStatement(fileOf([original, deleting]))
    expect(lines).toHaveLength(1)
    expect(notices).toMatchObject([
      { kind: 'DELETED_DATA', account: '0042', facts: { fitid: 'F-100001', lineId: lines[0]?.id }, line: 7 },
    ])
  })
  it('an action that is neither is refused, or read as a plain line', async () => {
    const odd = fileOf(['<TRNAMT>-1<FITID>F-2<CORRECTFITID>F-1<CORRECTACTION>AMEND'])
    await expect(parseStatement(odd)).rejects.toMatchObject({ details: { reason: 'FIELD_INVALID', found: 'AMEND' } })
    expect((await parseStatement(odd, { tolerate: ['FIELD_INVALID'] })).lines).toHaveLength(1)
  })
})

it('thousands of repeated transaction ids make one warning with a count and the first places', async () => {
  const { lines, warnings } = await parseStatement(fileOf(new Array<string>(3000).fill(original)))
  expect(lines).toHaveLength(3000)
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toMatchObject({ code: 'FITID_REPEATED', line: 7 })
  expect(warnings[0]?.message).toMatch(/^2999 transactions .*F-100001 on line 7, .*line 11 and others/)
})
