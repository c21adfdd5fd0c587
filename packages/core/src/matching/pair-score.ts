import { normalizedName } from '../references/counterparty-name.ts'
import { nearlyEqual } from '../references/near-reference.ts'
import { canonicalReference } from '../references/normalization-pipeline.ts'
import { referenceTokens } from '../references/reference-tokens.ts'
import { createFieldCorrespondence, type FieldCorrespondence } from './field-correspondence.ts'
import { type WeightKey, weightTable } from './match-weights.ts'
import type { MatchingContext } from './matching-context.ts'
import { type NameLevel, nameLevel } from './name-neighbours.ts'
import type { ReferenceIndex } from './reference-index.ts'

export interface PairScore {
  /** Bits for the link: weights plus frequency adjustment. Zero is even odds against chance. */
  readonly score: number
  readonly levels: readonly WeightKey[]
}

export interface PairScorer {
  score(line: number, entry: number): PairScore
  nameLevelOf(line: number, entry: number): NameLevel | 'IN_TEXT' | undefined
}

const largestAmountBits = 8
/** However common an amount: among identical twins any pairing is right, and name and date must be able to say so. */
const leastAmountBits = -4
const largestNameBits = 9
const windowDays = 21

/**
 * Scores pairs by the weight table, adjusted by how common the amount and the name are in this run: an amount every second
 * entry has, or a name on every line, says little.
 */
export function createPairScorer(context: MatchingContext): PairScorer {
  const weights = weightTable(context.policy.scored.weights)
  const names = nameFrequencies(context)
  const expected = expectedCoincidences(context)
  const contradicts = createFieldCorrespondence(context)
  const texts: (string | undefined)[] = new Array(context.lines.count)
  const spoken: (readonly string[] | undefined)[] = new Array(context.lines.count)
  const tieBreak = tieBreaker(context)
  const levelMemo = new Map<number, NameLevel>()
  const nameLevelOf = (line: number, entry: number): NameLevel | 'IN_TEXT' | undefined => {
    const entryName = context.entries.name[entry] ?? -1
    const lineName = context.lines.name[line] ?? -1
    if (entryName < 0) return undefined
    if (lineName >= 0) {
      if (lineName === entryName) return 'EXACT'
      const memo = lineName * context.names.length + entryName
      let level = levelMemo.get(memo)
      if (level === undefined) {
        level = nameLevel(context.names[lineName] ?? '', context.names[entryName] ?? '')
        if (levelMemo.size > 200_000) levelMemo.clear()
        levelMemo.set(memo, level)
      }
      if (level !== 'DIFFERENT') return level
    }
    if (nameInText(context, texts, line, context.names[entryName] ?? '')) return 'IN_TEXT'
    return lineName >= 0 ? 'DIFFERENT' : undefined
  }
  const score = (line: number, entry: number): PairScore => {
    const levels: WeightKey[] = []
    let bits = 0
    const equal = context.lines.amount[line] === context.entries.amount[entry]
    levels.push(equal ? 'AMOUNT.EQUAL' : 'AMOUNT.CLOSE')
    bits += Math.max(leastAmountBits, Math.min(largestAmountBits, -Math.log2(expected(line, entry))))
    if (tieBreak === undefined) {
      const lag = (context.lines.day[line] ?? 0) - (context.entries.day[entry] ?? 0)
      levels.push(dateLevel(Math.abs(lag)))
      if (lag < mostReversed) levels.push('DATE.REVERSED')
    } else bits += tieBreak(line, entry)
    const name = nameLevelOf(line, entry)
    if (name !== undefined) {
      levels.push(`NAME.${name}`)
      if (name === 'EXACT' || name === 'STRONG')
        bits += Math.min(largestNameBits, names(context.entries.name[entry] ?? -1))
    }
    const reference = referenceLevel(context, line, entry, contradicts, spoken)
    if (reference !== undefined) levels.push(reference)
    addRecordLevels(context, line, entry, levels)
    for (const key of levels) bits += weights[key]
    if (bits < leastForSoleAmount && isSoleAmount(context, line, entry) && speaksForPair(levels))
      bits = leastForSoleAmount
    return { score: bits, levels }
  }
  return { score, nameLevelOf }
}

/** An amount that occurs once on each side and a name that agrees are worth a look however far apart the dates. */
const leastForSoleAmount = 0.5

