import type { ActivityEventRow } from '@recon/client'
import type { ActivityEntry } from '../activity-log/activity-log.tsx'
import type { LoadState } from '../parts/screen-state.tsx'
import { useConnection } from './client-root.tsx'
import { useQuery } from './query-store.ts'
import { failureText } from './use-desk.ts'

/** The latest changes of a run, newest first. */
export function useActivity(runId: string | undefined, undo: (eventId: string) => Promise<void>) {
  const { client, store } = useConnection()
  const key = `activity/${runId ?? 'all'}`
  const log = useQuery(store, key, () =>
    client.activity.list({ limit: 200, ...(runId === undefined ? {} : { runId }) }),
  )
  const rows = log.data?.rows ?? []
  const byId = new Map(rows.map((row) => [row.id, row]))
  const state: LoadState =
    log.error !== null
      ? { kind: 'failed', message: failureText(log.error), retry: log.reload }
      : { kind: log.data === undefined ? 'loading' : 'ready' }
  return {
    entries: rows.map(entryOf),
    state,
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
