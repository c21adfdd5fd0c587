import type { BookEntry } from '../records/book-entry.ts'
import { canonicalReference } from '../references/normalization-pipeline.ts'
import { addGroup, sumOf } from './group-draft.ts'
import type { MatchingContext } from './matching-context.ts'
import { keyedEntryFields, keyedLineFields } from './reference-index.ts'
import { sharedTokens } from './shared-tokens.ts'
import { recordTraits } from './side-columns.ts'
import { findSubsets } from './subset-sum.ts'

/** BAI2 type code of the mirror leg of a sweep (ZBA debit). */
const mirrorLegCode = '575'
const daysAround = 3
const mostSearched = 40
/** How much of a description is searched for a structure id. */
const longestQuote = 500
const mostWords = 60

/** What put lines and entries of a sweep into one batch, strongest first, and what that is worth in bits. */
const grounds = [
  { code: 'SWEEP_BY_STRUCTURE', score: 22 },
  { code: 'SWEEP_BY_REFERENCE', score: 20 },
  { code: 'SWEEP_BY_COUNTER_ACCOUNT', score: 18 },
  { code: 'SWEEP_BY_DATE', score: 14 },
] as const
type Ground = (typeof grounds)[number]

/** True when the line is a leg of a cash-concentration sweep: by instrument or by transaction code. */
export function isSweepLine(context: MatchingContext, line: number): boolean {
  return ((context.lines.traits[line] ?? 0) & recordTraits.SWEEP) > 0
}

const sweepWords = /\b(?:ZBA|SWEEP|CONCENTRATION|ZERO BALANCE)\b/i
const knownSweeps = new WeakMap<MatchingContext, Int8Array>()

/** True when the entry is a journal of a sweep: by instrument, structure id or the words of its description. Read once per run. */
export function isSweepEntry(context: MatchingContext, entry: number): boolean {
  let known = knownSweeps.get(context)
  if (known === undefined) {
    known = new Int8Array(context.entries.count)
    knownSweeps.set(context, known)
  }
  if (known[entry] === 0) known[entry] = saysSweep(context.entries.rows[entry]) ? 1 : -1
  return known[entry] === 1
}

function saysSweep(row: BookEntry | undefined): boolean {
  if (row === undefined) return false
  const { description } = row.references
  return (
    row.instrument === 'SWEEP' ||
    row.references.structureId !== undefined ||
    (description !== undefined && sweepWords.test(description))
  )
}

interface Batch {
  readonly lines: number[]
  readonly entries: number[]
}

/**
 * Sweep legs and their journals, batched by structure id, then counter-account, then account and date; a batch is proposed
 * when both sides come to the same total. A unique subset is taken where one side holds items of another batch.
 */
export function groupSweeps(context: MatchingContext): void {
  const structureLine = context.references.lineKeys[keyedLineFields.indexOf('structureId')]
  const structureEntry = context.references.entryKeys[keyedEntryFields.indexOf('structureId')]
  const quoted = quotedStructures(context, structureLine)
  const byStructure = {
    line: (line: number) => keyText('S', structureLine?.[line]),
    entry: (entry: number) => keyText('S', structureEntry?.[entry]) ?? quoted(entry),
  }
  groupBy(context, grounds[0], byStructure)
  holdUnbalanced(context, byStructure)
  groupByReference(context)
  groupBy(context, grounds[2], {
    line: (line) => counterAccount(context.lines.rows[line]?.counterparty?.account),
    entry: (entry) => counterAccount(context.entries.rows[entry]?.counterparty?.account),
  })
  groupBy(context, grounds[3], {
    line: (line) => (context.accountsShared ? `A${context.lines.account[line]}` : 'A'),
    entry: (entry) => (context.accountsShared ? `A${context.entries.account[entry]}` : 'A'),
  })
}

/** Structure ids of the lines that an entry quotes in its description as a whole word: most ledgers have no field for them. */
function quotedStructures(
  context: MatchingContext,
  structureLine: Int32Array | undefined,
): (entry: number) => string | undefined {
  const known = new Map<string, string>()
  for (let line = 0; line < context.lines.count; line++) {
    const id = context.lines.rows[line]?.references.structureId?.toUpperCase()
    const key = keyText('S', structureLine?.[line])
    if (id !== undefined && key !== undefined && isSweepLine(context, line)) known.set(id, key)
  }
  return (entry) => {
    if (known.size === 0) return undefined
    const words = (context.entries.rows[entry]?.references.description ?? '').toUpperCase().slice(0, longestQuote)
    return words
      .split(/[^A-Z0-9-]+/, mostWords)
      .map((word) => known.get(word))
      .find((key) => key !== undefined)
  }
}

