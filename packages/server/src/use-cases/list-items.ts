import type { ItemRow } from '@recon/client'
import { isIsoDate, parseMoney, type ReviewItemStatus, toMinorUnits } from '@recon/core'
import { type ExpressionBuilder, type Kysely, type SelectQueryBuilder, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'
import { countItems, type ItemCounts } from './count-items.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { fillItemRows } from './load-item-rows.ts'

export interface ItemFilter {
  readonly runId?: string
  readonly scenario?: string
  readonly status?: ReviewItemStatus
  readonly bucket?: string
  readonly queue?: string
  readonly perspective?: string
  readonly account?: string
  readonly currency?: string
  readonly from?: string
  readonly to?: string
  readonly search?: string
}

export interface ItemQuery extends ItemFilter {
  readonly sort?: 'severity' | 'date' | '-date' | 'amount' | '-amount'
  readonly cursor?: string
  readonly limit?: number
  readonly counts?: boolean
}

export interface ItemReader {
  readonly db: Kysely<Tables>
  readonly tenantId: string
  readonly now: string
}

export interface ItemPage {
  readonly rows: readonly ItemRow[]
  readonly nextCursor: string | null
  readonly counts: ItemCounts | null
}

type Items = SelectQueryBuilder<Tables, 'item', object>
type Where = ExpressionBuilder<Tables, 'item'>

const pageSize = 100
export const agedDays = 5
export const settled: readonly string[] = ['RECONCILED', 'UNRECEIVED']

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

export function filtered(reader: ItemReader, filter: ItemFilter): Items {
  let items: Items = reader.db.selectFrom('item').where('item.tenant_id', '=', reader.tenantId)
  const equal = {
    run_id: filter.runId,
    scenario: filter.scenario,
    status: filter.status,
    bucket: filter.bucket,
    perspective: filter.perspective,
    account: filter.account,
    currency: filter.currency,
  } as const
  for (const [column, value] of Object.entries(equal)) {
    if (value !== undefined) items = items.where(column as 'run_id', '=', value)
  }
  if (filter.from !== undefined) items = items.where('date', '>=', filter.from)
  if (filter.to !== undefined) items = items.where('date', '<=', filter.to)
  if (filter.queue !== undefined) items = items.where((where) => inQueue(where, filter.queue ?? '', reader.now))
  if (filter.search !== undefined && filter.search.trim() !== '') {
    items = items.where((where) => matchesText(where, filter.search ?? '', filter.currency))
  }
  return items
}

function inQueue(where: Where, queue: string, now: string) {
  switch (queue) {
    case 'AP_ESCALATIONS':
      return where('status', '=', 'ESCALATED')
    case 'FLAGGED':
      return where('status', '=', 'FLAGGED')
    case 'AWAITING_JOURNAL':
      return where('status', '=', 'AWAITING_JOURNAL')
    case 'RECONCILED':
      return where('status', '=', 'RECONCILED')
    case 'UNRECEIVED':
      return where('status', '=', 'UNRECEIVED')
    case 'AGED':
      return where.and([where('status', 'not in', [...settled]), where('arrived_at', '<', daysBefore(now, agedDays))])
    default:
      return where('status', 'not in', [...settled])
  }
}

export function daysBefore(now: string, days: number): string {
  return new Date(Date.parse(now) - days * 86_400_000).toISOString()
}

/** An amount finds exactly that amount, whatever its sign is written like; other text is looked for as it is. */
export function matchesText(where: Where, search: string, currency?: string) {
  const text = search.trim().toLowerCase()
  const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
  const found = where('search_text', 'like', pattern)
  const amount = parseMoney(text, { currency: currency ?? 'USD', decimalMark: '.', groupMarks: [','] })
  return amount.ok ? where.or([found, where('amount_minor', '=', toMinorUnits(amount.value))]) : found
}
