import type { BankLine } from '../records/bank-line.ts'
import type { BookEntry } from '../records/book-entry.ts'
import { withoutCheckDigits } from '../references/check-digits.ts'
import { bridgingStep, canonicalReference } from '../references/normalization-pipeline.ts'
import type { NormalizationStepName } from '../references/normalization-step.ts'
import { referenceTokens } from '../references/reference-tokens.ts'
import type { EntryField, LineField, MatchPolicy } from './match-policy.ts'
import type { RecordColumns } from './matching-context.ts'
import {
  entryReference,
  fieldSlots,
  keyedEntryFields,
  keyedLineFields,
  type Quote,
  type ReferenceIndex,
} from './reference-index.ts'

/** Lengths at which payment rails cut references (Wise, BACS, SEPA, Lean and others). */
const railLengths: ReadonlySet<number> = new Set([10, 12, 15, 16, 18, 22, 25, 27, 35, 50, 140])
const mostQuotes = 200
const nothing: readonly Quote[] = []

interface Mention {
  readonly field: LineField
  readonly raw: string
  readonly canonical: string
  readonly fromText: boolean
}

type Index = Omit<ReferenceIndex, 'quotes'>

/** Other spellings of the entries' keys, each built when first asked for: spelling to keys. */
class Spellings {
  readonly #index: Index
  readonly #built = new Map<string, Map<string, number[]>>()
  constructor(index: Index) {
    this.#index = index
  }
  keysOf(kind: string, spelling: string, spell: (key: string) => string | undefined): readonly number[] {
    let table = this.#built.get(kind)
    if (table === undefined) {
      table = new Map()
      const { keys, entryPostings } = this.#index
      for (let key = 0; key < keys.length; key++) {
        if (entryPostings.starts[key] === entryPostings.starts[key + 1]) continue
        const spelled = spell(keys[key] ?? '')
        if (spelled === undefined) continue
        const list = table.get(spelled)
        if (list === undefined) table.set(spelled, [key])
        else if (list.length < 20) list.push(key)
      }
      this.#built.set(kind, table)
    }
    return table.get(spelling) ?? []
  }
}

/** Letters in front dropped, where at least five digits are left. */
function withoutLetters(key: string): string | undefined {
  const digits = key.replace(/^[^\d]+0*/, '')
  return digits.length >= 4 && digits !== key ? digits : undefined
}

function foldTable(pairs: readonly string[]): ReadonlyMap<string, string> {
  return new Map(pairs.map((pair) => [pair.charAt(0), pair.charAt(2)]))
}

/** The search behind `ReferenceIndex.quotes`. */
export function createQuoteSearch(
  index: Index,
  lines: RecordColumns<BankLine>,
  entries: RecordColumns<BookEntry>,
  policy: MatchPolicy,
): (line: number) => readonly Quote[] {
  const spellings = new Spellings(index)
  const prefixes = [...policy.references.prefixes].sort((left, right) => right.length - left.length)
  const fold = foldTable(policy.references.lookalikes)
  const folded = (key: string): string | undefined => {
    if (key.length < 5) return undefined
    let result = ''
    for (const letter of key) result += fold.get(letter) ?? letter
    return result
  }
  const withoutPrefix = (key: string): string | undefined => {
    const prefix = prefixes.find((word) => key.startsWith(word) && /^\d/.test(key.slice(word.length)))
    const rest = prefix === undefined ? undefined : key.slice(prefix.length).replace(/^0+(?=\d)/, '')
    return rest !== undefined && rest.length >= 3 ? rest : undefined
  }
  let spoken: ReadonlyMap<string, readonly SpokenToken[]> | undefined
  const spokenTokens = (): ReadonlyMap<string, readonly SpokenToken[]> => {
    spoken ??= tokensOfEntries(entries, policy)
    return spoken
  }
  const mentions = (line: number): Mention[] => mentionsOf(lines.rows[line], index, line, policy)
  const search = (line: number): readonly Quote[] => {
    const quotes = new Map<number, Quote>()
    const offer = (
      key: number,
      mention: Mention,
      step: NormalizationStepName | undefined,
      strength: Quote['strength'],
      equalAmountOf?: number,
    ) => {
      if (index.dull[key] === 1) return
      for (let at = index.entryPostings.starts[key] ?? 0; at < (index.entryPostings.starts[key + 1] ?? 0); at++) {
        const item = index.entryPostings.items[at] ?? 0
        const entry = Math.floor(item / fieldSlots)
        if (equalAmountOf !== undefined && entries.amount[entry] !== lines.amount[equalAmountOf]) continue
        const known = quotes.get(entry)
        if ((known !== undefined && (known.strength === 'STRONG' || strength === 'WEAK')) || quotes.size >= mostQuotes)
          continue
        const entryField = keyedEntryFields[item % fieldSlots] ?? 'paymentReference'
        const entryValue = entryReference(entries.rows[entry], entryField, policy)
        const named = step ?? (mention.fromText ? 'text-token' : (bridgingStep(mention.raw, entryValue) ?? undefined))
        quotes.set(entry, {
          entry,
          entryField,
          lineField: mention.field,
          lineValue: mention.raw,
          entryValue,
          step: named,
          strength,
        })
      }
    }
    const found = mentions(line)
    for (const mention of found) {
      const key = index.keyIds.get(mention.canonical)
      if (key !== undefined) offer(key, mention, undefined, 'STRONG')
    }
    for (const mention of found) {
      const value = mention.canonical
      const bare = withoutPrefix(value) ?? value
      if (bare.length >= policy.references.minimumDigits || !mention.fromText) {
        const own = index.keyIds.get(bare)
        if (own !== undefined && bare !== value) offer(own, mention, 'prefix', 'STRONG')
        for (const key of spellings.keysOf('prefix', bare, withoutPrefix)) offer(key, mention, 'prefix', 'STRONG')
      }
      const unchecked = withoutCheckDigits(value)?.replace(/^0+/, '')
      if (unchecked !== undefined && unchecked.length >= policy.references.minimumDigits) {
        const own = index.keyIds.get(unchecked)
        if (own !== undefined) offer(own, mention, 'check-digit', 'STRONG')
        for (const key of spellings.keysOf('digits', unchecked, withoutLetters))
          offer(key, mention, 'check-digit', 'STRONG')
      }
      for (const key of spellings.keysOf('checked', value, withoutCheckDigits))
        offer(key, mention, 'check-digit', 'STRONG')
      if (value.length >= 5)
        for (const key of spellings.keysOf('digits', value, withoutLetters)) offer(key, mention, 'prefix', 'WEAK')
      const look = folded(value)
      if (look !== undefined)
        for (const key of spellings.keysOf('folded', look, folded)) offer(key, mention, 'lookalike', 'WEAK')
      if (railLengths.has(mention.raw.trim().length) && value.length >= 8)
        // A beginning is shared by many references: only one of the same amount is meant.
        for (const key of spellings.keysOf(`cut${value.length}`, value, (entryKey) =>
          entryKey.length > value.length ? entryKey.slice(0, value.length) : undefined,
        ))
          offer(key, mention, 'rail-truncation', 'STRONG', line)
    }
    for (const mention of found) {
      for (const spoken of spokenTokens().get(mention.canonical) ?? []) {
        if (quotes.has(spoken.entry) || quotes.size >= mostQuotes) continue
        const entryValue = entryReference(entries.rows[spoken.entry], spoken.field, policy)
        quotes.set(spoken.entry, {
          entry: spoken.entry,
          entryField: spoken.field,
          lineField: mention.field,
          lineValue: mention.raw,
          entryValue,
          step: 'text-token',
          strength: 'WEAK',
        })
      }
    }
    return [...quotes.values()].sort((left, right) => left.entry - right.entry)
  }
  const remembered: (readonly Quote[] | undefined)[] = []
  return (line) => {
    let quotes = remembered[line]
    if (quotes === undefined) {
      quotes = search(line)
      remembered[line] = quotes.length === 0 ? nothing : quotes
    }
    return quotes
  }
}

