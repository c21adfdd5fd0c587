import { accounts, bankDate, codes, isCredit, pair, storeAccounts } from './bank-day.mjs'
import { customers, employees, foreignFirms, stores, vendors } from './trading-names.mjs'

const reconciled = { sourceStatus: 'RECONCILED' }

/** What the source system matched before the file arrived: equal identifiers, equal amounts. */
export function addAutoReconciled(day) {
  const { random } = day
  const plan = [
    [accounts.operating, 495, 34, vendors, [900, 88000], 'INV'],
    [accounts.operating, 447, 44, vendors, [120, 24000], 'PAY'],
    [accounts.operating, 475, 46, vendors, [45, 9800], ''],
    [accounts.operating, 451, 10, vendors, [80, 4200], 'PO'],
    [accounts.operating, 195, 20, customers, [2500, 145000], ''],
    [accounts.collections, 142, 38, customers, [150, 26000], 'SO'],
    [accounts.collections, 165, 14, customers, [60, 3900], ''],
    [accounts.collections, 115, 8, customers, [1200, 42000], 'LBX'],
  ]
  for (const [account, code, count, names, [low, high], prefix] of plan) {
    for (let index = 0; index < count; index++) {
      const name = names[(index * 7 + code) % names.length]
      const reference = prefix === '' ? undefined : `${prefix}-${day.nextReference()}`
      pair(day, account, code, random.minor(low, high), name, {
        ...(reference === undefined ? {} : { reference }),
        line: { remit: remittance(day, name, reference), ...fundsOf(random, code) },
        // direct debits are never matched by the source: their entries are manual journals
        entry: code === 451 ? { kind: 'GL_ENTRY' } : reconciled,
      })
    }
  }
  for (const name of employees) {
    const reference = `PR-1120-${day.nextReference()}`
    pair(day, accounts.payroll, 447, random.minor(1650, 4900), name, {
      reference,
      line: { remit: 'SALARY NOV 2026' },
      entry: { ...reconciled, date: bankDate },
    })
  }
}

function fundsOf(random, code) {
  if (!isCredit(code)) return {}
  const roll = random.integer(0, 9)
  if (roll < 2) return { funds: ['V', '261120', '1400'], valueDate: bankDate }
  if (roll === 2) return { funds: ['V', '261123', ''], valueDate: '2026-11-23' }
  if (roll === 3) return { funds: ['1'] }
  if (roll === 4 && code === 115) return { funds: ['S', 'split'] }
  if (roll === 5 && code === 115) return { funds: ['D', 'split'] }
  return { funds: [random.pick(['0', 'Z'])] }
}

function remittance(day, name, reference) {
  const short = name
    .toUpperCase()
    .replaceAll(/[^A-Z ]/g, '')
    .split(' ')
    .slice(0, 2)
    .join(' ')
  return reference === undefined ? `${short} NOV` : `${short} ${reference} NOV 2026, ORDER ${day.random.digits(5)}`
}

/**
 * References that are equal only after a named normalization step. Left: what the bank delivered; right: what the books hold.
 * The comment of each names the step.
 */
const normalizations = [
  // leading zeros
  [495, '0042178', '42178'],
  [447, '000077120', '77120'],
  [142, '0000391442', '391442'],
  [495, '00088310', '88310'],
  // inner whitespace
  [447, 'INV 209 31', 'INV20931'],
  [495, 'PO 771 2340', 'PO7712340'],
  [142, 'SO 55 1208', 'SO551208'],
  // punctuation
  [447, 'PAY-88-213', 'PAY88213'],
  [495, 'RET/2026/1187', 'RET-2026-1187'],
  [142, 'SO.661.904', 'SO661904'],
  [447, 'PO_90-4418', 'PO90-4418'],
  // case
  [495, 'oakline-5521a', 'OAKLINE-5521A'],
  [447, 'Inv-77B04', 'INV-77B04'],
  [142, 'bramley1108', 'BRAMLEY1108'],
  // case and punctuation together
  [447, 'pay 88-914', 'PAY88914'],
  // code words in front
  [495, 'EREF+HV20931774', 'HV20931774'],
  [447, 'REF 20931801', '20931801'],
  [142, 'REF: 7741902', '7741902'],
  // diacritics, dropped by the bank
  [495, 'SOCIETE4411', 'SOCIÉTÉ4411'],
  [495, 'MUNCHEN-20114', 'MÜNCHEN-20114'],
  // cut by the rail at 16 and at 22 characters
  [447, 'RENT202611HARBOR', 'RENT202611HARBORPLAZA12'],
  [495, 'CONTRACT77120SALTERBRO', 'CONTRACT77120SALTERBROTHERS9'],
  [142, 'GOLDFINCHNOV2026', 'GOLDFINCHNOV2026STORE7'],
  // creditor reference with its ISO 11649 check digits on one side
  [142, 'RF18539007547034', '539007547034'],
]

