import { EmptyState } from '@recon/react'
import { useConnection, useQuery } from '@recon/react/connected'
import { useEffect, useState } from 'react'
import { PageHead } from './page-head.tsx'

interface CaughtMail {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly date: string | null
  readonly text: string
  readonly link: string | null
  readonly attachments: readonly string[]
}

async function caughtMails(): Promise<readonly CaughtMail[]> {
  const answer = await fetch('/workbench/mails')
  const body: { readonly mails: readonly CaughtMail[] } = await answer.json()
  return body.mails
}

/** The mails the workbench sent, caught on this machine: what a client would find in their inbox. */
export function MailScreen() {
  const { store } = useConnection()
  const { data } = useQuery(store, 'mails', caughtMails)
  const [opened, setOpened] = useState<string | null>(null)
  useEffect(() => {
    const timer = setInterval(() => store.refresh('mails'), 2000)
    return () => clearInterval(timer)
  }, [store])
  const mails = data ?? []
  const mail = mails.find((one) => one.id === opened) ?? mails[0]
  return (
    <>
      <PageHead title="Mail viewer" note="Mail is caught on this machine by a real SMTP server; nothing leaves it." />
      {mails.length === 0 ? (
        <EmptyState title="No mail yet." hint="Send a magic link from a run and it arrives here." />
      ) : (
        <div className="wb-mails">
          <ul className="wb-card" aria-label="Mails">
            {mails.map((one) => (
              <li key={one.id}>
                <button type="button" aria-pressed={one.id === mail?.id} onClick={() => setOpened(one.id)}>
                  <strong>{one.subject}</strong>
                  <span className="wb-under">to {one.to}</span>
                </button>
              </li>
            ))}
          </ul>
          {mail === undefined ? null : (
            <article className="wb-card wb-mail" aria-label={mail.subject}>
              <h2>{mail.subject}</h2>
              <p className="wb-quiet">
                {mail.from} to {mail.to}
              </p>
              <pre>{mail.text}</pre>
              {mail.attachments.length === 0 ? null : <p>Attached: {mail.attachments.join(', ')}</p>}
              {mail.link === null ? null : (
                <a className="wb-button" href={mail.link} target="_blank" rel="noreferrer">
                  Open the link of this mail
                </a>
              )}
            </article>
          )}
        </div>
      )}
    </>
  )
}
