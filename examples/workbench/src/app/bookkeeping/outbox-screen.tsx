import { OutboxTable, useRecon } from '@recon/react'
import { useConnection, useQuery } from '@recon/react/connected'
import { useEffect } from 'react'
import { PageHead } from '../page-head.tsx'

const refreshMilliseconds = 3000

/** Every mail with where it stands. */
export function OutboxScreen() {
  const { client, store, announce } = useConnection()
  const { messages } = useRecon()
  const { data } = useQuery(store, 'outbox', () => client.outbox.list({ limit: 100 }))
  useEffect(() => {
    const timer = setInterval(() => store.refresh('outbox'), refreshMilliseconds)
    return () => clearInterval(timer)
  }, [store])
  const resend = async (messageId: string) => {
    const answer = await client.outbox.resend({ messageId })
    announce(
      answer.ok
        ? { words: 'On its way again.' }
        : { words: messages.frame.refused(answer.refusal.message), tone: 'danger' },
    )
    store.refresh('outbox')
  }
  return (
    <>
      <PageHead
        title="Outbox"
        note="Mails leave within seconds; one that waits longer than five minutes raises its hand."
      />
      <OutboxTable rows={data?.rows ?? []} resendOf={(row) => () => void resend(row.id)} />
    </>
  )
}
