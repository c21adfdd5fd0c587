import type { BankLine, BankReferences } from '../records/bank-line.ts'
import type { BookEntry, BookReferences } from '../records/book-entry.ts'
import type { BankStatement } from '../records/statement.ts'
import {
  canonicalReference,
  canonicalRoom,
  canonicalUnits,
  referenceAfter,
} from '../references/normalization-pipeline.ts'
import type { NormalizationStepName } from '../references/normalization-step.ts'
import { eachToken, referenceTokens } from '../references/reference-tokens.ts'
import { KeyTable } from './key-table.ts'
import type { EntryField, LineField, MatchPolicy } from './match-policy.ts'
import { createQuoteSearch } from './quote-search.ts'
import type { RecordColumns } from './side-columns.ts'
import { markStatementWide } from './statement-wide.ts'

/** Line fields that hold one whole reference each. */
export const keyedLineFields = [
  'endToEndId',
  'checkNumber',
  'bankReference',
  'customerReference',
  'structuredReference',
  'mandateId',
  'batchId',
  'structureId',
] as const satisfies readonly LineField[]

/** Entry fields that hold one whole reference each. */
export const keyedEntryFields = [
  'paymentReference',
  'transactionNumber',
  'documentNumber',
  'checkNumber',
  'batchId',
  'structureId',
] as const satisfies readonly EntryField[]

/** Postings hold records times this plus the field's slot. */
export const fieldSlots = 16

/** The slot of a key taken from free text, after the keyed fields of its side. */
export const lineTextSlot = keyedLineFields.length
export const entryTextSlot = keyedEntryFields.length

/** Every record of one side that holds a key, as `record * 16 + field`, ascending: `items[starts[key] .. starts[key + 1]]`. */
export interface Postings {
  readonly starts: Int32Array
  readonly items: Int32Array
}

/** One place where a line names an entry's reference. */
export interface Quote {
  readonly entry: number
  readonly entryField: EntryField
  readonly lineField: LineField
  /** Raw values of both sides. */
  readonly lineValue: string
  readonly entryValue: string
  readonly step: NormalizationStepName | undefined
  /** STRONG: whole value or whole token equal after harmless steps. WEAK: bridged by look-alikes or a dropped prefix of its own. */
  readonly strength: 'STRONG' | 'WEAK'
}

/** References of both sides by their canonical form. */
export interface ReferenceIndex {
  /** Canonical forms; keys are indexes into it. */
  readonly keys: readonly string[]
  readonly keyIds: Pick<KeyTable, 'find'>
  /** Key per record and field, -1 where empty or a sentinel: `lineKeys[field][line]`. */
  readonly lineKeys: readonly Int32Array[]
  readonly entryKeys: readonly Int32Array[]
  /** 1 where a record has a key in any field. */
  readonly lineKeyed: Uint8Array
  readonly entryKeyed: Uint8Array
  /** The key in the free text of a record that fills no reference field, or -1: what its text says is all there is. */
  readonly lineTextKeys: Int32Array
  readonly entryTextKeys: Int32Array
  /** Keys of the fields, and of the texts at `lineTextSlot` and `entryTextSlot`. */
  readonly linePostings: Postings
  readonly entryPostings: Postings
  /** Keys that tell nothing: on every line of a statement, or on too many records. */
  readonly dull: Uint8Array
  /**
   * Entries whose references the line names anywhere, closed ones included: fields first, then tokens of the text. Ordered by
   * entry. Computed on demand and remembered.
   */
  quotes(line: number): readonly Quote[]
  /** Ends a run: lets go what only the passes needed. Everything is worked out again when asked. */
  settle(settled: (line: number) => boolean): void
}

/** A key on more records than this of one side is no identifier. */
const mostRecordsPerKey = 60

function postingsOf(columns: readonly Int32Array[], count: number, keyCount: number): Postings {
  const starts = new Int32Array(keyCount + 1)
  for (const column of columns) for (const key of column) if (key >= 0) starts[key + 1] = (starts[key + 1] ?? 0) + 1
  for (let key = 0; key < keyCount; key++) starts[key + 1] = (starts[key + 1] ?? 0) + (starts[key] ?? 0)
  const next = starts.slice()
  const items = new Int32Array(starts[keyCount] ?? 0)
  for (let row = 0; row < count; row++) {
    for (let field = 0; field < columns.length; field++) {
      const key = columns[field]?.[row] ?? -1
      if (key < 0) continue
      const at = next[key] ?? 0
      items[at] = row * fieldSlots + field
      next[key] = at + 1
    }
  }
  return { starts, items }
}

