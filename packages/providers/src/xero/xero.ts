import {
  type Books,
  compareMoney,
  isIsoInstant,
  type Provider,
  ReconError,
  type TokenStore,
  type Writeback,
} from '@recon/core'
import * as z from 'zod'
import { createProviderHttp } from '../http.ts'
import { createOauthTokens } from '../oauth-token.ts'
import { parseOptions } from '../provider-options.ts'
import { createRateLimit, type ProviderClock, systemClock } from '../rate-limit.ts'
import { createXeroApi, pageSize, type XeroApi } from './xero-api.ts'
import {
  bookedPayment,
  dateOfXero,
  entryOfInvoice,
  entryOfPayment,
  invoiceBalance,
  isGone,
  paymentBody,
  type XeroDepositAccount,
} from './xero-convert.ts'
import { readXeroFault } from './xero-error.ts'
import { xeroWebhook } from './xero-webhook.ts'

const provider = 'xero'

export interface XeroOptions {
  readonly tenantId: string
  readonly clientId: string
  readonly clientSecret: string
  readonly tokens: TokenStore
  /** Used where a record does not name its currency. */
  readonly homeCurrency: string
  /** Where payments are booked: a BANK account, or one that has payments enabled. */
  readonly depositAccount: { readonly accountId?: string; readonly code?: string }
  readonly webhookKey?: string
  readonly fetch?: typeof fetch
  readonly clock?: ProviderClock
  readonly baseUrl?: string
  readonly tokenUrl?: string
  readonly timeoutMs?: number
}

const optionsSchema = z.strictObject({
  tenantId: z.string().min(1),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  tokens: z.custom<TokenStore>((value) => typeof value === 'object' && value !== null),
  homeCurrency: z.string().regex(/^[A-Z]{3}$/),
  depositAccount: z
    .strictObject({ accountId: z.string().optional(), code: z.string().optional() })
    .refine((account) => Boolean(account.accountId ?? account.code), 'give accountId or code'),
  webhookKey: z.string().min(16).optional(),
  fetch: z.custom<typeof fetch>((value) => typeof value === 'function').optional(),
  clock: z.custom<ProviderClock>((value) => typeof value === 'object' && value !== null).optional(),
  baseUrl: z.url().optional(),
  tokenUrl: z.url().optional(),
  timeoutMs: z.number().int().positive().max(120_000).optional(),
})

/**
 * Xero: reads invoices and payments, posts payments against invoices, reverses them by deletion, and parses webhooks.
 * Limits kept per tenant: 5 at once, 60 a minute. A payment is never edited there.
 * @throws ReconError CONFIGURATION_INVALID
 */
export function xero(options: XeroOptions): Provider & { readonly books: Books; readonly writeback: Writeback } {
  const settings = parseOptions(provider, optionsSchema, options)
  const clock = settings.clock ?? systemClock
  const timeoutMs = settings.timeoutMs ?? 30_000
  const requestIdHeader = 'xero-correlation-id'
  const tokenUrl = settings.tokenUrl ?? 'https://identity.xero.com/connect/token'
  const tokens = createOauthTokens({
    ...settings,
    provider,
    fetch: settings.fetch,
    clock,
    timeoutMs,
    tokenUrl,
    requestIdHeader,
  })
  const http = createProviderHttp({
    provider,
    baseUrl: `${settings.baseUrl ?? 'https://api.xero.com'}/api.xro/2.0`,
    fetch: settings.fetch,
    clock,
    timeoutMs,
    retries: 2,
    requestIdHeader,
    rateLimit: createRateLimit({ windows: [{ requests: 60, milliseconds: 60_000 }], concurrent: 5 }, clock),
    headers: async () => ({
      Authorization: `Bearer ${await tokens.accessToken()}`,
      'xero-tenant-id': settings.tenantId,
    }),
    readFault: readXeroFault,
    refreshCredentials: tokens.refresh,
  })
  const api = createXeroApi(http)
  return {
    name: provider,
    books: createBooks(api, settings.homeCurrency, clock),
    writeback: createWriteback(api, settings.homeCurrency, settings.depositAccount),
    ...(settings.webhookKey === undefined ? {} : { parseWebhook: xeroWebhook(settings.webhookKey) }),
  }
}

