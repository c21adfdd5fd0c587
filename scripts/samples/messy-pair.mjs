import { csvLine, ledgerColumns, signedDecimal } from './ledger-sample.mjs'
import { seededRandom } from './seeded-random.mjs'

/**
 * A smaller pair as they really come: a bank export with its own headers, decimal commas and German dates, a ledger kept by
 * several people. Rows that cannot be read, twins, look-alikes, sums that fit twice. What each part shows is said beside it.
 */
const bankHeader = [
  'Buchungstag',
  'Valuta',
  'Auftraggeber / Empfänger',
  'IBAN',
  'Verwendungszweck',
  'Betrag',
  'Währung',
]

export const messyMapping = {
  bank: {
    name: 'Hansekontor Bank, Umsatzexport',
    delimiter: ';',
    columns: {
      bookingDate: 'Buchungstag',
      valueDate: 'Valuta',
      counterpartyName: 'Auftraggeber / Empfänger',
      counterpartyAccount: 'IBAN',
      remittanceText: 'Verwendungszweck',
      amount: 'Betrag',
      currency: 'Währung',
    },
    decimalMark: ',',
    groupMarks: ['.'],
    dateFormat: 'DD.MM.YYYY',
    rowsWithoutDate: 'SKIP',
    defaults: { account: 'DE41200505501046298317' },
  },
}

const german = (iso) => iso.split('-').reverse().join('.')
const commaAmount = (minor) => {
  const [whole, cents] = signedDecimal(minor).split('.')
  return `${whole.replaceAll(/\B(?=(\d{3})+(?!\d))/g, '.')},${cents}`
}

function createPair() {
  const random = seededRandom(4711)
  const bank = []
  const ledger = []
  let number = 500
  return {
    random,
    bank,
    ledger,
    line: (date, name, text, minor, rest = {}) =>
      bank.push([
        german(date),
        german(rest.valueDate ?? date),
        name,
        rest.iban ?? '',
        text,
        commaAmount(minor),
        rest.currency ?? 'EUR',
      ]),
    entry: (date, name, reference, minor, rest = {}) => {
      number += 1
      const cells = {
        id: `B-${number}`,
        account: 'DE41200505501046298317',
        date,
        amount: signedDecimal(minor),
        currency: 'EUR',
        kind: 'INVOICE',
        documentNumber: reference,
        counterpartyName: name,
        ...rest,
      }
      ledger.push(ledgerColumns.map((column) => cells[column] ?? ''))
      return cells.id
    },
  }
}

function addEveryday(pair) {
  const firms = [
    'Café Linde GmbH',
    'Tischlerei Brandt',
    'Autohaus Petersen',
    'Praxis Dr. Yıldız',
    'Weingut Möller',
    'Bäckerei Sander',
  ]
  for (let index = 0; index < 24; index++) {
    const name = firms[index % firms.length]
    const reference = `RE-2026-${1180 + index * 3}`
    const minor = pair.random.minor(80, 4200)
    const spelled = index % 4 === 0 ? reference.replaceAll('-', ' ') : index % 4 === 1 ? reference.slice(3) : reference
    pair.line(
      `2026-11-${String(9 + (index % 12)).padStart(2, '0')}`,
      name.toUpperCase(),
      `SVWZ+Rechnung ${spelled} vielen Dank`,
      minor,
    )
    pair.entry(`2026-11-${String(4 + (index % 12)).padStart(2, '0')}`, name, reference, minor)
  }
}

function addAmbiguous(pair) {
  // twins: two equal subscriptions on one day, two equal invoices; which is which does not show
  for (let index = 0; index < 2; index++) {
    pair.line('2026-11-12', 'NORDSTERN HOSTING', 'Abo November', -4900)
    pair.entry('2026-11-12', 'Nordstern Hosting', '', -4900, { kind: 'GL_ENTRY' })
  }
  // three receipts, two invoices of the amount
  for (const name of ['S. KRÜGER', 'KRUEGER S', 'STEFAN KRUEGER']) pair.line('2026-11-13', name, 'Miete', 75000)
  pair.entry('2026-11-01', 'Krüger, Stefan', 'MV-14', 75000)
  pair.entry('2026-11-01', 'Krüger, Sabine', 'MV-41', 75000)
  // 14 inside 1814: a number inside a number is no reference
  pair.line('2026-11-16', 'HAUSVERWALTUNG ALTONA', 'Objekt 1814 Nebenkosten', 31250)
  pair.entry('2026-11-15', 'Altona Hausverwaltung', '14', 31250)
  // two ways to make the sum: 120 + 180 and 100 + 200
  pair.line('2026-11-17', 'GROSSMARKT HANDELS KG', 'Sammelzahlung', 30000)
  for (const [reference, minor] of [
    ['RE-2026-2001', 12000],
    ['RE-2026-2002', 18000],
    ['RE-2026-2003', 10000],
    ['RE-2026-2004', 20000],
  ]) {
    pair.entry('2026-11-10', 'Großmarkt Handels KG', reference, minor)
  }
  // one way to make the sum, numbers in the text
  pair.line('2026-11-18', 'VOSS & SOHN', 'RE-2026-2101, RE-2026-2102 und RE-2026-2103', 118437)
  for (const [reference, minor] of [
    ['RE-2026-2101', 41250],
    ['RE-2026-2102', 9987],
    ['RE-2026-2103', 67200],
  ]) {
    pair.entry('2026-11-09', 'Voss & Sohn', reference, minor)
  }
  // card settlement less 1.4 % fee
  pair.line('2026-11-18', 'KARTENDIENST NORD', 'Abrechnung 16.11. Batch 88124', 98600)
  for (const [reference, minor] of [
    ['K-88124-1', 25000],
    ['K-88124-2', 40000],
    ['K-88124-3', 35000],
  ]) {
    pair.entry('2026-11-16', 'Kartenumsatz', reference, minor)
  }
}

