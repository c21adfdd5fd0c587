import { type ProviderTokens, ReconError, type TokenStore } from '@recon/core'
import * as z from 'zod'
import { createProviderHttp, type ProviderHttp } from './http.ts'
import { type ProviderClock, systemClock } from './rate-limit.ts'
import { base64OfBytes } from './webhook-signature.ts'

const tokenReply = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.string(),
  x_refresh_token_expires_in: z.string().nullish(),
  x_refresh_token_hard_expires_in: z.string().nullish(),
})

/** A token this close to its end is not used for a new request. */
const marginMs = 60_000

export interface OauthTokenOptions {
  readonly provider: string
  readonly clientId: string
  readonly clientSecret: string
  readonly tokens: TokenStore
  readonly tokenUrl: string
  readonly fetch?: typeof fetch | undefined
  readonly clock?: ProviderClock | undefined
  readonly timeoutMs: number
  readonly requestIdHeader: string
  /** Sent with every token request. */
  readonly headers?: Readonly<Record<string, string>>
}

export interface OauthTokenSource {
  readonly accessToken: () => Promise<string>
  /** Refreshes even if the token looks fresh: the provider said otherwise. One refresh at a time per company. */
  readonly refresh: () => Promise<void>
}

/**
 * OAuth 2 with rotating refresh tokens: the value changes and the last one returned must be kept. Refreshes run
 * one at a time here, and one at a time across processes where the token store can serialise (`exclusively`).
 */
export function createOauthTokens(options: OauthTokenOptions): OauthTokenSource {
  const clock = options.clock ?? systemClock
  const http = tokenHttp(options)
  let underWay: Promise<ProviderTokens> | undefined
  let refused: string | undefined

  const exchange = async (): Promise<ProviderTokens> => {
    const before = refused
    const current = await options.tokens.load()
    // Someone else refreshed while we waited for our turn.
    if (before !== undefined && current.accessToken !== before && isFresh(current, clock)) return current
    if (before === undefined && isFresh(current, clock)) return current
    if (current.refreshToken === undefined) throw reconnect(options.provider, 'there is no refresh token')
    if (current.refreshTokenExpiresAt !== undefined && Date.parse(current.refreshTokenExpiresAt) <= clock.now()) {
      throw reconnect(options.provider, 'the refresh token has reached its end')
    }
    const { value } = await http.send({
      method: 'POST',
      path: new URL(options.tokenUrl).pathname,
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: current.refreshToken }),
      schema: tokenReply,
      repeatable: true,
    })
    const tokens = tokensOfReply(value, clock.now())
    await options.tokens.save(tokens)
    return tokens
  }

  const refreshOnce = (): Promise<ProviderTokens> => {
    underWay ??= (options.tokens.exclusively?.(exchange) ?? exchange()).finally(() => {
      underWay = undefined
      refused = undefined
    })
    return underWay
  }

  return {
    accessToken: async () => {
      const tokens = await options.tokens.load()
      return isFresh(tokens, clock) ? tokens.accessToken : (await refreshOnce()).accessToken
    },
    refresh: async () => {
      if (underWay === undefined) refused = (await options.tokens.load()).accessToken
      await refreshOnce()
    },
  }
}

function isFresh(tokens: ProviderTokens, clock: ProviderClock): boolean {
  return tokens.accessTokenExpiresAt === undefined || Date.parse(tokens.accessTokenExpiresAt) - marginMs > clock.now()
}

function tokensOfReply(reply: z.infer<typeof tokenReply>, now: number): ProviderTokens {
  const ends = [reply.x_refresh_token_expires_in, reply.x_refresh_token_hard_expires_in].flatMap((seconds) =>
    seconds ? [Number(seconds)] : [],
  )
  const instant = (seconds: number): string => new Date(now + seconds * 1000).toISOString()
  return {
    accessToken: reply.access_token,
    accessTokenExpiresAt: instant(Number(reply.expires_in)),
    refreshToken: reply.refresh_token,
    ...(ends.length === 0 ? {} : { refreshTokenExpiresAt: instant(Math.min(...ends)) }),
  }
}

function reconnect(provider: string, why: string): ReconError {
  return new ReconError('PROVIDER_CREDENTIALS_INVALID', `${provider}: ${why}. Connect the company again.`, {
    provider,
    retryable: false,
  })
}

function tokenHttp(options: OauthTokenOptions): ProviderHttp {
  const basic = base64OfBytes(new TextEncoder().encode(`${options.clientId}:${options.clientSecret}`))
  return createProviderHttp({
    provider: options.provider,
    baseUrl: new URL(options.tokenUrl).origin,
    fetch: options.fetch,
    clock: options.clock,
    timeoutMs: options.timeoutMs,
    retries: 2,
    requestIdHeader: options.requestIdHeader,
    headers: async () => ({ Authorization: `Basic ${basic}`, ...options.headers }),
    readFault: (response) => {
      if (response.status < 400) return undefined
      if (/"invalid_grant"/.test(response.text)) {
        return {
          code: 'PROVIDER_CREDENTIALS_INVALID',
          message: 'the refresh token is no longer valid. Connect the company again.',
          retryable: false,
        }
      }
      if (response.status === 429 || response.status >= 500)
        return { code: 'PROVIDER_UNAVAILABLE', message: `token service: HTTP ${response.status}`, retryable: true }
      return {
        code: 'PROVIDER_CREDENTIALS_INVALID',
        message: `the token request was refused with HTTP ${response.status}. Check the client id and secret.`,
        retryable: false,
      }
    },
  })
}
