import { csvLine, ledgerColumns, signedDecimal } from './ledger-sample.mjs'
import { seededRandom } from './seeded-random.mjs'

/** October 2026 of one client of a bookkeeping firm: a statement as MT940 and the approved journal entries as CSV. */
const account = '0029012290'
const opening = 8412055

const suppliers = [
  ['SINGLINK TELECOM', 'Telephone and internet'],
  ['KALLANG PACKAGING', 'Packing material'],
  ['JURONG STEELWORKS', 'Raw material'],
  ['TUAS LOGISTICS HUB', 'Freight'],
  ['PASIR RIS PRINTERS', 'Print'],
  ['BEDOK AIRCON SERVICES', 'Maintenance'],
  ['WOODLANDS WELDING GAS', 'Consumables'],
]
const customers = ['ORCHARD FITTINGS', 'SENTOSA MARINE', 'CLEMENTI HARDWARE', 'YISHUN BUILDERS', 'BUGIS INTERIORS']

const dayOf = (number) => `2026-10-${String(number).padStart(2, '0')}`

function createMonth() {
  const lines = []
  const entries = []
  let number = 5100
  return {
    random: seededRandom(202610),
    lines,
    entries,
    line: (day, minor, text, reference = 'NONREF') => lines.push({ day, minor, text, reference }),
    entry: (date, minor, name, reference, description) => {
      number += 3
      entries.push({
        id: `JE-${number}`,
        account,
        date,
        amount: signedDecimal(minor),
        currency: 'SGD',
        kind: 'GL_ENTRY',
        paymentReference: reference,
        description,
        counterpartyName: name,
        source: 'LEDGER',
      })
    },
  }
}

/** Reference, amount and day agree: nobody needs to look. */
function addExact(month) {
  for (let index = 0; index < 34; index++) {
    const incoming = index % 3 === 2
    const [name, purpose] = incoming
      ? [customers[index % customers.length], 'Sale']
      : (suppliers[index % suppliers.length] ?? ['', ''])
    const minor = month.random.minor(incoming ? 900 : 60, incoming ? 7200 : 3100) * (incoming ? 1 : -1)
    const reference = `${incoming ? 'SI' : 'PV'}-26${String(410 + index * 7)}`
    const day = 1 + ((index * 5) % 30)
    const party = incoming ? 'ORDP' : 'BENM'
    const text = `/EREF/${reference}/${party}//NAME/${name}/REMI/USTD//${incoming ? 'INWARD PAYNOW' : 'GIRO PAYMENT'}/`
    month.line(day, minor, text, reference)
    month.entry(dayOf(day), minor, name, reference, purpose)
  }
}

/** The amount agrees, the day is near, no reference: proposed, for the bookkeeper to confirm. */
function addProposed(month) {
  const people = ['LIM WEI JIE', 'NURUL AISYAH', 'RAJESH MENON', 'TAN HUI MIN', 'CHONG KAI', 'PRIYA NAIR']
  for (const [index, name] of people.entries()) {
    const minor = -(218000 + index * 13750)
    month.line(28 + (index % 2), minor, `SALARY ${name}`)
    month.entry(dayOf(26 + (index % 3)), minor, name, '', 'Salary October')
  }
}

/** Lines with nothing in the books: questions for the client. */
const questions = [
  [3, -128840, 'GIRO PAYMENT TELCO 88123377'],
  [6, -50000, 'ATM WITHDRAWAL RAFFLES PL'],
  [8, -6210, 'BANK CHARGES'],
  [9, -31890, 'NETS PURCHASE COURTS MEGASTORE'],
  [13, 800000, 'INWARD TT REF 77120'],
  [14, -4450, 'GRAB *TRIP 9XK21'],
  [15, -219900, 'AMAZON WEB SERVICES SG'],
  [16, -18600, 'NETS PURCHASE TONGS RESTAURANT'],
  [20, -960000, 'FAST TRANSFER K H TAN'],
  [21, 45000, 'CASH DEPOSIT MACHINE JURONG'],
  [23, -27500, 'GIRO IRAS 26A8891'],
  [27, -83920, 'VISA DEBIT PARKROYAL HOTEL'],
]

function mt940(month) {
  const lines = [...month.lines].sort((left, right) => left.day - right.day)
  const closing = lines.reduce((sum, line) => sum + line.minor, opening)
  const amount = (minor) => signedDecimal(Math.abs(minor)).replace('.', ',')
  const mark = (minor) => (minor < 0 ? 'D' : 'C')
  const records = lines.flatMap((line, index) => {
    const day = String(line.day).padStart(2, '0')
    return [
      `:61:2610${day}10${day}${mark(line.minor)}${amount(line.minor)}NTRF${line.reference}//DBS${261000 + index}`,
      `:86:${line.text}`,
    ]
  })
  return [
    ':20:STMT20261031',
    `:25:${account}`,
    ':28C:10/1',
    `:60F:${mark(opening)}261001SGD${amount(opening)}`,
    ...records,
    `:62F:${mark(closing)}261031SGD${amount(closing)}`,
    '-',
    '',
  ].join('\r\n')
}

export function bookkeepingFiles() {
  const month = createMonth()
  addExact(month)
  addProposed(month)
  for (const [day, minor, text] of questions) month.line(day, minor, text)
  // approved, not at the bank yet: two cheques and a deposit in transit
  month.entry(dayOf(30), -341000, 'JURONG STEELWORKS', 'PV-26801', 'Raw material')
  month.entry(dayOf(31), -55900, 'PASIR RIS PRINTERS', 'PV-26808', 'Print')
  month.entry(dayOf(31), 200500, 'SENTOSA MARINE', 'SI-26815', 'Sale')
  const rows = month.entries.map((entry) => ledgerColumns.map((column) => entry[column] ?? ''))
  return new Map([
    ['mason-2026-10.mt940', mt940(month)],
    ['mason-journal.csv', `${[ledgerColumns.join(','), ...rows.map(csvLine)].join('\n')}\n`],
  ])
}
