import { isIsoInstant, type ParseWebhook, type ProviderEvent, ReconError } from '@recon/core'
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

const provider = 'quickbooks'

const legacyBody = z.object({
  eventNotifications: z.array(
    z.object({
      realmId: z.string(),
      dataChangeEvent: z
        .object({
          entities: z.array(
            z.object({
              name: z.string(),
              id: z.string(),
              operation: z.string(),
              lastUpdated: z.string().nullish(),
              deletedId: z.string().nullish(),
            }),
          ),
        })
        .nullish(),
    }),
  ),
})

const cloudEvents = z.array(
  z.object({
    id: z.string(),
    type: z.string(),
    time: z.string().nullish(),
    intuitentityid: z.string(),
    intuitaccountid: z.string(),
  }),
)

/** The header `intuit-signature` for a body: base64 of HMAC-SHA256 under the verifier token. */
export async function signQuickbooksWebhook(body: Uint8Array, verifierToken: string): Promise<string> {
  return base64OfBytes(await hmac('SHA-256', verifierToken, ownBytes(body)))
}

/** Reads both body formats; which one arrives is a switch in the developer portal, and the signature is the same. */
export function quickbooksWebhook(verifierToken: string): ParseWebhook {
  return async (delivery) => {
    const given = bytesOfBase64(delivery.headers['intuit-signature'] ?? '')
    if (given === undefined) throw signatureInvalid(provider, 'the header intuit-signature is missing or not base64')
    const expected = await hmac('SHA-256', verifierToken, ownBytes(delivery.body))
    if (!equalBytes(given, expected)) throw signatureInvalid(provider, 'the signature does not fit the body')
    const body = webhookJson(provider, delivery.body, JSON.parse)
    const modern = cloudEvents.safeParse(body)
    if (modern.success) return { events: modern.data.map(eventOfCloudEvent) }
    const legacy = legacyBody.safeParse(body)
    if (legacy.success) return { events: legacy.data.eventNotifications.flatMap(eventsOfNotification) }
    throw new ReconError('REQUEST_INVALID', 'quickbooks: the webhook has neither of the two known formats.', {
      provider,
    })
  }
}

function eventOfCloudEvent(event: z.infer<typeof cloudEvents>[number]): ProviderEvent {
  const [, entity = '', operation = ''] = event.type.split('.')
  const occurredAt = instantOf(event.time)
  return {
    kind: 'RECORD_CHANGED',
    eventId: event.id,
    type: event.type,
    entity,
    entityId: event.intuitentityid,
    operation,
    companyId: event.intuitaccountid,
    ...(occurredAt === undefined ? {} : { occurredAt }),
  }
}

type Notification = z.infer<typeof legacyBody>['eventNotifications'][number]

function eventsOfNotification(notification: Notification): ProviderEvent[] {
  return (notification.dataChangeEvent?.entities ?? []).map((entity) => {
    const occurredAt = instantOf(entity.lastUpdated)
    return {
      kind: 'RECORD_CHANGED',
      // The old format has no id: the same change of the same record at the same moment is the same event.
      eventId: [notification.realmId, entity.name, entity.id, entity.operation, entity.lastUpdated ?? ''].join(':'),
      type: `${entity.name}.${entity.operation}`,
      entity: entity.name.toLowerCase(),
      entityId: entity.id,
      operation: pastTense[entity.operation] ?? entity.operation.toLowerCase(),
      companyId: notification.realmId,
      ...(occurredAt === undefined ? {} : { occurredAt }),
    }
  })
}

const pastTense: Readonly<Record<string, string>> = {
  Create: 'created',
  Update: 'updated',
  Delete: 'deleted',
  Merge: 'merged',
  Void: 'voided',
  Emailed: 'emailed',
}

/** QuickBooks writes nine fractional digits, or an offset without a colon. */
function instantOf(text: string | null | undefined): string | undefined {
  if (!text || text.length > 40) return undefined
  if (isIsoInstant(text)) return `${text.slice(0, 19)}Z`
  const moment = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  return Number.isNaN(moment) ? undefined : new Date(moment).toISOString()
}
