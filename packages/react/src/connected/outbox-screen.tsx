import { OutboxTable } from '../outbox-table/outbox-table.tsx'
import type { LoadState } from '../parts/screen-state.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { useConnection } from './client-root.tsx'
import { useQuery } from './query-store.ts'
import { failureText } from './use-desk.ts'

const resendable: ReadonlySet<string> = new Set(['DEAD', 'UNKNOWN'])

/** The mails of a run, or of the whole tenant. */
export function OutboxScreen({ runId }: { readonly runId?: string }) {
  const { client, store, announce } = useConnection()
  const { messages } = useRecon()
  const key = `outbox/${runId ?? 'all'}`
  const list = useQuery(store, key, () => client.outbox.list({ limit: 200, ...(runId === undefined ? {} : { runId }) }))
  const state: LoadState =
    list.error !== null
      ? { kind: 'failed', message: failureText(list.error), retry: list.reload }
      : { kind: list.data === undefined ? 'loading' : 'ready' }
  const resend = async (messageId: string) => {
    try {
      const answer = await client.outbox.resend({ messageId })
      if (!answer.ok) announce({ words: messages.frame.refused(answer.refusal.message), tone: 'danger' })
    } catch (error) {
      announce({ words: messages.frame.refused(failureText(error)), tone: 'danger' })
    }
    list.reload()
  }
  return (
    <OutboxTable
      rows={list.data?.rows ?? []}
      state={state}
      resendOf={(row) => (resendable.has(row.status) ? () => void resend(row.id) : null)}
    />
  )
}
