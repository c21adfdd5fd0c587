import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

/** A real SMTP server on a loopback port that keeps what it takes. */
export interface MailCatcher {
  readonly url: string
  readonly mails: (Email & { readonly to?: Email['to'] })[]
  /** The SMTP code of the next answers, 250 unless set. */
  answer: { code: number; words: string } | null
  readonly stop: () => Promise<void>
}

export async function startMailCatcher(): Promise<MailCatcher> {
  const mails: Email[] = []
  const catcher = { answer: null as MailCatcher['answer'] }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        if (catcher.answer !== null) {
          const error = Object.assign(new Error(catcher.answer.words), { responseCode: catcher.answer.code })
          done(error)
          return
        }
        PostalMime.parse(Buffer.concat(parts)).then(
          (mail) => {
            mails.push(mail)
            done()
          },
          (error: unknown) => done(error instanceof Error ? error : new Error('unreadable')),
        )
      })
    },
  })
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return Object.assign(catcher, {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  })
}
