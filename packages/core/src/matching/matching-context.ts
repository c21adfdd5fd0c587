import type { BankLine } from '../records/bank-line.ts'
import type { BookEntry } from '../records/book-entry.ts'
import type { BankStatement } from '../records/statement.ts'
import { normalizedName } from '../references/counterparty-name.ts'
import { type AmountOrder, createAmountOrder } from './amount-order.ts'
import type { Reason } from './evidence.ts'
import { inIdOrder } from './id-order.ts'
import type { MatchDraft } from './match-draft.ts'
import type { MatchPolicy } from './match-policy.ts'
import { forgetNameNeighbours } from './name-neighbours.ts'
import { createPairDemands } from './pair-demands.ts'
import type { PairBasis, PairExclusion } from './pair-rules.ts'
import { createReferenceIndex, type ReferenceIndex } from './reference-index.ts'
import {
  type ColumnTables,
  Interner,
  type RecordColumns,
  readColumns,
  recordStates,
  recordTraits,
} from './side-columns.ts'

/**
 * What every pass works on: both sides as typed arrays, and the links found so far.
 *
 * A pass is `(context) => void`. It looks only at OPEN records (`lineOpen`, `entryOpen`), asks `pairExclusion` (pair-rules.ts)
 * before it joins any pair, and reports with `add`. Iterate by index: that order is deterministic. Never iterate a `Map`
 * filled in input order without sorting.
 */
export interface MatchingContext {
  readonly policy: MatchPolicy
  readonly lines: RecordColumns<BankLine>
  readonly entries: RecordColumns<BookEntry>
  readonly currencies: readonly string[]
  readonly accounts: readonly string[]
  /** Distinct normalized names; both sides index into it. */
  readonly names: readonly string[]
  /** True where both sides use the same account names, so that accounts can be compared. */
  readonly accountsShared: boolean
  /** Links in the order they were found. */
  readonly drafts: MatchDraft[]
  /** One-to-one links with an unexplained difference: proposed only when no group explains their records (difference-pass.ts). */
  readonly postponed: MatchDraft[]
  /** The line whose item a line belongs to (a pending line to its posted one, a sweep leg to its batch), or -1. */
  readonly companionOf: Int32Array
  /** Why a line got no link from a pass that looked at it; the first reason given stays. */
  readonly notes: Map<number, Reason>
  /** Entries whose payment the bank says failed or came back: a replacement may still clear them. */
  readonly returnedEntries: Set<number>
  /** By the id of an entry, the index of the one that says it reverses it. */
  readonly reversalOf: ReadonlyMap<string, number>
  /** Entries ordered by currency, amount and day; built when first read. */
  readonly entriesByAmount: AmountOrder
  /** Lines, in the same order. */
  readonly linesByAmount: AmountOrder
  /** Steps of group searches still allowed in this run. */
  budget: { steps: number }
  /** References of both sides: who quotes whom. */
  readonly references: ReferenceIndex
  /** The policy's demands on references and counterparties; undefined when the pair meets them. Called by `pairExclusion`. */
  demands(line: number, entry: number, basis?: PairBasis): PairExclusion | undefined
  lineOpen(line: number): boolean
  entryOpen(entry: number): boolean
  /** Ends the run: lets go what only the passes needed. */
  settle(): void
  /** Records the link and takes (AUTO) or holds (PROPOSED, FLAGGED) its records, unless it is an alternative. */
  add(draft: MatchDraft): void
}

/** One step of the engine, in the order of match.ts `matchPasses`. Implemented by identifier-pass, group-pass, scored-pass. */
export type MatchingPass = (context: MatchingContext) => void

function shareAccounts(lines: RecordColumns<BankLine>, entries: RecordColumns<BookEntry>, count: number): boolean {
  const onLines = new Uint8Array(count)
  for (const account of lines.account) if (account >= 0) onLines[account] = 1
  for (const account of entries.account) if (account >= 0 && onLines[account] === 1) return true
  return false
}

function sourceTraits(status: BankLine['sourceStatus']): number {
  if (status === undefined) return 0
  return status === 'RECONCILED' ? recordTraits.STATED | recordTraits.RECONCILED : recordTraits.STATED
}

function lineTraits(line: BankLine, sweepCodes: ReadonlySet<string>): number {
  const { status, transactionCode } = line
  const sweep = line.instrument === 'SWEEP' || (transactionCode !== undefined && sweepCodes.has(transactionCode))
  return (
    (status === 'PENDING' ? recordTraits.PENDING : status === 'POSTED' ? recordTraits.POSTED : 0) |
    sourceTraits(line.sourceStatus) |
    (line.supersedes === undefined ? 0 : recordTraits.POINTS) |
    (sweep ? recordTraits.SWEEP : 0)
  )
}