function addWrong(pair) {
  // bank fee deducted on the way: 5,000.00 became 4,975.00
  pair.line('2026-11-19', 'ATLAS TRADING LTD', 'INVOICE 77120 CHARGES SHA', 497500)
  pair.entry('2026-11-14', 'Atlas Trading Ltd', '77120', 500000)
  // two digits of the amount swapped in the books
  pair.line('2026-11-19', 'DRUCKEREI HELLWIG', 'RE-2026-2210', -128640)
  pair.entry('2026-11-17', 'Druckerei Hellwig', 'RE-2026-2210', -126840)
  // the other sign: a credit note booked as an invoice
  pair.line('2026-11-19', 'BÜROBEDARF KLEE', 'Gutschrift GS-3301', 8990)
  pair.entry('2026-11-18', 'Bürobedarf Klee', 'GS-3301', -8990)
  // a direct debit and its return
  pair.line('2026-11-11', 'FITNESSPARK WEST', 'MREF+M-88 Beitrag 11/2026', 3990)
  pair.line('2026-11-18', 'FITNESSPARK WEST', 'Rückgabe MD06 MREF+M-88 Beitrag 11/2026', -3990)
  pair.entry('2026-11-11', 'Fitnesspark West', 'M-88', 3990)
  // capital O for zero, and a Cyrillic А that only looks like ours
  pair.line('2026-11-19', 'GARTENBAU RIEDEL', 'RE-2O26-2302', 22140)
  pair.entry('2026-11-16', 'Gartenbau Riedel', 'RE-2026-2302', 22140)
  pair.line('2026-11-19', 'ELEKTRO \u0410LBERS', 'RE-2026-\u041077', 54200)
  pair.entry('2026-11-16', 'Elektro Albers', 'RE-2026-A77', 54200)
  // the number of a paid invoice of two years ago, used again
  pair.line('2026-11-20', 'SCHREINEREI OTTE', 'RE-0417', 61000)
  pair.entry('2024-10-02', 'Schreinerei Otte', 'RE-0417', 61000)
  // paid in another currency
  pair.line('2026-11-20', 'ZÜRCHER TUCH AG', 'RE-2026-2404', 119000, { currency: 'CHF' })
  pair.entry('2026-11-17', 'Zürcher Tuch AG', 'RE-2026-2404', 119000)
  // the same invoice entered twice by two people
  pair.line('2026-11-20', 'MALER WITTMACK', 'RE-2026-2501', -89250)
  pair.entry('2026-11-18', 'Maler Wittmack', 'RE-2026-2501', -89250)
  pair.entry('2026-11-19', 'Maler Wittmack GmbH', 'RE-2026-2501', -89250)
  // nothing in the books
  pair.line('2026-11-20', 'KASSE BARGELD', 'Einzahlung Automat 4418', 40000)
  pair.line('2026-11-20', 'KONTOFÜHRUNG', 'Entgelt 11/2026', -990)
}

/** Rows nobody can read: each is reported with its line, every other row is read. */
const unreadableBank = [
  ['31.02.2026', '31.02.2026', 'UNMÖGLICH KG', '', 'ein Tag, den es nicht gibt', '10,00', 'EUR'],
  ['18.11.2026', '18.11.2026', 'SAMMLER', '', 'Betrag fehlt', 'NaN', 'EUR'],
  ['18.11.2026', '18.11.2026', 'SAMMLER', '', 'Betrag in anderer Schreibweise', '1,234.56', 'EUR'],
]
const unreadableLedger = [
  { id: 'B-901', date: '2026-02-30', amount: '12.00', currency: 'EUR' },
  { id: 'B-902', date: '2026-11-20', amount: '1e1000000000', currency: 'EUR' },
  { id: 'B-903', date: '2026-11-20', amount: '1.234,56', currency: 'EUR' },
  { id: 'B-501', date: '2026-11-20', amount: '7.00', currency: 'EUR', counterpartyName: 'an id used before' },
]

/** The messy pair: bank export, ledger and the mapping that reads the export. */
export function messyFiles() {
  const pair = createPair()
  addEveryday(pair)
  addAmbiguous(pair)
  addWrong(pair)
  const bank = [...pair.bank, ...unreadableBank]
  const preamble = ['Hansekontor Bank AG;Umsatzanzeige;Konto DE41 2005 0550 1046 2983 17', '']
  const footer = `;;;;Anzahl Umsätze: ${bank.length};;`
  const quoted = (cells) => cells.map((cell) => (cell.includes(';') ? `"${cell}"` : cell)).join(';')
  const broken = unreadableLedger.map((cells) => ledgerColumns.map((column) => cells[column] ?? ''))
  return new Map([
    ['messy-bank.csv', `${[...preamble, bankHeader.join(';'), ...bank.map(quoted), footer].join('\r\n')}\r\n`],
    ['messy-ledger.csv', `${[ledgerColumns.join(','), ...[...pair.ledger, ...broken].map(csvLine)].join('\n')}\n`],
    ['messy-map.json', `${JSON.stringify(messyMapping, null, 2)}\n`],
  ])
}
