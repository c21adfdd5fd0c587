import type { DriftRow, WritebackRow } from '@recon/client'
import {
  allow,
  type Decision,
  type Drift,
  explainDrift,
  missingPermission,
  moveWriteback,
  ReconError,
  refuse,
} from '@recon/core'
import {
  lockMapping,
  orderWrite,
  type StoredMapping,
  storeDrift,
  storeMappingChange,
} from '../collections/writeback-rows.ts'
import { recordActivity } from '../store/activity-chain.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { listActivity } from './list-activity.ts'

function writebackRow(mapping: StoredMapping, updatedAt: string): WritebackRow {
  const { revertWanted: _wanted, partOf: _part, ...row } = mapping
  return { ...row, updatedAt }
}

async function invoiceNumbers(unit: UnitOfWork, placementIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (placementIds.length === 0) return new Map()
  const rows = await unit.db
    .selectFrom('placement')
    .select(['id', 'invoice_number'])
    .where('tenant_id', '=', unit.tenantId)
    .where('id', 'in', [...new Set(placementIds)])
    .execute()
  return new Map(rows.map((row) => [row.id, row.invoice_number]))
}

async function paymentIds(unit: UnitOfWork, remittanceIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (remittanceIds.length === 0) return new Map()
  const rows = await unit.db
    .selectFrom('remittance')
    .select(['id', 'payment_id'])
    .where('tenant_id', '=', unit.tenantId)
    .where('id', 'in', [...new Set(remittanceIds)])
    .execute()
  return new Map(rows.map((row) => [row.id, row.payment_id]))
}

async function namedDrifts(unit: UnitOfWork, drifts: readonly Drift[]): Promise<DriftRow[]> {
  const numbers = await invoiceNumbers(
    unit,
    drifts.map((drift) => drift.placementId),
  )
  return drifts.map((drift) => {
    const invoiceNumber = numbers.get(drift.placementId)
    return { ...drift, ...(invoiceNumber === undefined ? {} : { invoiceNumber }) }
  })
}

async function namedWrites(unit: UnitOfWork, rows: readonly WritebackRow[]): Promise<WritebackRow[]> {
  const numbers = await invoiceNumbers(
    unit,
    rows.map((row) => row.placementId),
  )
  const payments = await paymentIds(
    unit,
    rows.map((row) => row.remittanceId),
  )
  return rows.map((row) => {
    const [invoiceNumber, paymentId] = [numbers.get(row.placementId), payments.get(row.remittanceId)]
    return {
      ...row,
      ...(invoiceNumber === undefined ? {} : { invoiceNumber }),
      ...(paymentId === undefined ? {} : { paymentId }),
    }
  })
}

/** Writes to the books, the newest first, and every difference of a balance that is not resolved. */
export async function listSyncLog(
  unit: UnitOfWork,
  query: { readonly cursor?: string; readonly limit?: number; readonly status?: string; readonly placementId?: string },
) {
  const missing = missingPermission(unit.actor, 'placement.view', 'COLLECTIONS')
  if (missing) throw new ReconError('FORBIDDEN', missing.message)
  const limit = query.limit ?? 50
  let writes = unit.db
    .selectFrom('writeback_mapping')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .orderBy('updated_at', 'desc')
    .orderBy('id')
    .limit(limit + 1)
  if (query.status !== undefined) writes = writes.where('status', '=', query.status)
  if (query.placementId !== undefined) writes = writes.where('placement_id', '=', query.placementId)
  const cursor = readCursor(query.cursor, 'writeback')
  if (cursor !== undefined) {
    writes = writes.where((where) =>
      where.or([
        where('updated_at', '<', cursor.value),
        where.and([where('updated_at', '=', cursor.value), where('id', '>', cursor.id)]),
      ]),
    )
  }
  const found = await writes.execute()
  const page = found.slice(0, limit)
  const last = page.at(-1)
  const drifts = await unit.db
    .selectFrom('drift')
    .select('body')
    .where('tenant_id', '=', unit.tenantId)
    .where('status', '!=', 'resolved')
    .orderBy('seen_at', 'desc')
    .orderBy('id')
    .limit(200)
    .execute()
  return {
    rows: await namedWrites(
      unit,
      page.map((row) => writebackRow(row.body as StoredMapping, row.updated_at)),
    ),
    nextCursor: found.length > limit && last !== undefined ? writeCursor('writeback', last.updated_at, last.id) : null,
    drifts: await namedDrifts(
      unit,
      drifts.map((row) => row.body as Drift),
    ),
  }
}

