import {
  allow,
  type Decision,
  missingPermission,
  ReconError,
  recordChange,
  refuse,
  webhookCatalogue,
} from '@recon/core'
import type { Selectable } from 'kysely'
import type { Sealer } from '../outbox/sealed-secret.ts'
import { createSubject, listSubjects, requireSubject, storeChange } from '../store/subject-rows.ts'
import type { WebhookDeliveryTable } from '../store/tables.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { WebhookEndpoint } from '../webhooks/deliver-webhook.ts'
import { webhookUrl } from '../webhooks/public-address.ts'
import { newWebhookSecret } from '../webhooks/standard-webhook.ts'
import { webhookEvents, webhookTopics } from '../webhooks/webhook-event.ts'
import { readCursor, writeCursor } from './cursor.ts'

export interface EndpointInput {
  readonly id?: string
  readonly url: string
  readonly events?: readonly string[]
  readonly topics?: readonly string[]
  readonly enabled?: boolean
  readonly rotate?: boolean
}

export interface EndpointView {
  readonly id: string
  readonly version: number
  readonly url: string
  readonly events: readonly string[]
  readonly topics: readonly string[]
  readonly status: 'ENABLED' | 'DISABLED'
  readonly reason: string | null
}

const overlapHours = 24

function view(endpoint: WebhookEndpoint): EndpointView {
  const { id, version, url, events, topics = [], status, reason } = endpoint
  return { id, version, url, events, topics, status, reason: reason ?? null }
}

/** Subscribes an address or changes a subscription. The secret is told once, when it is made. */
export async function saveWebhookEndpoint(
  unit: UnitOfWork,
  input: EndpointInput,
  sealer: Sealer,
): Promise<Decision<EndpointView & { secret: string | null }>> {
  const missing = missingPermission(unit.actor, 'policy.change')
  if (missing) return { ok: false, refusal: missing }
  const url = webhookUrl(input.url)
  if (!url.ok) return url
  const unknown = [
    ...(input.topics ?? []).filter((topic) => !webhookTopics.has(topic)),
    ...(input.events ?? []).filter((event) => !webhookEvents.has(event)),
  ]
  if (unknown.length > 0) {
    return refuse('WEBHOOK_UNKNOWN', `There is no such topic or event: ${unknown.join(', ').slice(0, 200)}.`)
  }
  const { id } = input
  if (id === undefined) {
    const secret = newWebhookSecret()
    const made: WebhookEndpoint = {
      id: unit.newId(),
      version: 1,
      status: 'ENABLED',
      url: url.value.href,
      events: input.events ?? [],
      topics: input.topics ?? [],
      sealedSecret: sealer.seal(secret),
    }
    await createSubject(unit, 'webhook_endpoint', made, 'webhook_endpoint.created')
    return allow({ ...view(made), secret })
  }
  const before = await requireSubject<WebhookEndpoint>(unit, 'webhook_endpoint', id)
  const secret = input.rotate === true ? newWebhookSecret() : null
  const until = new Date(Date.parse(unit.now) + overlapHours * 3_600_000).toISOString()
  const { reason: _reason, ...kept } = before
  const after: WebhookEndpoint = {
    ...kept,
    url: url.value.href,
    events: input.events ?? before.events,
    topics: input.topics ?? before.topics ?? [],
    status: input.enabled === false ? 'DISABLED' : 'ENABLED',
    ...(secret === null
      ? {}
      : { sealedSecret: sealer.seal(secret), sealedOldSecret: before.sealedSecret, oldSecretUntil: until }),
  }
  const note = { name: 'webhook_endpoint.changed', kind: 'webhook_endpoint', actorId: unit.actor.id, at: unit.now }
  const change = recordChange(before, after, note)
  await storeChange(unit, 'webhook_endpoint', before, change)
  return allow({ ...view(change.subject), secret })
}

export async function listWebhookEndpoints(unit: UnitOfWork): Promise<{ rows: EndpointView[] }> {
  return { rows: (await listSubjects<WebhookEndpoint>(unit, 'webhook_endpoint')).map(view) }
}

/** Every event there is, with an example of what is sent. */
export async function listWebhookEvents() {
  return { rows: webhookCatalogue.map(({ topic, event, about, example }) => ({ topic, event, about, example })) }
}

export interface DeliveryView {
  readonly id: string
  readonly endpointId: string
  readonly event: string
  readonly status: 'PENDING' | 'DELIVERED' | 'FAILED'
  readonly attempts: number
  readonly createdAt: string
  readonly finishedAt: string | null
  readonly answerStatus: number | null
  readonly reason: string | null
}

function deliveryView(row: Selectable<WebhookDeliveryTable>): DeliveryView {
  return {
    id: row.id,
    endpointId: row.endpoint_id,
    event: row.event,
    status: row.status as DeliveryView['status'],
    attempts: row.attempts,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
    answerStatus: row.answer_status,
    reason: row.reason,
  }
}

/** Deliveries, newest first. */
export async function listDeliveries(
  unit: UnitOfWork,
  query: { readonly status?: string; readonly cursor?: string; readonly limit?: number },
): Promise<{ rows: DeliveryView[]; nextCursor: string | null }> {
  const limit = query.limit ?? 100
  let deliveries = unit.db
    .selectFrom('webhook_delivery')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit + 1)
  if (query.status !== undefined) deliveries = deliveries.where('status', '=', query.status)
  const cursor = readCursor(query.cursor, 'delivery')
  if (cursor !== undefined) {
    deliveries = deliveries.where((where) =>
      where.or([
        where('created_at', '<', cursor.value),
        where.and([where('created_at', '=', cursor.value), where('id', '>', cursor.id)]),
      ]),
    )
  }
  const found = await deliveries.execute()
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return {
    rows: page.map(deliveryView),
    nextCursor: found.length > limit && last !== undefined ? writeCursor('delivery', last.created_at, last.id) : null,
  }
}

/** Tries a delivery again under the id it has, so that the subscriber can tell it is the same. */
export async function resendDelivery(
  unit: UnitOfWork,
  input: { readonly deliveryId: string },
): Promise<Decision<DeliveryView>> {
  const missing = missingPermission(unit.actor, 'outbox.resend')
  if (missing) return { ok: false, refusal: missing }
  const row = await unit.db
    .updateTable('webhook_delivery')
    .set({ status: 'PENDING', attempts: 0, next_attempt_at: unit.now, finished_at: null })
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', input.deliveryId)
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) throw new ReconError('NOT_FOUND', 'There is no such delivery.', { place: 'deliveryId' })
  unit.enqueue({ queue: 'webhook-deliver', data: { tenantId: unit.tenantId, deliveryId: row.id } })
  return allow(deliveryView(row))
}
