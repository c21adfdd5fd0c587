import type { BankLine } from '../records/bank-line.ts'
import type { BookEntry } from '../records/book-entry.ts'
import { withoutCheckDigits } from '../references/check-digits.ts'
import { bridgingStep } from '../references/normalization-pipeline.ts'
import type { NormalizationStepName } from '../references/normalization-step.ts'
import { longerKeys, shortestCut } from './cut-keys.ts'
import { type Mention, mentionsOf } from './line-mentions.ts'
import type { EntryField, MatchPolicy } from './match-policy.ts'
import { entryReference, fieldSlots, keyedEntryFields, type Quote, type ReferenceIndex } from './reference-index.ts'
import type { RecordColumns } from './side-columns.ts'
import { SpellingTable, spellingRoom, type TextSpan } from './spelling-table.ts'
import { type SpokenToken, tokensOfEntries } from './spoken-tokens.ts'

/** Lengths at which payment rails cut references (Wise, BACS, SEPA, Lean and others). */
const railLengths: ReadonlySet<number> = new Set([10, 12, 15, 16, 18, 22, 25, 27, 35, 50, 140])
const mostQuotes = 200
const shortestSpelled = 5
const shortestSpoken = 5
const nothing: readonly Quote[] = []

type Index = Omit<ReferenceIndex, 'quotes' | 'settle'>

/** Keys worth another spelling: on an entry, and not already one line's and one entry's own. */
function isSought({ entryPostings, linePostings }: Index, key: number): boolean {
  const onEntries = (entryPostings.starts[key + 1] ?? 0) - (entryPostings.starts[key] ?? 0)
  const onLines = (linePostings.starts[key + 1] ?? 0) - (linePostings.starts[key] ?? 0)
  return onEntries > 0 && !(onEntries === 1 && onLines === 1)
}

/** Where the letters in front of the first digit end; -1 without any digit. */
function firstDigit(key: string): number {
  for (let at = 0; at < key.length; at++) {
    const code = key.charCodeAt(at)
    if (code >= 48 && code <= 57) return at
  }
  return -1
}

/** Where a key goes on after letters in front of at least four characters; 0 where it has none. */
function afterLetters(key: string): number {
  const at = firstDigit(key)
  return at > 0 && key.length - at >= 4 ? at : 0
}

function foldTable(pairs: readonly string[]): Uint16Array {
  const fold = Uint16Array.from({ length: 65_536 }, (_, code) => code)
  for (const pair of pairs) fold[pair.charCodeAt(0)] = pair.charCodeAt(2)
  return fold
}

/** The search behind `ReferenceIndex.quotes`: one line at a time, tables built when first needed. */
class QuoteSearch {
  readonly #index: Index
  readonly #lines: RecordColumns<BankLine>
  readonly #entries: RecordColumns<BookEntry>
  readonly #policy: MatchPolicy
  readonly #prefixes: ReadonlySet<string>
  #byCut: ((cut: string) => readonly number[]) | undefined
  readonly #room = spellingRoom()
  #prefixed: SpellingTable | undefined
  #lettered: SpellingTable | undefined
  #checked: SpellingTable | undefined
  #folded: SpellingTable | undefined
  #spoken: ReadonlyMap<string, readonly SpokenToken[]> | undefined
  #quotes: Quote[] = []

  constructor(index: Index, lines: RecordColumns<BankLine>, entries: RecordColumns<BookEntry>, policy: MatchPolicy) {
    this.#index = index
    this.#lines = lines
    this.#entries = entries
    this.#policy = policy
    this.#prefixes = new Set(policy.references.prefixes)
  }

