import { looksLikeAmount, shapeOf } from './cell-shape.ts'
import type { ColumnRole } from './column-vocabulary.ts'
import { creditWords, debitWords } from './column-words.ts'
import type { Why } from './mapping-reason.ts'
import type { TableRow } from './row-reading.ts'
import { type ColumnProfile, columnsFor, type TableProfile } from './table-profile.ts'

export type MoneyColumns =
  | { readonly kind: 'SIGNED'; readonly amount: ColumnProfile; readonly why: Why }
  | {
      readonly kind: 'DEBIT_CREDIT'
      readonly debit: ColumnProfile
      readonly credit: ColumnProfile
      readonly why: Why
      readonly named: boolean
    }
  | {
      readonly kind: 'FLAG'
      readonly amount: ColumnProfile
      readonly flag: ColumnProfile
      readonly debit: readonly string[]
      readonly credit: readonly string[]
      readonly why: Why
    }

function cell(row: TableRow, column: ColumnProfile): string {
  return (row.fields[column.index] ?? '').trim()
}

/** All filled cells are amounts, and enough are filled. */
function isMoney(column: ColumnProfile, rows: readonly TableRow[], share: number): boolean {
  let filled = 0
  for (const row of rows) {
    const text = cell(row, column)
    if (text === '' || text === '-') continue
    if (!looksLikeAmount(text)) {
      // One unreadable amount is a defect of its row; a column of other things is another column.
      if (shapeOf(text) === 'DATE' || !/\d/.test(text)) return false
      continue
    }
    filled++
  }
  return filled > 0 && filled >= rows.length * share
}

const minus = /^'?\s?(?:[-−(]|[A-Z$€£]{1,3}\s?[-−])|-\s?(?:[A-Z]{3})?$/

export function isNegativeText(text: string): boolean {
  return minus.test(text.trim())
}

/** The column whose cells are all words for money in or money out, and those words. */
export function flagColumn(
  profile: TableProfile,
  rows: readonly TableRow[],
): { column: ColumnProfile; debit: string[]; credit: string[] } | undefined {
  for (const column of profile.columns) {
    // `CR` beside credits and nothing beside debits, as English banks print it.
    const marks = new Set(rows.map((row) => cell(row, column).toLowerCase()))
    if (marks.size === 2 && marks.has('') && marks.has('cr')) return { column, debit: [''], credit: ['cr'] }
    const debit = new Set<string>()
    const credit = new Set<string>()
    let other = 0
    for (const row of rows) {
      const word = cell(row, column).toLowerCase()
      if (debitWords.has(word)) debit.add(word)
      else if (creditWords.has(word)) credit.add(word)
      else other++
    }
    // One kind of word alone may be anything, unless the header says it is the direction. Every row needs one, save a share
    // small enough to be defects of their own.
    const both = debit.size > 0 && credit.size > 0
    const named = column.roles.some((match) => match.role === 'flag') && debit.size + credit.size > 0
    if ((both || named) && debit.size <= 2 && credit.size <= 2 && other * 20 <= rows.length) {
      return {
        column,
        debit: [...(debit.size > 0 ? debit : debitWords)],
        credit: [...(credit.size > 0 ? credit : creditWords)],
      }
    }
  }
  return undefined
}

/** How the header says the money is written, checked against the cells of the dated rows. */
function namedMoney(profile: TableProfile, rows: readonly TableRow[]): MoneyColumns | undefined {
  const free = (column: ColumnProfile) =>
    !column.roles.some((match) => match.role === 'balance' || match.role === 'detailAmount')
  const amounts = columnsFor(profile, 'amount').filter((column) => free(column) && isMoney(column, rows, 0.5))
  const debits = columnsFor(profile, 'debit').filter((column) => free(column) && isMoney(column, rows, 0))
  const credits = columnsFor(profile, 'credit').filter((column) => free(column) && isMoney(column, rows, 0))
  const [debit, credit] = pairOf(profile, rows, debits, credits)
  const [amount] = amounts
  const signed = amount !== undefined && rows.some((row) => isNegativeText(cell(row, amount)))
  if (amount !== undefined && (signed || debit === undefined || credit === undefined)) {
    const flag = flagColumn(profile, rows)
    if (flag !== undefined && flag.column !== amount && !agrees(flag, amount, rows)) {
      return {
        kind: 'FLAG',
        amount,
        flag: flag.column,
        debit: flag.debit,
        credit: flag.credit,
        why: { code: 'AMOUNT_WITH_DIRECTION' },
      }
    }
    return { kind: 'SIGNED', amount, why: { code: 'AMOUNT_NAMED' } }
  }
  if (debit !== undefined && credit !== undefined) {
    return {
      kind: 'DEBIT_CREDIT',
      debit,
      credit,
      named: true,
      why: { code: 'AMOUNT_PAIR_NAMED' },
    }
  }
  return undefined
}

