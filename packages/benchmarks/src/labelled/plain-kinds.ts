import { bankName, type LabelledWorld } from './labelled-world.ts'

export type KindMaker = (world: LabelledWorld) => void

type Reshape = (reference: string, world: LabelledWorld) => string

/** One line, one entry, the bank's version of the reference made by `reshape`. */
function identified(
  kind: string,
  expect: 'AUTO' | 'LINK' | 'REVIEW',
  reshape: Reshape,
  where: 'endToEndId' | 'text' | 'customerReference',
): KindMaker {
  return (world) => {
    const { random } = world
    const minor = world.signed()
    const day = world.day()
    const account = world.account()
    const name = world.name()
    const reference = world.reference()
    const shown = reshape(reference, world)
    const instrument = where === 'text' ? undefined : random.pick(['WIRE', 'EFT'] as const)
    const bank = world.line({
      minor,
      day: day + random.between(0, 3),
      account,
      references: where === 'text' ? { remittanceText: shown } : { [where]: shown },
      ...(instrument === undefined ? {} : { instrument, transactionCode: minor > 0 ? '195' : '495' }),
      ...(random.chance(0.8) ? { counterparty: { name: bankName(random, name) } } : {}),
    })
    const ledger = world.entry({
      minor,
      day,
      account,
      references: { paymentReference: reference },
      counterparty: { name },
      ...(instrument === undefined ? {} : { instrument }),
    })
    world.label(kind, expect, [bank], [ledger])
  }
}

const thanks = ['PAYMENT', 'Thank you', 'VIELEN DANK', 'Invoice payment', 'Settlement', 'Re', 'your invoice']

export const exactReference = identified('exact', 'AUTO', (reference) => reference, 'endToEndId')
export const zeroPadded = identified(
  'leading-zeros',
  'AUTO',
  (reference) => (/^\d+$/.test(reference) ? reference.padStart(12, '0') : reference.replace(/(\d+)/, '000$1')),
  'endToEndId',
)
export const reformatted = identified(
  'format',
  'AUTO',
  (reference, { random }) => {
    const bare = reference.replace(/[-/]/g, random.chance(0.5) ? ' ' : '')
    return random.chance(0.5) ? bare.toLowerCase() : ` ${bare}`
  },
  'endToEndId',
)
export const codeWord = identified('code-word', 'LINK', (reference) => `EREF+${reference} SVWZ+Zahlung`, 'text')
export const inText = identified(
  'reference-in-text',
  'LINK',
  (reference, { random }) =>
    `${random.pick(thanks)} ${reference} ${random.chance(0.5) ? random.pick(thanks) : ''}`.trim(),
  'text',
)
export const wrapped = identified(
  'wrapped',
  'LINK',
  (reference, { random }) => {
    const at = random.between(2, reference.length - 2)
    return `${random.pick(thanks)} ${reference.slice(0, at)}\n${reference.slice(at)}`
  },
  'text',
)
export const mistyped = identified(
  'swapped-digits',
  'REVIEW',
  (reference) => {
    const at = reference.search(/(\d)(?!\1)\d/)
    return at < 0
      ? `${reference}9`
      : reference.slice(0, at) + reference[at + 1] + reference[at] + reference.slice(at + 2)
  },
  'endToEndId',
)
export const lookAlike = identified(
  'look-alike',
  'REVIEW',
  (reference) => {
    const confused = reference.replace(/0/, 'O').replace(/1/, 'I').replace(/5/, 'S')
    return confused === reference ? reference.replace(/\d/, 'Z') : confused
  },
  'endToEndId',
)

export const truncated: KindMaker = (world) => {
  const { random } = world
  const minor = world.signed()
  const day = world.day()
  const reference = `${world.reference()}/${random.between(10_000_000, 99_999_999)}/${random.pick(['A', 'B', 'C'])}`
  const length = random.pick([12, 16, 18])
  const name = world.name()
  const bank = world.line({
    minor,
    day: day + random.between(0, 2),
    account: '4000112233',
    instrument: 'EFT',
    references: { endToEndId: reference.slice(0, length) },
    counterparty: { name: bankName(random, name) },
  })
  const ledger = world.entry({
    minor,
    day,
    account: '4000112233',
    instrument: 'EFT',
    references: { paymentReference: reference },
    counterparty: { name },
  })
  world.label('truncated', 'LINK', [bank], [ledger])
}

export const check: KindMaker = (world) => {
  const { random } = world
  const minor = -world.amount()
  const day = world.day()
  const number = String(random.between(10_000, 99_999_999))
  const bank = world.line({
    minor,
    day: day + random.between(1, 20),
    instrument: 'CHECK',
    transactionCode: '475',
    references: { checkNumber: random.chance(0.5) ? number.padStart(10, '0') : number },
  })
  const ledger = world.entry({
    minor,
    day,
    instrument: 'CHECK',
    references: { transactionNumber: number },
    counterparty: { name: world.name() },
  })
  world.label('check', 'AUTO', [bank], [ledger])
}

