import { accounts, bankDate, pair } from './bank-day.mjs'
import { customers, directDebits, vendors } from './trading-names.mjs'

/** Returns and stopped payments: the entry was authorized, the money came back. `ours` is the sign of the ledger entry. */
const returns = [
  [257, 'Northwind Freight LLC', 1824000, 'R03', 'No account or unable to locate'],
  [257, 'Fairmont Uniforms', 418650, 'R02', 'Account closed'],
  [257, 'Thornbury Machine Shop', 967025, 'R04', 'Invalid account number'],
  [257, 'Yarrow Medical Supply', 231900, 'R16', 'Account frozen'],
  [557, 'Rosedale Pharmacy', 504410, 'R01', 'Insufficient funds'],
  [557, 'Foundry Gym Co', 89900, 'R08', 'Payment stopped'],
  [557, 'Driftwood Resorts', 1277035, 'R10', 'Customer advises not authorized'],
  [266, 'Ivory Coast Trading Co', 3350000, 'AC04', 'Closed account number'],
  [555, 'Ackerman Tile', 162050, 'NSF', 'Not sufficient funds'],
  [255, 'Salter Brothers Roofing', 745000, 'STOP', 'Stop payment placed'],
]

export function addFailedPayments(day) {
  for (const [code, name, minor, reason, words] of returns) {
    const check = code === 255 || code === 555
    const reference = check ? day.nextCheck() : `PAY-${day.nextReference()}`
    // 257, 266 and 255 give money of ours back (credit); 557 and 555 take a receipt away (debit)
    const authorized = code === 557 || code === 555 ? minor : -minor
    day.line(code === 557 || code === 555 ? accounts.collections : accounts.operating, code, minor, {
      name,
      reason,
      reasonWords: words,
      ...(check ? { checkNumber: reference } : { endToEndId: reference }),
    })
    day.entry(authorized > 0 ? accounts.collections : accounts.operating, check ? 475 : 447, authorized, {
      date: day.businessDayBack(2),
      counterpartyName: name,
      kind: check ? 'PAPER_ITEM' : 'PAYMENT',
      ...(code === 266 ? { instrument: 'WIRE' } : {}),
      ...(check ? { transactionNumber: reference } : { paymentReference: reference }),
      description: `${authorized > 0 ? 'Receipt from' : 'Payment to'} ${name}`,
    })
  }
}

export function addDuplicates(day) {
  // one bank line, two entries: the payment was keyed twice
  for (const [index, code] of [495, 495, 447, 447, 475, 142].entries()) {
    const names = code === 142 ? customers : vendors
    const account = code === 142 ? accounts.collections : accounts.operating
    const { entry } = pair(day, account, code, day.random.minor(900, 22000), names[index * 6 + 4] ?? names[0], {})
    const { id, ...same } = entry
    day.entry(account, code, entry.minor, { ...same, date: bankDate, description: `Entered again, see ${id}` })
  }
  // two bank lines, one entry: the bank paid twice
  for (const [index, code] of [447, 495, 475, 142].entries()) {
    const names = code === 142 ? customers : vendors
    const account = code === 142 ? accounts.collections : accounts.operating
    const { line } = pair(day, account, code, day.random.minor(400, 9000), names[index * 8 + 5] ?? names[1], {})
    const { bankReference, ...same } = line
    day.line(account, code, line.minor, { ...same, remit: `SECOND PRESENTMENT OF ${bankReference}` })
  }
}

export function addUnmatched(day) {
  const swapped = (text) => `${text.slice(0, -2)}${text.at(-1)}${text.at(-2)}`
  // near: two digits of the reference swapped
  for (let index = 0; index < 7; index++) {
    const reference = `${day.nextReference()}${(index % 8) + 1}${((index + 3) % 8) + 1}`
    pair(
      day,
      accounts.operating,
      index % 2 === 0 ? 495 : 447,
      day.random.minor(600, 14000),
      vendors[index * 5 + 1] ?? vendors[0],
      {
        reference,
        line: { endToEndId: swapped(reference) },
      },
    )
  }
  // the reference agrees, the amount does not: not allowed for USD wires, EFT and checks
  for (const [index, [code, off]] of [
    [495, 2500],
    [447, 100],
    [475, 9000],
    [142, -1499],
  ].entries()) {
    const names = code === 142 ? customers : vendors
    const account = code === 142 ? accounts.collections : accounts.operating
    const { entry, line } = pair(day, account, code, day.random.minor(700, 8800), names[index * 9 + 3] ?? names[2])
    entry.minor = (entry.minor < 0 ? -1 : 1) * (line.minor + off)
  }
  // no identifier at all, name and amount agree
  for (let index = 0; index < 4; index++) {
    pair(day, accounts.collections, 142, day.random.minor(300, 12000), customers[index * 7 + 2] ?? customers[0], {
      line: { endToEndId: 'NOTPROVIDED', remit: 'PAYMENT THANK YOU' },
    })
  }
  // three open receipts over the same amount: nobody can tell which
  for (const name of ['Zenith Consulting', 'Zephyr Air Cargo', 'Zenobia Trading']) {
    day.entry(accounts.collections, 142, 250000, {
      counterpartyName: name,
      paymentReference: `SO-${day.nextReference()}`,
      kind: 'PAYMENT',
    })
  }
  day.line(accounts.collections, 142, 250000, { endToEndId: 'NOTPROVIDED', remit: 'NOV INVOICE' })
  // nothing in the books yet
  for (const [index, code] of [495, 447, 475, 195, 142, 451, 475].entries()) {
    const credit = code === 195 || code === 142
    const name = credit ? (customers[index * 4] ?? customers[0]) : (vendors[index * 5 + 2] ?? vendors[0])
    const identifier = code === 475 ? { checkNumber: day.nextCheck() } : { endToEndId: `X${day.nextReference()}` }
    day.line(credit ? accounts.collections : accounts.operating, code, day.random.minor(200, 31000), {
      name,
      ...identifier,
    })
  }
  // one lump for four orders, listed in the text
  const orders = [184250, 96075, 240000, 38815].map((minor) => {
    const reference = `SO-${day.nextReference()}`
    day.entry(accounts.collections, 142, minor, {
      counterpartyName: 'Kirkland Home Centers',
      paymentReference: reference,
      kind: 'INVOICE',
    })
    return { minor, reference }
  })
  day.line(
    accounts.collections,
    142,
    orders.reduce((sum, order) => sum + order.minor, 0),
    {
      name: 'Kirkland Home Centers',
      endToEndId: `KHC${day.nextReference()}`,
      remit: `PAYMENT OF ${orders.map((order) => order.reference).join(' ')}`,
    },
  )
}

