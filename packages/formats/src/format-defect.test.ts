import { describe, expect, it } from 'vitest'
import { type FormatDefectCode, formatDefects } from './format-defect.ts'
import { parseStatement } from './parse-statement.ts'
import { bai2File, camtFile, mt940File, nachaFile } from './testing/bank-files.ts'

const ofx = (inside: string) =>
  `OFXHEADER:100\nDATA:OFXSGML\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD<BANKACCTFROM><ACCTID>0042</BANKACCTFROM><BANKTRANLIST>${inside}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`
const replaced = (text: string, from: string | RegExp, to: string) => {
  const changed = text.replace(from, to)
  if (changed === text) throw new Error(`nothing to replace: ${String(from)}`)
  return changed
}
const latin = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))

/** One defect each in an otherwise sound file. */
const defective: readonly (readonly [code: FormatDefectCode, what: string, file: string | Uint8Array])[] = [
  ['CONTROL_TOTAL_WRONG', 'BAI2', replaced(bai2File, '49,264500', '49,264501')],
  ['CONTROL_COUNT_WRONG', 'BAI2', replaced(bai2File, '49,264500,11/', '49,264500,12/')],
  ['CONTROL_HASH_WRONG', 'NACHA', replaced(nachaFile, '82000000040046276020', '82000000040046276021')],
  ['TRUNCATED', 'BAI2', bai2File.slice(0, bai2File.indexOf('99,'))],
  ['TRUNCATED', 'OFX', ofx('').replace('</OFX>', '')],
  ['RECORD_UNKNOWN', 'BAI2', replaced(bai2File, '16,475', '17,475')],
  ['RECORD_MISPLACED', 'MT940', replaced(mt940File, ':64:C261120EUR1040,00', ':61:2611201120C0,00NTRFNONREF')],
  ['DATE_INVALID', 'MT940', replaced(mt940File, ':61:2611201120CR', ':61:2611311120CR')],
  ['DATE_INVALID', 'OFX', ofx('<STMTTRN><DTPOSTED>20260230<TRNAMT>1.00<FITID>F-1</STMTTRN>')],
  ['BALANCE_MISMATCH', 'camt', replaced(camtFile, '1049.50', '1049.51')],
  ['BALANCE_MISMATCH', 'MT940', replaced(mt940File, ':62F:C261120EUR1040,00', ':62F:C261120EUR1041,00')],
  ['CONTROL_TOTAL_WRONG', 'camt', replaced(camtFile, '170.50', '170.51')],
  ['CONTROL_COUNT_WRONG', 'camt', replaced(camtFile, '<NbOfNtries>3', '<NbOfNtries>4')],
  ['CURRENCY_MISMATCH', 'camt', replaced(camtFile, '<Amt Ccy="EUR">20.00', '<Amt Ccy="USD">20.00')],
  ['FIELD_INVALID', 'camt', replaced(camtFile, '<Cd>PDNG</Cd>', '<Cd>LATER</Cd>')],
  ['CHECK_DIGIT_WRONG', 'NACHA', replaced(nachaFile, /^621231380104/m, '621231380105')],
  ['CHARSET_INVALID', 'camt', latin(camtFile)],
  ['DUPLICATE_STATEMENT', 'camt', replaced(camtFile, / {2}<Stmt>[\s\S]*<\/Stmt>\n/, '$&$&')],
]

describe('strict by default, tolerant by choice', () => {
  it.each(defective)(
    '%s (%s) is refused with code, place and expectation, and loads with a warning that names it',
    async (code, _, file) => {
      expect(formatDefects[code].tolerable).toBe(true)
      const refused = await parseStatement(file).then(
        () => undefined,
        (error) => error,
      )
      expect(refused).toMatchObject({ code: 'FORMAT_INVALID', details: { reason: code } })
      expect(refused.details.expected ?? '').not.toBe('')
      if (code !== 'CHARSET_INVALID') expect(refused.place).toMatch(/^line \d+$/)
      // A defect may bring others with it: a line left out no longer fits the totals.
      const { warnings } = await parseStatement(file, { tolerate: ['*'] })
      expect(warnings.map((warning) => warning.code)).toContain(code)
    },
  )

  it.each([
    ['AMOUNT_INVALID', replaced(bai2File, '16,475,2500', '16,475,25x0')],
    ['ENTITY_DECLARED', replaced(camtFile, '<Document', '<!DOCTYPE x [<!ENTITY a "b">]><Document')],
    ['STRUCTURE_INVALID', replaced(camtFile, '</Ntry>', '</Entry>')],
    ['DIRECTION_UNKNOWN', replaced(camtFile, '<CdtDbtInd>DBIT</CdtDbtInd><RvslInd>', '<RvslInd>')],
  ] as const)('%s leaves nothing to load safely, whatever is tolerated', async (code, file) => {
    expect(formatDefects[code].tolerable).toBe(false)
    await expect(parseStatement(file, { tolerate: ['*'] })).rejects.toMatchObject({ details: { reason: code } })
  })
})

describe('bank profiles as data', () => {
  const bai2 = (amount: string, code = '195', currency = 'JPY') => {
    const minor = Number(amount)
    return `01,B,C,261121,0600,1,,,2/\n02,C,B,1,261120,,${currency},2/\n03,4471,${currency}/\n16,${code},${amount},Z,FT26112000017,CUST-1,TEXT\n88,TRID:TR-77\n88,YOUR REF:E2E-9\n49,${minor},5/\n98,${minor},1,7/\n99,${minor},1,9/\n`
  }
  const lineOf = async (file: string, profile: object) =>
    (await parseStatement(file, { profile: { name: 'own', ...profile } })).lines[0]

  it('tags of 88 lines', async () => {
    const line = await lineOf(bai2('1000'), { tags: { TRID: 'batchId', 'YOUR REF': 'endToEndId' } })
    expect(line?.references).toMatchObject({ batchId: 'TR-77', endToEndId: 'E2E-9' })
  })
  it('tags of :86: fields', async () => {
    const text = replaced(mt940File, '20EREF+E-1', '20OURS+E-1')
    expect((await parseStatement(text)).lines[0]?.references.endToEndId).toBeUndefined()
    expect((await lineOf(text, { tags: { OURS: 'endToEndId' } }))?.references.endToEndId).toBe('E-1')
  })
  it('decimals that differ from ISO 4217', async () => {
    expect((await parseStatement(bai2('1000'))).lines[0]?.amount.amount).toBe('1000')
    expect((await lineOf(bai2('100000'), { impliedDecimals: { JPY: 2 } }))?.amount.amount).toBe('1000')
  })
  it('ranges of the bank\u2019s own codes', async () => {
    expect((await parseStatement(bai2('1000', '935', 'USD'))).lines[0]?.amount.amount).toBe('10.00')
    const custom = { customCodes: { '930-959': { direction: 'DEBIT', instrument: 'FEE' } } }
    expect(await lineOf(bai2('1000', '935', 'USD'), custom)).toMatchObject({
      amount: { amount: '-10.00' },
      instrument: 'FEE',
    })
  })
})