export const directDebit: KindMaker = (world) => {
  const { random } = world
  const minor = -world.amount()
  const day = world.day()
  const name = world.company()
  const bank = world.line({
    minor,
    day: day + random.between(0, 2),
    instrument: 'DIRECT_DEBIT',
    transactionCode: '455',
    references: { mandateId: `M${random.between(1000, 9999)}` },
    counterparty: { name: bankName(random, name) },
  })
  const ledger = world.entry({
    minor,
    day,
    instrument: 'DIRECT_DEBIT',
    references: { description: 'Direct debit' },
    counterparty: { name },
  })
  world.label('direct-debit', 'REVIEW', [bank], [ledger])
}

/** No reference at all: name, amount and date. */
export const nameAndAmount: KindMaker = (world) => {
  const { random } = world
  const minor = world.signed()
  const day = world.day()
  const name = world.name()
  const inTheText = random.chance(0.3)
  const bank = world.line({
    minor,
    day: day + random.between(0, 5),
    references: inTheText
      ? { remittanceText: `TRANSFER ${name.toUpperCase()} NONREF` }
      : { endToEndId: random.pick(['NOTPROVIDED', 'NONREF', '']) },
    ...(inTheText ? {} : { counterparty: { name: bankName(random, name) } }),
  })
  const ledger = world.entry({
    minor,
    day,
    references: { paymentReference: world.reference() },
    counterparty: { name },
  })
  world.label('name-and-amount', 'LINK', [bank], [ledger])
}

export const sourceConfirmed: KindMaker = (world) => {
  const minor = world.signed()
  const day = world.day()
  const reference = world.reference()
  const bank = world.line({
    minor,
    day,
    instrument: 'WIRE',
    sourceStatus: 'RECONCILED',
    references: { endToEndId: reference },
  })
  const ledger = world.entry({
    minor,
    day,
    instrument: 'WIRE',
    sourceStatus: 'RECONCILED',
    references: { paymentReference: reference },
  })
  world.label('source-confirmed', 'AUTO', [bank], [ledger])
}

export const foreignExchange: KindMaker = (world) => {
  const { random } = world
  const minor = -world.amount()
  const booked = Math.round(minor * (1 + (random.next() - 0.5) * 0.04)) - 1
  const day = world.day()
  const reference = world.reference()
  const bank = world.line({
    minor,
    day: day + random.between(0, 2),
    instrument: 'WIRE',
    transactionCode: '514',
    references: { endToEndId: reference },
  })
  const ledger = world.entry({ minor: booked, day, instrument: 'WIRE', references: { paymentReference: reference } })
  world.label('foreign-exchange', 'REVIEW', [bank], [ledger])
}

/** A wire that lost a flat fee on its way: the reference agrees, the amount does not. */
export const feeInTransit: KindMaker = (world) => {
  const { random } = world
  const minor = world.amount() + 20_000
  const day = world.day()
  const reference = world.reference()
  const name = world.company()
  const bank = world.line({
    minor: minor - random.pick([1500, 2000, 2500]),
    day: day + random.between(0, 3),
    instrument: 'WIRE',
    transactionCode: '195',
    references: { endToEndId: reference },
    counterparty: { name: bankName(random, name) },
  })
  const ledger = world.entry({
    minor,
    day,
    instrument: 'WIRE',
    references: { paymentReference: reference },
    counterparty: { name },
  })
  world.label('fee-in-transit', 'REVIEW', [bank], [ledger])
}

export const pendingThenPosted: KindMaker = (world) => {
  const { random } = world
  const day = world.day()
  const reference = world.reference()
  const minor = -world.amount()
  const how = random.between(0, 2)
  const name = world.company()
  const final = how === 2 ? Math.round(minor * 1.15) : minor
  const pending = world.line({
    minor,
    day,
    status: 'PENDING',
    references: how === 1 ? { endToEndId: reference } : {},
    counterparty: { name },
    instrument: 'EFT',
  })
  const posted = world.line({
    minor: final,
    day: day + random.between(1, 3),
    instrument: 'EFT',
    references: { endToEndId: reference },
    counterparty: { name },
    ...(how === 1 ? {} : { supersedes: pending }),
  })
  const ledger = world.entry({
    minor: final,
    day,
    instrument: 'EFT',
    references: { paymentReference: reference },
    counterparty: { name },
  })
  world.label('pending-to-posted', 'AUTO', [posted], [ledger])
}
