import { bankName, type LabelledWorld } from './labelled-world.ts'
import type { KindMaker } from './plain-kinds.ts'

export function payment(world: LabelledWorld) {
  const name = world.name()
  return { minor: world.signed(), day: world.day(), account: world.account(), reference: world.reference(), name }
}

export const duplicateEntries: KindMaker = (world) => {
  const { minor, day, account, reference, name } = payment(world)
  const bank = world.line({
    minor,
    day: day + 1,
    account,
    instrument: 'EFT',
    references: { endToEndId: reference },
    counterparty: { name },
  })
  const entry = () =>
    world.entry({
      minor,
      day: day + world.random.between(0, 2),
      account,
      instrument: 'EFT',
      references: { paymentReference: reference },
      counterparty: { name },
    })
  world.label('duplicate-entries', 'DUPLICATE', [bank], [entry(), entry()])
}

export const duplicateLines: KindMaker = (world) => {
  const { minor, day, account, reference, name } = payment(world)
  const line = (lag: number) =>
    world.line({
      minor,
      day: day + lag,
      account,
      instrument: 'EFT',
      references: { endToEndId: reference },
      counterparty: { name },
    })
  const ledger = world.entry({
    minor,
    day,
    account,
    instrument: 'EFT',
    references: { paymentReference: reference },
    counterparty: { name },
  })
  world.label('duplicate-lines', 'DUPLICATE', [line(0), line(world.random.between(0, 3))], [ledger])
}

/** The same payment entered again with a slip or an ending in its reference. */
export const nearDuplicateEntries: KindMaker = (world) => {
  const { random } = world
  const { minor, day, account, reference, name } = payment(world)
  const bank = world.line({
    minor,
    day: day + 1,
    account,
    instrument: 'EFT',
    references: { endToEndId: reference },
    counterparty: { name: bankName(random, name) },
  })
  const slip = random.pick([
    `${reference}A`,
    `${reference}-1`,
    `${reference}/2`,
    reference.slice(0, -1),
    `${reference.slice(0, -2)}${reference.at(-1)}${reference.at(-2)}`,
  ])
  const first = world.entry({
    minor,
    day,
    account,
    instrument: 'EFT',
    references: { paymentReference: reference },
    counterparty: { name },
  })
  const second = world.entry({
    minor,
    day: day + random.between(0, 3),
    account,
    instrument: 'EFT',
    references: { paymentReference: slip },
    counterparty: { name },
  })
  world.label('near-duplicate-entries', 'DUPLICATE', [bank], [first, second])
}

/** The bank says of the line itself that it failed. */
export const failedByCode: KindMaker = (world) => {
  const { random } = world
  const { day, account, reference, name } = payment(world)
  const minor = -world.amount()
  const check = random.chance(0.3)
  const bank = world.line({
    minor: random.chance(0.5) ? minor : -minor,
    day: day + random.between(1, 4),
    account,
    instrument: check ? 'CHECK' : 'EFT',
    transactionCode: random.pick(['257', '555', '557']),
    returnCode: random.pick(['R01', 'R02', 'R03', 'R08', 'AC04', 'AM04', 'NSF']),
    references: check ? { checkNumber: reference.replace(/\D/g, '') } : { endToEndId: reference },
    counterparty: { name },
  })
  const ledger = world.entry({
    minor,
    day,
    account,
    instrument: check ? 'CHECK' : 'EFT',
    references: check ? { transactionNumber: reference.replace(/\D/g, '') } : { paymentReference: reference },
    counterparty: { name },
  })
  world.label('failed-by-code', 'FAILED', [bank], [ledger])
}

/** The payment left, was booked, and came back some days later: neither line closes the entry. */
export const returnedLater: KindMaker = (world) => {
  const { random } = world
  const { day, account, reference, name } = payment(world)
  const minor = -world.amount()
  const out = world.line({
    minor,
    day,
    account,
    instrument: 'EFT',
    references: { endToEndId: reference },
    counterparty: { name },
  })
  const back = world.line({
    minor: -minor,
    day: day + random.between(1, 12),
    account,
    instrument: 'EFT',
    transactionCode: '257',
    ...(random.chance(0.7) ? { returnCode: random.pick(['R02', 'R03', 'AC04']) } : {}),
    references: random.chance(0.8) ? { endToEndId: reference } : { remittanceText: `RETURN OF ${reference}` },
    counterparty: { name },
  })
  const ledger = world.entry({
    minor,
    day,
    account,
    instrument: 'EFT',
    references: { paymentReference: reference },
    counterparty: { name },
  })
  world.label('returned-later', 'FAILED', [back], [ledger])
  world.label('returned-later-payment', 'REVIEW', [out], [ledger])
}

/** Several identical payments: right in any pairing, wrong to confirm unseen. */
export const twins: KindMaker = (world) => {
  const { random } = world
  const { minor, day, account, name } = payment(world)
  const count = random.between(2, 4)
  const reference = random.chance(0.5) ? world.reference() : undefined
  const many = <Value>(make: () => Value): Value[] => Array.from({ length: count }, make)
  const bank = many(() =>
    world.line({
      minor,
      day: day + 1,
      account,
      counterparty: { name },
      references: reference === undefined ? {} : { endToEndId: reference },
    }),
  )
  const ledger = many(() =>
    world.entry({
      minor,
      day,
      account,
      counterparty: { name },
      references: reference === undefined ? {} : { paymentReference: reference },
    }),
  )
  world.label('twins', 'REVIEW', bank, ledger, true)
}

/** A standing order: the same reference and amount every month. */
export const reusedReference: KindMaker = (world) => {
  const { account, reference, name } = payment(world)
  const minor = -world.amount()
  const start = world.random.between(0, 4)
  for (const month of [0, 1, 2]) {
    const bank = world.line({
      minor,
      day: start + month * 30 + 1,
      account,
      references: { endToEndId: reference },
      counterparty: { name },
      instrument: 'EFT',
    })
    const ledger = world.entry({
      minor,
      day: start + month * 30,
      account,
      references: { paymentReference: reference },
      counterparty: { name },
      instrument: 'EFT',
    })
    world.label('reused-reference', 'REVIEW', [bank], [ledger])
  }
}

/** An entry of last year carries the reference of this year's payment, whose own entry is not booked yet. */
export const staleReference: KindMaker = (world) => {
  const { minor, day, account, reference, name } = payment(world)
  const bank = world.line({
    minor,
    day,
    account,
    instrument: 'EFT',
    references: { endToEndId: reference },
    counterparty: { name },
  })
  const ledger = world.entry({
    minor,
    day: day - world.random.between(240, 420),
    account,
    instrument: 'EFT',
    references: { paymentReference: reference },
    counterparty: { name },
  })
  world.label('stale-reference', 'REVIEW', [bank], [ledger])
}

/** Booked and taken back in the books: the line must not close half of the pair. */
export const reversedInLedger: KindMaker = (world) => {
  const { minor, day, account, reference, name } = payment(world)
  const bank = world.line({
    minor,
    day: day + 2,
    account,
    instrument: 'EFT',
    references: { endToEndId: reference },
    counterparty: { name },
  })
  const ledger = world.entry({
    minor,
    day,
    account,
    instrument: 'EFT',
    references: { paymentReference: reference },
    counterparty: { name },
  })
  world.entry({
    minor: -minor,
    day: day + 1,
    account,
    instrument: 'EFT',
    references: { paymentReference: reference, description: 'Reversal' },
    counterparty: { name },
  })
  world.label('reversed-in-ledger', 'REVIEW', [bank], [ledger])
}
