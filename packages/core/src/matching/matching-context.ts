import { currencyExponent } from '../money/currency.ts'
import type { Money } from '../money/money.ts'
import { ReconError } from '../recon-error.ts'
import type { BankLine } from '../records/bank-line.ts'
import type { BookEntry } from '../records/book-entry.ts'
import { instruments } from '../records/instrument.ts'
import { dayNumber } from '../records/iso-date.ts'
import { normalizedName } from '../references/counterparty-name.ts'
import { type AmountOrder, createAmountOrder } from './amount-order.ts'
import type { Reason } from './evidence.ts'
import { inIdOrder } from './id-order.ts'
import type { MatchDraft } from './match-draft.ts'
import type { MatchPolicy } from './match-policy.ts'
import { createPairDemands } from './pair-demands.ts'
import type { PairBasis, PairExclusion } from './pair-rules.ts'
import { createReferenceIndex, type ReferenceIndex } from './reference-index.ts'

/** OPEN records are free; HELD ones have a proposal or a flag; TAKEN ones an automatic link; SHUT ones never take part. */
export const recordStates = { OPEN: 0, HELD: 1, TAKEN: 2, SHUT: 3 } as const

/** One side of the run, column by column. Index order is the order of ids: the same whatever the order of the input. */
export interface RecordColumns<Row> {
  readonly rows: readonly Row[]
  readonly count: number
  /** Signed minor units of the compared currency; safe integers. For entries the open amount. */
  readonly amount: Float64Array
  /** Index into `currencies`. */
  readonly currency: Int16Array
  /** Day number of the booking date (0 = 1970-01-01). */
  readonly day: Int32Array
  /** Index into `accounts`, or -1 where the record names none. */
  readonly account: Int32Array
  /** Index into `names` (normalized counterparty names), or -1. */
  readonly name: Int32Array
  /** Index into `instruments`, or -1. */
  readonly instrument: Int8Array
  /** One of `recordStates`. */
  readonly state: Uint8Array
}

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
  /** Records the link and takes (AUTO) or holds (PROPOSED, FLAGGED) its records, unless it is an alternative. */
  add(draft: MatchDraft): void
}

/** One step of the engine, in the order of match.ts `matchPasses`. Implemented by identifier-pass, group-pass, scored-pass. */
export type MatchingPass = (context: MatchingContext) => void

/**
 * Minor units as a safe integer.
 * @throws ReconError RECORD_INVALID when the amount is not canonical or beyond 2^53 minor units
 */
export function safeMinorUnits(value: Money, place: string): number {
  const exponent = currencyExponent(value.currency)
  const text = value.amount
  const point = text.indexOf('.')
  const fraction = point < 0 ? 0 : text.length - point - 1
  const minor = Number(point < 0 ? text : text.slice(0, point) + text.slice(point + 1))
  if (fraction !== exponent || !Number.isSafeInteger(minor) || text.length === 0) {
    throw new ReconError(
      'RECORD_INVALID',
      `${place}: "${text.slice(0, 40)}" ${value.currency} cannot be matched. Build amounts with money(); the engine takes up to 2^53 minor units.`,
      { place },
    )
  }
  return minor === 0 ? 0 : minor
}

class Interner {
  readonly values: string[] = []
  readonly #ids = new Map<string, number>()
  of(value: string): number {
    let id = this.#ids.get(value)
    if (id === undefined) {
      id = this.values.length
      this.values.push(value)
      this.#ids.set(value, id)
    }
    return id
  }
}

interface Tables {
  readonly currencies: Interner
  readonly accounts: Interner
  readonly names: Interner
  /** Raw name to normalized id: most names come again and again. */
  readonly rawNames: Map<string, number>
  readonly aliases: ReadonlyMap<string, string>
}

const instrumentIds: ReadonlyMap<string, number> = new Map(instruments.map((name, index) => [name, index]))

