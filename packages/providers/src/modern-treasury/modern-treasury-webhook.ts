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

const provider = 'modern-treasury'

const bodySchema = z.object({
  event: z.string(),
  data: z.looseObject({
    id: z.string().nullish(),
    object: z.string().nullish(),
    status: z.string().nullish(),
    reconciliation_status: z.string().nullish(),
    transaction_id: z.string().nullish(),
    transaction_ids: z.array(z.string()).nullish(),
  }),
})

const transactables = new Set([
  'payment_order',
  'expected_payment',
  'paper_item',
  'return',
  'incoming_payment_detail',
  'reversal',
])

/** The header `X-Signature` for a body: lower-case hexadecimal HMAC-SHA256 under the webhook key. */
export async function signModernTreasuryWebhook(body: Uint8Array, webhookKey: string): Promise<string> {
  return hexOfBytes(await hmac('SHA-256', webhookKey, ownBytes(body)))
}

/** There is no timestamp in a delivery, so nothing here bounds a replay: keep `eventId` and take each one once. */
export function modernTreasuryWebhook(webhookKey: string): ParseWebhook {
  return async (delivery) => {
    const given = bytesOfHex(delivery.headers['x-signature'] ?? '')
    if (given === undefined) throw signatureInvalid(provider, 'the header X-Signature is missing or not hexadecimal')
    if (!equalBytes(given, await hmac('SHA-256', webhookKey, ownBytes(delivery.body))))
      throw signatureInvalid(provider, 'the signature does not fit the body')
    const parsed = bodySchema.safeParse(webhookJson(provider, delivery.body, (text) => parseExactJson(text, provider)))
    if (!parsed.success)
      throw new ReconError('REQUEST_INVALID', 'modern-treasury: the webhook has no event and data.', { provider })
    const eventId =
      delivery.headers['x-webhook-id'] ??
      hexOfBytes(new Uint8Array(await crypto.subtle.digest('SHA-256', ownBytes(delivery.body))))
    return { events: [eventOf(eventId, parsed.data)] }
  }
}

function eventOf(eventId: string, { event, data }: z.infer<typeof bodySchema>): ProviderEvent {
  const object = data.object ?? ''
  const base = { eventId, type: object === '' ? event : `${object}.${event}` }
  if (!data.id || object === '') return { ...base, kind: 'OTHER' }
  // The links' own events have another shape: what was linked is read back.
  if (!transactables.has(object) || event.endsWith('linked_entity'))
    return { ...base, kind: 'RECORD_CHANGED', entity: object, entityId: data.id, operation: event }
  const status = data.reconciliation_status ?? data.status
  return {
    ...base,
    kind: 'TRANSACTABLE_UPDATED',
    transactableKind: object,
    transactableId: data.id,
    event,
    transactionIds: data.transaction_ids ?? (data.transaction_id ? [data.transaction_id] : []),
    ...(status ? { status } : {}),
  }
}