const zerosBehind = /0{1,40}$/

type KeyedLineField = (typeof keyedLineFields)[number]

// One access site per field: every field of every record is read.
const lineFieldReaders: Readonly<Record<KeyedLineField, (references: BankReferences) => string | undefined>> = {
  endToEndId: (references) => references.endToEndId,
  checkNumber: (references) => references.checkNumber,
  bankReference: (references) => references.bankReference,
  customerReference: (references) => references.customerReference,
  structuredReference: (references) => references.structuredReference,
  mandateId: (references) => references.mandateId,
  batchId: (references) => references.batchId,
  structureId: (references) => references.structureId,
}
const entryFieldReaders: Readonly<Record<EntryField, (references: BookReferences) => string | undefined>> = {
  paymentReference: (references) => references.paymentReference,
  transactionNumber: (references) => references.transactionNumber,
  documentNumber: (references) => references.documentNumber,
  checkNumber: (references) => references.checkNumber,
  batchId: (references) => references.batchId,
  structureId: (references) => references.structureId,
  description: (references) => references.description,
}

/** The value of a line's reference field after the policy's own cuts, or '' where empty. */
export function lineReference(line: BankLine | undefined, field: KeyedLineField, policy: MatchPolicy): string {
  const value = line === undefined ? '' : (lineFieldReaders[field](line.references) ?? '')
  return policy.references.stripBackZeros ? value.replace(zerosBehind, '') : value
}

/** The value of an entry's reference field after the policy's own cuts, or '' where empty. */
export function entryReference(entry: BookEntry | undefined, field: EntryField, policy: MatchPolicy): string {
  let value = entry === undefined ? '' : (entryFieldReaders[field](entry.references) ?? '')
  const { stripFront, stripBackZeros } = policy.references
  if (stripFront > 0 && value.length > stripFront) value = value.slice(stripFront)
  if (stripBackZeros) value = value.replace(zerosBehind, '')
  return value
}

/** The key of a value: -1 for what is empty or means "none". */
function createKeyReader(
  keyIds: KeyTable,
  policy: MatchPolicy,
): (value: string | undefined, steps?: readonly NormalizationStepName[]) => number {
  const { caseSensitive } = policy.references
  const sentinels = new Set(policy.references.sentinels.map((word) => canonicalReference(word)))
  const room = canonicalRoom()
  return (value, steps) => {
    if (value === undefined || value === '') return -1
    const length = steps === undefined && !caseSensitive ? canonicalUnits(value, 0, value.length, room) : -1
    if (length === 0) return -1
    const written = length < 0 ? -1 : keyIds.findUnits(room, length)
    if (written >= 0) return written
    const canonical = steps === undefined ? canonicalReference(value, caseSensitive) : referenceAfter(value, steps)
    if (canonical === '') return -1
    const known = length < 0 ? keyIds.find(canonical) : -1
    if (known >= 0) return known
    return sentinels.has(canonical.toUpperCase()) ? -1 : keyIds.add(canonical)
  }
}

