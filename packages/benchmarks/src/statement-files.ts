/** Bank files of any size, sound to their control totals, the same for the same size. Money in minor units of two decimals. */
export const statementFiles: Readonly<
  Record<'bai2' | 'camt.053' | 'mt940' | 'ofx' | 'qif', (megabytes: number) => Generator<string>>
> = {
  *bai2(megabytes) {
    yield '01,BANKUS33,ACME,261121,0800,1,,,2/\n02,ACME,BANKUS33,1,261120,2359,USD,2/\n'
    let written = 0
    let total = 0n
    let records = 2
    let account = 0
    while (written < megabytes * 1e6) {
      account += 1
      let sum = 0n
      let text = `03,${String(account).padStart(10, '0')},USD,,,,/\n`
      for (let index = 0; index < 2000; index++) {
        const amount = 1000 + ((index * 7919) % 100_000)
        sum += BigInt(amount)
        text += `16,${index % 2 === 0 ? '165' : '455'},${amount},Z,FT${account}A${index},E2E-${account}-${index},PREAUTHORIZED PAYMENT, SUPPLIER ${index}\n88,EREF: E2E-${account}-${index}\n88,REMI: INVOICE ${index} OF NOVEMBER\n`
      }
      text += `49,${sum},6002/\n`
      total += sum
      records += 6002
      written += text.length
      yield text
    }
    yield `98,${total},${account},${records}/\n99,${total},1,${records + 2}/\n`
  },
  *'camt.053'(megabytes) {
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>M-1</MsgId><CreDtTm>2026-11-21T06:00:00</CreDtTm></GrpHdr><Stmt><Id>S-1</Id><CreDtTm>2026-11-21T06:00:00</CreDtTm><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy><Svcr><FinInstnId><BICFI>BYLADEM1001</BICFI></FinInstnId></Svcr></Acct><Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">0.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-19</Dt></Dt></Bal>'
    let written = 0
    for (let index = 1; written < megabytes * 1e6; ) {
      let text = ''
      for (const last = index + 50; index < last; index++)
        text += `\n<Ntry>\n <NtryRef>${index}</NtryRef>\n <Amt Ccy="EUR">${index}.10</Amt>\n <CdtDbtInd>${index % 2 === 0 ? 'DBIT' : 'CRDT'}</CdtDbtInd>\n <Sts><Cd>BOOK</Cd></Sts>\n <BookgDt><Dt>2026-11-20</Dt></BookgDt>\n <ValDt><Dt>2026-11-20</Dt></ValDt>\n <AcctSvcrRef>FT${index}</AcctSvcrRef>\n <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>\n <NtryDtls><TxDtls><Refs><EndToEndId>E2E-${index}</EndToEndId></Refs><Amt Ccy="EUR">${index}.10</Amt><CdtDbtInd>${index % 2 === 0 ? 'DBIT' : 'CRDT'}</CdtDbtInd><RltdPties><Dbtr><Pty><Nm>Customer ${index} &amp; Sons</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>Invoice ${index} of November</Ustrd></RmtInf></TxDtls></NtryDtls>\n</Ntry>`
      written += text.length
      yield text
    }
    yield '</Stmt></BkToCstmrStmt></Document>\n'
  },
  *mt940(megabytes) {
    let written = 0
    for (let page = 1; written < megabytes * 1e6; page++) {
      let sum = 0
      let text = `:20:START${page}\n:25:12030000/202051\n:28C:${page}/1\n:60F:C261119EUR0,00\n`
      for (let index = 0; index < 500; index++) {
        const amount = 100 + index
        sum += amount
        text += `:61:2611201120C${comma(amount)}NTRFNONREF//FT${page}A${index}\n:86:166?00GUTSCHRIFT?10931?20EREF+E2E${page}-${index}?21SVWZ+Rechnung ${index} vom\n?22 November 2026?30COBADEFF?31DE89370400440532013000?32Mustermann?33 GmbH\n`
      }
      text += `:62F:C261120EUR${comma(sum)}\n-\n`
      written += text.length
      yield text
    }
  },
  *ofx(megabytes) {
    yield 'OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\nCOMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20261121060000<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>\n<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>121042882<ACCTID>0042<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><DTSTART>20261101<DTEND>20261130\n'
    let written = 0
    for (let index = 1; written < megabytes * 1e6; ) {
      let text = ''
      for (const last = index + 200; index < last; index++)
        text += `<STMTTRN><TRNTYPE>${index % 2 === 0 ? 'CREDIT' : 'DEBIT'}<DTPOSTED>20261120120000[-5:EST]<TRNAMT>${index % 2 === 0 ? '' : '-'}${index}.10<FITID>FT2611${index}<NAME>Customer ${index}<MEMO>Invoice ${index} of November</STMTTRN>\n`
      written += text.length
      yield text
    }
    yield '</BANKTRANLIST><LEDGERBAL><BALAMT>0.00<DTASOF>20261130</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n'
  },
  *qif(megabytes) {
    yield '!Type:Bank\n'
    let written = 0
    for (let index = 1; written < megabytes * 1e6; ) {
      let text = ''
      for (const last = index + 200; index < last; index++)
        text += `D11/20/2026\nT-${index}.10\nCX\nN${index}\nPCustomer ${index}\nMInvoice ${index} of November\nLSupplies\n^\n`
      written += text.length
      yield text
    }
  },
}

function comma(minor: number): string {
  return `${Math.floor(minor / 100)},${String(minor % 100).padStart(2, '0')}`
}
