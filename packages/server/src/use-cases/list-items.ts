import type { ItemRow } from '@recon/client'
import { isIsoDate } from '@recon/core'
import { sql } from 'kysely'
import { countItems, type ItemCounts } from './count-items.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { filtered, type ItemFilter, type ItemReader } from './item-filter.ts'
import { fillItemRows } from './load-item-rows.ts'

export interface ItemQuery extends ItemFilter {
  readonly sort?: 'severity' | 'date' | '-date' | 'amount' | '-amount'
  readonly cursor?: string
  readonly limit?: number
  readonly counts?: boolean
}

export interface ItemPage {
  readonly rows: readonly ItemRow[]
  readonly nextCursor: string | null
  readonly counts: ItemCounts | null
}

const pageSize = 100

/** A page of a queue, by keyset: the cost of a page does not grow with its number. */
export async function listItems(reader: ItemReader, query: ItemQuery): Promise<ItemPage> {
  const sort = query.sort ?? 'severity'
  const order = orders[sort]
  const limit = query.limit ?? pageSize
  let rows = filtered(reader, query).selectAll('item')
  const cursor = readCursor(query.cursor, sort)
  if (cursor !== undefined) {
    const value = order.parse(cursor.value)
    const compare = sql.raw(order.descending ? '<' : '>')
    const column = sql.ref(order.column)
    rows = rows.where(sql<boolean>`(${column} ${compare} ${value} or (${column} = ${value} and id > ${cursor.id}))`)
  }
  const found = await rows
    .orderBy(order.column, order.descending ? 'desc' : 'asc')
    .orderBy('id', 'asc')
    .limit(limit + 1)
    .execute()
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return {
    rows: await fillItemRows(reader, page, 50),
    nextCursor:
      found.length > limit && last !== undefined ? writeCursor(sort, String(last[order.column]), last.id) : null,
    counts: query.counts === false ? null : await countItems(reader, query),
  }
}

const orders = {
  severity: { column: 'severity', descending: true, parse: Number },
  date: { column: 'date', descending: false, parse: dateValue },
  '-date': { column: 'date', descending: true, parse: dateValue },
  amount: { column: 'amount_minor', descending: false, parse: minorValue },
  '-amount': { column: 'amount_minor', descending: true, parse: minorValue },
} as const

function dateValue(text: string): string {
  return isIsoDate(text) ? text : '0001-01-01'
}

function minorValue(text: string): string {
  return /^-?\d{1,19}$/.test(text) ? text : '0'
}