function isSoleAmount(context: MatchingContext, line: number, entry: number): boolean {
  const { entries, lines, entriesByAmount, linesByAmount } = context
  const [first, last] = entriesByAmount.equal(entries.currency[entry] ?? 0, entries.amount[entry] ?? 0)
  if (last - first !== 1) return false
  const [from, to] = linesByAmount.equal(lines.currency[line] ?? 0, lines.amount[line] ?? 0)
  return to - from === 1
}

function speaksForPair(levels: readonly WeightKey[]): boolean {
  const named = levels.some((key) => key === 'NAME.EXACT' || key === 'NAME.STRONG' || key === 'NAME.IN_TEXT')
  return named && !levels.includes('REFERENCE.DIFFERENT')
}

/** Where the policy prefers the oldest or newest among equals, dates order and do not weigh. */
function tieBreaker(context: MatchingContext): ((line: number, entry: number) => number) | undefined {
  const { tieBreak } = context.policy
  if (tieBreak === 'NONE') return undefined
  const perDay = tieBreak === 'OLDEST' ? -1e-4 : 1e-4
  return (line, entry) => 1 + perDay * ((context.lines.day[line] ?? 0) + (context.entries.day[entry] ?? 0) - 40_000)
}

/** Bits of sharing a name: the rarer on the entries, the more. */
function nameFrequencies(context: MatchingContext): (name: number) => number {
  const counts = new Int32Array(context.names.length)
  let total = 0
  for (const name of context.entries.name) {
    if (name < 0) continue
    total++
    counts[name] = (counts[name] ?? 0) + 1
  }
  // Half of what a chance agreement would say: two payments of one customer are still two payments.
  return (name) => 2 + Math.log2((total + 4) / ((counts[name] ?? 0) + 1)) * 0.8
}

/** How many open entries chance alone would put beside a line: of its amount, within the days looked at. */
function expectedCoincidences(context: MatchingContext): (line: number, entry: number) => number {
  const { entries, lines, entriesByAmount, linesByAmount } = context
  let open = 0
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  for (let entry = 0; entry < entries.count; entry++) {
    if (context.entryOpen(entry)) open++
    first = Math.min(first, entries.day[entry] ?? 0)
    last = Math.max(last, entries.day[entry] ?? 0)
  }
  const inWindow = open * Math.min(1, windowDays / Math.max(1, last - first + 1))
  const all = entries.count + lines.count
  let lastAmount = Number.NaN
  let lastCurrency = -1
  let remembered = 0
  return (line, entry) => {
    const amount = entries.amount[entry] ?? 0
    const currency = entries.currency[entry] ?? 0
    // Blocks are scored one by one: all pairs of a block ask the same.
    const equal = amount === lines.amount[line] && currency === lines.currency[line]
    if (equal && amount === lastAmount && currency === lastCurrency) return remembered
    const [from, to] = entriesByAmount.equal(currency, amount)
    const [lineFrom, lineTo] = linesByAmount.equal(lines.currency[line] ?? 0, lines.amount[line] ?? 0)
    const others = Math.max(0, to - from - 1) + Math.max(0, lineTo - lineFrom - 1)
    const expected = ((others + 0.05 + roundness(Math.abs(amount))) / all) * Math.max(1, inWindow)
    if (equal) {
      lastAmount = amount
      lastCurrency = currency
      remembered = expected
    }
    return expected
  }
}

/** Round amounts come again by chance even where none has yet. */
function roundness(minor: number): number {
  if (minor % 10_000 === 0) return 0.6
  if (minor % 1_000 === 0) return 0.25
  return minor % 100 === 0 ? 0.1 : 0
}

/** A line more days than this before its entry speaks against the pair. */
const mostReversed = -2

function dateLevel(distance: number): WeightKey {
  if (distance === 0) return 'DATE.SAME'
  if (distance === 1) return 'DATE.NEXT'
  if (distance <= 3) return 'DATE.DAYS_3'
  if (distance <= 7) return 'DATE.WEEK'
  if (distance <= 14) return 'DATE.FORTNIGHT'
  if (distance <= 35) return 'DATE.MONTH'
  return distance <= 95 ? 'DATE.QUARTER' : 'DATE.FAR'
}

