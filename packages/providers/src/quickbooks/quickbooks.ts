import { type Books, isIsoInstant, type Provider, ReconError, type TokenStore, type Writeback } from '@recon/core'
import * as z from 'zod'
import { createProviderHttp } from '../http.ts'
import { createOauthTokens } from '../oauth-token.ts'
import { parseOptions } from '../provider-options.ts'
import { createRateLimit, type ProviderClock, systemClock } from '../rate-limit.ts'
import { createQuickbooksApi, largestPage, type QuickbooksApi, queryLiteral } from './quickbooks-api.ts'
import { bookedPayment, entryOfInvoice, entryOfPayment, invoiceBalance } from './quickbooks-convert.ts'
import { readQuickbooksFault } from './quickbooks-error.ts'
import { quickbooksWebhook } from './quickbooks-webhook.ts'
import { createWriteback } from './quickbooks-writeback.ts'

const provider = 'quickbooks'

export interface QuickbooksOptions {
  /** The company: Intuit's realm id. */
  readonly realmId: string
  readonly clientId: string
  readonly clientSecret: string
  readonly tokens: TokenStore
  /** The company's home currency; used where a record does not name one. */
  readonly homeCurrency: string
  readonly environment?: 'production' | 'sandbox'
  /** From the developer portal. Without it there is no `parseWebhook`. */
  readonly webhookVerifierToken?: string
  /**
   * How a full reversal is booked: VOID keeps the payment with the amount zero, DELETE removes it, JOURNAL leaves it and
   * posts a journal. Where a void or delete is not allowed (deposited, period closed), a journal is posted instead.
   */
  readonly reversal?: 'VOID' | 'DELETE' | 'JOURNAL'
  readonly fetch?: typeof fetch
  readonly clock?: ProviderClock
  readonly baseUrl?: string
  readonly tokenUrl?: string
  readonly timeoutMs?: number
}

const optionsSchema = z.strictObject({
  realmId: z.string().regex(/^\d{1,30}$/),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  tokens: z.custom<TokenStore>((value) => typeof value === 'object' && value !== null),
  homeCurrency: z.string().regex(/^[A-Z]{3}$/),
  environment: z.enum(['production', 'sandbox']).optional(),
  webhookVerifierToken: z.string().min(16).optional(),
  reversal: z.enum(['VOID', 'DELETE', 'JOURNAL']).optional(),
  fetch: z.custom<typeof fetch>((value) => typeof value === 'function').optional(),
  clock: z.custom<ProviderClock>((value) => typeof value === 'object' && value !== null).optional(),
  baseUrl: z.url().optional(),
  tokenUrl: z.url().optional(),
  timeoutMs: z.number().int().positive().max(120_000).optional(),
})

const hosts = { production: 'https://quickbooks.api.intuit.com', sandbox: 'https://sandbox-quickbooks.api.intuit.com' }

const defaultTokenUrl = 'https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer'

/**
 * QuickBooks Online: reads invoices and payments, posts payments against invoices, reverses them, and parses webhooks.
 * Amounts are exact: they are never held as floats. Limits kept per company: 10 a second, 500 a minute, 10 at once.
 * @throws ReconError CONFIGURATION_INVALID
 */
export function quickbooks(
  options: QuickbooksOptions,
): Provider & { readonly books: Books; readonly writeback: Writeback } {
  const settings = parseOptions(provider, optionsSchema, options)
  const clock = settings.clock ?? systemClock
  const timeoutMs = settings.timeoutMs ?? 30_000
  const tokens = createOauthTokens({
    ...settings,
    provider,
    requestIdHeader: 'intuit_tid',
    headers: { 'x-include-refresh-token-hard-expires-in': 'true' },
    fetch: settings.fetch,
    clock,
    timeoutMs,
    tokenUrl: settings.tokenUrl ?? defaultTokenUrl,
  })
  const http = createProviderHttp({
    provider,
    baseUrl: `${settings.baseUrl ?? hosts[settings.environment ?? 'production']}/v3/company/${settings.realmId}`,
    fetch: settings.fetch,
    clock,
    timeoutMs,
    retries: 3,
    requestIdHeader: 'intuit_tid',
    rateLimit: createRateLimit(
      {
        windows: [
          { requests: 10, milliseconds: 1000 },
          { requests: 500, milliseconds: 60_000 },
        ],
        concurrent: 10,
      },
      clock,
    ),
    headers: async () => ({ Authorization: `Bearer ${await tokens.accessToken()}` }),
    readFault: readQuickbooksFault,
    refreshCredentials: tokens.refresh,
  })
  const api = createQuickbooksApi(http)
  return {
    name: provider,
    books: createBooks(api, settings.homeCurrency, clock),
    writeback: createWriteback(api, settings.reversal ?? 'VOID', settings.homeCurrency),
    ...(settings.webhookVerifierToken === undefined
      ? {}
      : { parseWebhook: quickbooksWebhook(settings.webhookVerifierToken) }),
  }
}

