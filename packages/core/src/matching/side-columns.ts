import { currencyExponent } from '../money/currency.ts'
import type { Money } from '../money/money.ts'
import { ReconError } from '../recon-error.ts'
import { instruments } from '../records/instrument.ts'
import { dayNumber } from '../records/iso-date.ts'
import { normalizedName } from '../references/counterparty-name.ts'
import { KeyTable } from './key-table.ts'

/** OPEN records are free; HELD ones have a proposal or a flag; TAKEN ones an automatic link; SHUT ones never take part. */
export const recordStates = { OPEN: 0, HELD: 1, TAKEN: 2, SHUT: 3 } as const

/** What the passes ask of every record, as bits: rows lie far apart in memory and are read once. */
export const recordTraits = {
  PENDING: 1,
  POSTED: 2,
  /** The source system says something about the record. */
  STATED: 4,
  /** The source system has reconciled it. */
  RECONCILED: 8,
  /** A line that names the pending line it replaces, an entry that names the one it reverses. */
  POINTS: 16,
  /** A leg of a sweep, by instrument or transaction code; of entries nothing is said here. */
  SWEEP: 32,
  CLOSED: 64,
} as const

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
  /** Bits of `recordTraits`. */
  readonly traits: Uint8Array
  /** One of `recordStates`. */
  readonly state: Uint8Array
}

const mostDigits = 15

/** Canonical digits as an integer, NaN for anything else: most amounts need no more. */
function plainMinorUnits(text: string, exponent: number): number {
  const negative = text.charCodeAt(0) === 45
  const first = negative ? 1 : 0
  const point = exponent === 0 ? text.length : text.length - exponent - 1
  if (text.length - first > mostDigits || point <= first) return Number.NaN
  let minor = 0
  for (let at = first; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48
    if (at === point) {
      if (digit !== -2) return Number.NaN
    } else if (digit < 0 || digit > 9) return Number.NaN
    else minor = minor * 10 + digit
  }
  return negative && minor !== 0 ? -minor : minor
}

/**
 * Minor units as a safe integer.
 * @throws ReconError RECORD_INVALID when the amount is not canonical or beyond 2^53 minor units
 */
export function safeMinorUnits(value: Money, place: string): number {
  const exponent = currencyExponent(value.currency)
  const text = value.amount
  const plain = plainMinorUnits(text, exponent)
  if (!Number.isNaN(plain)) return plain
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

/** Texts by number. The same text often comes many times in a row. */
export class Interner {
  readonly #table = new KeyTable()
  #last = ''
  #lastId = -1
  get values(): readonly string[] {
    return this.#table.keys
  }
  of(value: string): number {
    if (this.#lastId >= 0 && value === this.#last) return this.#lastId
    this.#last = value
    this.#lastId = this.#table.add(value)
    return this.#lastId
  }
}

/** What both sides of a run index into. */
export interface ColumnTables {
  readonly currencies: Interner
  readonly accounts: Interner
  readonly names: Interner
  /** Names as received: most come again and again. */
  readonly rawNames: Interner
  /** Of each of them the index into `names`, or -1. */
  readonly namesOfRaw: number[]
  readonly aliases: ReadonlyMap<string, string>
}

const instrumentIds: ReadonlyMap<string, number> = new Map(instruments.map((name, index) => [name, index]))

function nameId(tables: ColumnTables, raw: string | undefined): number {
  if (raw === undefined || raw === '') return -1
  const id = tables.rawNames.of(raw)
  if (id === tables.namesOfRaw.length) {
    const own = normalizedName(raw)
    const normalized = tables.aliases.get(own) ?? own
    tables.namesOfRaw.push(normalized === '' ? -1 : tables.names.of(normalized))
  }
  return tables.namesOfRaw[id] ?? -1
}

interface ColumnSource {
  readonly id: string
  readonly account?: string
  readonly counterparty?: { readonly name?: string }
  readonly instrument?: string
}

export interface ColumnReader<Row> {
  compared(row: Row): Money | undefined
  date(row: Row): string
  shut(row: Row): boolean
  traits(row: Row): number
}

/**
 * One side, read row by row. The rows must be in the order of their ids.
 * @throws ReconError RECORD_INVALID naming the record
 */
export function readColumns<Row extends ColumnSource>(
  rows: readonly Row[],
  tables: ColumnTables,
  read: ColumnReader<Row>,
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
    traits: new Uint8Array(count),
    state: new Uint8Array(count),
  }
  for (let index = 0; index < count; index++) {
    const row = rows[index] as Row
    const amount = read.compared(row)
    const date = read.date(row)
    const day = dayNumber(date)
    if (day === undefined) {
      throw new ReconError('RECORD_INVALID', `${row.id}: "${date.slice(0, 20)}" is not a date.`, { place: row.id })
    }
    const { account, instrument } = row
    side.amount[index] = amount === undefined ? 0 : safeMinorUnits(amount, row.id)
    side.currency[index] = amount === undefined ? -1 : tables.currencies.of(amount.currency)
    side.day[index] = day
    side.account[index] = account === undefined || account === '' ? -1 : tables.accounts.of(account)
    side.name[index] = nameId(tables, row.counterparty?.name)
    side.instrument[index] = instrument === undefined ? -1 : (instrumentIds.get(instrument) ?? -1)
    side.traits[index] = read.traits(row)
    side.state[index] = amount === undefined || read.shut(row) ? recordStates.SHUT : recordStates.OPEN
  }
  return side
}