function nameInText(context: MatchingContext, texts: (string | undefined)[], line: number, name: string): boolean {
  if (name.length < 5) return false
  let text = texts[line]
  if (text === undefined) {
    const raw = context.lines.rows[line]?.references.remittanceText ?? ''
    text = raw === '' ? '' : ` ${normalizedName(raw)} `
    texts[line] = text
  }
  if (text === '') return false
  return text.includes(` ${name} `) || (name.includes(' ') && allWordsIn(text, name))
}

/** Every word of the name stands in the text, in any order; initials do not count. */
function allWordsIn(text: string, name: string): boolean {
  const words = name.split(' ').filter((word) => word.length > 1)
  return words.length > 1 && words.every((word) => text.includes(` ${word} `))
}

const shortestNear = 5
const mostSpoken = 12
const noColumns: readonly Int32Array[] = []
const nothingSpoken: readonly string[] = []

/** Everything on a line that may be a reference with a slip in it: its fields, and the whole tokens of its text. */
function spokenOnLine(
  context: MatchingContext,
  line: number,
  spoken: (readonly string[] | undefined)[],
): readonly string[] {
  const remembered = spoken[line]
  if (remembered !== undefined) return remembered
  const { references, policy } = context
  const text = context.lines.rows[line]?.references.remittanceText
  if (text === undefined && references.lineKeyed[line] === 0) return nothingSpoken
  const found: string[] = []
  for (const column of references.lineKeyed[line] === 1 ? references.lineKeys : noColumns) {
    const key = column[line] ?? -1
    if (key >= 0 && references.dull[key] !== 1) found.push(references.keys[key] ?? '')
  }
  if (text !== undefined && policy.references.lineFields === undefined)
    for (const token of referenceTokens(text, policy.references.minimumDigits)) found.push(token.canonical)
  const kept = found.filter((value) => value.length >= shortestNear).slice(0, mostSpoken)
  spoken[line] = kept
  return kept
}

/** What the references of the two say, beyond what the identifier passes could use. */
function referenceLevel(
  context: MatchingContext,
  line: number,
  entry: number,
  contradicts: FieldCorrespondence,
  spoken: (readonly string[] | undefined)[],
): WeightKey | undefined {
  const { references, policy } = context
  if (policy.references.mode === 'IGNORE') return undefined
  const quote = references.quotes(line).find((candidate) => candidate.entry === entry)
  if (quote !== undefined) return quote.strength === 'STRONG' ? 'REFERENCE.QUOTED' : 'REFERENCE.WEAK'
  for (const left of spokenOnLine(context, line, spoken)) {
    for (const column of references.entryKeys) if (isNear(references, left, column[entry])) return 'REFERENCE.NEAR'
    if (isNear(references, left, references.entryTextKeys[entry])) return 'REFERENCE.NEAR'
  }
  return contradicts(line, entry) ? 'REFERENCE.DIFFERENT' : undefined
}

function isNear(references: ReferenceIndex, spoken: string, key = -1): boolean {
  return key >= 0 && references.dull[key] !== 1 && nearlyEqual(spoken, references.keys[key] ?? '')
}

function isCharge(instrument: string): boolean {
  return instrument === 'FEE' || instrument === 'INTEREST'
}

function addRecordLevels(context: MatchingContext, line: number, entry: number, levels: WeightKey[]): void {
  const bankLine = context.lines.rows[line]
  const bookEntry = context.entries.rows[entry]
  const theirs = bankLine?.counterparty?.account
  const ours = bookEntry?.counterparty?.account
  if (theirs !== undefined && ours !== undefined && theirs !== '' && ours !== '') {
    const same = theirs === ours || canonicalReference(theirs) === canonicalReference(ours)
    levels.push(same ? 'COUNTERPARTY_ACCOUNT.EQUAL' : 'COUNTERPARTY_ACCOUNT.DIFFERENT')
  }
  const account = context.lines.account[line] ?? -1
  if (context.accountsShared && account >= 0 && account === context.entries.account[entry]) levels.push('ACCOUNT.EQUAL')
  const first = bankLine?.instrument
  const second = bookEntry?.instrument
  if (first !== undefined && second !== undefined && first !== 'OTHER' && second !== 'OTHER')
    levels.push(first === second ? 'INSTRUMENT.EQUAL' : isCharge(first) ? 'INSTRUMENT.CHARGE' : 'INSTRUMENT.DIFFERENT')
}
