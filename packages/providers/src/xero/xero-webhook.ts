import { type ParseWebhook, type ProviderEvent, ReconError } from '@recon/core'
import * as z from 'zod'
import {
  base64OfBytes,
  bytesOfBase64,
  equalBytes,
  hmac,
  ownBytes,
  signatureInvalid,
  webhookJson,
} from '../webhook-signature.ts'

const provider = 'xero'

const bodySchema = z.object({
  events: z.array(
    z.object({
      resourceId: z.string(),
      eventDateUtc: z.string().nullish(),
      eventType: z.string(),
      eventCategory: z.string(),
      tenantId: z.string().nullish(),
    }),
  ),
  firstEventSequence: z.number().nullish(),
  lastEventSequence: z.number().nullish(),
})

/** The header `x-xero-signature` for a body. */
export async function signXeroWebhook(body: Uint8Array, webhookKey: string): Promise<string> {
  return base64OfBytes(await hmac('SHA-256', webhookKey, ownBytes(body)))
}

/**
 * There are no payment events: a payment shows as an update of its invoice. While a webhook is being set up Xero sends right
 * and wrong signatures and wants 200 and 401 with an empty body: a refused signature must become 401.
 */
export function xeroWebhook(webhookKey: string): ParseWebhook {
  return async (delivery) => {
    const given = bytesOfBase64(delivery.headers['x-xero-signature'] ?? '')
    if (given === undefined || !equalBytes(given, await hmac('SHA-256', webhookKey, ownBytes(delivery.body)))) {
      throw signatureInvalid(provider, 'the header x-xero-signature does not fit the body')
    }
    const parsed = bodySchema.safeParse(webhookJson(provider, delivery.body, JSON.parse))
    if (!parsed.success)
      throw new ReconError('REQUEST_INVALID', 'xero: the webhook has no list of events.', { provider })
    const first = parsed.data.firstEventSequence ?? 0
    return {
      events: parsed.data.events.map((event, index) => eventOf(event, first + index)),
      respond: { status: 200, body: '' },
    }
  }
}

function eventOf(event: z.infer<typeof bodySchema>['events'][number], sequence: number): ProviderEvent {
  // The moment comes without its zone; it is UTC by its name.
  const moment = event.eventDateUtc ? Date.parse(`${event.eventDateUtc.replace(/Z$/, '')}Z`) : Number.NaN
  return {
    kind: 'RECORD_CHANGED',
    eventId: [event.tenantId ?? '', sequence, event.resourceId].join(':'),
    type: `${event.eventCategory}.${event.eventType}`,
    entity: event.eventCategory.toLowerCase(),
    entityId: event.resourceId,
    operation: event.eventType === 'CREATE' ? 'created' : 'updated',
    ...(event.tenantId ? { companyId: event.tenantId } : {}),
    ...(Number.isNaN(moment) ? {} : { occurredAt: new Date(moment).toISOString() }),
  }
}
