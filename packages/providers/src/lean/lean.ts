import { type BankFeed, type Books, isoDate, type Provider, ReconError } from '@recon/core'
import * as z from 'zod'
import { createProviderHttp, type ProviderHttp } from '../http.ts'
import { parseOptions } from '../provider-options.ts'
import { createRateLimit, type ProviderClock, systemClock } from '../rate-limit.ts'
import { createLeanApi, type LeanApi } from './lean-api.ts'
import { entryOfPayment, lineOfDeposit, paymentStatus } from './lean-convert.ts'
import { readLeanFault } from './lean-error.ts'
import { leanWebhook } from './lean-webhook.ts'

const provider = 'lean'

export interface LeanOptions {
  readonly clientId: string
  readonly clientSecret: string
  /** Where the API and its tokens live: they differ by country and environment. */
  readonly baseUrl: string
  readonly authUrl: string
  /** Not in the public documentation; ask Lean for yours. Without it there is no `bankFeed`: upload deposits as CSV. */
  readonly depositsPath?: string
  readonly webhookSecret?: string
  readonly fetch?: typeof fetch
  readonly clock?: ProviderClock
  readonly timeoutMs?: number
}

const optionsSchema = z.strictObject({
  clientId: z.string().min(1),
  clientSecret: z.string().min(8),
  baseUrl: z.url(),
  authUrl: z.url(),
  depositsPath: z
    .string()
    .regex(/^[a-z0-9/_-]{1,100}$/)
    .optional(),
  webhookSecret: z.string().min(8).optional(),
  fetch: z.custom<typeof fetch>((value) => typeof value === 'function').optional(),
  clock: z.custom<ProviderClock>((value) => typeof value === 'object' && value !== null).optional(),
  timeoutMs: z.number().int().positive().max(120_000).optional(),
})

/**
 * Lean: payments as book entries and fetched deposits as bank lines. Reconciling is not written back: Lean publishes no
 * endpoint for it. Amounts are decimal major units there, and stay exact here.
 * @throws ReconError CONFIGURATION_INVALID
 */
export function lean(options: LeanOptions): Provider & { readonly books: Books } {
  const settings = parseOptions(provider, optionsSchema, options)
  const clock = settings.clock ?? systemClock
  const connection = {
    provider,
    fetch: settings.fetch,
    clock,
    timeoutMs: settings.timeoutMs ?? 30_000,
    retries: 2,
    requestIdHeader: 'x-request-id',
    readFault: readLeanFault,
  }
  const tokens = createTokens(
    createProviderHttp({ ...connection, baseUrl: settings.authUrl, headers: async () => ({}) }),
    settings,
    clock,
  )
  const http = createProviderHttp({
    ...connection,
    baseUrl: settings.baseUrl,
    rateLimit: createRateLimit({ windows: [{ requests: 10, milliseconds: 1000 }], concurrent: 5 }, clock),
    headers: async () => ({ Authorization: `Bearer ${await tokens.read()}` }),
    refreshCredentials: tokens.renew,
  })
  const api = createLeanApi(http, settings.depositsPath ?? '')
  return {
    name: provider,
    books: createBooks(api),
    ...(settings.depositsPath === undefined ? {} : { bankFeed: createBankFeed(api) }),
    ...(settings.webhookSecret === undefined ? {} : { parseWebhook: leanWebhook(settings.webhookSecret) }),
  }
}

const tokenReply = z.object({ access_token: z.string(), expires_in: z.string() })

/** Client credentials: a token of about an hour, asked for again when it ends or is refused. One request at a time. */
function createTokens(
  http: ProviderHttp,
  credentials: { readonly clientId: string; readonly clientSecret: string },
  clock: ProviderClock,
) {
  let token: { readonly value: string; readonly endsAt: number } | undefined
  let underWay: Promise<void> | undefined
  const request = async (): Promise<void> => {
    const body = new URLSearchParams({
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
      grant_type: 'client_credentials',
      scope: 'api',
    })
    const { value } = await http.send({
      method: 'POST',
      path: 'oauth2/token',
      body,
      schema: tokenReply,
      repeatable: true,
    })
    token = { value: value.access_token, endsAt: clock.now() + (Number(value.expires_in) - 60) * 1000 }
  }
  const renew = (): Promise<void> => {
    underWay ??= request().finally(() => {
      underWay = undefined
    })
    return underWay
  }
  return {
    renew,
    read: async (): Promise<string> => {
      if (token === undefined || token.endsAt <= clock.now()) await renew()
      return token?.value ?? ''
    },
  }
}

function pageOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  if (!/^\d{1,6}$/.test(cursor))
    throw new ReconError('REQUEST_INVALID', `lean: "${cursor.slice(0, 40)}" is not a cursor of this provider.`, {
      provider,
    })
  return Number(cursor)
}

const window = (request: { readonly since?: string; readonly until?: string }) => ({
  from: request.since === undefined ? undefined : isoDate(request.since),
  to: request.until === undefined ? undefined : isoDate(request.until),
})

function createBankFeed(api: LeanApi): BankFeed {
  return {
    fetchLines: async (request) => {
      const number = pageOf(request.cursor)
      const page = await api.listDeposits(number, { ...window(request), account: request.account }, request.signal)
      return {
        lines: page.rows.map(lineOfDeposit),
        withdrawnLineIds: [],
        hasMore: page.hasMore,
        warnings: [],
        ...(page.hasMore ? { cursor: String(number + 1) } : {}),
      }
    },
  }
}

/** Payments the bank has or had: what failed is listed as removed, what the customer never authorised is left out. */
function createBooks(api: LeanApi): Books {
  return {
    fetchEntries: async (request) => {
      const number = pageOf(request.cursor)
      const page = await api.listIntents(number, window(request), request.signal)
      const payments = page.rows.flatMap((intent) => (intent.payments ?? []).map((payment) => ({ intent, payment })))
      const failed = payments.filter(({ payment }) => paymentStatus(payment.status) === 'FAILED')
      return {
        entries: payments
          .filter((pair) => !failed.includes(pair))
          .map(({ payment, intent }) => entryOfPayment(payment, intent)),
        removedEntryIds: failed.map(({ payment }) => payment.id),
        hasMore: page.hasMore,
        warnings: longDescriptions(page.rows),
        ...(page.hasMore ? { cursor: String(number + 1) } : {}),
      }
    },
  }
}

const longestDescription = 12

/** A longer description is cut on the bank line, and then two payments may look alike. */
function longDescriptions(
  intents: readonly {
    readonly description?: string | null | undefined
    readonly payment_intent_id?: string | null | undefined
  }[],
) {
  return intents
    .filter((intent) => (intent.description?.length ?? 0) > longestDescription)
    .map((intent) => ({
      code: 'DESCRIPTION_CUT',
      message: `"${intent.description?.slice(0, 40)}" has more than ${longestDescription} characters: banks show only part of it.`,
      ...(intent.payment_intent_id ? { recordId: intent.payment_intent_id } : {}),
    }))
}
