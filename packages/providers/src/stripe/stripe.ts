import {
  type Books,
  dayNumber,
  isoDate,
  type ParseWebhook,
  type Provider,
  type ProviderWarning,
  ReconError,
  type Transfers,
} from '@recon/core'
import * as z from 'zod'
import { createProviderHttp } from '../http.ts'
import { parseOptions } from '../provider-options.ts'
import { createRateLimit, type ProviderClock, systemClock } from '../rate-limit.ts'
import { stripeAmount } from './stripe-amount.ts'
import { createStripeApi, type StripeApi, type StripePayout } from './stripe-api.ts'
import { entryOfBalanceTransaction, entryOfPayout, sumsToPayout } from './stripe-convert.ts'
import { readStripeFault } from './stripe-error.ts'
import { stripeWebhook } from './stripe-webhook.ts'

const provider = 'stripe'

export interface StripeOptions {
  /** A restricted key with read access to payouts and balance, and write access to transfers where they are made. */
  readonly apiKey: string
  /** One endpoint secret, or several while they are being rotated. Without it there is no `parseWebhook`. */
  readonly webhookSecrets?: readonly string[]
  /** 300 when absent, as Stripe's own libraries. */
  readonly webhookToleranceSeconds?: number
  /** Act for a connected account. */
  readonly account?: string
  readonly fetch?: typeof fetch
  readonly clock?: ProviderClock
  readonly baseUrl?: string
  readonly timeoutMs?: number
}

const optionsSchema = z.strictObject({
  apiKey: z.string().min(8),
  webhookSecrets: z.array(z.string().startsWith('whsec_')).min(1).max(4).optional(),
  webhookToleranceSeconds: z.number().int().positive().max(86_400).optional(),
  account: z.string().startsWith('acct_').optional(),
  fetch: z.custom<typeof fetch>((value) => typeof value === 'function').optional(),
  clock: z.custom<ProviderClock>((value) => typeof value === 'object' && value !== null).optional(),
  baseUrl: z.url().optional(),
  timeoutMs: z.number().int().positive().max(120_000).optional(),
})

/**
 * Stripe: the payments behind each payout as book entries, transfers to creditors, and webhooks that say when money moved.
 * @throws ReconError CONFIGURATION_INVALID
 */
export function stripe(options: StripeOptions): Provider & { readonly books: Books; readonly transfers: Transfers } {
  const settings = parseOptions(provider, optionsSchema, options)
  const clock = settings.clock ?? systemClock
  const http = createProviderHttp({
    provider,
    baseUrl: `${settings.baseUrl ?? 'https://api.stripe.com'}/v1`,
    fetch: settings.fetch,
    clock,
    timeoutMs: settings.timeoutMs ?? 30_000,
    retries: 2,
    requestIdHeader: 'request-id',
    rateLimit: createRateLimit({ windows: [{ requests: 90, milliseconds: 1000 }], concurrent: 20 }, clock),
    headers: async () => ({
      Authorization: `Bearer ${settings.apiKey}`,
      ...(settings.account === undefined ? {} : { 'Stripe-Account': settings.account }),
    }),
    readFault: readStripeFault,
  })
  const api = createStripeApi(http)
  const webhook: { parseWebhook?: ParseWebhook } =
    settings.webhookSecrets === undefined
      ? {}
      : {
          parseWebhook: stripeWebhook({
            secrets: settings.webhookSecrets,
            toleranceSeconds: settings.webhookToleranceSeconds ?? 300,
          }),
        }
  return { name: provider, books: createBooks(api), transfers: createTransfers(api), ...webhook }
}

const secondsOf = (date: string): number => (dayNumber(isoDate(date)) ?? 0) * 86_400

/** Entries are what stands behind each payout; `references.batchId` is the payout, and their nets sum to the bank deposit. */
function createBooks(api: StripeApi): Books {
  return {
    fetchEntries: async (request) => {
      const filter = {
        ...(request.since === undefined ? {} : { since: secondsOf(request.since) }),
        ...(request.until === undefined ? {} : { until: secondsOf(request.until) + 86_399 }),
        after: request.cursor,
      }
      const page = await api.listPayouts(filter, request.signal)
      const parts = []
      for (const payout of page.rows) parts.push(await entriesOfPayout(api, payout, request.signal))
      const last = page.rows.at(-1)?.id
      return {
        entries: parts.flatMap((part) => part.entries),
        removedEntryIds: parts.flatMap((part) => part.removed),
        warnings: parts.flatMap((part) => part.warnings),
        hasMore: page.hasMore && last !== undefined,
        ...(last === undefined ? {} : { cursor: last }),
      }
    },
  }
}

async function entriesOfPayout(api: StripeApi, payout: StripePayout, signal: AbortSignal | undefined) {
  const nothing = { entries: [], removed: [] as string[], warnings: [] as ProviderWarning[] }
  const warn = (code: string, message: string) => ({ ...nothing, warnings: [{ code, message, recordId: payout.id }] })
  if (payout.status === 'failed' || payout.status === 'canceled') {
    return {
      ...warn('PAYOUT_FAILED', `Payout ${payout.id} is ${payout.status}: no deposit belongs to it.`),
      removed: [payout.id],
    }
  }
  if (payout.reconciliation_status === 'not_applicable' || payout.automatic === false)
    return { ...nothing, entries: [entryOfPayout(payout)] }
  if (payout.reconciliation_status !== 'completed') {
    return warn(
      'PAYOUT_NOT_COMPLETE',
      `Payout ${payout.id} is still being put together; fetch it again after payout.reconciliation_completed.`,
    )
  }
  const rows = (await api.payoutTransactions(payout.id, signal)).filter((row) => row.type !== 'payout')
  if (!sumsToPayout(rows, payout)) {
    return {
      ...warn(
        'PAYOUT_NOT_EXPLAINED',
        `The transactions of payout ${payout.id} do not sum to it; it is given as one entry.`,
      ),
      entries: [entryOfPayout(payout)],
    }
  }
  return { ...nothing, entries: rows.map((row) => entryOfBalanceTransaction(row, payout)) }
}

const longestKey = 255

function createTransfers(api: StripeApi): Transfers {
  const check = (key: string): void => {
    if (key.length === 0 || key.length > longestKey) {
      throw new ReconError('REQUEST_INVALID', `stripe: an idempotency key has 1 to ${longestKey} characters.`, {
        provider,
      })
    }
  }
  return {
    createTransfer: async (order) => {
      check(order.idempotencyKey)
      const form: Record<string, string> = {
        amount: stripeAmount(order.amount),
        currency: order.amount.currency.toLowerCase(),
        destination: order.destination,
      }
      if (order.group !== undefined) form.transfer_group = order.group
      for (const [name, value] of Object.entries(order.metadata ?? {})) form[`metadata[${name}]`] = value
      const sent = await api.createTransfer(form, order.idempotencyKey, order.signal)
      return {
        state: 'DONE',
        externalId: sent.id,
        ...(sent.requestId === undefined ? {} : { requestId: sent.requestId }),
      }
    },
    reverseTransfer: async (reversal) => {
      check(reversal.idempotencyKey)
      const sent = await api.reverseTransfer(
        reversal.transferId,
        stripeAmount(reversal.amount),
        reversal.idempotencyKey,
        reversal.signal,
      )
      return {
        state: 'DONE',
        externalId: sent.id,
        ...(sent.requestId === undefined ? {} : { requestId: sent.requestId }),
      }
    },
  }
}
