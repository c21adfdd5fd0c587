import {
  type BookEntry,
  isIsoDate,
  type ParseWebhook,
  type Provider,
  ReconError,
  type Writeback,
  type WritebackReceipt,
} from '@recon/core'
import { describe, it } from 'vitest'
import * as z from 'zod'
// What a host imports from `@recon/providers/testing`: nothing of the package's inside.
import { createSimulator, createTestClock, jsonResponse, providerContract, type TestClock } from './index.ts'

/**
 * A provider as somebody outside writes one from the guide: the books "Ledger Lite", by plain fetch, with a simulator of their
 * own. It must pass the same contract.
 */
const provider = 'ledger-lite'

interface LedgerLiteOptions {
  readonly apiKey: string
  readonly webhookKey: string
  readonly fetch?: typeof fetch
  readonly clock: TestClock
}

const optionsSchema = z.strictObject({
  apiKey: z.string().min(8),
  webhookKey: z.string().min(8),
  fetch: z.custom<typeof fetch>((value) => typeof value === 'function').optional(),
  clock: z.custom<TestClock>((value) => typeof value === 'object' && value !== null),
})

const page = z.object({
  rows: z.array(z.object({ id: z.string(), day: z.string(), amount: z.string(), currency: z.string() })),
  next: z.string().nullish(),
})

interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly body?: unknown
  readonly signal: AbortSignal | undefined
}

function ledgerLite(options: LedgerLiteOptions): Provider {
  const parsed = optionsSchema.safeParse(options)
  if (!parsed.success)
    throw new ReconError('CONFIGURATION_INVALID', `${provider}: an option is missing or not known.`, { provider })
  const { apiKey, webhookKey, clock, fetch: send = fetch } = parsed.data

  const attempt = async ({ method, path, body, signal }: Call): Promise<Response> => {
    if (signal?.aborted) throw new ReconError('CANCELLED', `${provider}: the call was cancelled.`, { provider })
    const init = {
      method,
      headers: { 'x-api-key': apiKey },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }
    try {
      return await send(`https://ledger-lite.example/${path}`, init)
    } catch (cause) {
      throw new ReconError('PROVIDER_UNAVAILABLE', `${provider}: no answer.`, { provider, retryable: true, cause })
    }
  }
  const call = async (request: Call): Promise<unknown> => {
    for (let tries = 1; ; tries++) {
      const response = await attempt(request).catch((error: unknown) => {
        if (!ReconError.is(error) || error.code !== 'PROVIDER_UNAVAILABLE' || tries > 3) throw error
        return undefined
      })
      if (response?.ok) return response.json()
      if (response?.status === 404) return null
      if (response !== undefined && response.status !== 429)
        throw new ReconError('PROVIDER_REJECTED', `${provider}: refused with ${response.status}.`, { provider })
      await clock.sleep(Number(response?.headers.get('retry-after') ?? 1) * 1000, request.signal)
    }
  }

  const receipt = (answer: unknown): WritebackReceipt => ({
    state: 'DONE',
    externalId: z.object({ id: z.string() }).parse(answer).id,
  })
  const writeback: Writeback = {
    postPayment: async ({ idempotencyKey, invoiceId, amount, memo, signal }) =>
      receipt(
        await call({
          method: 'POST',
          path: 'payments',
          body: { key: idempotencyKey, invoiceId, ...amount, memo },
          signal,
        }),
      ),
    reversePayment: async ({ paymentId, signal }) => {
      await call({ method: 'DELETE', path: `payments/${encodeURIComponent(paymentId)}`, signal })
      return { state: 'DONE', externalId: paymentId }
    },
  }
  return {
    name: provider,
    books: {
      fetchEntries: async ({ cursor = '', signal }) => {
        const path = `entries?after=${encodeURIComponent(cursor)}`
        const { rows, next } = page.parse(await call({ method: 'GET', path, signal }))
        return {
          entries: rows.map(entryOf),
          removedEntryIds: [],
          hasMore: next != null,
          warnings: [],
          ...(next == null ? {} : { cursor: next }),
        }
      },
    },
    writeback,
    parseWebhook: ledgerLiteWebhook(webhookKey),
  }
}

