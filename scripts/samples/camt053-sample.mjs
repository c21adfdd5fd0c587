import { bankDate, codes, isCredit } from './bank-day.mjs'

const escapeXml = (text) => String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const tag = (name, content) => `<${name}>${content}</${name}>`
const text = (name, value) => (value === undefined ? '' : tag(name, escapeXml(value)))

function decimal(minor) {
  const digits = String(Math.abs(minor)).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** ISO 20022 domain, family and subfamily of each BAI2 type code used. */
const bankCodes = {
  115: ['PMNT', 'RCHQ', 'CCHQ'],
  142: ['PMNT', 'RCDT', 'DMCT'],
  165: ['PMNT', 'IDDT', 'OTHR'],
  174: ['PMNT', 'CNTR', 'OTHR'],
  195: ['PMNT', 'RRCT', 'DMCT'],
  206: ['PMNT', 'RCDT', 'BOOK'],
  255: ['PMNT', 'ICHQ', 'UPCQ'],
  257: ['PMNT', 'ICDT', 'RRTN'],
  266: ['PMNT', 'ICDT', 'RRTN'],
  275: ['CAMT', 'ACCB', 'ZABA'],
  301: ['PMNT', 'CNTR', 'CDPT'],
  354: ['ACMT', 'MCOP', 'INTR'],
  447: ['PMNT', 'ICDT', 'DMCT'],
  451: ['PMNT', 'ICDT', 'OTHR'],
  455: ['PMNT', 'RDDT', 'PMDD'],
  475: ['PMNT', 'ICHQ', 'CCHQ'],
  495: ['PMNT', 'IRCT', 'DMCT'],
  506: ['PMNT', 'ICDT', 'BOOK'],
  514: ['PMNT', 'ICDT', 'XBCT'],
  555: ['PMNT', 'RCHQ', 'UPCQ'],
  557: ['PMNT', 'RCDT', 'RRTN'],
  567: ['ACMT', 'MDOP', 'CHRG'],
  575: ['CAMT', 'ACCB', 'ZABA'],
  661: ['ACMT', 'MDOP', 'CHRG'],
  698: ['ACMT', 'MDOP', 'CHRG'],
}

const amount = (minor, currency, name = 'Amt') => `<${name} Ccy="${currency}">${decimal(minor)}</${name}>`
const direction = (credit) => tag('CdtDbtInd', credit ? 'CRDT' : 'DBIT')
const day = (name, date) => tag(name, tag('Dt', date))

function bankCode(line) {
  const [domain, family, sub] = bankCodes[line.code]
  return tag(
    'BkTxCd',
    tag('Domn', tag('Cd', domain) + tag('Fmly', tag('Cd', family) + tag('SubFmlyCd', sub))) +
      tag('Prtry', tag('Cd', line.code) + tag('Issr', 'BAI')),
  )
}

/** AMT and rate of the instruction, for a wire that was converted. */
function conversion(line) {
  if (line.original === undefined) return ''
  const instructed = `<Amt Ccy="${line.original.currency}">${line.original.amount.slice(1)}</Amt>`
  const exchange = tag(
    'CcyXchg',
    tag('SrcCcy', line.account.currency) + tag('TrgtCcy', line.original.currency) + tag('XchgRate', line.original.rate),
  )
  return tag(
    'AmtDtls',
    tag('InstdAmt', instructed) + tag('TxAmt', amount(line.minor, line.account.currency) + exchange),
  )
}

function parties(line) {
  const role = isCredit(line.code) ? 'Dbtr' : 'Cdtr'
  const name = line.name === undefined ? '' : tag(role, tag('Pty', text('Nm', line.name)))
  const account =
    line.counterAccount === undefined ? '' : tag(`${role}Acct`, tag('Id', tag('Othr', text('Id', line.counterAccount))))
  return name + account === '' ? '' : tag('RltdPties', name + account)
}

function transaction(line) {
  const credit = isCredit(line.code)
  const references =
    text('AcctSvcrRef', line.bankReference) +
    (line.checkNumber === undefined ? text('EndToEndId', line.endToEndId ?? 'NOTPROVIDED') : '') +
    text('ChqNb', line.checkNumber)
  const remittance = line.structureId === undefined ? line.remit : `Structure ID: ${line.structureId}`
  const reason =
    line.reason === undefined ? '' : line.reason.startsWith('A') ? text('Cd', line.reason) : text('Prtry', line.reason)
  return (
    tag('Refs', references) +
    amount(line.minor, line.account.currency) +
    direction(credit) +
    conversion(line) +
    parties(line) +
    (remittance === undefined ? '' : tag('RmtInf', text('Ustrd', remittance))) +
    (reason === '' ? '' : tag('RtrInf', tag('Rsn', reason) + text('AddtlInf', line.reasonWords)))
  )
}

function entry(line, index) {
  const [, head] = codes[line.code]
  return tag(
    'Ntry',
    tag('NtryRef', index + 1) +
      amount(line.minor, line.account.currency) +
      direction(isCredit(line.code)) +
      tag('Sts', tag('Cd', 'BOOK')) +
      day('BookgDt', bankDate) +
      day('ValDt', line.valueDate ?? bankDate) +
      text('AcctSvcrRef', line.bankReference) +
      bankCode(line) +
      tag('NtryDtls', tag('TxDtls', transaction(line))) +
      text('AddtlNtryInf', head),
  )
}

function balance(code, minor, currency) {
  return tag(
    'Bal',
    tag('Tp', tag('CdOrPrtry', tag('Cd', code))) +
      amount(minor, currency) +
      direction(minor >= 0) +
      day('Dt', bankDate),
  )
}

function statement(account, lines, index) {
  const net = lines.reduce((total, line) => total + (isCredit(line.code) ? line.minor : -line.minor), 0)
  const head =
    tag('Id', `MCB20261120-${String(index + 1).padStart(2, '0')}`) +
    tag('ElctrncSeqNb', 324) +
    tag('CreDtTm', '2026-11-21T05:04:00Z') +
    tag(
      'Acct',
      tag('Id', tag('Othr', tag('Id', account.number))) + tag('Ccy', account.currency) + text('Nm', account.name),
    )
  const body = [
    head,
    balance('OPBD', account.opening, account.currency),
    balance('CLBD', account.opening + net, account.currency),
    ...lines.map(entry),
  ]
  return tag('Stmt', `\n${body.join('\n')}\n`)
}

/** The same day as camt.053.001.08. */
export function camt053File(accounts, lines) {
  const statements = accounts.map((account, index) =>
    statement(
      account,
      lines.filter((line) => line.account === account),
      index,
    ),
  )
  const header = tag('GrpHdr', tag('MsgId', 'MCB-20261121-0504') + tag('CreDtTm', '2026-11-21T05:04:00Z'))
  const body = tag('BkToCstmrStmt', [header, ...statements].join('\n'))
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">\n${body}\n</Document>\n`
}
