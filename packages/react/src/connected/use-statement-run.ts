import type { ResolutionRequest, UnreconciledRow } from '@recon/client'
import { useRecon } from '../recon-root/recon-context.ts'
import { useConnection } from './client-root.tsx'
import { useQuery } from './query-store.ts'
import { useDecidedWrite } from './use-decided-write.ts'

const noRows: readonly UnreconciledRow[] = []

/** A statement run with its unreconciled items, and what staff do with them. */
export function useStatementRun(runId: string) {
  const { client, store } = useConnection()
  const { messages, format } = useRecon()
  const state = useQuery(store, `statement/${runId}`, () => client.bookkeeping.state({ runId }))
  const items = useQuery(store, `statement-items/${runId}`, () => client.bookkeeping.unreconciled({ runId }))
  const refresh = () => {
    for (const prefix of ['statement', 'items/', 'proof/', 'activity', 'outbox']) store.refresh(prefix)
  }
  const { pending, refusal, write: run } = useDecidedWrite(refresh)
  const version = state.data?.version ?? 0
  return {
    run: state.data,
    rows: items.data?.rows ?? noRows,
    error: state.error ?? items.error,
    reload: refresh,
    pending,
    refusal,
    dispatch: (contactId: string, note: string | undefined) =>
      run(
        () => client.bookkeeping.dispatch({ runId, contactId, version, ...(note === undefined ? {} : { note }) }),
        ({ expiresAt }) => messages.run.dialog.sent(format.date(expiresAt.slice(0, 10))),
      ),
    rematch: () =>
      run(
        () => client.bookkeeping.rematch({ runId, version }),
        () => null,
      ),
    complete: () =>
      run(
        () => client.bookkeeping.complete({ runId, version }),
        () => messages.run.status.COMPLETE,
      ),
    resolve: (row: UnreconciledRow, request: ResolutionRequest) =>
      void run(
        () => client.bookkeeping.resolve({ runId, itemId: row.item.id, version: row.item.version, do: request }),
        () => null,
      ),
  }
}
