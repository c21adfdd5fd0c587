import { useConnection, useDesk, useQuery } from '@recon/react/connected'
import { useMemo } from 'react'
import type { DeskName } from './desk-client.ts'
import type { DeskCounts } from './desk-sections.ts'
import { useDeskRun } from './use-desk-run.ts'

type Row = ReturnType<typeof useDesk>['rows'][number]

function countsOf(rows: readonly Row[]): DeskCounts {
  const of = (fits: (row: Row) => boolean) => rows.filter(fits).length
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
  const { client, store } = useConnection()
  const day = useDeskRun('FILES')
  const { rows, state, refreshAll } = useDesk(desk === 'cash' && typeof day === 'string' ? { runId: day } : {})
  // payments stay on their desk over many runs
  const payments = useQuery(store, desk === 'payments' ? 'items/open' : null, () =>
    client.items.list({ perspective: 'BOOK', status: 'OUTSTANDING', counts: true, limit: 1 }),
  )
  const open = payments.data?.counts?.total
  const known = desk === 'cash' && (state.kind === 'ready' || state.kind === 'partial')
  const counts = useMemo<DeskCounts>(() => {
    if (known) seen.set(desk, countsOf(rows))
    if (open !== undefined) seen.set(desk, { payments: open })
    return Object.assign({}, ...seen.values())
  }, [rows, known, desk, open])
  return { counts, refresh: refreshAll }
}
