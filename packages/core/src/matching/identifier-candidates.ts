import { bridgingStep } from '../references/normalization-pipeline.ts'
import { isExpectedVariance } from './amount-variance-rule.ts'
import type { IdentifierBridge } from './match-draft.ts'
import type { IdentifierRule, MatchPolicy } from './match-policy.ts'
import type { MatchingContext } from './matching-context.ts'
import { pairConflict } from './pair-rules.ts'
import { entryReference, fieldSlots, keyedEntryFields, keyedLineFields, type Quote } from './reference-index.ts'
import { isSweepLine } from './sweep-grouping.ts'

/** A pair joined by an identifier, not yet judged. */
export interface IdentifierCandidate {
  readonly line: number
  readonly entry: number
  /** How it was found: by the policy's identifier map, or by a quote anywhere on the line. */
  readonly by: 'MAP' | 'QUOTE'
  readonly quote?: Quote
  readonly lineSlot: number
  readonly entrySlot: number
}

const none: readonly IdentifierCandidate[] = []

/**
 * Candidates of both sides. Most records have one: those are kept as numbers and become objects when asked for; only quotes, and
 * records with several candidates, are kept as such.
 */
export class CandidateTable {
  readonly #first: Int32Array
  readonly #further = new Map<number, number[]>()
  readonly #store: CandidateStore
  constructor(count: number, store: CandidateStore) {
    this.#first = new Int32Array(count).fill(-1)
    this.#store = store
  }
  add(record: number, candidate: number): void {
    if (this.#first[record] === -1) {
      this.#first[record] = candidate
      return
    }
    const list = this.#further.get(record)
    if (list === undefined) this.#further.set(record, [candidate])
    else list.push(candidate)
  }
  of(record: number): readonly IdentifierCandidate[] {
    const first = this.#first[record] ?? -1
    if (first < 0) return none
    const further = this.#further.get(record)
    const only = this.#store.get(first)
    return further === undefined ? [only] : [only, ...further.map((candidate) => this.#store.get(candidate))]
  }
  has(record: number): boolean {
    return (this.#first[record] ?? -1) >= 0
  }
  /** The candidate of a record that has exactly one. */
  sole(record: number): IdentifierCandidate | undefined {
    const first = this.#first[record] ?? -1
    return first < 0 || this.#further.has(record) ? undefined : this.#store.get(first)
  }
}

const slotBits = 4

/** Candidates by number. */
class CandidateStore {
  readonly #lines: number[] = []
  readonly #entries: number[] = []
  /** Both slots of a pair the identifier map found; -1 where a quote did. */
  readonly #slots: number[] = []
  readonly #quotes = new Map<number, Quote>()
  add(candidate: IdentifierCandidate): number {
    const id = this.#lines.length
    this.#lines.push(candidate.line)
    this.#entries.push(candidate.entry)
    if (candidate.quote === undefined) this.#slots.push((candidate.lineSlot << slotBits) | candidate.entrySlot)
    else {
      this.#slots.push(-1)
      this.#quotes.set(id, candidate.quote)
    }
    return id
  }
  get(id: number): IdentifierCandidate {
    const line = this.#lines[id] ?? 0
    const entry = this.#entries[id] ?? 0
    const slots = this.#slots[id] ?? -1
    const quote = slots < 0 ? this.#quotes.get(id) : undefined
    if (quote !== undefined) return { line, entry, by: 'QUOTE', quote, lineSlot: -1, entrySlot: -1 }
    return { line, entry, by: 'MAP', lineSlot: slots >> slotBits, entrySlot: slots & (2 ** slotBits - 1) }
  }
}

export interface CandidateGraph {
  readonly ofLine: CandidateTable
  readonly ofEntry: CandidateTable
  /** Pairs of two currencies where a conversion is expected. */
  readonly foreign: readonly IdentifierCandidate[]
  /** Pairs with an entry whose first payment failed. */
  readonly replacements: readonly IdentifierCandidate[]
}

interface SlotRule {
  readonly lineSlot: number
  readonly entrySlot: number
}

function slotRules(rules: readonly IdentifierRule[]): SlotRule[] {
  return rules
    .map((rule) => ({
      lineSlot: (keyedLineFields as readonly string[]).indexOf(rule.line),
      entrySlot: (keyedEntryFields as readonly string[]).indexOf(rule.entry),
    }))
    .filter((rule) => rule.lineSlot >= 0 && rule.entrySlot >= 0)
}

function rulesPerInstrument(policy: MatchPolicy): ReadonlyMap<string, readonly SlotRule[]> {
  const unknown = slotRules(policy.identifiers.UNKNOWN ?? [])
  const table = new Map<string, readonly SlotRule[]>([['UNKNOWN', unknown]])
  for (const [instrument, rules] of Object.entries(policy.identifiers)) table.set(instrument, slotRules(rules ?? []))
  return table
}

/** Every pair of open records an identifier joins and no hard rule forbids. Pairs a rule forbids leave a note on the line. */
export function identifierCandidates(context: MatchingContext): CandidateGraph {
  const { lines, references, policy } = context
  const store = new CandidateStore()
  const ofLine = new CandidateTable(lines.count, store)
  const ofEntry = new CandidateTable(context.entries.count, store)
  const foreign: IdentifierCandidate[] = []
  const replacements: IdentifierCandidate[] = []
  const offer = (candidate: IdentifierCandidate): void => {
    if (ofLine.has(candidate.line) && ofLine.of(candidate.line).some((other) => other.entry === candidate.entry)) return
    const conflict = pairConflict(context, candidate.line, candidate.entry)
    if (conflict === 'OTHER_CURRENCY' && isExpectedVariance(context, candidate.line, candidate.entry)) {
      foreign.push(candidate)
      return
    }
    if (conflict === undefined && !context.entryOpen(candidate.entry) && context.returnedEntries.has(candidate.entry)) {
      replacements.push(candidate)
      return
    }
    if (conflict !== undefined || !context.entryOpen(candidate.entry)) {
      const code = conflict ?? 'ENTRY_USED'
      if (!context.notes.has(candidate.line)) {
        context.notes.set(candidate.line, { code, params: { entry: context.entries.rows[candidate.entry]?.id ?? '' } })
      }
      return
    }
    const stored = store.add(candidate)
    ofLine.add(candidate.line, stored)
    ofEntry.add(candidate.entry, stored)
  }
  if (policy.references.mode === 'IGNORE') return { ofLine, ofEntry, foreign, replacements }
  const table = rulesPerInstrument(policy)
  const unknown = table.get('UNKNOWN') ?? []
  const { starts, items } = references.entryPostings
  for (let line = 0; line < lines.count; line++) {
    if (!context.lineOpen(line)) continue
    const rules = table.get(lines.rows[line]?.instrument ?? 'UNKNOWN') ?? unknown
    for (const rule of rules) {
      const key = references.lineKeys[rule.lineSlot]?.[line] ?? -1
      if (key < 0 || references.dull[key] === 1) continue
      for (let at = starts[key] ?? 0; at < (starts[key + 1] ?? 0); at++) {
        const item = items[at] ?? 0
        if (item % fieldSlots !== rule.entrySlot) continue
        offer({
          line,
          entry: Math.floor(item / fieldSlots),
          by: 'MAP',
          lineSlot: rule.lineSlot,
          entrySlot: rule.entrySlot,
        })
      }
    }
  }
  for (let line = 0; line < lines.count; line++) {
    // A text of a sweep names its structure, not the leg: the batch closes as a whole or not at all.
    if (!context.lineOpen(line) || ofLine.has(line) || isSweepLine(context, line)) continue
    for (const quote of references.quotes(line)) {
      if (quote.strength === 'WEAK') continue
      offer({ line, entry: quote.entry, by: 'QUOTE', quote, lineSlot: -1, entrySlot: -1 })
    }
  }
  return { ofLine, ofEntry, foreign, replacements }
}

/** The raw values and the step that bridged them. */
export function bridgeOf(context: MatchingContext, candidate: IdentifierCandidate): IdentifierBridge {
  const { quote } = candidate
  if (quote !== undefined) {
    return {
      lineField: quote.lineField,
      entryField: quote.entryField,
      line: quote.lineValue,
      entry: quote.entryValue,
      ...(quote.step === undefined ? {} : { step: quote.step }),
    }
  }
  const lineField = keyedLineFields[candidate.lineSlot] ?? 'endToEndId'
  const entryField = keyedEntryFields[candidate.entrySlot] ?? 'paymentReference'
  const line = context.lines.rows[candidate.line]?.references[lineField] ?? ''
  const row = context.entries.rows[candidate.entry]
  const entry = entryReference(row, entryField, context.policy)
  const raw = row?.references[entryField] ?? ''
  const cut = raw === entry ? undefined : context.policy.references.stripFront > 0 ? 'strip-front' : 'strip-back-zeros'
  const step = cut ?? bridgingStep(line, entry) ?? undefined
  return { lineField, entryField, line, entry, ...(step === undefined ? {} : { step }) }
}
