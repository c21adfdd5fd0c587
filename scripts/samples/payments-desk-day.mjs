import { csvLine, ledgerColumns, signedDecimal } from './ledger-sample.mjs'
import { seededRandom } from './seeded-random.mjs'

/**
 * A payments desk in Dubai: payments customers made in an app, and the deposits of the account they were sent to. Most carry
 * their twelve-character reference; some only a name and an amount; some have not arrived.
 */
const account = 'AE070331234567890124471'
const depositColumns = [
  'id',
  'account',
  'bookingDate',
  'valueDate',
  'amount',
  'currency',
  'status',
  'instrument',
  'endToEndId',
  'bankReference',
  'remittanceText',
  'counterpartyName',
  'counterpartyAccount',
]
const firstNames = [
  'Ahmed',
  'Layla',
  'Omar',
  'Fatima',
  'Yusuf',
  'Noor',
  'Khalid',
  'Mariam',
  'Hassan',
  'Aisha',
  'Tariq',
  'Salma',
]
const lastNames = ['Rahman', 'Haddad', 'Farouk', 'Mansour', 'Saleh', 'Aziz', 'Darwish', 'Karim', 'Nasser', 'Zayed']

export function paymentsDeskFiles() {
  const random = seededRandom(784)
  const payments = []
  const deposits = []
  let number = 10420
  const person = (index) =>
    `${firstNames[(index * 5) % firstNames.length]} ${lastNames[(index * 3) % lastNames.length]}`
  const pay = (name, minor, day, reference, purpose) => {
    number += 1
    payments.push({
      id: `PAY-${number}`,
      account,
      date: day,
      amount: signedDecimal(minor),
      currency: 'AED',
      instrument: 'EFT',
      kind: 'PAYMENT',
      paymentReference: reference,
      counterpartyName: name,
      description: purpose,
      source: 'PAYMENTS',
    })
  }
  const deposit = (name, minor, day, text, reference = '') => {
    deposits.push({
      id: `DEP-${88000 + deposits.length * 3}`,
      account,
      bookingDate: day,
      valueDate: day,
      amount: signedDecimal(minor),
      currency: 'AED',
      status: 'POSTED',
      instrument: 'EFT',
      endToEndId: reference,
      bankReference: `FT26${random.digits(9)}`,
      remittanceText: text,
      counterpartyName: name,
    })
  }
  for (let index = 0; index < 31; index++) {
    const reference = `LN${random.digits(10)}`
    const minor = random.minor(45, 6400)
    pay(person(index), minor, '2026-11-19', reference, `Order ${8800 + index}`)
    deposit(
      person(index).toUpperCase(),
      minor,
      index % 3 === 0 ? '2026-11-20' : '2026-11-19',
      `IPP ${reference}`,
      reference,
    )
  }
  for (let index = 31; index < 40; index++) {
    const minor = index < 34 ? 125000 : random.minor(60, 4200)
    const name = person(index)
    pay(name, minor, '2026-11-19', `LN${random.digits(10)}`, `Invoice ${2260 + index}`)
    const [first = '', last = ''] = name.toUpperCase().split(' ')
    deposit(index % 2 === 0 ? `${first[0]} ${last} TRADING` : `${last} ${first}`, minor, '2026-11-20', 'TRANSFER')
  }
  for (let index = 40; index < 58; index++) {
    pay(
      person(index),
      random.minor(70, 5100),
      index < 46 ? '2026-11-17' : '2026-11-20',
      `LN${random.digits(10)}`,
      `Order ${8800 + index}`,
    )
  }
  for (const [name, minor, text] of [
    ['EMIRATES NBD', 61250, 'PROFIT PAYOUT'],
    ['GULF CATERING LLC', 340000, 'RENT SHARE NOV'],
    ['CASH DEPOSIT', 150000, 'CDM DEIRA'],
  ]) {
    deposit(name, minor, '2026-11-20', text)
  }
  const table = (columns, rows) =>
    `${[columns.join(','), ...rows.map((row) => csvLine(columns.map((column) => row[column] ?? '')))].join('\n')}\n`
  return new Map([
    ['deposits.csv', table(depositColumns, deposits)],
    ['payments.csv', table(ledgerColumns, payments)],
  ])
}