export function createReferenceIndex(
  lines: RecordColumns<BankLine>,
  entries: RecordColumns<BookEntry>,
  policy: MatchPolicy,
  statements: readonly BankStatement[],
): ReferenceIndex {
  const keyIds = new KeyTable()
  const { keys } = keyIds
  const keyOf = createKeyReader(keyIds, policy)
  const searched =
    policy.references.lineFields === undefined ? undefined : new Set<string>(policy.references.lineFields)
  const off = policy.references.mode === 'IGNORE'
  const reads = (field: LineField): boolean => !off && (searched === undefined || searched.has(field))
  const { pipelines } = policy.references
  const lineKeyed = new Uint8Array(lines.count)
  const lineKeys = keyColumns(
    lines,
    keyedLineFields.map(
      (field) => (row) => (reads(field) ? keyOf(lineReference(row, field, policy), pipelines[field]) : -1),
    ),
    lineKeyed,
  )
  const entryKeyed = new Uint8Array(entries.count)
  const entryKeys = keyColumns(
    entries,
    keyedEntryFields.map((field) => (row) => (off ? -1 : keyOf(entryReference(row, field, policy), pipelines[field]))),
    entryKeyed,
  )
  const onLines = new Uint8Array(keys.length)
  for (const column of lineKeys) for (const key of column) if (key >= 0) onLines[key] = 1
  const { minimumDigits } = policy.references
  const best = createTextReader(keyIds, minimumDigits)
  const entryTextKeys = textKeys(entryKeyed, (entry) => {
    const text = off ? undefined : entries.rows[entry]?.references.description
    if (text === undefined || text === '') return -1
    const known = best(text, (key) => onLines[key] === 1)
    return known >= 0 ? known : keyOf(textTokens(text, minimumDigits).find((token) => !isDateLike(token)))
  })
  const entryPostings = postingsOf([...entryKeys, entryTextKeys], entries.count, keys.length)
  const lineTextKeys = textKeys(lineKeyed, (line) => {
    const text = reads('remittanceText') ? lines.rows[line]?.references.remittanceText : undefined
    if (text === undefined || text === '') return -1
    return best(text, (key) => entryPostings.starts[key] !== entryPostings.starts[key + 1])
  })
  const linePostings = postingsOf([...lineKeys, lineTextKeys], lines.count, keys.length)
  const dull = dullKeys(keys.length, linePostings, entryPostings)
  markStatementWide(lines, [...lineKeys, lineTextKeys], entryPostings, statements, dull)
  const index: Omit<ReferenceIndex, 'quotes' | 'settle'> = {
    keys,
    keyIds,
    lineKeys,
    entryKeys,
    lineKeyed,
    entryKeyed,
    lineTextKeys,
    entryTextKeys,
    linePostings,
    entryPostings,
    dull,
  }
  const quotes = createQuoteSearch(index, lines, entries, policy)
  return { ...index, quotes: quotes.of, settle: quotes.settle }
}

/** Keys of every field, row by row and all fields at once: rows lie far apart in memory, their columns do not. */
function keyColumns<Row>(
  side: RecordColumns<Row>,
  readers: readonly ((row: Row | undefined) => number)[],
  keyed: Uint8Array,
): Int32Array[] {
  const columns = readers.map(() => new Int32Array(side.count))
  for (let record = 0; record < side.count; record++) {
    const row = side.rows[record]
    let any = 0
    for (let slot = 0; slot < columns.length; slot++) {
      const key = readers[slot]?.(row) ?? -1
      ;(columns[slot] as Int32Array)[record] = key
      if (key >= 0) any = 1
    }
    keyed[record] = any
  }
  return columns
}

const shortestTextKey = 5

/** Whole tokens of a text that are long enough for a reference, longest first. */
function textTokens(text: string, minimumDigits: number): readonly string[] {
  const tokens = referenceTokens(text, Math.max(shortestTextKey, minimumDigits)).map((token) => token.canonical)
  return tokens.sort((left, right) => right.length - left.length || (left < right ? -1 : 1))
}

/** Finds, of the tokens of a text that are keys, the first in the order of `textTokens` that is wanted; -1 where none is. */
function createTextReader(
  keyIds: KeyTable,
  minimumDigits: number,
): (text: string, wanted: (key: number) => boolean) => number {
  const { keys } = keyIds
  const room = canonicalRoom()
  const shortest = Math.max(shortestTextKey, minimumDigits)
  return (text, wanted) => {
    let best = -1
    eachToken(text, (from, to) => {
      const length = canonicalUnits(text, from, to, room)
      const key = length < 0 ? keyIds.find(canonicalReference(text.slice(from, to))) : keyIds.findUnits(room, length)
      const found = keys[key]
      if (found === undefined || found.length < shortest || !wanted(key)) return
      const held = keys[best]
      if (held === undefined || found.length > held.length || (found.length === held.length && found < held)) best = key
    })
    return best
  }
}

/** `20260105` and `2026-01-05` are dates more often than references. */
function isDateLike(token: string): boolean {
  return /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(token)
}

function textKeys(keyed: Uint8Array, keyAt: (record: number) => number): Int32Array {
  const found = new Int32Array(keyed.length).fill(-1)
  for (let record = 0; record < keyed.length; record++) if (keyed[record] === 0) found[record] = keyAt(record)
  return found
}

function dullKeys(keyCount: number, linePostings: Postings, entryPostings: Postings): Uint8Array {
  const dull = new Uint8Array(keyCount)
  for (let key = 0; key < keyCount; key++) {
    const onLines = (linePostings.starts[key + 1] ?? 0) - (linePostings.starts[key] ?? 0)
    const onEntries = (entryPostings.starts[key + 1] ?? 0) - (entryPostings.starts[key] ?? 0)
    if (onLines > mostRecordsPerKey || onEntries > mostRecordsPerKey) dull[key] = 1
  }
  return dull
}
