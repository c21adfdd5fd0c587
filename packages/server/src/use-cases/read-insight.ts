import { fromMinorUnits, type Money } from '@recon/core'
import { sql } from 'kysely'
import type { ItemReader } from './item-filter.ts'

export interface InsightQuery {
  readonly by?: 'day' | 'week' | 'month'
  readonly from?: string
  readonly to?: string
}

export interface InsightRow {
  readonly period: string
  readonly scenario: string
  readonly currency: string
  readonly items: number
  readonly automatic: number
  readonly resolved: number
  readonly amount: Money
  readonly medianHoursToResolve: number | null
}

/** Counts, amounts and times per scenario and period, by the date of the items. */
export async function readInsight(reader: ItemReader, query: InsightQuery): Promise<{ rows: InsightRow[] }> {
  const period = sql<string>`date_trunc(${sql.lit(query.by ?? 'day')}, date)::date`
  let items = reader.db
    .selectFrom('item')
    .select([period.as('period'), 'scenario', 'currency'])
    .select([
      sql<bigint>`count(*)`.as('items'),
      sql<bigint>`count(*) filter (where automatic)`.as('automatic'),
      sql<bigint>`count(*) filter (where resolved_at is not null)`.as('resolved'),
      sql<string>`sum(amount_minor)::text`.as('amount'),
      sql<
        number | null
      >`percentile_cont(0.5) within group (order by extract(epoch from resolved_at - arrived_at)::float8 / 3600)
        filter (where resolved_at is not null and not automatic)`.as('hours'),
    ])
    .where('tenant_id', '=', reader.tenantId)
    .groupBy([period, 'scenario', 'currency'])
    .orderBy('period')
    .orderBy('scenario')
    .orderBy('currency')
  if (query.from !== undefined) items = items.where('date', '>=', query.from)
  if (query.to !== undefined) items = items.where('date', '<=', query.to)
  const rows = await items.execute()
  return {
    rows: rows.map((row) => ({
      period: row.period,
      scenario: row.scenario,
      currency: row.currency,
      items: Number(row.items),
      automatic: Number(row.automatic),
      resolved: Number(row.resolved),
      amount: fromMinorUnits(BigInt(row.amount), row.currency),
      medianHoursToResolve: row.hours === null ? null : Number(row.hours),
    })),
  }
}
