import { ReconError } from '@recon/core'
import { createTransport } from 'nodemailer'

/** One mail as it goes out. `messageId` is the same at every try. */
export interface Mail {
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly html: string
  readonly text: string
  readonly messageId: string
  readonly attachments?: readonly {
    readonly fileName: string
    readonly contentType: string
    readonly content: Uint8Array
  }[]
}

/** PERMANENT: this mail will never be taken. PASSING: try again later. */
export type MailOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly failure: 'PERMANENT' | 'PASSING'; readonly reason: string }

export interface MailTransport {
  /** `Firm name <mail@firm.example>`: the sender of every mail. */
  readonly from: string
  readonly send: (mail: Mail) => Promise<MailOutcome>
  readonly close?: () => Promise<void>
}

const longestWait = 25_000

/** Mail over SMTP. The URL is `smtp://user:password@host:port` or `smtps://...`. @throws ReconError CONFIGURATION_INVALID */
export function smtp(
  url: string,
  /** `timeout` in milliseconds for each step of the talk with the server; 25,000 by default and at most. */
  options: { readonly from: string; readonly timeout?: number },
): MailTransport {
  const timeout = Math.min(options.timeout ?? longestWait, longestWait)
  const { protocol } = new URL(url)
  if (protocol !== 'smtp:' && protocol !== 'smtps:') {
    throw new ReconError('CONFIGURATION_INVALID', 'Give the mail server as smtp://... or smtps://...', {
      place: 'mail',
    })
  }
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 2,
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as Parameters<typeof createTransport>[0])
  return {
    from: options.from,
    send: async (mail) => {
      try {
        await transport.sendMail({
          from: mail.from,
          to: { name: '', address: mail.to },
          subject: mail.subject,
          html: mail.html,
          text: mail.text,
          messageId: mail.messageId,
          attachments: (mail.attachments ?? []).map((one) => ({
            filename: one.fileName,
            contentType: one.contentType,
            content: Buffer.from(one.content),
          })),
        })
        return { ok: true }
      } catch (error) {
        return failureOf(error)
      }
    },
    close: async () => transport.close(),
  }
}

/** A 5xx answer is final, except 552 and 421-like ones, which mean "not now". Everything without an answer passes. */
function failureOf(error: unknown): MailOutcome {
  const code = (error as { responseCode?: unknown }).responseCode
  const words = (error as { response?: unknown }).response
  const reason = typeof words === 'string' ? words : error instanceof Error ? error.message : 'unknown'
  const permanent = typeof code === 'number' && code >= 500 && code !== 552
  return { ok: false, failure: permanent ? 'PERMANENT' : 'PASSING', reason: reason.slice(0, 300) }
}
