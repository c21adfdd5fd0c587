import type { ActivityEventRow } from '@recon/client'
import type { ActivityEntry } from '../activity-log/activity-log.tsx'
import { useConnection } from './client-root.tsx'
import { useQuery } from './query-store.ts'
import { queryState } from './use-desk.ts'

/** The latest changes of a run, newest first. */
export function useActivity(runId: string | undefined, undo: (eventId: string) => Promise<void>) {
  const { client, store } = useConnection()
  const key = `activity/${runId ?? 'all'}`
  const log = useQuery(store, key, () =>
    client.activity.list({ limit: 200, ...(runId === undefined ? {} : { runId }) }),
  )
  const rows = log.data?.rows ?? []
  const byId = new Map(rows.map((row) => [row.id, row]))
  return {
    entries: rows.map(entryOf),
    state: queryState(log),
    undoOf: (entry: ActivityEntry) => (byId.get(entry.id)?.undoable ? () => void undo(entry.id) : null),
  }
}

function entryOf(row: ActivityEventRow): ActivityEntry {
  const { reason } = row.data
  return {
    id: row.id,
    at: row.at,
    actorId: row.actorId,
    name: row.name,
    subjectId: row.subjectId,
    undone: row.undoneBy !== undefined,
    ...(typeof reason === 'string' ? { note: reason } : {}),
  }
}
