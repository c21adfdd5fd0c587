import { bankName, type LabelledWorld } from './labelled-world.ts'
import type { KindMaker } from './plain-kinds.ts'

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

function invoices(world: LabelledWorld, count: number, name: string, day: number, sign = 1) {
  return Array.from({ length: count }, () => {
    const minor = sign * world.amount()
    const reference = world.reference()
    const id = world.entry({
      minor,
      day: day - world.random.between(0, 25),
      kind: 'INVOICE',
      references: { documentNumber: reference },
      counterparty: { name },
    })
    return { minor, reference, id }
  })
}

/** One payment, its remittance lists every invoice; sometimes a credit note is deducted. */
export const quotedInvoices: KindMaker = (world) => {
  const { random } = world
  const name = world.company()
  const day = world.day()
  const bills = invoices(world, random.between(2, 6), name, day)
  if (random.chance(0.25)) {
    const first = bills[0]
    const reference = world.reference()
    const minor = -Math.max(1, Math.floor((first?.minor ?? 100) * 0.2))
    bills.push({
      minor,
      reference,
      id: world.entry({
        minor,
        day: day - 3,
        kind: 'INVOICE',
        references: { documentNumber: reference },
        counterparty: { name },
      }),
    })
  }
  const bank = world.line({
    minor: sum(bills.map((bill) => bill.minor)),
    day,
    references: {
      remittanceText: `Payment of ${bills.map((bill) => bill.reference).join(random.pick([', ', ' ', ' + ', '\n']))}`,
    },
    counterparty: { name: bankName(random, name) },
  })
  world.label(
    'quoted-invoices',
    'REVIEW',
    [bank],
    bills.map((bill) => bill.id),
  )
}

/** The same without a word: the customer's open items sum to it. */
export const lumpSum: KindMaker = (world) => {
  const { random } = world
  const name = `${world.company()} ${random.pick(['North', 'South', 'East', 'West'])}`
  const day = world.day()
  const bills = invoices(world, random.between(2, 4), name, day)
  const bank = world.line({
    minor: sum(bills.map((bill) => bill.minor)),
    day,
    references: {},
    counterparty: { name: bankName(random, name) },
  })
  world.label(
    'lump-sum',
    'REVIEW',
    [bank],
    bills.map((bill) => bill.id),
  )
  if (random.chance(0.4))
    world.label(
      'outstanding-entry',
      'NONE',
      [],
      invoices(world, 1, name, day).map((bill) => bill.id),
    )
}

export const installments: KindMaker = (world) => {
  const { random } = world
  const name = `${world.company()} ${random.pick(['Partners', 'Group', 'Holding'])}`
  const day = random.between(0, 20)
  const parts = Array.from({ length: random.between(2, 4) }, () => world.amount())
  const reference = world.reference()
  const ledger = world.entry({
    minor: sum(parts),
    day,
    kind: 'INVOICE',
    references: { documentNumber: reference },
    counterparty: { name },
  })
  const quoted = random.chance(0.6)
  const bank = parts.map((minor, at) =>
    world.line({
      minor,
      day: day + 3 + at * random.between(5, 14),
      references: quoted ? { remittanceText: `Part ${at + 1} of ${reference}` } : {},
      counterparty: { name: bankName(random, name) },
    }),
  )
  world.label(quoted ? 'installments-quoted' : 'installments', 'REVIEW', bank, [ledger])
}

function sales(world: LabelledWorld, count: number, day: number, rest: { readonly batchId?: string }) {
  return Array.from({ length: count }, () => {
    const minor = world.random.between(300, 40_000)
    const refund = world.random.chance(0.05)
    const value = refund ? -Math.floor(minor / 2) : minor
    const references =
      rest.batchId === undefined
        ? { documentNumber: world.reference() }
        : { documentNumber: world.reference(), batchId: rest.batchId }
    return { minor: value, id: world.entry({ minor: value, day, instrument: 'CARD', kind: 'PAYMENT', references }) }
  })
}

