import { OutboxTable } from '../outbox-table/outbox-table.tsx'
import { useConnection } from './client-root.tsx'
import { useQuery } from './query-store.ts'
import { useDecidedWrite } from './use-decided-write.ts'
import { queryState } from './use-desk.ts'

const resendable: ReadonlySet<string> = new Set(['DEAD', 'UNKNOWN'])

/** The mails of a run, or of the whole tenant. */
export function OutboxScreen({ runId }: { readonly runId?: string }) {
  const { client, store } = useConnection()
  const key = `outbox/${runId ?? 'all'}`
  const list = useQuery(store, key, () => client.outbox.list({ limit: 200, ...(runId === undefined ? {} : { runId }) }))
  const { write } = useDecidedWrite(list.reload)
  const resend = (messageId: string) =>
    void write(
      () => client.outbox.resend({ messageId }),
      () => null,
    )
  return (
    <OutboxTable
      rows={list.data?.rows ?? []}
      state={queryState(list)}
      resendOf={(row) => (resendable.has(row.status) ? () => resend(row.id) : null)}
    />
  )
}
