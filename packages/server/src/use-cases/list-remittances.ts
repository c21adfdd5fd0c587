import type { RemittanceRow } from '@recon/client'
import {
  addDays,
  allow,
  type Decision,
  fromMinorUnits,
  missingPermission,
  moveRemittance,
  ReconError,
  type RemittanceEvent,
} from '@recon/core'
import { sql } from 'kysely'
import { remittanceOf } from '../collections/placement-rows.ts'
import { lockRemittance, storeRemittance } from '../collections/send-transfer.ts'
import { recordActivity } from '../store/activity-chain.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { announceWebhooks, eventsOf, remittanceFacts } from '../webhooks/webhook-event.ts'
import { readCursor, writeCursor } from './cursor.ts'

export interface RemittanceFilter {
  readonly creditorId?: string
  readonly placementId?: string
  readonly status?: string
  /** Days the payment occurred on, both included, in UTC. */
  readonly from?: string
  readonly to?: string
}

function filtered(unit: UnitOfWork, filter: RemittanceFilter) {
  let rows = unit.db.selectFrom('remittance').where('tenant_id', '=', unit.tenantId)
  if (filter.creditorId !== undefined) rows = rows.where('creditor_id', '=', filter.creditorId)
  if (filter.placementId !== undefined) rows = rows.where('placement_id', '=', filter.placementId)
  if (filter.status !== undefined) rows = rows.where('status', '=', filter.status)
  if (filter.from !== undefined) rows = rows.where('occurred_at', '>=', `${filter.from}T00:00:00Z`)
  if (filter.to !== undefined) rows = rows.where('occurred_at', '<', `${addDays(filter.to, 1)}T00:00:00Z`)
  return rows
}

function demandView(unit: UnitOfWork): void {
  const missing = missingPermission(unit.actor, 'placement.view', 'COLLECTIONS')
  if (missing) throw new ReconError('FORBIDDEN', missing.message)
}

/** The remittance ledger, the newest first, with the sums of everything the filter covers. */
export async function listRemittances(
  unit: UnitOfWork,
  query: RemittanceFilter & { readonly cursor?: string; readonly limit?: number },
) {
  demandView(unit)
  const limit = query.limit ?? 50
  let page = filtered(unit, query)
    .selectAll()
    .orderBy('occurred_at', 'desc')
    .orderBy('id')
    .limit(limit + 1)
  const cursor = readCursor(query.cursor, 'remittance')
  if (cursor !== undefined) {
    page = page.where((where) =>
      where.or([
        where('occurred_at', '<', cursor.value),
        where.and([where('occurred_at', '=', cursor.value), where('id', '>', cursor.id)]),
      ]),
    )
  }
  const found = await page.execute()
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  return {
    rows: shown.map((row): RemittanceRow => ({ ...remittanceOf(row), creditorId: row.creditor_id })),
    nextCursor:
      found.length > limit && last !== undefined ? writeCursor('remittance', last.occurred_at, last.id) : null,
    sums: await sumRemittances(unit, query),
  }
}

async function sumRemittances(unit: UnitOfWork, filter: RemittanceFilter) {
  const sums = await filtered(unit, filter)
    .select([
      'currency',
      sql<bigint>`sum(recovered_minor)::bigint`.as('recovered'),
      sql<bigint>`sum(fee_minor)::bigint`.as('fee'),
      sql<bigint>`sum(net_minor)::bigint`.as('net'),
    ])
    .groupBy('currency')
    .orderBy('currency')
    .execute()
  return sums.map(({ currency, recovered, fee, net }) => ({
    recovered: fromMinorUnits(BigInt(recovered), currency),
    fee: fromMinorUnits(BigInt(fee), currency),
    net: fromMinorUnits(BigInt(net), currency),
  }))
}

/** All rows of a filter, oldest first, a thousand at a time: what exports are written from. */
export async function* streamRemittances(unit: UnitOfWork, filter: RemittanceFilter): AsyncGenerator<RemittanceRow> {
  demandView(unit)
  for (let after: { occurredAt: string; id: string } | undefined; ; ) {
    let batch = filtered(unit, filter).selectAll().orderBy('occurred_at').orderBy('id').limit(1000)
    const from = after
    if (from !== undefined) {
      batch = batch.where((where) =>
        where.or([
          where('occurred_at', '>', from.occurredAt),
          where.and([where('occurred_at', '=', from.occurredAt), where('id', '>', from.id)]),
        ]),
      )
    }
    const rows = await batch.execute()
    for (const row of rows) yield { ...remittanceOf(row), creditorId: row.creditor_id }
    const last = rows.at(-1)
    if (last === undefined || rows.length < 1000) return
    after = { occurredAt: last.occurred_at, id: last.id }
  }
}

export interface RemittanceMove {
  readonly remittanceId: string
  readonly version: number
  readonly event: RemittanceEvent
  readonly reference?: string
  readonly reason?: string
}

/** Moves the transfer of a row on by hand. */
export async function moveRemittanceByHand(unit: UnitOfWork, input: RemittanceMove): Promise<Decision<RemittanceRow>> {
  const { remittance, creditorId, placementId } = await lockRemittance(unit, input.remittanceId)
  const { reference, reason } = input
  const given = {
    expectedVersion: input.version,
    ...(reference === undefined ? {} : { reference }),
    ...(reason === undefined ? {} : { reason }),
  }
  const moved = moveRemittance(remittance, input.event, given, unit.actor, unit.now)
  if (!moved.ok) return moved
  await storeRemittance(unit, moved.value.subject)
  if (moved.value.subject.status === 'pending')
    unit.enqueue({ queue: 'writeback', data: { tenantId: unit.tenantId, remittanceId: remittance.id } })
  announceWebhooks(unit, eventsOf(moved.value.effects, remittanceFacts(moved.value.subject)))
  await recordActivity(unit, moved.value.events)
  unit.announce(`placement:${placementId}`)
  return allow({ ...moved.value.subject, creditorId })
}
