/** Small sound files of the bank formats, written for the tests: one of each, with everything a reader must handle. */

const bai2Records = [
  '01,BANKUS33,ACME,261121,0800,17,80,,2/',
  '02,ACME,BANKUS33,1,261120,2359,USD,2/',
  '03,0001234567,USD,010,100000,,,015,115500,,,100,20000,2,V,261121,/',
  '88,400,4500,2,/',
  '16,195,15000,S,5000,5000,5000,FT26112000017,E2E-0001,WIRE IN, FROM: NORTHWIND/SOUTH',
  '88,ORG:=NORTHWIND TRADERS',
  '88,OBI:=INVOICE 4711, SECOND HALF',
  '16,165,5000,D,2,0,2500,1,2500,ACH0042,,PAYROLL REFUND/',
  '16,475,2500,,,0004217,CHECK PAID/',
  '16,575,2000,V,261120,,,,"Structure ID: CC0000042"',
  '88,REMI: Structure ID: CC0000042/',
  '16,890,,,,,CUTOFF MOVES TO 17:00/',
]

export const bai2File = [...bai2Records, '49,264500,11/', '98,264500,1,13/', '99,264500,1,15/', ''].join('\n')

export const camtFile = `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
 <BkToCstmrStmt>
  <GrpHdr><MsgId>M-1</MsgId><CreDtTm>2026-11-21T06:00:00+01:00</CreDtTm></GrpHdr>
  <Stmt>
   <Id>S-1</Id><ElctrncSeqNb>225</ElctrncSeqNb><CreDtTm>2026-11-21T06:00:00+01:00</CreDtTm>
   <Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>
   <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">1000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-19</Dt></Dt></Bal>
   <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">1049.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-20</Dt></Dt></Bal>
   <TxsSummry><TtlNtries><NbOfNtries>3</NbOfNtries><Sum>170.50</Sum></TtlNtries></TxsSummry>
   <Ntry><Amt Ccy="EUR">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt><ValDt><Dt>2026-11-20</Dt></ValDt><AcctSvcrRef>2026112000001</AcctSvcrRef>
    <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>
    <NtryDtls><Btch><PmtInfId>B-1</PmtInfId><NbOfTxs>2</NbOfTxs></Btch>
     <TxDtls><Refs><EndToEndId>E-1</EndToEndId></Refs><Amt Ccy="EUR">60.00</Amt><RltdPties><Dbtr><Pty><Nm>Müller &amp; Söhne</Nm></Pty></Dbtr></RltdPties><RmtInf><Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>
     <TxDtls><Refs><EndToEndId>E-2</EndToEndId></Refs><Amt Ccy="EUR">40.00</Amt><RmtInf><Ustrd>Invoice 12</Ustrd><Ustrd>second line</Ustrd></RmtInf></TxDtls>
    </NtryDtls></Ntry>
   <Ntry><Amt Ccy="EUR">50.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><DtTm>2026-11-20T23:30:00Z</DtTm></BookgDt>
    <NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls></NtryDtls></Ntry>
   <Ntry><Amt Ccy="EUR">20.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt></Ntry>
  </Stmt>
 </BkToCstmrStmt>
</Document>
`

export const mt940File = [
  '{1:F01BANKDEFFAXXX0000000000}{2:I940ACMEDEFFXXXXN}{4:',
  ':20:STARTUMSE',
  ':25:12030000/202051',
  ':28C:225/1',
  ':60F:C261119EUR1000,00',
  ':61:2611201120CR100,00NTRFKREF+//2026112000001',
  'supplementary',
  ':86:166?00GUTSCHRIFT?10931?20EREF+E-1?21SVWZ+Rechnung 12 über Novem?22ber?30COBADEFF?31DE893704',
  '00440532013000?32Müller?33 und Söhne',
  ':61:2611201120RC50,5NRTINONREF',
  ':86:109?00RUECKLASTSCHRIFT?20EREF+E-2?21SVWZ+AC04 KONTO?34914',
  ':61:261120D9,5NCHK0004217',
  ':86:/TRTP/CHEQUE/REMI/USTD//Cheque paid/EREF/E-3',
  ':62F:C261120EUR1040,00',
  ':64:C261120EUR1040,00',
  '-}',
  '',
].join('\r\n')

export const nachaFile = [
  '101 231380104 1210428822611200800A094101BANK                   ACME                           ',
  '5200ACME INC                            1234567890PPDPAYROLL         2611213251121042880000001',
  '621231380104000123456        0000010000INV-77         JANE DOE              S 1121042880000001',
  '799R02091000010000042      12345678ACCOUNT CLOSED                              121042880000001',
  '626231380104000999           0000002500INV-78         JOHN ROE              S 1121042880000002',
  '799R01091000010000043      12345678                                            121042880000002',
  '82000000040046276020000000002500000000010000                                   121042880000001',
  '9000001000001000000040046276020000000002500000000010000                                       ',
  '',
].join('\n')
