import type { BankLine } from '../records/bank-line.ts'
import type { BookEntry } from '../records/book-entry.ts'
import { withoutCheckDigits } from '../references/check-digits.ts'
import { bridgingStep, canonicalReference } from '../references/normalization-pipeline.ts'
import type { NormalizationStepName } from '../references/normalization-step.ts'
import { referenceTokens } from '../references/reference-tokens.ts'
import type { EntryField, LineField, MatchPolicy } from './match-policy.ts'
import {
  entryReference,
  fieldSlots,
  keyedEntryFields,
  keyedLineFields,
  type Quote,
  type ReferenceIndex,
} from './reference-index.ts'
import type { RecordColumns } from './side-columns.ts'

/** Lengths at which payment rails cut references (Wise, BACS, SEPA, Lean and others). */
const railLengths: ReadonlySet<number> = new Set([10, 12, 15, 16, 18, 22, 25, 27, 35, 50, 140])
/** Shorter values are not taken for cut ones. */
const shortestCut = 8
const mostQuotes = 200
const nothing: readonly Quote[] = []

interface Mention {
  readonly field: LineField
  readonly raw: string
  readonly canonical: string
  readonly fromText: boolean
}

type Index = Omit<ReferenceIndex, 'quotes'>

type Speller = (key: string) => string | undefined

/** Keys worth another spelling: on an entry, and not already one line's and one entry's own. */
function isSought({ entryPostings, linePostings }: Index, key: number): boolean {
  const onEntries = (entryPostings.starts[key + 1] ?? 0) - (entryPostings.starts[key] ?? 0)
  const onLines = (linePostings.starts[key + 1] ?? 0) - (linePostings.starts[key] ?? 0)
  return onEntries > 0 && !(onEntries === 1 && onLines === 1)
}

/** Keys on entries by another spelling of them. */
function spelledKeys(index: Index, spell: Speller): ReadonlyMap<string, readonly number[]> {
  const table = new Map<string, number[]>()
  const { keys } = index
  for (let key = 0; key < keys.length; key++) {
    if (!isSought(index, key)) continue
    const spelled = spell(keys[key] ?? '')
    if (spelled === undefined) continue
    const list = table.get(spelled)
    if (list === undefined) table.set(spelled, [key])
    else if (list.length < mostPerSpelling) list.push(key)
  }
  return table
}

const mostPerSpelling = 20
const none: readonly number[] = []

/** A table built when first asked. */
function lazily(index: Index, spell: Speller): (spelling: string) => readonly number[] {
  let table: ReadonlyMap<string, readonly number[]> | undefined
  return (spelling) => {
    table ??= spelledKeys(index, spell)
    return table.get(spelling) ?? none
  }
}

/** Keys on entries that begin with a given text and go on: by their first characters, then by halving a sorted list. */
function longerKeys(index: Index): (cut: string) => readonly number[] {
  const { keys } = index
  let buckets: Map<string, { readonly ids: number[]; sorted: boolean }> | undefined
  const build = () => {
    const table = new Map<string, { readonly ids: number[]; sorted: boolean }>()
    for (let id = 0; id < keys.length; id++) {
      const key = keys[id] ?? ''
      if (key.length <= shortestCut || !isSought(index, id)) continue
      const front = key.slice(0, shortestCut)
      const bucket = table.get(front)
      if (bucket === undefined) table.set(front, { ids: [id], sorted: false })
      else bucket.ids.push(id)
    }
    return table
  }
  const keyAt = (ids: readonly number[], at: number): string => keys[ids[at] ?? -1] ?? ''
  return (cut) => {
    buckets ??= build()
    const bucket = buckets.get(cut.slice(0, shortestCut))
    if (bucket === undefined) return none
    const { ids } = bucket
    if (!bucket.sorted) {
      ids.sort((left, right) => ((keys[left] ?? '') < (keys[right] ?? '') ? -1 : 1))
      bucket.sorted = true
    }
    let low = 0
    let high = ids.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (keyAt(ids, middle) <= cut) low = middle + 1
      else high = middle
    }
    const found: number[] = []
    for (let at = low; at < ids.length && found.length < mostPerSpelling && keyAt(ids, at).startsWith(cut); at++) {
      found.push(ids[at] ?? 0)
    }
    return found
  }
}

function isDigitAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= 48 && code <= 57
}

/** Where the letters in front of the first digit end; -1 without any digit. */
function firstDigit(key: string): number {
  for (let at = 0; at < key.length; at++) if (isDigitAt(key, at)) return at
  return -1
}

