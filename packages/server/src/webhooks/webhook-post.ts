import { request } from 'node:https'
import { publicTarget, type ResolveHost, webhookUrl } from './public-address.ts'

export interface PostAnswer {
  /** 0 when there was no answer. */
  readonly status: number
  readonly retryAfterSeconds: number | undefined
  readonly reason: string | null
}

export type PostWebhook = (url: string, headers: Readonly<Record<string, string>>, body: string) => Promise<PostAnswer>

const timeout = 15_000
const answerLimit = 64 * 1024

/**
 * Posts to a subscriber: the name is resolved once and the connection goes to the address that was checked, redirects are not
 * followed, a slow or endless answer is cut.
 */
export function safePost(resolveHost: ResolveHost): PostWebhook {
  return async (text, headers, body) => {
    const url = webhookUrl(text)
    if (!url.ok) return { status: 0, retryAfterSeconds: undefined, reason: url.refusal.code }
    const target = await publicTarget(url.value.hostname, resolveHost).catch(() => undefined)
    if (target === undefined) return { status: 0, retryAfterSeconds: undefined, reason: 'NAME_NOT_FOUND' }
    if (!target.ok) return { status: 0, retryAfterSeconds: undefined, reason: target.refusal.code }
    const { address, family } = target.value
    return new Promise((done) => {
      const call = request(
        url.value,
        {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
          timeout,
          signal: AbortSignal.timeout(timeout),
          lookup: (_host, options, answer) =>
            options.all === true
              ? (answer as unknown as (error: null, found: { address: string; family: number }[]) => void)(null, [
                  { address, family },
                ])
              : answer(null, address, family),
        },
        (response) => {
          let size = 0
          response.on('data', (part: Buffer) => {
            size += part.byteLength
            if (size > answerLimit) response.destroy()
          })
          const finish = () => done(answerOf(response.statusCode ?? 0, response.headers['retry-after']))
          response.on('end', finish)
          response.on('close', finish)
          response.on('error', finish)
        },
      )
      call.on('timeout', () => call.destroy(new Error('TIMEOUT')))
      call.on('error', (error) =>
        done({ status: 0, retryAfterSeconds: undefined, reason: error.message.slice(0, 200) }),
      )
      call.end(body)
    })
  }
}

function answerOf(status: number, retryAfter: string | undefined): PostAnswer {
  const seconds = retryAfter !== undefined && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : undefined
  return { status, retryAfterSeconds: seconds, reason: status >= 200 && status < 300 ? null : `HTTP ${status}` }
}