/** Pages through invoices, then payments. The cursor is `Entity:page`. */
function createBooks(api: XeroApi, homeCurrency: string, clock: ProviderClock): Books {
  return {
    fetchEntries: async (request) => {
      const [entity = '', number = ''] = (request.cursor ?? 'Invoices:1').split(':')
      if ((entity !== 'Invoices' && entity !== 'Payments') || !/^\d{1,7}$/.test(number)) {
        throw new ReconError(
          'REQUEST_INVALID',
          `xero: "${request.cursor?.slice(0, 40)}" is not a cursor of this provider.`,
          { provider },
        )
      }
      if (request.changedSince !== undefined && !isIsoInstant(request.changedSince)) {
        throw new ReconError(
          'REQUEST_INVALID',
          `xero: changedSince "${request.changedSince.slice(0, 40)}" is not an instant.`,
          { provider },
        )
      }
      const page = Number(number)
      const since = request.changedSince?.slice(0, 19)
      const inWindow = (date: string): boolean =>
        (request.since === undefined || date >= request.since) && (request.until === undefined || date <= request.until)
      const result =
        entity === 'Invoices'
          ? divide(
              await api.listInvoices(page, since, request.signal),
              (row) => entryOfInvoice(row, homeCurrency),
              (row) => `invoice:${row.InvoiceID}`,
            )
          : divide(
              await api.listPayments(page, since, request.signal),
              (row) => entryOfPayment(row, homeCurrency),
              (row) => `payment:${row.PaymentID}`,
            )
      const next = result.count >= pageSize ? `${entity}:${page + 1}` : entity === 'Invoices' ? 'Payments:1' : undefined
      return {
        entries: result.entries.filter((entry) => inWindow(entry.date)),
        removedEntryIds: result.removed,
        hasMore: next !== undefined,
        warnings: [],
        ...(next === undefined ? {} : { cursor: next }),
      }
    },
    readInvoice: async (invoiceId, call) =>
      invoiceBalance(await api.readInvoice(invoiceId, call?.signal), homeCurrency, new Date(clock.now()).toISOString()),
    readPayment: async (paymentId, call) => bookedPayment(await api.readPayment(paymentId, call?.signal), homeCurrency),
  }
}

function divide<Row extends { readonly Status?: string | null | undefined }, Entry>(
  rows: readonly Row[],
  entryOf: (row: Row) => Entry,
  idOf: (row: Row) => string,
) {
  return {
    count: rows.length,
    entries: rows.filter((row) => !isGone(row)).map(entryOf),
    removed: rows.filter(isGone).map(idOf),
  }
}

const longestKey = 128

function createWriteback(api: XeroApi, homeCurrency: string, account: XeroDepositAccount): Writeback {
  const check = (key: string): void => {
    if (key.length === 0 || key.length > longestKey)
      throw new ReconError('REQUEST_INVALID', `xero: an idempotency key has 1 to ${longestKey} characters.`, {
        provider,
      })
  }
  return {
    postPayment: async (posting) => {
      check(posting.idempotencyKey)
      const sent = await api.createPayment(paymentBody(posting, account), posting.idempotencyKey, posting.signal)
      dateOfXero(sent.payment.Date ?? posting.date, `payment ${sent.payment.PaymentID}`)
      return {
        state: 'DONE',
        externalId: sent.payment.PaymentID,
        ...(sent.requestId === undefined ? {} : { requestId: sent.requestId }),
      }
    },
    reversePayment: async (reversal) => {
      check(reversal.idempotencyKey)
      if (!reversal.full) {
        throw new ReconError(
          'PROVIDER_REJECTED',
          'xero: a payment can only be deleted whole. Delete it and post what remains as a new payment.',
          { provider },
        )
      }
      const current = bookedPayment(await api.readPayment(reversal.paymentId, reversal.signal), homeCurrency)
      if (current.status !== 'LIVE') return { state: 'DONE', externalId: current.paymentId }
      if (compareMoney(current.amount, reversal.amount) !== 0) {
        throw new ReconError(
          'PROVIDER_REJECTED',
          `xero: payment ${current.paymentId} is ${current.amount.amount}, not ${reversal.amount.amount}.`,
          { provider },
        )
      }
      const sent = await api.deletePayment(reversal.paymentId, reversal.idempotencyKey, reversal.signal)
      return {
        state: 'DONE',
        externalId: sent.payment.PaymentID,
        ...(sent.requestId === undefined ? {} : { requestId: sent.requestId }),
      }
    },
  }
}
