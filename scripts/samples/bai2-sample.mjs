import { bankDate, codes, isCredit } from './bank-day.mjs'

const us = 'HARROW & VALE DISTRIBUTION'

/** What a bank's charset leaves of a name: no diacritics, capitals. */
export function bankSpelling(text) {
  return text
    .replaceAll('ø', 'o')
    .replaceAll('Ø', 'O')
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .toUpperCase()
}

/** The funds-type fields of a 16 record: see "Funds Type" in the BAI2 reference. Split amounts add up to the whole. */
function fundsFields(line) {
  const [type, detail] = line.funds ?? ['']
  const half = Math.floor(line.minor / 2)
  if (detail === 'split' && type === 'S') return ['S', String(half), String(line.minor - half), '0']
  if (detail === 'split') return ['D', '2', '0', String(half), '1', String(line.minor - half)]
  return line.funds ?? ['']
}

function describe(line) {
  const [, head] = codes[line.code]
  const credit = isCredit(line.code)
  const name = line.name === undefined ? undefined : bankSpelling(line.name)
  const parts = [head]
  if (line.code === 275 || line.code === 575) parts.push(`${credit ? 'From' : 'To'}: ${line.counterAccount}`)
  else if (line.reason !== undefined) parts.push(`Return ${credit ? 'From' : 'To'}: ${name}`)
  else if (name !== undefined) parts.push(`${credit ? 'From' : 'To'}: ${name}`)
  if (line.structureId !== undefined) parts.push(`"Structure ID: ${line.structureId}"`)
  else if (line.remit !== undefined) parts.push(`Remittance Info: "${bankSpelling(line.remit)}"`)
  if (line.original !== undefined) {
    parts.push(
      `Settled Amt: ${line.original.currency} ${line.original.amount.slice(1)}`,
      `FX Rate: ${line.original.rate}`,
    )
  }
  if (line.reason !== undefined) parts.push(`Reason: "${line.reason}"`, bankSpelling(line.reasonWords))
  return parts.join(', ').replace(', ', ',')
}

/** Tagged continuations, one tag a record, as treasury banks write them. */
function continuations(line) {
  const credit = isCredit(line.code)
  const sweep = line.code === 275 || line.code === 575
  const tags = []
  if (sweep && line.structureId !== undefined) tags.push(['REMI', `Structure ID: ${line.structureId}`])
  else if (!sweep && line.remit !== undefined) tags.push(['REMI', bankSpelling(line.remit)])
  if (line.endToEndId !== undefined && line.endToEndId !== 'NOTPROVIDED') tags.push(['EREF', line.endToEndId])
  if (line.name !== undefined) {
    tags.push(['CRNM', credit ? us : bankSpelling(line.name)], ['DBNM', credit ? bankSpelling(line.name) : us])
  }
  if (line.counterAccount !== undefined) tags.push([credit ? 'DACT' : 'CACT', line.counterAccount])
  return tags.map(([tag, value]) => `88,${tag}: ${value}`)
}

function detail(line) {
  const identifier = line.checkNumber ?? line.endToEndId ?? ''
  // a reference may not hold a comma or a slash: such a one is in the EREF continuation only
  const customerReference = /[,/]/.test(identifier) || identifier === 'NOTPROVIDED' ? '' : identifier
  const fields = ['16', line.code, line.minor, ...fundsFields(line), line.bankReference, customerReference]
  return [`${fields.join(',')},${describe(line)}`, ...continuations(line)]
}

function accountRecords(account, lines) {
  const credits = lines.filter((line) => isCredit(line.code))
  const debits = lines.filter((line) => !isCredit(line.code))
  const sum = (list) => list.reduce((total, line) => total + line.minor, 0)
  const closing = account.opening + sum(credits) - sum(debits)
  const summary = [
    `03,${account.number},${account.currency},010,${account.opening},,,015,${closing},,/`,
    `88,040,${account.opening},,,045,${closing},,,100,${sum(credits)},${credits.length},,400,${sum(debits)},${debits.length},/`,
  ]
  const records = [...summary, ...lines.flatMap(detail)]
  // every Amount field counts, debits and credits alike as unsigned numbers
  const control = 2 * (account.opening + closing) + 2 * (sum(credits) + sum(debits))
  return { control, records: [...records, `49,${control},${records.length + 1}/`] }
}

/** The day as BAI2, one group, with real control totals. */
export function bai2File(accounts, lines) {
  const blocks = accounts.map((account) =>
    accountRecords(
      account,
      lines.filter((line) => line.account === account),
    ),
  )
  const control = blocks.reduce((total, block) => total + block.control, 0)
  const compact = bankDate.slice(2).replaceAll('-', '')
  const group = [`02,HARROWVALE,MERIDIANB,1,${compact},2400,USD,2/`, ...blocks.flatMap((block) => block.records)]
  group.push(`98,${control},${accounts.length},${group.length + 1}/`)
  const file = ['01,MERIDIANB,HARROWVALE,261121,0504,1,,,2/', ...group]
  file.push(`99,${control},1,${file.length + 1}/`)
  return `${file.join('\n')}\n`
}
