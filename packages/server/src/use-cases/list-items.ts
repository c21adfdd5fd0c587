import type { ItemRow } from '@recon/client'
import { isIsoDate, parseMoney, type ReviewItemStatus, toMinorUnits } from '@recon/core'
import { type ExpressionBuilder, type Kysely, type SelectQueryBuilder, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'
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

export interface ItemCounts {
  readonly total: number
  readonly byScenario: Readonly<Record<string, number>>
  readonly byStatus: Readonly<Record<string, number>>
  readonly byBucket: Readonly<Record<string, number>>
  readonly byQueue: Readonly<Record<string, number>>
}

type Items = SelectQueryBuilder<Tables, 'item', object>
type Where = ExpressionBuilder<Tables, 'item'>

const pageSize = 100
const agedDays = 5
const settled = ['RECONCILED', 'UNRECEIVED']

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
      return where.and([where('status', 'not in', settled), where('arrived_at', '<', daysBefore(now, agedDays))])
    default:
      return where('status', 'not in', settled)
  }
}

function daysBefore(now: string, days: number): string {
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

/** Each dimension is counted without its own filter, so that a tab shows what it would hold. */
async function countItems(reader: ItemReader, filter: ItemFilter): Promise<ItemCounts> {
  const { scenario: _scenario, ...beyondScenario } = filter
  const { status: _status, queue: _queue, ...beyondStatus } = filter
  const { bucket: _bucket, ...beyondBucket } = filter
  const aged = daysBefore(reader.now, agedDays)
  const count = sql<bigint>`count(*)`.as('items')
  const byScenario = await filtered(reader, beyondScenario).select(['scenario', count]).groupBy('scenario').execute()
  const byStatus = await filtered(reader, beyondStatus).select(['status', count]).groupBy('status').execute()
  const byBucket = await filtered(reader, beyondBucket).select(['bucket', count]).groupBy('bucket').execute()
  const waiting = await filtered(reader, beyondStatus)
    .select(count)
    .where('status', 'not in', settled)
    .where('arrived_at', '<', aged)
    .executeTakeFirst()
  const statuses = tally(byStatus.map((row) => [row.status, row.items]))
  const open = Object.entries(statuses).reduce(
    (sum, [status, items]) => sum + (settled.includes(status) ? 0 : items),
    0,
  )
  const queue = filter.scenario === undefined ? undefined : filter.scenario
  const scenarios = tally(byScenario.map((row) => [row.scenario, row.items]))
  const total =
    queue === undefined ? Object.values(scenarios).reduce((sum, items) => sum + items, 0) : (scenarios[queue] ?? 0)
  return {
    total,
    byScenario: scenarios,
    byStatus: statuses,
    byBucket: tally(byBucket.map((row) => [row.bucket, row.items])),
    byQueue: {
      OPEN: open,
      AP_ESCALATIONS: statuses.ESCALATED ?? 0,
      FLAGGED: statuses.FLAGGED ?? 0,
      AWAITING_JOURNAL: statuses.AWAITING_JOURNAL ?? 0,
      AGED: Number(waiting?.items ?? 0n),
      RECONCILED: statuses.RECONCILED ?? 0,
      UNRECEIVED: statuses.UNRECEIVED ?? 0,
    },
  }
}

function tally(rows: readonly (readonly [string, bigint])[]): Record<string, number> {
  return Object.fromEntries(rows.map(([name, items]) => [name, Number(items)]))
}
