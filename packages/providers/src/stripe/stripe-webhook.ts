import { type ParseWebhook, type ProviderEvent, ReconError } from '@recon/core'
import * as z from 'zod'
import { parseExactJson } from '../exact-json.ts'
import {
  bytesOfHex,
  equalBytes,
  hexOfBytes,
  hmac,
  ownBytes,
  signatureInvalid,
  webhookJson,
} from '../webhook-signature.ts'
import { moneyOfStripe } from './stripe-amount.ts'

const provider = 'stripe'

const eventSchema = z.object({
  id: z.string(),
  type: z.string(),
  created: z.string(),
  account: z.string().nullish(),
  data: z.object({ object: z.looseObject({ id: z.string() }) }),
})

const reference = z.union([z.string(), z.object({ id: z.string() })]).nullish()
const paymentIntent = z.object({
  id: z.string(),
  amount: z.string(),
  amount_received: z.string().nullish(),
  currency: z.string(),
  latest_charge: reference,
  metadata: z.record(z.string(), z.string()).nullish(),
})
const dispute = z.object({
  id: z.string(),
  amount: z.string(),
  currency: z.string(),
  charge: reference,
  payment_intent: reference,
})
const refund = z.object({
  id: z.string(),
  amount: z.string(),
  currency: z.string(),
  status: z.string().nullish(),
  charge: reference,
  payment_intent: reference,
})
const transfer = z.object({ id: z.string(), amount: z.string(), currency: z.string(), reversed: z.boolean().nullish() })

type Event = z.infer<typeof eventSchema>

/** The header `Stripe-Signature` for a body, for tests and simulators. `at` in seconds since 1970. */
export async function signStripeWebhook(body: Uint8Array, secret: string, at: number): Promise<string> {
  return `t=${at},v1=${hexOfBytes(await signature(body, secret, String(at)))}`
}

function signature(body: Uint8Array, secret: string, at: string): Promise<Uint8Array> {
  const prefix = new TextEncoder().encode(`${at}.`)
  const signed = new Uint8Array(prefix.length + body.length)
  signed.set(prefix)
  signed.set(body, prefix.length)
  return hmac('SHA-256', secret, ownBytes(signed))
}

export interface StripeWebhookOptions {
  /** One secret, or several while they are being rotated. */
  readonly secrets: readonly string[]
  /** How old, or how far in the future, a delivery's timestamp may be. */
  readonly toleranceSeconds: number
}

/** Verifies over the raw bytes, then says what money did: disputes move money when funds are withdrawn, not when created. */
export function stripeWebhook(options: StripeWebhookOptions): ParseWebhook {
  return async (delivery) => {
    const header = delivery.headers['stripe-signature'] ?? ''
    const parts = header
      .slice(0, 2000)
      .split(',')
      .map((part) => part.trim().split('='))
    const at = parts.find(([name]) => name === 't')?.[1] ?? ''
    if (!/^\d{1,12}$/.test(at)) throw signatureInvalid(provider, 'the header Stripe-Signature has no timestamp')
    const age = Math.abs(Date.parse(delivery.receivedAt) / 1000 - Number(at))
    if (!(age <= options.toleranceSeconds)) throw signatureInvalid(provider, 'the timestamp is outside the tolerance')
    const given = parts.flatMap(([name, value]) => (name === 'v1' ? [bytesOfHex(value ?? '')] : []))
    const expected = await Promise.all(options.secrets.map((secret) => signature(delivery.body, secret, at)))
    const fits = expected.map((wanted) => given.some((bytes) => bytes !== undefined && equalBytes(bytes, wanted)))
    if (!fits.includes(true)) throw signatureInvalid(provider, 'no signature fits the body')
    const parsed = eventSchema.safeParse(webhookJson(provider, delivery.body, (text) => parseExactJson(text, provider)))
    if (!parsed.success) throw new ReconError('REQUEST_INVALID', 'stripe: the webhook is not an event.', { provider })
    return { events: [eventOf(parsed.data)] }
  }
}

