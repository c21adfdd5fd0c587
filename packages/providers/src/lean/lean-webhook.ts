import { type ParseWebhook, type ProviderEvent, ReconError } from '@recon/core'
import * as z from 'zod'
import { parseExactJson } from '../exact-json.ts'
import {
  bytesOfBase64,
  bytesOfHex,
  equalBytes,
  hexOfBytes,
  hmac,
  ownBytes,
  signatureInvalid,
  webhookJson,
} from '../webhook-signature.ts'
import { moneyOfLean, paymentStatus } from './lean-convert.ts'

const provider = 'lean'

const bodySchema = z.object({
  type: z.string(),
  event_id: z.string(),
  timestamp: z.string().nullish(),
  payload: z.looseObject({
    id: z.string().nullish(),
    payment_id: z.string().nullish(),
    amount: z.string().nullish(),
    currency: z.string().nullish(),
    status: z.string().nullish(),
    reference: z.string().nullish(),
    bank_transaction_reference: z.string().nullish(),
    metadata: z.record(z.string(), z.unknown()).nullish(),
    // A payment names its intent one way, the reconciliation event the other.
    intent_id: z.string().nullish(),
    payment_intent_id: z.string().nullish(),
  }),
})

/** The header `lean-signature` for a body. */
export async function signLeanWebhook(body: Uint8Array, secret: string): Promise<string> {
  return `sha512=${hexOfBytes(await hmac('SHA-512', secret, ownBytes(body)))}`
}

/** The documentation does not say whether the signature is hexadecimal or base64: both are read, one must fit. */
export function leanWebhook(secret: string): ParseWebhook {
  return async (delivery) => {
    const given = /^sha512=(.{1,200})$/.exec(delivery.headers['lean-signature'] ?? '')?.[1] ?? ''
    const expected = await hmac('SHA-512', secret, ownBytes(delivery.body))
    const readings = [bytesOfHex(given), bytesOfBase64(given)]
    if (!readings.some((bytes) => bytes !== undefined && equalBytes(bytes, expected)))
      throw signatureInvalid(provider, 'the header lean-signature does not fit the body')
    const parsed = bodySchema.safeParse(webhookJson(provider, delivery.body, (text) => parseExactJson(text, provider)))
    if (!parsed.success)
      throw new ReconError(
        'REQUEST_INVALID',
        `lean: the webhook has no usable "${parsed.error.issues[0]?.path.join('.') ?? ''}".`,
        { provider },
      )
    // Anything but exactly 200 counts as a failure there.
    return { events: [eventOf(parsed.data)], respond: { status: 200 } }
  }
}

function eventOf({ type, event_id: eventId, timestamp, payload }: z.infer<typeof bodySchema>): ProviderEvent {
  const moment = timestamp ? Date.parse(timestamp) : Number.NaN
  const base = { eventId, type, ...(Number.isNaN(moment) ? {} : { occurredAt: new Date(moment).toISOString() }) }
  const amount =
    payload.amount && payload.currency
      ? { amount: moneyOfLean(payload.amount, payload.currency, `event ${eventId}`) }
      : {}
  if (type === 'payment.created' || type === 'payment.updated') {
    const reference = payload.bank_transaction_reference
    return {
      ...base,
      ...amount,
      kind: 'PAYMENT_UPDATED',
      paymentId: payload.id ?? '',
      status: paymentStatus(payload.status ?? ''),
      metadata: Object.fromEntries(
        Object.entries(payload.metadata ?? {}).map(([name, value]) => [name, String(value)]),
      ),
      ...(reference ? { reference } : {}),
    }
  }
  if (type === 'payment.reconciliation.updated') {
    return {
      ...base,
      kind: 'RECORD_CHANGED',
      entity: 'reconciliation',
      entityId: payload.payment_id ?? '',
      operation: (payload.status ?? 'updated').toLowerCase(),
    }
  }
  return { ...base, kind: 'OTHER' }
}
