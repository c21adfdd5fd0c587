import { type Drift, ReconError, type SubjectChange, type WritebackMapping } from '@recon/core'
import { recordActivity } from '../store/activity-chain.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { announceWebhooks, eventsOf, writebackFacts } from '../webhooks/webhook-event.ts'

/** A mapping as it is kept; the negative row of a partial reversal names the payment it takes a part of. */
export interface StoredMapping extends WritebackMapping {
  readonly partOf?: string
}

/** @throws ReconError NOT_FOUND */
export async function lockMapping(unit: UnitOfWork, id: string): Promise<StoredMapping> {
  const row = await unit.db
    .selectFrom('writeback_mapping')
    .select('body')
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw new ReconError('NOT_FOUND', 'There is no such write.', { place: 'mappingId' })
  return row.body as StoredMapping
}

export async function mappingOfRemittance(unit: UnitOfWork, remittanceId: string): Promise<StoredMapping | undefined> {
  const row = await unit.db
    .selectFrom('writeback_mapping')
    .select('body')
    .where('tenant_id', '=', unit.tenantId)
    .where('remittance_id', '=', remittanceId)
    .forUpdate()
    .executeTakeFirst()
  return row === undefined ? undefined : (row.body as StoredMapping)
}

export async function insertMapping(unit: UnitOfWork, mapping: StoredMapping): Promise<void> {
  await unit.db
    .insertInto('writeback_mapping')
    .values({
      tenant_id: unit.tenantId,
      id: mapping.id,
      placement_id: mapping.placementId,
      remittance_id: mapping.remittanceId,
      provider: mapping.provider,
      status: mapping.status,
      updated_at: unit.now,
      body: JSON.stringify(mapping),
      version: mapping.version,
    })
    .execute()
  orderWrite(unit, mapping)
}

/** Writes a change of a mapping with its event, and orders the job where the change asks for one. */
export async function storeMappingChange(
  unit: UnitOfWork,
  before: StoredMapping,
  change: SubjectChange<WritebackMapping>,
): Promise<StoredMapping> {
  const after: StoredMapping = { ...before, ...change.subject }
  const body = withoutGone(after, change.subject)
  await unit.db
    .updateTable('writeback_mapping')
    .set({ status: body.status, updated_at: unit.now, body: JSON.stringify(body), version: body.version })
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', body.id)
    .execute()
  if (change.effects.some((effect) => effect.type === 'SEND_WRITEBACK')) orderWrite(unit, body)
  announceWebhooks(unit, eventsOf(change.effects, writebackFacts(body)))
  await recordActivity(unit, change.events)
  unit.announce(`placement:${body.placementId}`)
  return body
}

const optionalFields = ['externalId', 'failure', 'revertWanted'] as const

/** Fields the change took away must not survive from the row before. */
function withoutGone(after: StoredMapping, subject: WritebackMapping): StoredMapping {
  const gone = optionalFields.filter((field) => !(field in subject))
  return Object.fromEntries(
    Object.entries(after).filter(([name]) => !gone.some((field) => field === name)),
  ) as unknown as StoredMapping
}

export function orderWrite(unit: UnitOfWork, mapping: Pick<StoredMapping, 'id'>): void {
  unit.enqueue({ queue: 'writeback', data: { tenantId: unit.tenantId, mappingId: mapping.id } })
}

export async function findDrift(unit: UnitOfWork, placementId: string): Promise<Drift | undefined> {
  const row = await unit.db
    .selectFrom('drift')
    .select('body')
    .where('tenant_id', '=', unit.tenantId)
    .where('placement_id', '=', placementId)
    .forUpdate()
    .executeTakeFirst()
  return row === undefined ? undefined : (row.body as Drift)
}

export async function storeDrift(unit: UnitOfWork, drift: Drift): Promise<void> {
  const columns = { status: drift.status, seen_at: drift.seenAt, body: JSON.stringify(drift), version: drift.version }
  await unit.db
    .insertInto('drift')
    .values({ tenant_id: unit.tenantId, id: drift.id, placement_id: drift.placementId, ...columns })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doUpdateSet(columns))
    .execute()
}
