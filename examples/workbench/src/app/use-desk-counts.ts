import { useDesk } from '@recon/react/connected'
import { useMemo } from 'react'
import type { DeskCounts } from './desk-sections.ts'

/** The numbers beside the pages, from the rows the desk has loaded anyway. */
export function useDeskCounts(): { readonly counts: DeskCounts; readonly refresh: () => void } {
  const { rows, state, refreshAll } = useDesk({})
  const known = state.kind === 'ready' || state.kind === 'partial'
  const counts = useMemo<DeskCounts>(() => {
    if (!known) return {}
    const of = (fits: (row: (typeof rows)[number]) => boolean) => rows.filter(fits).length
    return {
      total: rows.length,
      AP_ESCALATIONS: of(({ item }) => item.status === 'ESCALATED'),
      FLAGGED: of(({ item }) => item.status === 'FLAGGED'),
      SWEEP: of(({ item }) => item.scenario === 'SWEEP' && item.status !== 'RECONCILED'),
    }
  }, [rows, known])
  return { counts, refresh: refreshAll }
}