/** One write with its whole history, and what a person may do with it now. */
export async function getSyncEntry(unit: UnitOfWork, mappingId: string) {
  const missing = missingPermission(unit.actor, 'placement.view', 'COLLECTIONS')
  if (missing) throw new ReconError('FORBIDDEN', missing.message)
  const mapping = await lockMapping(unit, mappingId)
  const history = await listActivity(unit, { subjectKind: 'writeback_mapping', subjectId: mappingId, limit: 200 })
  const now = { now: unit.now, actorId: unit.actor.id }
  const may = missingPermission(unit.actor, 'writeback.retry', 'COLLECTIONS') === null
  const actions = (['retry', 'abandon'] as const).filter((event) => may && moveWriteback(mapping, event, now).ok)
  const updatedAt = history.rows[0]?.at ?? unit.now
  const [row = writebackRow(mapping, updatedAt)] = await namedWrites(unit, [writebackRow(mapping, updatedAt)])
  return { row, history: history.rows, actions }
}

/** Differences of balances, newest first. */
export async function listDrifts(
  unit: UnitOfWork,
  query: { readonly cursor?: string; readonly limit?: number; readonly status?: string },
) {
  const missing = missingPermission(unit.actor, 'placement.view', 'COLLECTIONS')
  if (missing) throw new ReconError('FORBIDDEN', missing.message)
  const limit = query.limit ?? 100
  let drifts = unit.db
    .selectFrom('drift')
    .select(['id', 'seen_at', 'body'])
    .where('tenant_id', '=', unit.tenantId)
    .orderBy('seen_at', 'desc')
    .orderBy('id')
    .limit(limit + 1)
  if (query.status !== undefined) drifts = drifts.where('status', '=', query.status)
  const cursor = readCursor(query.cursor, 'drift')
  if (cursor !== undefined) {
    drifts = drifts.where((where) =>
      where.or([
        where('seen_at', '<', cursor.value),
        where.and([where('seen_at', '=', cursor.value), where('id', '>', cursor.id)]),
      ]),
    )
  }
  const found = await drifts.execute()
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return {
    rows: await namedDrifts(
      unit,
      page.map((row) => row.body as Drift),
    ),
    nextCursor: found.length > limit && last !== undefined ? writeCursor('drift', last.seen_at, last.id) : null,
  }
}

/** A person tries a failed write again, or gives it up. */
export async function retryWriteback(
  unit: UnitOfWork,
  input: { readonly mappingId: string; readonly version: number; readonly event: 'retry' | 'abandon' },
): Promise<Decision<WritebackRow>> {
  const missing = missingPermission(unit.actor, 'writeback.retry', 'COLLECTIONS')
  if (missing) return { ok: false, refusal: missing }
  const mapping = await lockMapping(unit, input.mappingId)
  if (mapping.version !== input.version)
    return refuse('VERSION_STALE', `The write has changed: version ${mapping.version}.`, { ids: [mapping.id] })
  if (input.event === 'retry' && mapping.status === 'pending') {
    // It waits already; the job may have been given up.
    orderWrite(unit, mapping)
    return allow(writebackRow(mapping, unit.now))
  }
  const moved = moveWriteback(mapping, input.event, { now: unit.now, actorId: unit.actor.id })
  if (!moved.ok) return moved
  return allow(writebackRow(await storeMappingChange(unit, mapping, moved.value), unit.now))
}

/** A person writes down why a balance differs. Nothing is corrected. */
export async function explainDriftOf(
  unit: UnitOfWork,
  input: { readonly driftId: string; readonly explanation: string },
): Promise<Decision<DriftRow>> {
  const row = await unit.db
    .selectFrom('drift')
    .select('body')
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', input.driftId)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw new ReconError('NOT_FOUND', 'There is no such difference.', { place: 'driftId' })
  const change = explainDrift(row.body as Drift, unit.actor, input.explanation, unit.now)
  if (!change.ok) return change
  await storeDrift(unit, change.value.subject)
  await recordActivity(unit, change.value.events)
  return allow(change.value.subject)
}

/** Orders a comparison of one invoice with the books. */
export async function orderDriftCheck(unit: UnitOfWork, placementId: string): Promise<Decision<{ queued: boolean }>> {
  const missing = missingPermission(unit.actor, 'writeback.retry', 'COLLECTIONS')
  if (missing) return { ok: false, refusal: missing }
  unit.enqueue({
    queue: 'drift-check',
    data: { tenantId: unit.tenantId, placementId },
    singletonKey: `drift:${unit.tenantId}:${placementId}`,
  })
  return allow({ queued: true })
}
