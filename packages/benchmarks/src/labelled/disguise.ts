import type { BankLine, BookEntry } from '@recon/core'
import type { Label } from './labelled-world.ts'
import type { LabelledData } from './mixtures.ts'
import { type SeededRandom, seededRandom } from './seeded-random.ts'

/** How one source's exports look: which fields it fills, and which it has never heard of. */
export interface SourceProfile {
  readonly bankReference: 'endToEndId' | 'customerReference' | 'bankReference' | 'remittanceText'
  readonly entryReference: 'paymentReference' | 'transactionNumber' | 'documentNumber' | 'description'
  readonly instruments: 'both' | 'bank' | 'none'
  readonly codes: boolean
  readonly bankNames: 'field' | 'text' | 'none'
  readonly bookNames: boolean
  readonly accounts: 'both' | 'bank' | 'none'
}

export function profileOf(seed: number): SourceProfile {
  const random = seededRandom(seed * 7919 + 13)
  return {
    bankReference: random.pick(['endToEndId', 'customerReference', 'bankReference', 'remittanceText'] as const),
    entryReference: random.pick(['paymentReference', 'transactionNumber', 'documentNumber', 'description'] as const),
    instruments: random.pick(['both', 'bank', 'none'] as const),
    codes: random.chance(0.5),
    bankNames: random.pick(['field', 'text', 'none'] as const),
    bookNames: random.chance(0.8),
    accounts: random.pick(['both', 'bank', 'none'] as const),
  }
}

/**
 * The same facts as another source would export them. What had to be automatic becomes only linkable: the source may not say
 * enough for more. Everything that must not be automatic stays so.
 */
export function disguise(data: LabelledData, profile: SourceProfile, seed: number): LabelledData {
  const random = seededRandom(seed + 99)
  return {
    bankLines: data.bankLines.map((line) => disguiseLine(line, profile, random)),
    bookEntries: data.bookEntries.map((entry) => disguiseEntry(entry, profile)),
    labels: data.labels.map((label): Label => (label.expect === 'AUTO' ? { ...label, expect: 'LINK' } : label)),
  }
}

const words = ['PAYMENT', 'TRF', 'Zahlung', 'CREDIT', 'ONLINE BANKING', 'FPI', 'SEPA']

function disguiseLine(line: BankLine, profile: SourceProfile, random: SeededRandom): BankLine {
  const { endToEndId, remittanceText, ...otherReferences } = line.references
  const { instrument, transactionCode, counterparty, account, ...rest } = line
  const texts = [remittanceText]
  const moved: { -readonly [Key in keyof BankLine['references']]: BankLine['references'][Key] } = { ...otherReferences }
  if (endToEndId !== undefined && endToEndId !== '') {
    if (profile.bankReference === 'remittanceText') texts.unshift(`${random.pick(words)} ${endToEndId}`)
    else moved[profile.bankReference] = endToEndId
  }
  if (profile.bankNames === 'text' && counterparty?.name !== undefined) texts.push(counterparty.name)
  const text = texts.filter((part) => part !== undefined && part !== '').join(' ')
  const keptCounterparty =
    profile.bankNames === 'field'
      ? counterparty
      : counterparty?.account === undefined
        ? undefined
        : { account: counterparty.account }
  return {
    ...rest,
    references: { ...moved, ...(text === '' ? {} : { remittanceText: text }) },
    ...(keptCounterparty === undefined ? {} : { counterparty: keptCounterparty }),
    ...(instrument !== undefined && (profile.instruments !== 'none' || instrument === 'SWEEP') ? { instrument } : {}),
    ...(transactionCode !== undefined && profile.codes ? { transactionCode } : {}),
    ...(account !== undefined && profile.accounts !== 'none' ? { account } : {}),
  }
}

function disguiseEntry(entry: BookEntry, profile: SourceProfile): BookEntry {
  const { paymentReference, description, ...otherReferences } = entry.references
  const { instrument, counterparty, account, ...rest } = entry
  const moved: { -readonly [Key in keyof BookEntry['references']]: BookEntry['references'][Key] } = {
    ...otherReferences,
  }
  const texts = [description]
  if (paymentReference !== undefined) {
    if (profile.entryReference === 'description') texts.push(`Payment ${paymentReference}`)
    else moved[profile.entryReference] ??= paymentReference
  }
  const text = texts.filter((part) => part !== undefined).join(' ')
  return {
    ...rest,
    references: { ...moved, ...(text === '' ? {} : { description: text }) },
    ...(counterparty !== undefined && (profile.bookNames || counterparty.account !== undefined)
      ? { counterparty }
      : {}),
    ...(instrument !== undefined && profile.instruments === 'both'
      ? { instrument }
      : instrument === 'SWEEP'
        ? { instrument }
        : {}),
    ...(account !== undefined && profile.accounts === 'both' ? { account } : {}),
  }
}
