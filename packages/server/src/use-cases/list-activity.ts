import type { ActivityEventRow } from '@recon/client'
import { activityRow } from '../store/activity-chain.ts'
import { readCursor, writeCursor } from './cursor.ts'
import type { ItemReader } from './item-filter.ts'

export interface ActivityQuery {
  readonly subjectKind?: string
  readonly subjectId?: string
  readonly runId?: string
  readonly name?: string
  readonly cursor?: string
  readonly limit?: number
}

/** The log, newest first. */
export async function listActivity(
  reader: ItemReader,
  query: ActivityQuery,
): Promise<{ rows: ActivityEventRow[]; nextCursor: string | null }> {
  const limit = query.limit ?? 100
  let events = reader.db
    .selectFrom('activity')
    .selectAll()
    .where('tenant_id', '=', reader.tenantId)
    .orderBy('sequence', 'desc')
    .limit(limit + 1)
  if (query.subjectKind !== undefined) events = events.where('subject_kind', '=', query.subjectKind)
  if (query.subjectId !== undefined) events = events.where('subject_id', '=', query.subjectId)
  if (query.runId !== undefined) events = events.where('run_id', '=', query.runId)
  if (query.name !== undefined) events = events.where('name', '=', query.name)
  const cursor = readCursor(query.cursor, 'activity')
  if (cursor !== undefined) {
    events = events.where('sequence', '<', BigInt(/^\d{1,18}$/.test(cursor.value) ? cursor.value : '0'))
  }
  const found = await events.execute()
  const page = found.slice(0, limit)
  const last = page.at(-1)
  const undone = await undoneBy(
    reader,
    page.map((row) => row.id),
  )
  return {
    rows: page.map((row) => activityRow(row, undone.get(row.id) ?? null)),
    nextCursor:
      found.length > limit && last !== undefined ? writeCursor('activity', last.sequence.toString(), last.id) : null,
  }
}

async function undoneBy(reader: ItemReader, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await reader.db
    .selectFrom('activity')
    .select(['id', 'undoes'])
    .where('tenant_id', '=', reader.tenantId)
    .where('undoes', 'in', [...ids])
    .execute()
  return new Map(rows.flatMap((row) => (row.undoes === null ? [] : [[row.undoes, row.id] as const])))
}
