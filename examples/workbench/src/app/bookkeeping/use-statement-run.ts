import type { ItemActionRequest, ItemRow, ResolutionRequest, UnreconciledRow } from '@recon/client'
import { useRecon } from '@recon/react'
import { useConnection, useDesk, useQuery } from '@recon/react/connected'
import { useEffect, useState } from 'react'

interface Refusable {
  readonly ok: boolean
  readonly refusal?: { readonly message: string }
}

const refreshMilliseconds = 4000

/** A statement run with everything its page shows, kept fresh while the client answers. */
export function useStatementRun(runId: string) {
  const desk = useDesk({ runId })
  const { client, store, announce } = useConnection()
  const { messages } = useRecon()
  const [pending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const run = useQuery(store, `run/${runId}/state`, () => client.bookkeeping.state({ runId }))
  const unreconciled = useQuery(store, `run/${runId}/unreconciled`, () => client.bookkeeping.unreconciled({ runId }))
  const waiting = run.data?.status === 'AWAITING_CLIENT'
  useEffect(() => {
    if (!waiting) return
    const timer = setInterval(() => store.refresh(`run/${runId}`), refreshMilliseconds)
    return () => clearInterval(timer)
  }, [waiting, store, runId])

  const perform = async <Answer extends Refusable>(
    work: () => Promise<Answer>,
    words: string,
  ): Promise<Answer | null> => {
    setPending(true)
    setRefusal(null)
    try {
      const answer = await work()
      if (answer.ok) announce({ words, tone: 'good' })
      else refuse(answer.refusal?.message ?? '')
      return answer
    } catch (error) {
      refuse(error instanceof Error ? error.message : String(error))
      return null
    } finally {
      setPending(false)
      for (const prefix of ['run/', 'runs/', 'items/', 'proof/', 'activity', 'outbox']) store.refresh(prefix)
    }
  }
  const refuse = (reason: string) => {
    setRefusal(reason)
    announce({ words: messages.frame.refused(reason), tone: 'danger' })
  }

  const version = run.data?.version ?? 0
  return {
    desk,
    run: run.data,
    rows: unreconciled.data?.rows ?? [],
    pending,
    refusal,
    clearRefusal: () => setRefusal(null),
    decide: (row: ItemRow, request: ItemActionRequest, words: string) =>
      perform(() => client.items.act({ itemId: row.item.id, version: row.item.version, do: request }), words),
    resolve: (row: UnreconciledRow, request: ResolutionRequest, words: string) =>
      perform(
        () => client.bookkeeping.resolve({ runId, itemId: row.item.id, version: row.item.version, do: request }),
        words,
      ),
    rematch: () => perform(() => client.bookkeeping.rematch({ runId, version }), 'Matched again.'),
    complete: () =>
      perform(() => client.bookkeeping.complete({ runId, version }), 'Completed. The report is being written.'),
    dispatch: async (choice: { readonly contactId: string; readonly note?: string }) => {
      const answer = await perform(() => client.bookkeeping.dispatch({ runId, version, ...choice }), 'Link sent.')
      return answer?.ok === true
    },
    openFile: async (attachmentId: string) => {
      const { url } = await client.exports.attachment({ attachmentId })
      window.open(url, '_blank', 'noopener')
    },
  }
}

export type StatementRun = ReturnType<typeof useStatementRun>
