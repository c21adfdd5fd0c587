import writeXlsxFile from 'write-excel-file/universal'
import type { FormatName, ParseOptions } from '../parse-result.ts'
import { bai2File, camtFile, mt940File, nachaFile } from './bank-files.ts'

/** A small sound file of a format, and what is in it. */
export interface ReaderSample {
  readonly format: FormatName
  readonly bytes: () => Promise<Uint8Array>
  readonly options?: ParseOptions
  /** The signed amounts of its lines. */
  readonly amounts: readonly string[]
}

const encoder = new TextEncoder()
const text = (content: string) => async () => encoder.encode(content)

const report = (kind: string, message: string, part: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${kind}.001.08"><${message}><GrpHdr><MsgId>M</MsgId></GrpHdr><${part}><Id>1</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct><Ntry><Amt Ccy="EUR">12.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt><AddtlNtryInf>Zürich</AddtlNtryInf></Ntry></${part}></${message}></Document>`

const interim = [
  ':20:R',
  ':25:4471',
  ':28C:7/1',
  ':34F:EUR0,',
  ':13D:2611201200+0100',
  ':61:2611201120C10,NTRFREF1//BANK100001',
  ':90C:1EUR10,',
  '-',
  '',
].join('\r\n')

const ofx = `OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD<BANKACCTFROM><ACCTID>0042</BANKACCTFROM><BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261120<TRNAMT>-12.50<FITID>F-100001<NAME>Müller & Söhne</STMTTRN></BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`

const rows = [
  ['id', 'bookingDate', 'amount', 'currency', 'counterpartyName'],
  ['B1', '2026-11-20', '-12.50', 'EUR', 'Zürich'],
  ['B2', '2026-11-20', '1000.00', 'EUR', 'Northwind, "West"'],
]

async function workbook(): Promise<Uint8Array> {
  const data = rows.map((row) => row.map((value) => ({ type: String, value })))
  const blob = await writeXlsxFile([{ sheet: 'Bank', data }]).toBlob()
  return new Uint8Array(await blob.arrayBuffer())
}

const csv = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n')

/** One of each format that is read. */
export const readerSamples: readonly ReaderSample[] = [
  { format: 'bai2', bytes: text(bai2File), amounts: ['150.00', '50.00', '-25.00', '-20.00'] },
  {
    format: 'camt.052',
    bytes: text(report('camt.052', 'BkToCstmrAcctRpt', 'Rpt')),
    amounts: ['-12.50'],
  },
  { format: 'camt.053', bytes: text(camtFile), amounts: ['60.00', '40.00', '-50.50', '20.00'] },
  {
    format: 'camt.054',
    bytes: text(report('camt.054', 'BkToCstmrDbtCdtNtfctn', 'Ntfctn')),
    amounts: ['-12.50'],
  },
  { format: 'mt940', bytes: text(mt940File), amounts: ['100.00', '-50.50', '-9.50'] },
  { format: 'mt942', bytes: text(interim), amounts: ['10.00'] },
  { format: 'nacha', bytes: text(nachaFile), amounts: ['100.00', '-25.00'] },
  { format: 'ofx', bytes: text(ofx), amounts: ['-12.50'] },
  {
    format: 'qif',
    bytes: text('!Type:Bank\nD25/12/2026\nT-1,010.50\nPMüller\n^\nD01/06/2026\nT5.00\n^\n'),
    options: { currency: 'EUR' },
    amounts: ['-1010.50', '5.00'],
  },
  { format: 'csv', bytes: text(csv), amounts: ['-12.50', '1000.00'] },
  { format: 'xlsx', bytes: workbook, amounts: ['-12.50', '1000.00'] },
]

/** The bytes as a stream of small pieces, cut anywhere. */
export function streamOf(bytes: Uint8Array, pieceBytes = 97): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) {
        controller.close()
        return
      }
      controller.enqueue(bytes.slice(at, at + pieceBytes))
      at += pieceBytes
    },
  })
}
