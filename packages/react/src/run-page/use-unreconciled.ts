import { useMemo } from 'react'
import type { UnreconciledEntry } from './unreconciled-list.tsx'

/** The unreconciled lines of a run without markup: all, what the client answered, what a senior decides, and the counts. */
export function useUnreconciled<Entry extends UnreconciledEntry>(rows: readonly Entry[]) {
  return useMemo(() => {
    const open = rows.filter(({ item }) => item.status !== 'RESOLVED')
    return {
      rows,
      open,
      responses: rows.filter(({ item }) => item.status === 'CLIENT_RESPONDED'),
      exceptions: open.filter(({ item }) => item.exception !== undefined),
      resolved: rows.length - open.length,
    }
  }, [rows])
}

export type UnreconciledModel = ReturnType<typeof useUnreconciled>