export const cardBatch: KindMaker = (world) => {
  const { random } = world
  const day = world.day()
  const batchId = `BATCH${random.between(100_000, 999_999)}`
  const items = sales(world, random.between(4, 25), day, { batchId })
  const gross = sum(items.map((item) => item.minor))
  const fee = random.chance(0.6) ? Math.round(gross * (0.012 + random.next() * 0.018)) : 0
  const named = random.chance(0.6)
  const bank = world.line({
    minor: gross - fee,
    day: day + random.between(1, 3),
    instrument: 'CARD',
    references: named ? { batchId } : { remittanceText: `CARD SETTLEMENT ${batchId}` },
    counterparty: { name: 'PAYMENTS PROCESSOR' },
  })
  world.label(
    fee > 0 ? 'card-batch-net' : 'card-batch',
    'REVIEW',
    [bank],
    items.map((item) => item.id),
  )
}

/** Card sales of one day of the terminal's own account, paid out net, no batch id anywhere. One per day and account. */
export function cardDays(world: LabelledWorld, days: number): void {
  for (let day = 0; day < days; day += 1) {
    const account = '4000119999'
    const items = Array.from({ length: world.random.between(3, 12) }, () => {
      const minor = world.random.between(300, 40_000)
      return {
        minor,
        id: world.entry({
          minor,
          day,
          account,
          instrument: 'CARD',
          kind: 'PAYMENT',
          references: { documentNumber: world.reference() },
        }),
      }
    })
    const gross = sum(items.map((item) => item.minor))
    const bank = world.line({
      minor: gross - Math.round(gross * 0.019),
      day: day + 2,
      account,
      instrument: 'CARD',
      references: {},
      counterparty: { name: 'ACQUIRER' },
    })
    world.label(
      'card-day-net',
      'REVIEW',
      [bank],
      items.map((item) => item.id),
    )
  }
}

export const sweep: KindMaker = (world) => {
  const { random } = world
  const day = world.day()
  const structured = random.chance(0.6)
  const structureId = `ZBA${random.between(1000, 9999)}`
  const counter = `9${random.between(100_000, 999_999)}`
  const total = world.amount() * 3
  const split = (count: number): number[] => {
    const parts = Array.from({ length: count - 1 }, () => Math.floor((total / count) * (0.4 + random.next())))
    return [...parts, total - sum(parts)]
  }
  const shared = structured ? { references: { structureId } } : { references: {}, counterparty: { account: counter } }
  const bank = split(random.between(1, 4)).map((minor) =>
    world.line({ minor, day, instrument: 'SWEEP', transactionCode: '275', ...shared }),
  )
  const ledger = split(random.between(2, 5)).map((minor) => world.entry({ minor, day, instrument: 'SWEEP', ...shared }))
  world.label(structured ? 'sweep-structure' : 'sweep-counter-account', 'REVIEW', bank, ledger)
}

/** A payment run debited as one, booked one by one; nothing but the sum and the day. */
export const paymentRun: KindMaker = (world) => {
  const { random } = world
  const day = world.day()
  const reference = `RUN${random.between(10_000, 99_999)}`
  const parts = Array.from({ length: random.between(3, 8) }, () => -world.amount())
  const ledger = parts.map((minor) =>
    world.entry({
      minor,
      day,
      instrument: 'EFT',
      references: { paymentReference: world.reference(), batchId: reference },
      counterparty: { name: world.company() },
    }),
  )
  const bank = world.line({
    minor: sum(parts),
    day: day + random.between(0, 1),
    instrument: 'EFT',
    references: { batchId: reference },
  })
  world.label('payment-run', 'REVIEW', [bank], ledger)
}

/** A sum of two entries happens to be a line's amount, which has its own entry. */
export const coincidentalSum: KindMaker = (world) => {
  const { random } = world
  const day = world.day()
  const parts = [world.amount(), world.amount()]
  const name = world.company()
  const reference = world.reference()
  for (const minor of parts) {
    const other = world.company()
    const own = world.reference()
    const bank = world.line({
      minor,
      day: day + 1,
      instrument: 'EFT',
      references: { endToEndId: own },
      counterparty: { name: bankName(random, other) },
    })
    const ledger = world.entry({
      minor,
      day,
      instrument: 'EFT',
      references: { paymentReference: own },
      counterparty: { name: other },
    })
    world.label('exact', 'AUTO', [bank], [ledger])
  }
  const bank = world.line({ minor: sum(parts), day, references: {}, counterparty: { name: bankName(random, name) } })
  const ledger = world.entry({
    minor: sum(parts),
    day: day - 1,
    references: { documentNumber: reference },
    counterparty: { name },
  })
  world.label('coincidental-sum', 'LINK', [bank], [ledger])
}
