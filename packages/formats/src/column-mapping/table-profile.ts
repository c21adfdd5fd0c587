import { currencyCodes } from '@recon/core'
import { type CellShape, shapeOf } from './cell-shape.ts'
import type { ColumnRole } from './column-vocabulary.ts'
import { type RoleMatch, rolesOfHeader } from './column-words.ts'
import type { TableRow } from './row-reading.ts'

/** One column over the rows below the header. */
export interface ColumnProfile {
  readonly index: number
  /** Header text, '' where there is none. */
  readonly header: string
  readonly roles: readonly RoleMatch[]
  readonly counts: Readonly<Record<CellShape, number>>
}

/** A table before anything is decided: where its header is, what its columns look like. */
export interface TableProfile {
  readonly preamble: readonly TableRow[]
  readonly header: TableRow | undefined
  readonly columns: readonly ColumnProfile[]
  /** Rows below the header, blank ones left out. */
  readonly body: readonly TableRow[]
}

const currencies = new Set(currencyCodes)
const headerDepth = 200
const money: readonly ColumnRole[] = ['amount', 'debit', 'credit']

function headerScore(row: TableRow): number {
  let score = 0
  let dated = false
  let moneyed = false
  for (const text of row.fields) {
    if (text === '' || shapeOf(text) !== 'TEXT') continue
    const roles = rolesOfHeader(text, currencies)
    if (roles.length === 0) continue
    score++
    dated ||= roles.some((match) => match.role === 'bookingDate' || match.role === 'valueDate')
    moneyed ||= roles.some((match) => money.includes(match.role))
  }
  return dated && moneyed && score >= 2 ? score : 0
}

/** The row whose cells name a date, money and the most other columns; the first of equals. */
function headerIndex(rows: readonly TableRow[]): number | undefined {
  let best: number | undefined
  let bestScore = 0
  for (let index = 0; index < Math.min(rows.length, headerDepth); index++) {
    const row = rows[index]
    const score = row === undefined ? 0 : headerScore(row)
    if (score > bestScore) {
      best = index
      bestScore = score
    }
  }
  return best
}

function isBlank(row: TableRow): boolean {
  return row.fields.every((text) => text.trim() === '')
}

/** Profiles the rows of a table. Without a header, rows above the first one with a date and an amount are preamble. */
export function profileTable(rows: readonly TableRow[]): TableProfile {
  const found = headerIndex(rows)
  const header = found === undefined ? undefined : rows[found]
  const shaped = (row: TableRow, shape: CellShape) => row.fields.some((text) => shapeOf(text) === shape)
  const start =
    found === undefined
      ? Math.max(
          0,
          rows.findIndex((row) => shaped(row, 'DATE') && shaped(row, 'AMOUNT')),
        )
      : found + 1
  const body = rows.slice(start).filter((row) => !isBlank(row))
  const width = body.reduce((most, row) => Math.max(most, row.fields.length), header?.fields.length ?? 0)
  const columns = Array.from({ length: Math.min(width, 512) }, (_, index): ColumnProfile => {
    const counts: Record<CellShape, number> = { EMPTY: 0, DATE: 0, AMOUNT: 0, TEXT: 0 }
    for (const row of body) counts[shapeOf(row.fields[index] ?? '')]++
    const text = (header?.fields[index] ?? '').trim()
    return { index, header: text, roles: rolesOfHeader(text, currencies), counts }
  })
  return { preamble: rows.slice(0, found ?? start), header, columns, body }
}

/** The columns that may play a role, best words first. */
export function columnsFor(profile: TableProfile, role: ColumnRole): readonly ColumnProfile[] {
  const rankOf = (column: ColumnProfile) => column.roles.find((match) => match.role === role)?.rank
  return profile.columns
    .filter((column) => rankOf(column) !== undefined)
    .sort((left, right) => (rankOf(left) ?? 0) - (rankOf(right) ?? 0))
}