export function addSystemMatches(day) {
  for (const [index, [code, bank, book]] of normalizations.entries()) {
    const names = isCredit(code) ? customers : vendors
    const account = isCredit(code) ? accounts.collections : accounts.operating
    pair(day, account, code, day.random.minor(400, 52000), names[(index * 5 + 2) % names.length], {
      reference: book,
      line: { endToEndId: bank },
    })
  }
  for (let index = 0; index < 10; index++) {
    const number = day.nextCheck()
    const shown =
      index % 3 === 0
        ? `0000${number}`
        : index % 3 === 1
          ? number.padStart(10, '0')
          : `${number.slice(0, 3)} ${number.slice(3)}`
    pair(day, accounts.operating, 475, day.random.minor(60, 7400), vendors[(index * 11) % vendors.length], {
      reference: number,
      line: { checkNumber: shown },
    })
  }
  // exactly equal, but the source has not run over them yet
  for (let index = 0; index < 12; index++) {
    const name = vendors[(index * 3 + 1) % vendors.length]
    pair(day, accounts.operating, index % 2 === 0 ? 495 : 447, day.random.minor(300, 18000), name)
  }
}

/** FX wires: the ledger holds the rate of the booking day, the bank settled at another. */
export function addForeignExchange(day) {
  for (const [index, [name, currency, rate]] of foreignFirms.entries()) {
    const major = day.random.integer(38, 940) * 100
    const settled = Math.round((major / rate) * 100)
    const drift = [37, -112, 64, -9, 205, -58, 18, -143, 91][index] ?? 0
    const booked = settled + Math.round((settled * drift) / 10000)
    const digits = currency === 'JPY' ? 0 : 2
    const original = { amount: `-${major.toFixed(digits)}`, currency, rate }
    pair(day, accounts.operating, 514, settled, name, {
      reference: `FX${day.nextReference()}`,
      line: { original, remit: `INVOICE ${day.random.digits(6)}` },
      entry: { minor: -booked, originalAmount: original.amount, originalCurrency: currency },
    })
  }
}

/**
 * Cash concentration. Three structures with an id and one without; the store side of the first is in the file too (575),
 * so that over all its accounts the structure sums to zero.
 */
export function addSweeps(day) {
  const main = { structureId: 'CC0100042' }
  for (const [index, store] of storeAccounts.entries()) {
    let deposited = 0
    for (const [code, low, high] of [
      [301, 700, 9200],
      [174, 200, 5400],
      [142, 90, 3100],
    ]) {
      const { line } = pair(day, store, code, day.random.minor(low, high), `Harrow & Vale ${stores[index]}`, {
        reference: `ST${index + 1}-${day.nextReference()}`,
        line: { remit: `STORE ${index + 1} ${stores[index]?.toUpperCase()} ${codes[code]?.[1].toUpperCase()}` },
        entry: reconciled,
      })
      deposited += line.minor
    }
    const leg = (account, code, other) => day.line(account, code, deposited, { ...main, counterAccount: other.number })
    leg(accounts.operating, 275, store)
    leg(store, 575, accounts.operating)
    const journal = (account, minor, description) =>
      day.entry(account, 275, minor, { documentNumber: `JE-${77120 + index}`, batchId: 'CC0100042', description })
    journal(accounts.operating, deposited, `Sweep from ${store.number} CC0100042`)
    journal(store, -deposited, `Sweep to ${accounts.operating.number} CC0100042`)
  }
  addSweepsOfOneAccount(day)
}

function addSweepsOfOneAccount(day) {
  const structures = [
    // balances once the 575 that funds a store stays out
    {
      id: 'CC0100057',
      into: accounts.operating,
      bank: [11820410, 6102000, 4089426, 2000000],
      books: [11820410, 6102000, 4089426, 1999999, 1],
      out: 1240000,
    },
    // off by one cent: 0.01 too much in the books
    { id: 'CC0100063', into: accounts.collections, bank: [880215, 412990, 1530000], books: [880215, 412991, 1530000] },
    // no structure id: only date and amount connect it
    { id: undefined, into: accounts.collections, bank: [2750000, 1134577], books: [2750000, 1134577] },
  ]
  for (const [number, structure] of structures.entries()) {
    for (const [index, minor] of structure.bank.entries()) {
      day.line(structure.into, 275, minor, {
        ...(structure.id === undefined ? {} : { structureId: structure.id }),
        counterAccount: `00488${77000 + number * 10 + index}`,
      })
    }
    for (const [index, minor] of structure.books.entries()) {
      day.entry(structure.into, 275, minor, {
        documentNumber: `JE-${77140 + number * 10 + index}`,
        ...(structure.id === undefined ? {} : { batchId: structure.id }),
        description: structure.id === undefined ? 'Zero balance transfer' : `Concentration ${structure.id}`,
      })
    }
    if (structure.out !== undefined) {
      day.line(structure.into, 575, structure.out, { structureId: structure.id, counterAccount: '0048877009' })
    }
  }
}
