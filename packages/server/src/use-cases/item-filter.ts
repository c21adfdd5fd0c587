import { parseMoney, type ReviewItemStatus, toMinorUnits } from '@recon/core'
import type { ExpressionBuilder, Kysely, SelectQueryBuilder } from 'kysely'
import type { Tables } from '../store/tables.ts'

/** What a list, a count, a report or a bulk action is about. */
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

export interface ItemReader {
  readonly db: Kysely<Tables>
  readonly tenantId: string
  readonly now: string
}

type Items = SelectQueryBuilder<Tables, 'item', object>
type Where = ExpressionBuilder<Tables, 'item'>

export const agedDays = 5
export const settled: readonly string[] = ['RECONCILED', 'UNRECEIVED']

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
