import { useMemo, useState } from 'react'
import type { SyncStatusName } from '../messages/collections-messages.ts'
import type { SyncRow } from './sync-log.tsx'

const urgency: Readonly<Record<SyncStatusName, number>> = {
  failed: 0,
  drift: 1,
  waiting: 2,
  done: 3,
  reverted: 3,
  resolved: 4,
  abandoned: 4,
}

/** The sync log without markup: what needs a person stands first, then the newest; and which drift is being explained. */
export function useSyncRows(rows: readonly SyncRow[]) {
  const [explaining, setExplaining] = useState<SyncRow | null>(null)
  const ordered = useMemo(
    () =>
      [...rows].sort(
        (left, right) =>
          urgency[left.status] - urgency[right.status] || (left.at < right.at ? 1 : left.at > right.at ? -1 : 0),
      ),
    [rows],
  )
  return {
    rows: ordered,
    waiting: rows.filter((row) => row.status === 'failed' || row.status === 'drift').length,
    explaining,
    explain: setExplaining,
    stopExplaining: () => setExplaining(null),
  }
}

export type SyncRowsModel = ReturnType<typeof useSyncRows>