/** Direct debits carry the biller's own numbers: the books know amount, name and date only. */
export function addDirectDebits(day) {
  for (const [name, words] of directDebits) {
    const minor = day.random.minor(55, 6900)
    day.line(accounts.operating, 455, minor, {
      name,
      remit: `${words} ${day.random.digits(8)}`,
      endToEndId: day.random.digits(15),
    })
    day.entry(accounts.operating, 455, -minor, {
      counterpartyName: name,
      date: day.businessDayBack(day.random.integer(0, 2)),
      documentNumber: `JE-${78000 + Number(day.random.digits(3))}`,
      description: `${words} November`,
    })
  }
}

export function addChargesAndTransfers(day) {
  const charges = [
    [698, 2500, 'Wire fee, 1 outgoing'],
    [698, 4500, 'Wire fee, international'],
    [567, 1200, 'Return item fee'],
    [661, 38412, 'Analysis fee October'],
  ]
  for (const [code, minor, words] of charges) day.line(accounts.operating, code, minor, { remit: words })
  day.line(accounts.collections, 354, 21877, { remit: 'Interest October' })
  day.entry(accounts.collections, 354, 21877, { description: 'Interest income October', documentNumber: 'JE-78801' })
  const funding = 6640000
  day.line(accounts.operating, 506, funding, { remit: 'To payroll 0048804489', endToEndId: 'TRF-1120-PR' })
  day.line(accounts.payroll, 206, funding, { remit: 'From operating 0048804471', endToEndId: 'TRF-1120-PR' })
  day.entry(accounts.operating, 506, -funding, { paymentReference: 'TRF-1120-PR', description: 'Payroll funding' })
  day.entry(accounts.payroll, 206, funding, { paymentReference: 'TRF-1120-PR', description: 'Payroll funding' })
}

/** The euro account: a second currency, proved on its own. */
export function addEuro(day) {
  const firms = [
    'Müller Präzision GmbH',
    'Maison Delacroix SARL',
    'Weberei Klinkhammer KG',
    'Bodega Alcázar SL',
    'Officine Brambilla SpA',
  ]
  for (const [index, name] of firms.entries()) {
    const incoming = index % 2 === 1
    pair(day, accounts.euro, incoming ? 142 : 447, day.random.minor(500, 17500), name, {
      reference: `RE-2026-${day.nextReference()}`,
      line: { sepa: true },
      entry: index < 3 ? { sourceStatus: 'RECONCILED' } : {},
    })
  }
  pair(day, accounts.euro, 142, 1990000, 'Nordlicht Handel GmbH', {
    reference: '77110',
    line: { endToEndId: '00077110', sepa: true },
  })
  day.line(accounts.euro, 447, 61250, { name: 'Tischlerei Brandt', endToEndId: 'RG 1188', sepa: true })
  day.line(accounts.euro, 698, 1450, { remit: 'SEPA urgent fee' })
}

/** In the books, not at the bank yet: outstanding checks and deposits in transit. */
export function addTimingDifferences(day) {
  for (let index = 0; index < 24; index++) {
    const number = day.nextCheck()
    day.entry(accounts.operating, 475, -day.random.minor(40, 5600), {
      transactionNumber: number,
      kind: 'PAPER_ITEM',
      counterpartyName: vendors[(index * 13 + 5) % vendors.length],
      date: day.businessDayBack(day.random.integer(0, 6)),
    })
  }
  for (let index = 0; index < 6; index++) {
    day.entry(accounts.collections, 142, day.random.minor(500, 18000), {
      paymentReference: `SO-${day.nextReference()}`,
      kind: 'PAYMENT',
      counterpartyName: customers[(index * 9 + 1) % customers.length],
    })
  }
}