/**
 * A structure whose sides do not come to the same total stays one batch, flagged with its difference: a person sees what is
 * missing, and nothing of it is paired off one by one.
 */
function holdUnbalanced(context: MatchingContext, keys: BatchKeys): void {
  for (const batch of batchesOf(context, keys)) {
    const { entries } = batch
    const lines = batch.lines.filter((line) => (context.companionOf[line] ?? -1) < 0)
    const main = lines.filter((line) => !isMirrorLeg(context, line))
    const selected = context.policy.sweep.include575 || main.length === 0 ? lines : main
    if (selected.length === 0 || entries.length === 0) {
      joinBatch(context, selected, lines)
      continue
    }
    context.add({
      lines: [...selected].sort((left, right) => left - right),
      entries: [...entries].sort((left, right) => left - right),
      pass: 'GROUP',
      status: 'FLAGGED',
      kind: 'GROUP',
      reason: { code: 'SWEEP_UNBALANCED', params: { lines: selected.length, entries: entries.length } },
      score: grounds[0].score,
      finding: 'SWEEP',
    })
    joinBatch(context, selected, lines)
  }
}

function keyText(prefix: string, key: number | undefined): string | undefined {
  return key === undefined || key < 0 ? undefined : `${prefix}${key}`
}

/** A structure or sweep number in the texts of both sides, where the source has no field for it. */
function groupByReference(context: MatchingContext): void {
  const shared = sharedTokens(context, {
    line: (line) => context.lineOpen(line) && isSweepLine(context, line),
    entry: (entry) => context.entryOpen(entry) && isSweepEntry(context, entry),
  })
  for (const { lines, entries } of shared) {
    const batch = {
      lines: lines.filter((line) => context.lineOpen(line)),
      entries: entries.filter((entry) => context.entryOpen(entry)),
    }
    if (batch.lines.length > 0 && batch.entries.length > 0) balanceByDay(context, grounds[1], batch)
  }
}

function counterAccount(account: string | undefined): string | undefined {
  const canonical = account === undefined ? '' : canonicalReference(account)
  return canonical === '' ? undefined : `C${canonical}`
}

interface BatchKeys {
  line(line: number): string | undefined
  entry(entry: number): string | undefined
}

function groupBy(context: MatchingContext, ground: Ground, keys: BatchKeys): void {
  for (const batch of batchesOf(context, keys)) {
    if (batch.lines.length > 0 && batch.entries.length > 0) balanceByDay(context, ground, batch)
  }
}

/** Open sweep lines and journals by key and currency, in a stable order. */
function batchesOf(context: MatchingContext, keys: BatchKeys): readonly Batch[] {
  const batches = new Map<string, Batch>()
  const batchOf = (key: string): Batch => {
    let batch = batches.get(key)
    if (batch === undefined) {
      batch = { lines: [], entries: [] }
      batches.set(key, batch)
    }
    return batch
  }
  for (let line = 0; line < context.lines.count; line++) {
    if (!context.lineOpen(line) || !isSweepLine(context, line)) continue
    const key = keys.line(line)
    if (key !== undefined) batchOf(`${key}|${context.lines.currency[line]}`).lines.push(line)
  }
  if (batches.size === 0) return []
  for (let entry = 0; entry < context.entries.count; entry++) {
    if (!context.entryOpen(entry) || !isSweepEntry(context, entry)) continue
    const key = keys.entry(entry)
    if (key !== undefined) batchOf(`${key}|${context.entries.currency[entry]}`).entries.push(entry)
  }
  return [...batches].sort((left, right) => (left[0] < right[0] ? -1 : 1)).map(([, batch]) => batch)
}