interface SpokenToken {
  readonly entry: number
  readonly field: EntryField
}

/** A token on more entries than this tells nothing. */
const mostSpeakers = 12

/** Whole tokens of what the books write as text: descriptions, and references of several words. */
function tokensOfEntries(
  entries: RecordColumns<BookEntry>,
  policy: MatchPolicy,
): ReadonlyMap<string, readonly SpokenToken[]> {
  const table = new Map<string, SpokenToken[]>()
  const fields: readonly EntryField[] = ['description', 'paymentReference', 'documentNumber', 'transactionNumber']
  for (let entry = 0; entry < entries.count; entry++) {
    for (const field of fields) {
      const value = entries.rows[entry]?.references[field]
      if (value === undefined || value.length < 4 || (field !== 'description' && !value.includes(' '))) continue
      for (const token of referenceTokens(value, policy.references.minimumDigits)) {
        const list = table.get(token.canonical)
        if (list === undefined) table.set(token.canonical, [{ entry, field }])
        else if (list.length <= mostSpeakers) list.push({ entry, field })
      }
    }
  }
  for (const [token, list] of table) if (list.length > mostSpeakers) table.delete(token)
  return table
}

function mentionsOf(line: BankLine | undefined, index: Index, row: number, policy: MatchPolicy): Mention[] {
  const mentions: Mention[] = []
  if (line === undefined || policy.references.mode === 'IGNORE') return mentions
  keyedLineFields.forEach((field, slot) => {
    const key = index.lineKeys[slot]?.[row] ?? -1
    if (key < 0 || index.dull[key] === 1) return
    mentions.push({ field, raw: line.references[field] ?? '', canonical: index.keys[key] ?? '', fromText: false })
  })
  const searched = policy.references.lineFields
  const add = (field: LineField, text: string | undefined) => {
    if (text === undefined || (searched !== undefined && !searched.includes(field))) return
    for (const token of referenceTokens(text, policy.references.minimumDigits)) {
      mentions.push({ field, raw: token.raw, canonical: token.canonical, fromText: true })
    }
  }
  const text = line.references.remittanceText
  if (text !== undefined && text.length <= 64 && (searched === undefined || searched.includes('remittanceText'))) {
    const whole = canonicalReference(text, policy.references.caseSensitive)
    if (whole.length >= policy.references.minimumDigits)
      mentions.push({ field: 'remittanceText', raw: text, canonical: whole, fromText: false })
  }
  add('remittanceText', text)
  add('customerReference', line.references.customerReference)
  add('endToEndId', line.references.endToEndId)
  const { customerReference, remittanceText } = line.references
  if (customerReference !== undefined && customerReference.trim().length === 16 && remittanceText !== undefined) {
    const tail = /^\s{0,3}([\p{L}\p{N}]{1,20})/u.exec(remittanceText)?.[1]
    if (tail !== undefined && searched === undefined)
      for (const token of referenceTokens(customerReference.trim() + tail, policy.references.minimumDigits))
        mentions.push({ field: 'customerReference', raw: token.raw, canonical: token.canonical, fromText: true })
  }
  return mentions
}
