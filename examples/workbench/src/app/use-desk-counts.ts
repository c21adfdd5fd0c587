import { useDesk } from '@recon/react/connected'
import { useMemo } from 'react'
import type { DeskName } from './desk-client.ts'
import type { DeskCounts } from './desk-sections.ts'
import { useDeskRun } from './use-desk-run.ts'

type Row = ReturnType<typeof useDesk>['rows'][number]

function countsOf(desk: DeskName, rows: readonly Row[]): DeskCounts {
  const of = (fits: (row: Row) => boolean) => rows.filter(fits).length
  if (desk === 'payments') return { payments: of(({ item }) => item.status === 'OUTSTANDING') }
  if (desk !== 'cash') return {}
  return {
    total: rows.length,
    AP_ESCALATIONS: of(({ item }) => item.status === 'ESCALATED'),
    FLAGGED: of(({ item }) => item.status === 'FLAGGED'),
    SWEEP: of(({ item }) => item.scenario === 'SWEEP' && item.status !== 'RECONCILED'),
  }
}

const seen = new Map<DeskName, DeskCounts>()

/** The numbers beside the pages, from the rows the desk has loaded anyway; of other desks, what was last seen. */
export function useDeskCounts(desk: DeskName): { readonly counts: DeskCounts; readonly refresh: () => void } {
  const day = useDeskRun('FILES')
  const { rows, state, refreshAll } = useDesk(desk === 'cash' && typeof day === 'string' ? { runId: day } : {})
  const known = state.kind === 'ready' || state.kind === 'partial'
  const counts = useMemo<DeskCounts>(() => {
    if (known) seen.set(desk, countsOf(desk, rows))
    return Object.assign({}, ...seen.values())
  }, [rows, known, desk])
  return { counts, refresh: refreshAll }
}