/** Day by day with the journals of the same day, then with those a few days around, then the whole batch. */
function balanceByDay(context: MatchingContext, ground: Ground, batch: Batch): void {
  const days = [...new Set(batch.lines.map((line) => context.lines.day[line] ?? 0))].sort((a, b) => a - b)
  const within = (around: number) => {
    for (const day of days) {
      const lines = batch.lines.filter((line) => context.lines.day[line] === day && context.lineOpen(line))
      const entries = batch.entries.filter(
        (entry) => Math.abs((context.entries.day[entry] ?? 0) - day) <= around && context.entryOpen(entry),
      )
      if (lines.length > 0 && entries.length > 0) balance(context, ground, lines, entries)
    }
  }
  within(0)
  within(daysAround)
  if (ground.code === 'SWEEP_BY_DATE') return
  const lines = batch.lines.filter((line) => context.lineOpen(line))
  const entries = batch.entries.filter((entry) => context.entryOpen(entry))
  if (lines.length > 0 && entries.length > 0) balance(context, ground, lines, entries)
}

function balance(context: MatchingContext, ground: Ground, lines: readonly number[], entries: readonly number[]): void {
  const main = context.policy.sweep.include575 ? lines : lines.filter((line) => !isMirrorLeg(context, line))
  if (main.length < lines.length) {
    if (propose(context, ground, main, entries)) {
      joinBatch(context, main, lines)
      return
    }
    if (propose(context, ground, lines, entries)) return
    const positive = entries.filter((entry) => (context.entries.amount[entry] ?? 0) > 0)
    const negative = entries.filter((entry) => (context.entries.amount[entry] ?? 0) < 0)
    const mirror = lines.filter((line) => isMirrorLeg(context, line))
    const first = propose(context, ground, main, positive)
    const second = propose(context, ground, mirror, negative)
    if (first || second) return
  } else if (propose(context, ground, lines, entries)) return
  const chosen = main.length > 0 ? main : lines
  if (!takeSubset(context, ground, chosen, entries, 'ENTRIES')) takeSubset(context, ground, chosen, entries, 'LINES')
}

/** Legs left out of the selection stay with their batch, for a person to include. */
function joinBatch(context: MatchingContext, selected: readonly number[], all: readonly number[]): void {
  const leader = selected[0]
  for (const line of all) if (leader !== undefined && context.lineOpen(line)) context.companionOf[line] = leader
}

function isMirrorLeg(context: MatchingContext, line: number): boolean {
  return context.lines.rows[line]?.transactionCode === mirrorLegCode
}

function propose(
  context: MatchingContext,
  ground: Ground,
  lines: readonly number[],
  entries: readonly number[],
): boolean {
  if (lines.length === 0 || entries.length === 0) return false
  if (sumOf(context.lines.amount, lines) !== sumOf(context.entries.amount, entries)) return false
  return addGroup(context, {
    lines,
    entries,
    reason: { code: ground.code, params: { lines: lines.length, entries: entries.length } },
    score: ground.score,
    finding: 'SWEEP',
    explicit: ground.code === 'SWEEP_BY_STRUCTURE',
  })
}

/** One side whole against the only subset of the other that makes its total. */
function takeSubset(
  context: MatchingContext,
  ground: Ground,
  lines: readonly number[],
  entries: readonly number[],
  subsetOf: 'LINES' | 'ENTRIES',
): boolean {
  const [whole, pool] = subsetOf === 'ENTRIES' ? [lines, entries] : [entries, lines]
  const [wholeSide, poolSide] =
    subsetOf === 'ENTRIES' ? [context.lines, context.entries] : [context.entries, context.lines]
  if (pool.length > mostSearched || whole.length === 0) return false
  const result = findSubsets(
    pool.map((index) => poolSide.amount[index] ?? 0),
    sumOf(wholeSide.amount, whole),
    { solutionCap: 1, workBudget: context.policy.groups.searchSteps * 10 },
  )
  const only = result.outcome === 'COMPLETE' ? result.solutions[0] : undefined
  if (only === undefined) return false
  const subset = only.map((at) => pool[at] ?? 0)
  const [groupLines, groupEntries] = subsetOf === 'ENTRIES' ? [whole, subset] : [subset, whole]
  return addGroup(context, {
    lines: groupLines,
    entries: groupEntries,
    reason: { code: ground.code, params: { lines: groupLines.length, entries: groupEntries.length } },
    score: ground.score - 6,
    finding: 'SWEEP',
    solutions: 1,
    explicit: false,
  })
}