/** Both columns of a pair; a named one may be empty throughout when no row needs it. */
function pairOf(
  profile: TableProfile,
  rows: readonly TableRow[],
  debits: readonly ColumnProfile[],
  credits: readonly ColumnProfile[],
): [ColumnProfile | undefined, ColumnProfile | undefined] {
  const empty = (column: ColumnProfile) => rows.every((row) => cell(row, column) === '' || cell(row, column) === '-')
  const debit = debits[0] ?? (credits.length > 0 ? columnsFor(profile, 'debit').find(empty) : undefined)
  const credit =
    credits.find((column) => column !== debit) ??
    (debits.length > 0 ? columnsFor(profile, 'credit').find(empty) : undefined)
  return [debit, credit]
}

/** The amounts carry the very signs the flags state: then the flag adds nothing. */
function agrees(
  flag: { column: ColumnProfile; debit: string[] },
  amount: ColumnProfile,
  rows: readonly TableRow[],
): boolean {
  const out = new Set(flag.debit)
  return (
    rows.some((row) => isNegativeText(cell(row, amount))) &&
    rows.every(
      (row) =>
        cell(row, amount) === '' ||
        /^[0.,]+$/.test(cell(row, amount)) ||
        isNegativeText(cell(row, amount)) === out.has(cell(row, flag.column).toLowerCase()),
    )
  )
}

/** Two columns of which each row fills exactly one. */
function complementary(left: ColumnProfile, right: ColumnProfile, rows: readonly TableRow[]): boolean {
  const filled = (row: TableRow, column: ColumnProfile) => !/^[-+]?\$?[0.,]*$/.test(cell(row, column))
  return (
    rows.every((row) => filled(row, left) !== filled(row, right)) ||
    (rows.length > 0 && rows.filter((row) => filled(row, left) !== filled(row, right)).length >= rows.length * 0.95)
  )
}

/** Money that is no movement, and movements of one direction, whose other column is missing. */
const otherMoney: ReadonlySet<ColumnRole> = new Set(['balance', 'detailAmount', 'debit', 'credit', 'originalAmount'])

/** Columns of a table without header that can only be money, by their cells alone. */
function unnamedMoney(profile: TableProfile, rows: readonly TableRow[]): readonly ColumnProfile[] {
  return profile.columns.filter((column) => {
    if (column.roles.some((match) => otherMoney.has(match.role))) return false
    if (!isMoney(column, rows, 0)) return false
    // Numbers without a mark, a sign or a currency are as likely check numbers, counts or postal codes.
    return rows.some((row) => /\d[.,]\d{1,4}\D*$|[-+$€£(]/.test(cell(row, column)))
  })
}

/** Where the amounts of a table stand; undefined when nothing in it can be told to be one. */
export function findMoneyColumns(
  profile: TableProfile,
  rows: readonly TableRow[],
): MoneyColumns | readonly ColumnProfile[] | undefined {
  const named = namedMoney(profile, rows)
  if (named !== undefined) return named
  const found = unnamedMoney(profile, rows)
  const full = found.filter((column) => isMoney(column, rows, 0.9))
  const flag = flagColumn(profile, rows)
  const [first, second] = found
  if (first !== undefined && second !== undefined && complementary(first, second, rows)) {
    return {
      kind: 'DEBIT_CREDIT',
      debit: first,
      credit: second,
      named: false,
      why: { code: 'AMOUNT_PAIR_FILLED' },
    }
  }
  const [only] = full
  if (only !== undefined && full.length === 1) {
    if (flag !== undefined && !agrees(flag, only, rows)) {
      return {
        kind: 'FLAG',
        amount: only,
        flag: flag.column,
        debit: flag.debit,
        credit: flag.credit,
        why: { code: 'AMOUNT_ONLY_WITH_DIRECTION' },
      }
    }
    return { kind: 'SIGNED', amount: only, why: { code: 'AMOUNT_ONLY' } }
  }
  return amongSeveral(full, rows) ?? (full.length > 1 ? full : onlyOne(found))
}

function onlyOne(found: readonly ColumnProfile[]): MoneyColumns | undefined {
  const [first] = found
  return found.length === 1 && first !== undefined
    ? { kind: 'SIGNED', amount: first, why: { code: 'AMOUNT_ONLY_SOME' } }
    : undefined
}

/** Among several full columns of numbers: the one with negative amounts, or the only one that changes. */
function amongSeveral(full: readonly ColumnProfile[], rows: readonly TableRow[]): MoneyColumns | undefined {
  if (rows.length < 2) return undefined
  const signed = full.filter((column) => rows.some((row) => isNegativeText(cell(row, column))))
  const moving = full.filter((column) => rows.length >= 3 && new Set(rows.map((row) => cell(row, column))).size > 1)
  const [amount] = signed.length === 1 ? signed : moving
  if (amount === undefined || (signed.length !== 1 && moving.length !== 1)) return undefined
  const code = signed.length === 1 ? 'AMOUNT_ONLY_NEGATIVE' : 'AMOUNT_ONLY_CHANGING'
  return { kind: 'SIGNED', amount, why: { code } }
}