  of(line: number): readonly Quote[] {
    const { entryPostings, keyIds } = this.#index
    const mentions = mentionsOf(this.#lines.rows[line], this.#index, line, this.#policy)
    if (mentions.length === 0) return nothing
    this.#quotes = []
    const open: Mention[] = []
    for (const mention of mentions) {
      const key = keyIds.find(mention.canonical)
      const named = key >= 0 && entryPostings.starts[key] !== entryPostings.starts[key + 1]
      if (named) this.#offer(key, mention, undefined, 'STRONG')
      else open.push(mention)
    }
    for (const mention of open) this.#respell(mention, line)
    for (const mention of mentions) this.#offerSpoken(mention)
    const found = this.#quotes
    return found.length > 1 ? found.sort((left, right) => left.entry - right.entry) : found
  }

  /** Lets the tables go; they are built again when asked. */
  forget(): void {
    this.#prefixed = undefined
    this.#lettered = undefined
    this.#checked = undefined
    this.#folded = undefined
    this.#spoken = undefined
    this.#byCut = undefined
    this.#quotes = []
  }

  /** Where a prefix that says nothing ends; 0 without one. */
  #afterPrefix(key: string): number {
    const at = firstDigit(key)
    return at > 0 && key.length - at >= 3 && this.#prefixes.has(key.slice(0, at)) ? at : 0
  }

  #table(spell: (key: string) => TextSpan | undefined, fold?: Uint16Array): SpellingTable {
    const index = this.#index
    return new SpellingTable(
      index.keys,
      (key) => (isSought(index, key) ? spell(index.keys[key] ?? '') : undefined),
      fold,
    )
  }

  #offerAll(count: number, mention: Mention, step: NormalizationStepName, strength: Quote['strength']): void {
    for (let at = 0; at < count; at++) this.#offer(this.#room[at] ?? 0, mention, step, strength)
  }

  /** A mention no entry holds as it is, in every other spelling. */
  #respell(mention: Mention, line: number): void {
    const value = mention.canonical
    const { length } = value
    const { keyIds } = this.#index
    const { minimumDigits } = this.#policy.references
    const bare = this.#afterPrefix(value)
    if (length - bare >= minimumDigits || !mention.fromText) {
      const own = bare === 0 ? -1 : keyIds.find(value, bare)
      if (own >= 0) this.#offer(own, mention, 'prefix', 'STRONG')
      this.#prefixed ??= this.#table((key) => spanAfter(key, this.#afterPrefix(key)))
      this.#offerAll(this.#prefixed.collect(value, bare, length, this.#room), mention, 'prefix', 'STRONG')
    }
    this.#lettered ??= this.#table((key) => spanAfter(key, afterLetters(key)))
    const unchecked = withoutCheckDigits(value)?.replace(/^0+/, '')
    if (unchecked !== undefined && unchecked.length >= minimumDigits) {
      const own = keyIds.find(unchecked)
      if (own >= 0) this.#offer(own, mention, 'check-digit', 'STRONG')
      const count = this.#lettered.collect(unchecked, 0, unchecked.length, this.#room)
      this.#offerAll(count, mention, 'check-digit', 'STRONG')
    }
    this.#checked ??= this.#table(checkedSpan)
    this.#offerAll(this.#checked.collect(value, 0, length, this.#room), mention, 'check-digit', 'STRONG')
    if (length >= shortestSpelled)
      this.#offerAll(this.#lettered.collect(value, 0, length, this.#room), mention, 'prefix', 'WEAK')
    const numeral = afterLetters(value)
    const plain = numeral === 0 || length - numeral < shortestSpelled ? -1 : keyIds.find(value, numeral)
    if (plain >= 0) this.#offer(plain, mention, 'prefix', 'WEAK')
    if (length >= shortestSpelled) {
      this.#folded ??= this.#table(wholeSpan, foldTable(this.#policy.references.lookalikes))
      this.#offerAll(this.#folded.collect(value, 0, length, this.#room), mention, 'lookalike', 'WEAK')
    }
    if (length < shortestCut || !railLengths.has(mention.raw.trim().length)) return
    this.#byCut ??= longerKeys(this.#index.keys, (key) => isSought(this.#index, key))
    // A beginning is shared by many references: only one of the same amount is meant.
    for (const key of this.#byCut(value)) this.#offer(key, mention, 'rail-truncation', 'STRONG', line)
  }

  #offer(
    key: number,
    mention: Mention,
    step: NormalizationStepName | undefined,
    strength: Quote['strength'],
    equalAmountOf?: number,
  ): void {
    const { dull, entryPostings } = this.#index
    if (dull[key] === 1) return
    const last = entryPostings.starts[key + 1] ?? 0
    for (let at = entryPostings.starts[key] ?? 0; at < last; at++) {
      const item = entryPostings.items[at] ?? 0
      const entry = Math.floor(item / fieldSlots)
      if (equalAmountOf !== undefined && this.#entries.amount[entry] !== this.#lines.amount[equalAmountOf]) continue
      const place = this.#placeOf(entry)
      const known = this.#quotes[place]
      if (known !== undefined && (known.strength === 'STRONG' || strength === 'WEAK')) continue
      if (this.#quotes.length >= mostQuotes) continue
      const entryField: EntryField = keyedEntryFields[item % fieldSlots] ?? 'description'
      const entryValue = entryReference(this.#entries.rows[entry], entryField, this.#policy)
      const named =
        step ??
        (mention.fromText || entryField === 'description'
          ? 'text-token'
          : (bridgingStep(mention.raw, entryValue) ?? undefined))
      this.#quotes[place] = {
        entry,
        entryField,
        lineField: mention.field,
        lineValue: mention.raw,
        entryValue,
        step: named,
        strength,
      }
    }
  }

  /** Where the quote of an entry stands, or where it would. */
  #placeOf(entry: number): number {
    const quotes = this.#quotes
    let place = 0
    while (place < quotes.length && quotes[place]?.entry !== entry) place++
    return place
  }

  #offerSpoken(mention: Mention): void {
    this.#spoken ??= tokensOfEntries(this.#entries, this.#index.entryKeyed, this.#policy)
    for (const spoken of this.#spoken.get(mention.canonical) ?? []) {
      const place = this.#placeOf(spoken.entry)
      if (place < this.#quotes.length || this.#quotes.length >= mostQuotes) continue
      this.#quotes.push({
        entry: spoken.entry,
        entryField: spoken.field,
        lineField: mention.field,
        lineValue: mention.raw,
        entryValue: entryReference(this.#entries.rows[spoken.entry], spoken.field, this.#policy),
        step: 'text-token',
        strength: spoken.sole && mention.canonical.length >= shortestSpoken ? 'STRONG' : 'WEAK',
      })
    }
  }
}