/** Change data capture reaches back this far, and returns at most one page without a way to the next. */
const changeHorizonMs = 30 * 86_400_000 - 60_000

function createBooks(api: QuickbooksApi, homeCurrency: string, clock: ProviderClock): Books {
  return {
    fetchEntries: async (request) => {
      const { changedSince, signal } = request
      if (changedSince !== undefined && request.cursor === undefined) {
        if (!isIsoInstant(changedSince))
          throw new ReconError(
            'REQUEST_INVALID',
            `quickbooks: changedSince "${changedSince.slice(0, 40)}" is not an instant.`,
            { provider },
          )
        if (clock.now() - Date.parse(changedSince) < changeHorizonMs) {
          const { invoices, payments } = await api.changes(changedSince, signal)
          if (invoices.length + payments.length < largestPage) {
            const live = <Row extends { status?: string | null | undefined }>(rows: readonly Row[]): Row[] =>
              rows.filter((row) => row.status !== 'Deleted')
            return {
              entries: [
                ...live(invoices).map((row) => entryOfInvoice(row, homeCurrency)),
                ...live(payments).map((row) => entryOfPayment(row, homeCurrency)),
              ],
              removedEntryIds: [
                ...invoices.filter((row) => row.status === 'Deleted').map((row) => `invoice:${row.Id}`),
                ...payments.filter((row) => row.status === 'Deleted').map((row) => `payment:${row.Id}`),
              ],
              hasMore: false,
              warnings: [],
            }
          }
        }
      }
      return queryEntries(api, homeCurrency, request.cursor, request)
    },
    readInvoice: async (invoiceId, call) =>
      invoiceBalance(await api.readInvoice(invoiceId, call?.signal), homeCurrency, new Date(clock.now()).toISOString()),
    readPayment: async (paymentId, call) => bookedPayment(await api.readPayment(paymentId, call?.signal), homeCurrency),
  }
}

/** Pages through invoices, then payments. The cursor is `Entity:startposition`. */
async function queryEntries(
  api: QuickbooksApi,
  homeCurrency: string,
  cursor: string | undefined,
  request: {
    readonly changedSince?: string
    readonly since?: string
    readonly until?: string
    readonly signal?: AbortSignal
  },
) {
  const [entity = 'Invoice', position = '1'] = (cursor ?? 'Invoice:1').split(':')
  if ((entity !== 'Invoice' && entity !== 'Payment') || !/^\d{1,9}$/.test(position)) {
    throw new ReconError(
      'REQUEST_INVALID',
      `quickbooks: "${cursor?.slice(0, 40) ?? ''}" is not a cursor of this provider.`,
      { provider },
    )
  }
  const conditions = [
    ...(request.changedSince === undefined ? [] : [`MetaData.LastUpdatedTime > ${queryLiteral(request.changedSince)}`]),
    ...(request.since === undefined ? [] : [`TxnDate >= ${queryLiteral(request.since)}`]),
    ...(request.until === undefined ? [] : [`TxnDate <= ${queryLiteral(request.until)}`]),
  ]
  const where = conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`
  const statement = `select * from ${entity}${where} orderby Id startposition ${position} maxresults ${largestPage}`
  const { invoices, payments } = await api.query(statement, request.signal)
  const entries =
    entity === 'Invoice'
      ? invoices.map((row) => entryOfInvoice(row, homeCurrency))
      : payments.map((row) => entryOfPayment(row, homeCurrency))
  const full = entries.length >= largestPage
  const next = full ? `${entity}:${Number(position) + entries.length}` : entity === 'Invoice' ? 'Payment:1' : undefined
  const warnings =
    request.changedSince === undefined
      ? []
      : [
          {
            code: 'DELETIONS_NOT_LISTED',
            message:
              'The window is too old or too full for change data capture; a query does not list deleted records.',
          },
        ]
  return {
    entries,
    removedEntryIds: [],
    hasMore: next !== undefined,
    warnings,
    ...(next === undefined ? {} : { cursor: next }),
  }
}
