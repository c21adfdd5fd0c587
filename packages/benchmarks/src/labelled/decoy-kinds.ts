import { bankName } from './labelled-world.ts'
import type { KindMaker } from './plain-kinds.ts'
import { payment } from './trouble-kinds.ts'

/** Somebody else's payment of the same amount at the same time. */
export const amountDecoy: KindMaker = (world) => {
  const { minor, day, account } = payment(world)
  const bank = world.line({
    minor,
    day: day + 1,
    account,
    instrument: 'EFT',
    references: { endToEndId: world.reference() },
    counterparty: { name: world.company() },
  })
  const ledger = world.entry({
    minor,
    day,
    account,
    instrument: 'EFT',
    references: { paymentReference: world.reference() },
    counterparty: { name: world.company() },
  })
  world.label('amount-decoy', 'NONE', [bank], [])
  world.label('amount-decoy', 'NONE', [], [ledger])
}

/** The reference agrees, the sign or the currency does not. */
export const signOrCurrencyDecoy: KindMaker = (world) => {
  const { minor, day, account, reference, name } = payment(world)
  const flip = world.random.chance(0.5)
  const bank = world.line({
    minor,
    day,
    account,
    instrument: 'EFT',
    references: { endToEndId: reference },
    counterparty: { name },
  })
  world.entry({
    minor: flip ? -minor : minor,
    day,
    account,
    instrument: 'EFT',
    references: { paymentReference: reference },
    counterparty: { name },
    ...(flip ? {} : { currency: 'EUR' }),
  })
  world.label('sign-or-currency-decoy', 'NONE', [bank], [])
}

/** The entry's number is part of a longer number on the line. */
export const digitsInsideDecoy: KindMaker = (world) => {
  const { minor, day, account } = payment(world)
  const number = String(world.random.between(1000, 99_999))
  const bank = world.line({
    minor,
    day,
    account,
    references: { remittanceText: `INVOICE 7${number}31` },
    counterparty: { name: world.company() },
  })
  world.entry({
    minor: minor + 500,
    day,
    account,
    references: { documentNumber: number },
    counterparty: { name: world.company() },
  })
  world.label('digits-inside-decoy', 'NONE', [bank], [])
}

export const bankCharge: KindMaker = (world) => {
  const bank = world.line({
    minor: -world.random.between(100, 4500),
    day: world.day(),
    instrument: 'FEE',
    transactionCode: '698',
    references: { remittanceText: 'ACCOUNT SERVICE CHARGE' },
  })
  world.label('bank-charge', 'NONE', [bank], [])
}

export const outstandingEntry: KindMaker = (world) => {
  const { minor, day, account, reference, name } = payment(world)
  const ledger = world.entry({
    minor,
    day,
    account,
    instrument: 'EFT',
    references: { paymentReference: reference },
    counterparty: { name },
  })
  world.label('outstanding-entry', 'NONE', [], [ledger])
}

/** Subscriptions: one price, many customers; some say who they are, some do not. */
export const popularAmount: KindMaker = (world) => {
  const { random } = world
  const minor = random.pick([999, 2999, 4999])
  const day = world.day()
  const name = world.name()
  const bank = world.line({
    minor,
    day: day + random.between(0, 2),
    references: {},
    counterparty: { name: bankName(random, name) },
  })
  const ledger = world.entry({ minor, day, references: { documentNumber: world.reference() }, counterparty: { name } })
  world.label('popular-amount', 'LINK', [bank], [ledger])
}