function nameId(tables: Tables, raw: string | undefined): number {
  if (raw === undefined || raw === '') return -1
  let id = tables.rawNames.get(raw)
  if (id === undefined) {
    const own = normalizedName(raw)
    const normalized = tables.aliases.get(own) ?? own
    id = normalized === '' ? -1 : tables.names.of(normalized)
    tables.rawNames.set(raw, id)
  }
  return id
}

interface ColumnSource {
  readonly id: string
  readonly account?: string
  readonly counterparty?: { readonly name?: string }
  readonly instrument?: string
}

function columns<Row extends ColumnSource>(
  rows: readonly Row[],
  tables: Tables,
  read: { compared(row: Row): Money | undefined; date(row: Row): string; shut(row: Row): boolean },
): RecordColumns<Row> {
  const count = rows.length
  const side: RecordColumns<Row> = {
    rows,
    count,
    amount: new Float64Array(count),
    currency: new Int16Array(count),
    day: new Int32Array(count),
    account: new Int32Array(count),
    name: new Int32Array(count),
    instrument: new Int8Array(count),
    state: new Uint8Array(count),
  }
  for (let index = 0; index < count; index++) {
    const row = rows[index] as Row
    const amount = read.compared(row)
    const day = dayNumber(read.date(row))
    if (day === undefined) {
      throw new ReconError('RECORD_INVALID', `${row.id}: "${read.date(row).slice(0, 20)}" is not a date.`, {
        place: row.id,
      })
    }
    side.amount[index] = amount === undefined ? 0 : safeMinorUnits(amount, row.id)
    side.currency[index] = amount === undefined ? -1 : tables.currencies.of(amount.currency)
    side.day[index] = day
    side.account[index] = row.account === undefined || row.account === '' ? -1 : tables.accounts.of(row.account)
    side.name[index] = nameId(tables, row.counterparty?.name)
    side.instrument[index] = row.instrument === undefined ? -1 : (instrumentIds.get(row.instrument) ?? -1)
    side.state[index] = amount === undefined || read.shut(row) ? recordStates.SHUT : recordStates.OPEN
  }
  return side
}

function shareAccounts(lines: RecordColumns<BankLine>, entries: RecordColumns<BookEntry>, count: number): boolean {
  const onLines = new Uint8Array(count)
  for (const account of lines.account) if (account >= 0) onLines[account] = 1
  for (const account of entries.account) if (account >= 0 && onLines[account] === 1) return true
  return false
}

function reversals(entries: readonly BookEntry[]): Map<string, number> {
  const found = new Map<string, number>()
  entries.forEach((entry, index) => {
    if (entry.reverses !== undefined && !found.has(entry.reverses)) found.set(entry.reverses, index)
  })
  return found
}

/**
 * The shared representation of one run.
 * @throws ReconError RECORD_INVALID or RECORD_DUPLICATE_ID naming the record
 */
export function createMatchingContext(
  bankLines: readonly BankLine[],
  bookEntries: readonly BookEntry[],
  policy: MatchPolicy,
): MatchingContext {
  const converted = policy.currency === 'CONVERTED'
  const tables: Tables = {
    currencies: new Interner(),
    accounts: new Interner(),
    names: new Interner(),
    rawNames: new Map(),
    aliases: new Map(
      Object.entries(policy.aliases).map(([alias, name]) => [normalizedName(alias), normalizedName(name)]),
    ),
  }
  const lines = columns(inIdOrder(bankLines, 'bank lines'), tables, {
    compared: (line) => (converted ? line.originalAmount : line.amount),
    date: (line) => line.bookingDate,
    shut: (line) => line.status === 'SUPERSEDED' || line.status === 'WITHDRAWN',
  })
  const entries = columns(inIdOrder(bookEntries, 'book entries'), tables, {
    compared: (entry) => (converted ? entry.originalAmount : (entry.openAmount ?? entry.amount)),
    date: (entry) => entry.date,
    shut: (entry) => entry.status === 'CLOSED',
  })
  const drafts: MatchDraft[] = []
  const references = createReferenceIndex(lines, entries, policy)
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
    reversalOf: reversals(entries.rows),
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