/** Letters in front dropped, where at least four characters are left. */
function withoutLetters(key: string): string | undefined {
  const at = firstDigit(key)
  return at > 0 && key.length - at >= 4 ? key.slice(at) : undefined
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
  const prefixes = new Set(policy.references.prefixes)
  const fold = foldTable(policy.references.lookalikes)
  const folded: Speller = (key) => {
    if (key.length < 5) return undefined
    let result = ''
    for (const letter of key) result += fold.get(letter) ?? letter
    return result
  }
  const withoutPrefix: Speller = (key) => {
    const at = firstDigit(key)
    return at > 0 && key.length - at >= 3 && prefixes.has(key.slice(0, at)) ? key.slice(at) : undefined
  }
  const byPrefix = lazily(index, withoutPrefix)
  const byDigits = lazily(index, withoutLetters)
  const byChecked = lazily(index, withoutCheckDigits)
  const byFolded = lazily(index, folded)
  const byCut = longerKeys(index)
  let spoken: ReadonlyMap<string, readonly SpokenToken[]> | undefined
  const spokenTokens = (): ReadonlyMap<string, readonly SpokenToken[]> => {
    spoken ??= tokensOfEntries(entries, index, policy)
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
        const entryField: EntryField = keyedEntryFields[item % fieldSlots] ?? 'description'
        const entryValue = entryReference(entries.rows[entry], entryField, policy)
        const named =
          step ??
          (mention.fromText || entryField === 'description'
            ? 'text-token'
            : (bridgingStep(mention.raw, entryValue) ?? undefined))
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
    const { minimumDigits } = policy.references
    const open: Mention[] = []
    for (const mention of found) {
      const key = index.keyIds.get(mention.canonical)
      const named = key !== undefined && index.entryPostings.starts[key] !== index.entryPostings.starts[key + 1]
      if (named) offer(key, mention, undefined, 'STRONG')
      else open.push(mention)
    }
    for (const mention of open) {
      const value = mention.canonical
      const bare = withoutPrefix(value) ?? value
      if (bare.length >= minimumDigits || !mention.fromText) {
        const own = bare === value ? undefined : index.keyIds.get(bare)
        if (own !== undefined) offer(own, mention, 'prefix', 'STRONG')
        for (const key of byPrefix(bare)) offer(key, mention, 'prefix', 'STRONG')
      }
      const unchecked = withoutCheckDigits(value)?.replace(/^0+/, '')
      if (unchecked !== undefined && unchecked.length >= minimumDigits) {
        const own = index.keyIds.get(unchecked)
        if (own !== undefined) offer(own, mention, 'check-digit', 'STRONG')
        for (const key of byDigits(unchecked)) offer(key, mention, 'check-digit', 'STRONG')
      }
      for (const key of byChecked(value)) offer(key, mention, 'check-digit', 'STRONG')
      if (value.length >= 5) for (const key of byDigits(value)) offer(key, mention, 'prefix', 'WEAK')
      const numeral = withoutLetters(value)
      const plain = numeral === undefined || numeral.length < 5 ? undefined : index.keyIds.get(numeral)
      if (plain !== undefined) offer(plain, mention, 'prefix', 'WEAK')
      const look = folded(value)
      if (look !== undefined) for (const key of byFolded(look)) offer(key, mention, 'lookalike', 'WEAK')
      if (value.length >= shortestCut && railLengths.has(mention.raw.trim().length))
        // A beginning is shared by many references: only one of the same amount is meant.
        for (const key of byCut(value)) offer(key, mention, 'rail-truncation', 'STRONG', line)
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
          strength: spoken.sole && mention.canonical.length >= shortestSpoken ? 'STRONG' : 'WEAK',
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
  /** The entry has no reference field of its own: what its text says is all there is. */
  readonly sole: boolean
}

const shortestSpoken = 5

/** A token on more entries than this tells nothing. */
const mostSpeakers = 12

/** Whole tokens of what the books write as text: descriptions, and references of several words. */
function tokensOfEntries(
  entries: RecordColumns<BookEntry>,
  index: Index,
  policy: MatchPolicy,
): ReadonlyMap<string, readonly SpokenToken[]> {
  const table = new Map<string, SpokenToken[]>()
  const fields: readonly EntryField[] = ['description', 'paymentReference', 'documentNumber', 'transactionNumber']
  for (let entry = 0; entry < entries.count; entry++) {
    const sole = index.entryKeyed[entry] === 0
    for (const field of fields) {
      const value = entries.rows[entry]?.references[field]
      if (value === undefined || value.length < 4 || (field !== 'description' && !value.includes(' '))) continue
      for (const token of referenceTokens(value, policy.references.minimumDigits)) {
        const list = table.get(token.canonical)
        if (list === undefined) table.set(token.canonical, [{ entry, field, sole }])
        else if (list.length <= mostSpeakers) list.push({ entry, field, sole })
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
    const raw = line.references[field] ?? ''
    mentions.push({ field, raw, canonical: index.keys[key] ?? '', fromText: false })
    const { stripFront, caseSensitive } = policy.references
    if (stripFront === 0 || raw.length <= stripFront) return
    const canonical = canonicalReference(raw.slice(stripFront), caseSensitive)
    if (canonical !== '') mentions.push({ field, raw, canonical, fromText: false })
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