function spanAfter(key: string, at: number): TextSpan | undefined {
  return at === 0 ? undefined : { from: at, to: key.length }
}

function wholeSpan(key: string): TextSpan | undefined {
  return key.length < shortestSpelled ? undefined : { from: 0, to: key.length }
}

function checkedSpan(key: string): TextSpan | undefined {
  const rest = withoutCheckDigits(key)
  if (rest === undefined) return undefined
  const from = key.startsWith(rest) ? 0 : key.length - rest.length
  return { from, to: from + rest.length }
}

/** What lines quote, remembered line by line. */
export interface QuoteMemory {
  of(line: number): readonly Quote[]
  /** Ends a run: forgets how quotes are found, and the quotes of lines that need no more explaining. */
  settle(settled: (line: number) => boolean): void
}

export function createQuoteSearch(
  index: Index,
  lines: RecordColumns<BankLine>,
  entries: RecordColumns<BookEntry>,
  policy: MatchPolicy,
): QuoteMemory {
  const search = new QuoteSearch(index, lines, entries, policy)
  const remembered: (readonly Quote[] | undefined)[] = new Array(lines.count)
  return {
    of(line) {
      let quotes = remembered[line]
      if (quotes === undefined) {
        const found = search.of(line)
        quotes = found.length === 0 ? nothing : found
        remembered[line] = quotes
      }
      return quotes
    },
    settle(settled) {
      search.forget()
      for (let line = 0; line < lines.count; line++) if (settled(line)) remembered[line] = undefined
    },
  }
}
