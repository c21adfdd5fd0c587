import { ReconError, type Subject, type SubjectChange } from '@recon/core'
import { recordActivity } from './activity-chain.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/** Kinds of subjects kept in the one table of subjects. */
export type SubjectKind = 'deposit_source' | 'webhook_endpoint'

export interface StoredSubject extends Subject {
  readonly status: string
}

/** A subject under lock; undefined when the tenant has none with this id. */
export async function loadSubject<S extends StoredSubject>(
  unit: UnitOfWork,
  kind: SubjectKind,
  id: string,
): Promise<S | undefined> {
  const row = await unit.db
    .selectFrom('subject')
    .select('body')
    .where('tenant_id', '=', unit.tenantId)
    .where('kind', '=', kind)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row?.body as S | undefined
}

/** @throws ReconError NOT_FOUND */
export async function requireSubject<S extends StoredSubject>(
  unit: UnitOfWork,
  kind: SubjectKind,
  id: string,
): Promise<S> {
  const found = await loadSubject<S>(unit, kind, id)
  if (found !== undefined) return found
  throw new ReconError('NOT_FOUND', `There is no such ${kind.replace('_', ' ')}.`, { place: 'id' })
}

export interface SubjectQuery {
  readonly status?: string
  readonly parentId?: string
  readonly limit?: number
  readonly after?: string
}

/** Subjects by id. */
export async function listSubjects<S extends StoredSubject>(
  unit: UnitOfWork,
  kind: SubjectKind,
  query: SubjectQuery = {},
): Promise<S[]> {
  let subjects = unit.db
    .selectFrom('subject')
    .select('body')
    .where('tenant_id', '=', unit.tenantId)
    .where('kind', '=', kind)
    .orderBy('id')
    .limit(query.limit ?? 500)
  if (query.status !== undefined) subjects = subjects.where('status', '=', query.status)
  if (query.parentId !== undefined) subjects = subjects.where('parent_id', '=', query.parentId)
  if (query.after !== undefined) subjects = subjects.where('id', '>', query.after)
  return (await subjects.execute()).map((row) => row.body as S)
}

export interface SubjectPlace {
  readonly parentId?: string
  readonly runId?: string
}

/** A new subject with the event that made it. */
export async function createSubject<S extends StoredSubject>(
  unit: UnitOfWork,
  kind: SubjectKind,
  subject: S,
  name: string,
  place: SubjectPlace = {},
): Promise<void> {
  await unit.db
    .insertInto('subject')
    .values({
      tenant_id: unit.tenantId,
      kind,
      id: subject.id,
      version: subject.version,
      status: subject.status,
      parent_id: place.parentId ?? null,
      updated_at: unit.now,
      body: JSON.stringify(subject),
    })
    .execute()
  const { version, ...changes } = subject
  const about = { kind, id: subject.id }
  await recordActivity(unit, [
    { name, at: unit.now, actorId: unit.actor.id, subject: about, version, data: { changes } },
  ])
}

/** Stores what a rule made of a subject, with its events. @throws ReconError VERSION_CONFLICT when it moved on meanwhile */
export async function storeChange<S extends StoredSubject>(
  unit: UnitOfWork,
  kind: SubjectKind,
  before: S,
  change: SubjectChange<S>,
): Promise<void> {
  const { subject } = change
  const changed = await unit.db
    .updateTable('subject')
    .set({ version: subject.version, status: subject.status, updated_at: unit.now, body: JSON.stringify(subject) })
    .where('tenant_id', '=', unit.tenantId)
    .where('kind', '=', kind)
    .where('id', '=', subject.id)
    .where('version', '=', before.version)
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) {
    throw new ReconError('VERSION_CONFLICT', 'It was changed by someone else meanwhile. Load it again.', {
      place: subject.id,
    })
  }
  unit.announce(`${kind}:${subject.id}`)
  await recordActivity(unit, change.events)
}
