import { Hono } from 'hono'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

export interface MailCatcher {
  readonly url: string
  /** `/workbench/mails` for the viewer: nothing leaves this machine. */
  readonly routes: Hono
  readonly stop: () => Promise<void>
}

const mostKept = 200

/** A real SMTP server on the loopback interface that keeps what it takes, for people to read. */
export async function startMailCatcher(): Promise<MailCatcher> {
  const mails: Email[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        PostalMime.parse(Buffer.concat(parts)).then(
          (mail) => {
            mails.unshift(mail)
            mails.length = Math.min(mails.length, mostKept)
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
  return {
    url: `smtp://127.0.0.1:${port}`,
    routes: mailRoutes(mails),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

const linkPattern = /https?:\/\/[^\s<>"]{1,500}/

function mailRoutes(mails: readonly Email[]): Hono {
  const routes = new Hono()
  routes.get('/mails', (context) =>
    context.json({
      mails: mails.map((mail) => ({
        id: mail.messageId ?? '',
        from: mail.from?.address ?? '',
        to: (mail.to ?? []).map((one) => one.address ?? '').join(', '),
        subject: mail.subject ?? '',
        date: mail.date ?? null,
        text: mail.text ?? '',
        link: linkPattern.exec(mail.text ?? '')?.[0] ?? null,
        attachments: mail.attachments.map((one) => one.filename ?? 'file'),
      })),
    }),
  )
  return routes
}
