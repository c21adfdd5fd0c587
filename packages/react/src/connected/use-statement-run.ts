import type { ResolutionRequest, UnreconciledRow } from '@recon/client'
import type { Decision } from '@recon/core'
import { useState } from 'react'
import { useRecon } from '../recon-root/recon-context.ts'
import { useConnection } from './client-root.tsx'
import { useQuery } from './query-store.ts'
import { failureText } from './use-desk.ts'

const noRows: readonly UnreconciledRow[] = []

/** A statement run with its unreconciled items, and what staff do with them. */
export function useStatementRun(runId: string) {
  const { client, store, announce } = useConnection()
  const { messages, format } = useRecon()
  const state = useQuery(store, `statement/${runId}`, () => client.bookkeeping.state({ runId }))
  const items = useQuery(store, `statement-items/${runId}`, () => client.bookkeeping.unreconciled({ runId }))
  const [pending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const refresh = () => {
    for (const prefix of ['statement', 'items/', 'proof/', 'activity', 'outbox']) store.refresh(prefix)
  }
  /** Runs one write; says why where it is refused. True when it was done. */
  const run = async <Value>(call: () => Promise<Decision<Value>>, done: (value: Value) => string | null) => {
    setPending(true)
    setRefusal(null)
    try {
      const answer = await call()
      if (answer.ok) {
        const words = done(answer.value)
        if (words !== null) announce({ words })
      } else {
        setRefusal(answer.refusal.message)
        announce({ words: messages.frame.refused(answer.refusal.message), tone: 'danger' })
      }
      refresh()
      return answer.ok
    } catch (error) {
      setRefusal(failureText(error))
      announce({ words: messages.frame.refused(failureText(error)), tone: 'danger' })
      return false
    } finally {
      setPending(false)
    }
  }
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
