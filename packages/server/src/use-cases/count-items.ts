import { type Kysely, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'
import { agedDays, daysBefore, filtered, type ItemFilter, type ItemReader, settled } from './item-filter.ts'

export interface ItemCounts {
  readonly total: number
  readonly byScenario: Readonly<Record<string, number>>
  readonly byStatus: Readonly<Record<string, number>>
  readonly byBucket: Readonly<Record<string, number>>
  readonly byQueue: Readonly<Record<string, number>>
}

/** Items alike in what the tabs of a queue tell apart. */
interface Group {
  readonly scenario: string
  readonly status: string
  readonly bucket: string
  readonly aged: boolean
  readonly items: number
}

/** Each dimension is counted without its own filter, so that a tab shows what it would hold. */
export async function countItems(reader: ItemReader, filter: ItemFilter): Promise<ItemCounts> {
  const groups = await groupsOf(reader, filter)
  const inScenario = (group: Group) => filter.scenario === undefined || group.scenario === filter.scenario
  const inBucket = (group: Group) => filter.bucket === undefined || group.bucket === filter.bucket
  const inQueue = (group: Group) =>
    (filter.status === undefined || group.status === filter.status) &&
    (filter.queue === undefined || belongs(group, filter.queue))
  const whatever = groups.filter((group) => inScenario(group) && inBucket(group))
  const byStatus = tally(whatever, (group) => group.status)
  const sum = (some: readonly Group[]) => some.reduce((items, group) => items + group.items, 0)
  const queue = (name: string) => sum(whatever.filter((group) => belongs(group, name)))
  return {
    total: sum(whatever.filter(inQueue)),
    byScenario: tally(
      groups.filter((group) => inBucket(group) && inQueue(group)),
      (group) => group.scenario,
    ),
    byStatus,
    byBucket: tally(
      groups.filter((group) => inScenario(group) && inQueue(group)),
      (group) => group.bucket,
    ),
    byQueue: {
      OPEN: queue('OPEN'),
      AP_ESCALATIONS: queue('AP_ESCALATIONS'),
      FLAGGED: queue('FLAGGED'),
      AWAITING_JOURNAL: queue('AWAITING_JOURNAL'),
      AGED: queue('AGED'),
      RECONCILED: queue('RECONCILED'),
      UNRECEIVED: queue('UNRECEIVED'),
    },
  }
}

const statusOfQueue: Readonly<Record<string, string>> = {
  AP_ESCALATIONS: 'ESCALATED',
  FLAGGED: 'FLAGGED',
  AWAITING_JOURNAL: 'AWAITING_JOURNAL',
  RECONCILED: 'RECONCILED',
  UNRECEIVED: 'UNRECEIVED',
}

function belongs(group: Group, queue: string): boolean {
  const status = statusOfQueue[queue]
  if (status !== undefined) return group.status === status
  return !settled.includes(group.status) && (queue !== 'AGED' || group.aged)
}

/** From the kept tallies where they can tell; a filter by account, currency, day or text has to look at the items. */
async function groupsOf(reader: ItemReader, filter: ItemFilter): Promise<Group[]> {
  const { account, currency, from, to } = filter
  const text = filter.search?.trim() ?? ''
  const kept = account === undefined && currency === undefined && from === undefined && to === undefined && text === ''
  const aged = sql<boolean>`arrived_at < ${daysBefore(reader.now, agedDays)}::timestamptz`.as('aged')
  if (!kept) {
    const { scenario: _scenario, status: _status, queue: _queue, bucket: _bucket, ...beyond } = filter
    const rows = await filtered(reader, beyond)
      .select(['scenario', 'status', 'bucket', aged, sql<bigint>`count(*)`.as('items')])
      .groupBy(['scenario', 'status', 'bucket', 'aged'])
      .execute()
    return rows.map((row) => ({ ...row, items: Number(row.items) }))
  }
  let rows = reader.db.selectFrom('item_tally').where('tenant_id', '=', reader.tenantId)
  if (filter.runId !== undefined) rows = rows.where('run_id', '=', filter.runId)
  if (filter.perspective !== undefined) rows = rows.where('perspective', '=', filter.perspective)
  const sums = await rows
    .select(['scenario', 'status', 'bucket', aged, sql<string>`sum(items)`.as('items')])
    .groupBy(['scenario', 'status', 'bucket', 'aged'])
    .having(sql<boolean>`sum(items) <> 0`)
    .execute()
  return sums.map((row) => ({ ...row, items: Number(row.items) }))
}

function tally(groups: readonly Group[], nameOf: (group: Group) => string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const group of groups) counts[nameOf(group)] = (counts[nameOf(group)] ?? 0) + group.items
  return counts
}

/** Adds up the differences that actions left, where they have become many. Safe in several processes at once. */
export async function compactTallies(db: Kysely<Tables>, atLeast = 1000): Promise<number> {
  const many = await sql<{ tenant_id: string }>`
    select tenant_id from recon.item_tally group by tenant_id having count(*) > ${atLeast} and
      count(*) > 2 * count(distinct (run_id, perspective, scenario, status, bucket, arrived_at))`.execute(db)
  for (const { tenant_id: tenantId } of many.rows) {
    await sql`with gone as (delete from recon.item_tally where tenant_id = ${tenantId} returning *)
      insert into recon.item_tally select tenant_id, run_id, perspective, scenario, status, bucket, arrived_at, sum(items)
        from gone group by 1, 2, 3, 4, 5, 6, 7 having sum(items) <> 0`.execute(db)
  }
  return many.rows.length
}