function entryOf(row: z.infer<typeof page>['rows'][number]): BookEntry {
  if (!isIsoDate(row.day))
    throw new ReconError('PROVIDER_RESPONSE_INVALID', `${provider}: entry ${row.id} has no date.`, { provider })
  const { id, day, amount, currency } = row
  return { id, date: day, amount: { amount, currency }, kind: 'GL_ENTRY', references: {}, source: provider }
}

async function keyOf(secret: string): Promise<CryptoKey> {
  const raw = new TextEncoder().encode(secret)
  return crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])
}

function ledgerLiteWebhook(secret: string): ParseWebhook {
  return async ({ headers, body }) => {
    const given = Uint8Array.from(atob(headers['ledger-lite-signature'] ?? ''), (one) => one.charCodeAt(0))
    // `verify` compares in a time that does not depend on the content
    if (!(await crypto.subtle.verify('HMAC', await keyOf(secret), given, new Uint8Array(body))))
      throw new ReconError('WEBHOOK_SIGNATURE_INVALID', `${provider}: the signature does not fit.`, { provider })
    const { id, payment } = z
      .object({ id: z.string(), payment: z.string() })
      .parse(JSON.parse(new TextDecoder().decode(body)))
    const changed = { kind: 'RECORD_CHANGED', entity: 'payment', entityId: payment, operation: 'created' } as const
    return { events: [{ ...changed, eventId: id, type: 'payment.created' }] }
  }
}

const cents = (amount: string): bigint => BigInt(amount.replace('.', ''))
const amountOf = (value: bigint): string => `${value / 100n}.${String(value % 100n).padStart(2, '0')}`

function ledgerLiteSimulator() {
  const entries: { id: string; day: string; amount: string; currency: string }[] = []
  const payments = new Map<string, { readonly id: string; readonly amount: string }>()
  const answers = new Map<string, string>()
  let balance = 100_000n
  let made = 0
  const simulator = createSimulator(({ method, url, text }) => {
    if (url.pathname === '/entries') {
      const from = Number(url.searchParams.get('after') || 0)
      const next = from + 50 < entries.length ? String(from + 50) : null
      return jsonResponse({ rows: entries.slice(from, from + 50), next })
    }
    if (method === 'POST') {
      const body: { key: string; amount: string } = JSON.parse(text)
      const known = answers.get(body.key)
      if (known !== undefined) return jsonResponse({ id: known })
      made += 1
      const id = `p-${made}`
      payments.set(id, { id, amount: body.amount })
      answers.set(body.key, id)
      balance -= cents(body.amount)
      return jsonResponse({ id })
    }
    const payment = payments.get(url.pathname.split('/').at(-1) ?? '')
    if (payment === undefined) return jsonResponse({}, 404)
    payments.delete(payment.id)
    balance += cents(payment.amount)
    return jsonResponse({ id: payment.id })
  })
  return { simulator, entries, payments, balance: () => amountOf(balance) }
}

const secret = 'a-key-that-must-not-show'

describe('the provider contract: a provider written from the guide', () => {
  const harness = {
    create: () => {
      const clock = createTestClock()
      const { simulator, entries, payments, balance } = ledgerLiteSimulator()
      const options = { apiKey: secret, webhookKey: secret, fetch: simulator.fetch, clock }
      return {
        provider: ledgerLite(options),
        simulator,
        now: clock.now,
        secrets: [secret],
        addEntries: (count: number) =>
          Array.from({ length: count }, (_, index) => {
            entries.push({ id: `e-${index}`, day: '2026-11-20', amount: '1.00', currency: 'USD' })
            return `e-${index}`
          }),
        invoice: { id: 'i-1', currency: 'USD', balance, livePayments: () => payments.size },
        webhooks: async () => {
          const body = new TextEncoder().encode(JSON.stringify({ id: 'evt-1', payment: 'p-1' }))
          const signed = new Uint8Array(await crypto.subtle.sign('HMAC', await keyOf(secret), body))
          return [{ body, headers: { 'ledger-lite-signature': btoa(String.fromCharCode(...signed)) } }]
        },
      }
    },
    createMisspelt: () => {
      const options = { apiKey: secret, webhookKey: secret, clock: createTestClock(), apikey: '' }
      return ledgerLite(options)
    },
  }
  for (const { name, run } of providerContract(harness)) it(name, run)
})
