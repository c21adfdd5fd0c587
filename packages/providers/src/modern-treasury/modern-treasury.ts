import { type BankFeed, type Books, type Provider, type ProviderWarning, ReconError, type Writeback } from '@recon/core'
import * as z from 'zod'
import { exactNumber } from '../exact-json.ts'
import { createProviderHttp } from '../http.ts'
import { parseOptions } from '../provider-options.ts'
import { createRateLimit, type ProviderClock, systemClock } from '../rate-limit.ts'
import { base64OfBytes } from '../webhook-signature.ts'
import {
  createModernTreasuryApi,
  type ModernTreasuryApi,
  type ModernTreasuryTransaction,
  type TransactablePath,
  transactablePaths,
} from './modern-treasury-api.ts'
import { entryOfTransactable, lineOfTransaction } from './modern-treasury-convert.ts'
import { readModernTreasuryFault } from './modern-treasury-error.ts'
import { modernTreasuryWebhook } from './modern-treasury-webhook.ts'

const provider = 'modern-treasury'

export interface ModernTreasuryOptions {
  readonly organizationId: string
  readonly apiKey: string
  /** SANDBOX keeps to its lower limits: 5 lists and 25 requests a second instead of 20 and 100. */
  readonly environment?: 'production' | 'sandbox'
  /** Without it there is no `parseWebhook`. */
  readonly webhookKey?: string
  /** List paper items too. They are gone from the current API: only for organizations that still have the old resource. */
  readonly paperItems?: boolean
  readonly fetch?: typeof fetch
  readonly clock?: ProviderClock
  readonly baseUrl?: string
  readonly timeoutMs?: number
}

const optionsSchema = z.strictObject({
  organizationId: z.string().min(1),
  apiKey: z.string().min(8),
  environment: z.enum(['production', 'sandbox']).optional(),
  webhookKey: z.string().min(3).optional(),
  paperItems: z.boolean().optional(),
  fetch: z.custom<typeof fetch>((value) => typeof value === 'function').optional(),
  clock: z.custom<ProviderClock>((value) => typeof value === 'object' && value !== null).optional(),
  baseUrl: z.url().optional(),
  timeoutMs: z.number().int().positive().max(120_000).optional(),
})

/** Requests a second: lists, everything else. */
const limits = { production: [20, 80], sandbox: [5, 20] } as const

/**
 * Modern Treasury: pending and posted transactions, the transactables that wait for them, manual reconciliation of expected
 * payments by transaction line items, and webhooks. Amounts are integers of the minor unit.
 * @throws ReconError CONFIGURATION_INVALID
 */
export function modernTreasury(
  options: ModernTreasuryOptions,
): Provider & { readonly bankFeed: BankFeed; readonly books: Books; readonly writeback: Writeback } {
  const settings = parseOptions(provider, optionsSchema, options)
  const clock = settings.clock ?? systemClock
  const basic = base64OfBytes(new TextEncoder().encode(`${settings.organizationId}:${settings.apiKey}`))
  const [lists, others] = limits[settings.environment ?? 'production']
  const door = (perSecond: number) =>
    createProviderHttp({
      provider,
      baseUrl: `${settings.baseUrl ?? 'https://app.moderntreasury.com'}/api`,
      fetch: settings.fetch,
      clock,
      timeoutMs: settings.timeoutMs ?? 30_000,
      retries: 2,
      requestIdHeader: 'x-request-id',
      rateLimit: createRateLimit(
        { windows: [{ requests: perSecond, milliseconds: 1000 }], concurrent: perSecond },
        clock,
      ),
      headers: async () => ({ Authorization: `Basic ${basic}` }),
      readFault: readModernTreasuryFault,
    })
  const api = createModernTreasuryApi(door(others), door(lists))
  return {
    name: provider,
    bankFeed: createBankFeed(api),
    books: createBooks(api, settings.paperItems ?? false),
    writeback: createWriteback(api),
    ...(settings.webhookKey === undefined ? {} : { parseWebhook: modernTreasuryWebhook(settings.webhookKey) }),
  }
}

/** When the prior-day file arrives, pending transactions are discarded and posted ones come with new ids. */
function createBankFeed(api: ModernTreasuryApi): BankFeed {
  return {
    fetchLines: async (request) => {
      const query = {
        as_of_date_start: request.since,
        as_of_date_end: request.until,
        internal_account_id: request.account,
        after_cursor: request.cursor,
      }
      const page = await api.listTransactions(query, request.signal)
      const live = page.rows.filter((row) => !row.discarded_at)
      return {
        lines: live.map((row) => ({ ...lineOfTransaction(row), ...supersededBy(row, page.rows) })),
        withdrawnLineIds: page.rows.filter((row) => row.discarded_at).map((row) => row.id),
        hasMore: page.cursor !== undefined,
        warnings: [],
        ...(page.cursor === undefined ? {} : { cursor: page.cursor }),
      }
    },
  }
}

