import { canonicalJson, recordChange } from '@recon/core'
import type { Selectable } from 'kysely'
import type { Sealer } from '../outbox/sealed-secret.ts'
import { listSubjects, loadSubject, type StoredSubject, storeChange } from '../store/subject-rows.ts'
import type { WebhookDeliveryTable } from '../store/tables.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { Transact } from '../use-cases/use-cases.ts'
import { signWebhook } from './standard-webhook.ts'
import { checkedEvent, type WebhookEvent } from './webhook-event.ts'
import type { PostAnswer, PostWebhook } from './webhook-post.ts'

/** A subscriber. Its secrets are sealed; the older one signs along for a while after a rotation. */
export interface WebhookEndpoint extends StoredSubject {
  readonly status: 'ENABLED' | 'DISABLED'
  readonly url: string
  readonly events: readonly string[]
  /** Kinds of subject wanted; all where empty or absent. */
  readonly topics?: readonly string[]
  readonly sealedSecret: string
  readonly sealedOldSecret?: string
  readonly oldSecretUntil?: string
  readonly reason?: string
}

/** Seconds until the next try, ten tries over three days (Standard Webhooks). */
const schedule = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]

const sender = { id: 'webhooks', roles: ['SYSTEM'] } as const

export interface WebhookRoom {
  readonly transact: Transact
  readonly sealer: Sealer
  readonly post: PostWebhook
}

/** Whether a subscriber wants it: by topic, by event, or everything where it names none. */
function wants(endpoint: WebhookEndpoint, { topic, event }: WebhookEvent): boolean {
  const { topics = [], events } = endpoint
  return (topics.length === 0 || topics.includes(topic)) && (events.length === 0 || events.includes(event))
}

/** One delivery row for every event and subscriber that wants it, with the job that sends it. */
export async function fanOut(unit: UnitOfWork, events: readonly WebhookEvent[], at: string): Promise<number> {
  const endpoints = await listSubjects<WebhookEndpoint>(unit, 'webhook_endpoint', { status: 'ENABLED' })
  let ordered = 0
  for (const { topic, event, data } of endpoints.length === 0 ? [] : events.map(checkedEvent)) {
    for (const endpoint of endpoints.filter((one) => wants(one, { topic, event, data }))) {
      const id = `msg_${unit.newId().replaceAll('-', '')}`
      await unit.db
        .insertInto('webhook_delivery')
        .values({
          tenant_id: unit.tenantId,
          id,
          endpoint_id: endpoint.id,
          event,
          status: 'PENDING',
          attempts: 0,
          next_attempt_at: unit.now,
          created_at: unit.now,
          finished_at: null,
          answer_status: null,
          reason: null,
          payload: canonicalJson({ event, topic, id, at, data }),
        })
        .execute()
      unit.enqueue({ queue: 'webhook-deliver', data: { tenantId: unit.tenantId, deliveryId: id } })
      ordered += 1
    }
  }
  return ordered
}

/** One try of one delivery. 2xx is success; 410 ends the subscription; a redirect is a failure and is not followed. */
export async function deliverWebhook(room: WebhookRoom, tenantId: string, deliveryId: string): Promise<string> {
  const found = await room.transact(tenantId, sender, async (unit) => {
    const delivery = await findDelivery(unit, deliveryId)
    if (delivery === undefined || delivery.status !== 'PENDING' || delivery.next_attempt_at > unit.now) return undefined
    const endpoint = await loadSubject<WebhookEndpoint>(unit, 'webhook_endpoint', delivery.endpoint_id)
    return endpoint?.status === 'ENABLED' ? { delivery, endpoint, now: unit.now } : undefined
  })
  if (found === undefined) return 'SKIPPED'
  const answer = await room.post(found.endpoint.url, headersOf(room, found), found.delivery.payload)
  return room.transact(tenantId, sender, (unit) => settle(unit, found.delivery, answer))
}

async function findDelivery(unit: UnitOfWork, id: string): Promise<Selectable<WebhookDeliveryTable> | undefined> {
  return unit.db
    .selectFrom('webhook_delivery')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

function headersOf(
  room: WebhookRoom,
  { delivery, endpoint, now }: { delivery: Selectable<WebhookDeliveryTable>; endpoint: WebhookEndpoint; now: string },
): Record<string, string> {
  const timestamp = Math.floor(Date.parse(now) / 1000)
  const body = new TextEncoder().encode(delivery.payload)
  const secrets = [room.sealer.open(endpoint.sealedSecret)]
  const { sealedOldSecret, oldSecretUntil } = endpoint
  if (sealedOldSecret !== undefined && (oldSecretUntil ?? '') > now) secrets.push(room.sealer.open(sealedOldSecret))
  return {
    'webhook-id': delivery.id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': secrets.map((secret) => signWebhook(secret, delivery.id, timestamp, body)).join(' '),
    'user-agent': 'recon-webhooks',
  }
}

async function settle(
  unit: UnitOfWork,
  delivery: Selectable<WebhookDeliveryTable>,
  answer: PostAnswer,
): Promise<string> {
  const attempts = delivery.attempts + 1
  const delivered = answer.status >= 200 && answer.status < 300
  const wait = schedule[attempts - 1]
  const over = answer.status === 410 || wait === undefined
  const status = delivered ? 'DELIVERED' : over ? 'FAILED' : 'PENDING'
  const seconds = Math.max(wait ?? 0, answer.retryAfterSeconds ?? 0)
  const next = new Date(Date.parse(unit.now) + seconds * 1000).toISOString()
  await unit.db
    .updateTable('webhook_delivery')
    .set({
      status,
      attempts,
      answer_status: answer.status === 0 ? null : answer.status,
      reason: answer.reason,
      next_attempt_at: next,
      finished_at: status === 'PENDING' ? null : unit.now,
    })
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', delivery.id)
    .execute()
  if (status === 'PENDING') {
    unit.enqueue({
      queue: 'webhook-deliver',
      data: { tenantId: unit.tenantId, deliveryId: delivery.id },
      startAfter: next,
    })
  }
  if (answer.status === 410) await disable(unit, delivery.endpoint_id, 'The address answered 410 Gone.')
  return status
}

async function disable(unit: UnitOfWork, endpointId: string, reason: string): Promise<void> {
  const endpoint = await loadSubject<WebhookEndpoint>(unit, 'webhook_endpoint', endpointId)
  if (endpoint === undefined || endpoint.status === 'DISABLED') return
  const after: WebhookEndpoint = { ...endpoint, status: 'DISABLED', reason }
  const note = { name: 'webhook_endpoint.disabled', kind: 'webhook_endpoint', actorId: unit.actor.id, at: unit.now }
  await storeChange(unit, 'webhook_endpoint', endpoint, recordChange(endpoint, after, note))
}
