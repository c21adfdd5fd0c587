import type { ActivityEventRow } from '@recon/client'
import type { ActivityEvent } from '@recon/core'
import { canonicalJson, ReconError } from '@recon/core'
import type { Kysely, Selectable } from 'kysely'
import { sha256 } from './digest.ts'
import type { ActivityHeadTable, ActivityTable, Tables } from './tables.ts'
import type { UnitOfWork } from './unit-of-work.ts'

export interface RecordedEvent extends ActivityEvent {
  readonly runId?: string
  /** Id of the event this one takes back. */
  readonly undoes?: string
}

const firstHash = '0'.repeat(64)

type Hashed = Omit<ActivityTable, 'hash' | 'undoes' | 'run_id'>

/** The hash of an event: over the hash before it and everything it says, so that no row can change unseen. */
export function activityHash(row: Hashed): string {
  return sha256(
    canonicalJson([
      row.previous_hash,
      row.tenant_id,
      row.sequence.toString(),
      row.id,
      row.at,
      row.actor_id,
      row.name,
      row.subject_kind,
      row.subject_id,
      row.subject_version,
      row.data,
    ]),
  )
}

/**
 * Appends events to the tenant's log. Call it last: it takes the tenant's log head, and whoever holds that must wait for
 * nothing else, or two transactions could wait for each other.
 */
export async function recordActivity(unit: UnitOfWork, events: readonly RecordedEvent[]): Promise<ActivityEventRow[]> {
  if (events.length === 0) return []
  const { db, tenantId } = unit
  const head = (await lockHead(unit)) ?? (await firstHead(unit))
  let { sequence, hash } = head
  const rows: Selectable<ActivityTable>[] = events.map((event) => {
    sequence += 1n
    const row = {
      tenant_id: tenantId,
      sequence,
      id: unit.newId(),
      at: event.at,
      actor_id: event.actorId,
      name: event.name,
      subject_kind: event.subject.kind,
      subject_id: event.subject.id,
      subject_version: event.version,
      data: canonicalJson(event.data),
      previous_hash: hash,
    }
    hash = activityHash(row)
    return { ...row, run_id: event.runId ?? null, hash, undoes: event.undoes ?? null }
  })
  for (let start = 0; start < rows.length; start += 1000) {
    await db
      .insertInto('activity')
      .values(rows.slice(start, start + 1000))
      .execute()
  }
  await db.updateTable('activity_head').set({ sequence, hash }).where('tenant_id', '=', tenantId).execute()
  unit.announce('activity')
  return rows.map((row) => activityRow(row, null))
}

function lockHead({ db, tenantId }: UnitOfWork) {
  return db.selectFrom('activity_head').selectAll().where('tenant_id', '=', tenantId).forUpdate().executeTakeFirst()
}

/** A tenant's first event makes its head; of two at once one waits for the other. */
async function firstHead(unit: UnitOfWork): Promise<Selectable<ActivityHeadTable>> {
  await unit.db
    .insertInto('activity_head')
    .values({ tenant_id: unit.tenantId, sequence: 0n, hash: firstHash })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const head = await lockHead(unit)
  if (head === undefined) throw new ReconError('INTERNAL', 'The log of a tenant has no head.')
  return head
}

/** Names of events that change an item and can be taken back. */
const undoable = new Set([
  'review_item.reconciled',
  'review_item.proposal_rejected',
  'review_item.marked_unreceived',
  'review_item.flagged',
  'review_item.unflagged',
  'review_item.escalated',
  'review_item.escalation_withdrawn',
  'review_item.journal_awaited',
  'review_item.journal_recorded',
  'review_item.journal_withdrawn',
  'review_item.journal_hold_released',
  'review_item.reverted',
  'review_item.undone',
])

export function activityRow(row: Selectable<ActivityTable>, undoneBy: string | null): ActivityEventRow {
  return {
    id: row.id,
    sequence: Number(row.sequence),
    at: row.at,
    actorId: row.actor_id,
    name: row.name,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    data: JSON.parse(row.data) as Record<string, unknown>,
    previousHash: row.previous_hash,
    hash: row.hash,
    undoable: undoneBy === null && undoable.has(row.name),
    ...(undoneBy === null ? {} : { undoneBy }),
    ...(row.undoes === null ? {} : { undoes: row.undoes }),
  }
}

export interface ChainReport {
  readonly events: number
  readonly intact: boolean
  /** Sequence of the first event that does not follow from the one before. */
  readonly firstBroken: number | null
}

/** Recomputes a tenant's chain, 5,000 events at a time. */
export async function verifyActivity(db: Kysely<Tables>, tenantId: string): Promise<ChainReport> {
  let previous = firstHash
  let sequence = 0n
  for (;;) {
    const rows = await db
      .selectFrom('activity')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('sequence', '>', sequence)
      .orderBy('sequence')
      .limit(5000)
      .execute()
    if (rows.length === 0) break
    for (const row of rows) {
      const follows = row.sequence === sequence + 1n && row.previous_hash === previous && row.hash === activityHash(row)
      if (!follows) return { events: Number(sequence), intact: false, firstBroken: Number(sequence + 1n) }
      sequence = row.sequence
      previous = row.hash
    }
  }
  const head = await db.selectFrom('activity_head').select('hash').where('tenant_id', '=', tenantId).executeTakeFirst()
  const intact = (head?.hash ?? firstHash) === previous
  return { events: Number(sequence), intact, firstBroken: intact ? null : Number(sequence + 1n) }
}