function entryTraits(entry: BookEntry): number {
  return (
    (entry.status === 'CLOSED' ? recordTraits.CLOSED : 0) |
    sourceTraits(entry.sourceStatus) |
    (entry.reverses === undefined ? 0 : recordTraits.POINTS)
  )
}

function reversals(entries: RecordColumns<BookEntry>): Map<string, number> {
  const found = new Map<string, number>()
  for (let index = 0; index < entries.count; index++) {
    if (((entries.traits[index] ?? 0) & recordTraits.POINTS) === 0) continue
    const reversed = entries.rows[index]?.reverses
    if (reversed !== undefined && !found.has(reversed)) found.set(reversed, index)
  }
  return found
}

function tablesOf(policy: MatchPolicy): ColumnTables {
  return {
    currencies: new Interner(),
    accounts: new Interner(),
    names: new Interner(),
    rawNames: new Interner(),
    namesOfRaw: [],
    aliases: new Map(
      Object.entries(policy.aliases).map(([alias, name]) => [normalizedName(alias), normalizedName(name)]),
    ),
  }
}

function readSides(
  bankLines: readonly BankLine[],
  bookEntries: readonly BookEntry[],
  policy: MatchPolicy,
  tables: ColumnTables,
): { readonly lines: RecordColumns<BankLine>; readonly entries: RecordColumns<BookEntry> } {
  const converted = policy.currency === 'CONVERTED'
  const sweepCodes = new Set(policy.sweep.transactionCodes)
  const lines = readColumns(inIdOrder(bankLines, 'bank lines'), tables, {
    compared: (line) => (converted ? line.originalAmount : line.amount),
    date: (line) => line.bookingDate,
    shut: (line) => line.status === 'SUPERSEDED' || line.status === 'WITHDRAWN',
    traits: (line) => lineTraits(line, sweepCodes),
  })
  const entries = readColumns(inIdOrder(bookEntries, 'book entries'), tables, {
    compared: (entry) => (converted ? entry.originalAmount : (entry.openAmount ?? entry.amount)),
    date: (entry) => entry.date,
    shut: (entry) => entry.status === 'CLOSED',
    traits: entryTraits,
  })
  return { lines, entries }
}

/**
 * The shared representation of one run.
 * @throws ReconError RECORD_INVALID or RECORD_DUPLICATE_ID naming the record
 */
export function createMatchingContext(
  bankLines: readonly BankLine[],
  bookEntries: readonly BookEntry[],
  policy: MatchPolicy,
  statements: readonly BankStatement[] = [],
): MatchingContext {
  const tables = tablesOf(policy)
  const { lines, entries } = readSides(bankLines, bookEntries, policy, tables)
  const drafts: MatchDraft[] = []
  const references = createReferenceIndex(lines, entries, policy, statements)
  let demands: MatchingContext['demands'] | undefined
  let entriesByAmount: AmountOrder | undefined
  let linesByAmount: AmountOrder | undefined
  const context: MatchingContext = {
    policy,
    lines,
    entries,
    currencies: tables.currencies.values,
    accounts: tables.accounts.values,
    names: tables.names.values,
    accountsShared: shareAccounts(lines, entries, tables.accounts.values.length),
    drafts,
    postponed: [],
    references,
    companionOf: new Int32Array(lines.count).fill(-1),
    notes: new Map(),
    returnedEntries: new Set(),
    reversalOf: reversals(entries),
    get entriesByAmount() {
      entriesByAmount ??= createAmountOrder(entries)
      return entriesByAmount
    },
    get linesByAmount() {
      linesByAmount ??= createAmountOrder(lines)
      return linesByAmount
    },
    budget: { steps: policy.groups.totalSteps },
    demands(line, entry, basis) {
      demands ??= createPairDemands(context)
      return demands(line, entry, basis)
    },
    settle() {
      demands = undefined
      linesByAmount = undefined
      references.settle((line) => lines.state[line] === recordStates.TAKEN)
      forgetNameNeighbours(context)
    },
    lineOpen: (line) => lines.state[line] === recordStates.OPEN,
    entryOpen: (entry) => entries.state[entry] === recordStates.OPEN,
    add(draft) {
      drafts.push(draft)
      if (draft.alternative) return
      const state = draft.status === 'AUTO' ? recordStates.TAKEN : recordStates.HELD
      for (const line of draft.lines) lines.state[line] = Math.max(lines.state[line] ?? 0, state)
      for (const entry of draft.entries) entries.state[entry] = Math.max(entries.state[entry] ?? 0, state)
    },
  }
  return context
}