/** The discarded pending transaction with the bank's own id of this posted one; none where the bank gives no id, or two fit. */
function supersededBy(
  posted: ModernTreasuryTransaction,
  rows: readonly ModernTreasuryTransaction[],
): { readonly supersedes?: string } {
  if (!posted.posted || !posted.vendor_id) return {}
  const same = (row: ModernTreasuryTransaction) =>
    row.vendor_id === posted.vendor_id &&
    row.internal_account_id === posted.internal_account_id &&
    row.direction === posted.direction
  const [pending, another] = rows.filter((row) => row.discarded_at && !row.posted && same(row))
  const successors = rows.filter((row) => row.posted && !row.discarded_at && same(row))
  return pending && another === undefined && successors.length === 1 ? { supersedes: pending.id } : {}
}

/** One kind after the other. The cursor is `kind|cursor`; only the provider's cursor says whether a kind is at its end. */
function createBooks(api: ModernTreasuryApi, paperItems: boolean): Books {
  return {
    fetchEntries: async (request) => {
      const separator = (request.cursor ?? '').indexOf('|')
      const kind = request.cursor === undefined ? transactablePaths[0] : request.cursor.slice(0, separator)
      const path = transactablePaths.find((candidate) => candidate === kind)
      if (path === undefined)
        throw new ReconError(
          'REQUEST_INVALID',
          `modern-treasury: "${request.cursor?.slice(0, 40)}" is not a cursor of this provider.`,
          { provider },
        )
      const after = request.cursor?.slice(separator + 1) || undefined
      const page = await api.listTransactables(
        path,
        { after_cursor: after, internal_account_id: path === 'expected_payments' ? request.account : undefined },
        request.signal,
      )
      const converted = page.rows.map((row) => entryOfTransactable(path, row))
      const next = page.cursor === undefined ? nextPath(path, paperItems) : `${path}|${page.cursor}`
      const unfiltered: ProviderWarning[] =
        request.changedSince === undefined
          ? []
          : [
              {
                code: 'NOT_FILTERED_BY_CHANGE',
                message: 'Modern Treasury lists cannot be filtered by change; everything is listed.',
              },
            ]
      return {
        entries: converted
          .map(({ entry }) => entry)
          .filter((entry) => inWindow(entry.date, request.since, request.until)),
        removedEntryIds: converted.filter(({ entry }) => entry.status === 'CLOSED').map(({ entry }) => entry.id),
        hasMore: next !== undefined,
        warnings: [...unfiltered, ...converted.flatMap(({ warnings }) => warnings)],
        ...(next === undefined ? {} : { cursor: next }),
      }
    },
  }
}

function nextPath(path: TransactablePath, paperItems: boolean): string | undefined {
  const following = transactablePaths[transactablePaths.indexOf(path) + 1]
  return following === undefined || (following === 'paper_items' && !paperItems) ? undefined : `${following}|`
}

function inWindow(date: string, since: string | undefined, until: string | undefined): boolean {
  return (since === undefined || date >= since) && (until === undefined || date <= until)
}

/** A transaction line item names a transaction, an expected payment and an amount: that is a manual match. */
function createWriteback(api: ModernTreasuryApi): Writeback {
  return {
    confirmMatches: async (confirmation) => {
      const created: string[] = []
      let requestId: string | undefined
      for (const group of confirmation.groups) {
        if (group.bankLineIds.length > 1 && group.bookEntryIds.length > 1) {
          throw new ReconError(
            'PROVIDER_REJECTED',
            `modern-treasury: group ${group.reference} joins several transactions with several expected payments; split it first.`,
            { provider },
          )
        }
        for (const item of await lineItems(api, group.bankLineIds, group.bookEntryIds, confirmation.signal)) {
          const key = `${confirmation.idempotencyKey}:${item.transaction_id}:${item.expected_payment_id}`
          const sent = await api.createLineItem(item, key, confirmation.signal)
          created.push(sent.id)
          requestId = sent.requestId ?? requestId
        }
      }
      const [externalId = ''] = created
      return {
        state: 'DONE',
        externalId,
        relatedIds: created.slice(1),
        ...(requestId === undefined ? {} : { requestId }),
      }
    },
  }
}

async function lineItems(
  api: ModernTreasuryApi,
  bankLineIds: readonly string[],
  bookEntryIds: readonly string[],
  signal: AbortSignal | undefined,
) {
  const items = []
  const single = bookEntryIds.length === 1
  for (const transactionId of bankLineIds) {
    for (const paymentId of bookEntryIds) {
      const amount = single
        ? (await api.readTransaction(transactionId, signal)).amount
        : await fixedAmount(api, paymentId, signal)
      items.push({
        amount: exactNumber(amount.replace('-', '')),
        transaction_id: transactionId,
        expected_payment_id: paymentId,
      })
    }
  }
  return items
}

async function fixedAmount(
  api: ModernTreasuryApi,
  paymentId: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const payment = await api.readTransactable('expected_payments', paymentId, signal)
  const rule = payment.reconciliation_rule_variables?.[0]
  const lower = rule?.amount_lower_bound ?? payment.amount_lower_bound
  const upper = rule?.amount_upper_bound ?? payment.amount_upper_bound
  if (!lower || lower !== upper) {
    throw new ReconError(
      'PROVIDER_REJECTED',
      `modern-treasury: expected payment ${paymentId} has a range of amounts; say how the transaction is divided by matching it alone.`,
      { provider },
    )
  }
  return lower
}