const idOf = (value: z.infer<typeof reference>): string | undefined =>
  (typeof value === 'object' ? value?.id : value) ?? undefined

function eventOf(event: Event): ProviderEvent {
  const base = { eventId: event.id, type: event.type, occurredAt: new Date(Number(event.created) * 1000).toISOString() }
  const { object } = event.data
  switch (event.type) {
    case 'payment_intent.succeeded':
    case 'payment_intent.processing':
    case 'payment_intent.payment_failed':
      return { ...base, ...paymentUpdate(event.type, read(paymentIntent, object, event)) }
    case 'charge.dispute.funds_withdrawn':
      return { ...base, ...reversal(read(dispute, object, event), 'DISPUTE') }
    case 'charge.dispute.funds_reinstated':
      return { ...base, ...restored(read(dispute, object, event)) }
    case 'refund.created':
    case 'refund.updated': {
      const row = read(refund, object, event)
      return row.status === 'succeeded' ? { ...base, ...reversal(row, 'REFUND') } : { ...base, kind: 'OTHER' }
    }
    case 'refund.failed':
      return { ...base, ...restored(read(refund, object, event)) }
    case 'transfer.created':
    case 'transfer.updated':
    case 'transfer.reversed': {
      const row = read(transfer, object, event)
      return {
        ...base,
        kind: 'TRANSFER_UPDATED',
        transferId: row.id,
        status: row.reversed ? 'REVERSED' : 'PAID',
        amount: moneyOfStripe(row.amount, row.currency),
      }
    }
    default:
      if (!event.type.startsWith('payout.')) return { ...base, kind: 'OTHER' }
      return {
        ...base,
        kind: 'RECORD_CHANGED',
        entity: 'payout',
        entityId: object.id,
        operation: event.type.slice('payout.'.length),
        ...(event.account ? { companyId: event.account } : {}),
      }
  }
}

function read<Schema extends z.ZodType>(schema: Schema, object: unknown, event: Event): z.infer<Schema> {
  const parsed = schema.safeParse(object)
  if (parsed.success) return parsed.data
  const place = parsed.error.issues[0]?.path.join('.') ?? ''
  throw new ReconError(
    'REQUEST_INVALID',
    `stripe: event ${event.id} (${event.type}) has no usable "data.object.${place}".`,
    { provider, place },
  )
}

const paymentStatus = {
  'payment_intent.succeeded': 'SUCCEEDED',
  'payment_intent.processing': 'PENDING',
  'payment_intent.payment_failed': 'FAILED',
} as const

function paymentUpdate(type: keyof typeof paymentStatus, row: z.infer<typeof paymentIntent>) {
  const received = type === 'payment_intent.succeeded' ? row.amount_received : undefined
  const charge = idOf(row.latest_charge)
  return {
    kind: 'PAYMENT_UPDATED' as const,
    paymentId: row.id,
    status: paymentStatus[type],
    amount: moneyOfStripe(received ?? row.amount, row.currency),
    metadata: row.metadata ?? {},
    ...(charge === undefined ? {} : { reference: charge }),
  }
}

type MoneyBack = z.infer<typeof dispute>

const paymentOf = (row: MoneyBack): string => idOf(row.payment_intent) ?? idOf(row.charge) ?? ''

function reversal(row: MoneyBack, cause: 'DISPUTE' | 'REFUND') {
  return {
    kind: 'PAYMENT_REVERSED' as const,
    reversalId: row.id,
    paymentId: paymentOf(row),
    amount: moneyOfStripe(row.amount, row.currency),
    cause,
  }
}

function restored(row: MoneyBack) {
  return {
    kind: 'REVERSAL_UNDONE' as const,
    reversalId: row.id,
    paymentId: paymentOf(row),
    amount: moneyOfStripe(row.amount, row.currency),
  }
}
