import { type Provider, type ProviderEvent, ReconError } from '@recon/core'
import { strictJson } from '../http/strict-json.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { Transact } from '../use-cases/use-cases.ts'

const receiver = { id: 'webhooks', roles: ['SYSTEM'] } as const

export interface ReceiveOptions {
  readonly providers: readonly Provider[]
  readonly transact: Transact
  readonly now: () => string
}

/**
 * Takes a provider's webhook: the provider checks the signature over the raw bytes, each event is written once by its id with
 * the job that does the work, and the answer goes out at once.
 * @throws ReconError WEBHOOK_SIGNATURE_INVALID, REQUEST_INVALID, NOT_FOUND
 */
export async function receiveWebhook(
  options: ReceiveOptions,
  name: string,
  tenantId: string,
  request: Request,
  body: Uint8Array,
): Promise<Response> {
  const provider = options.providers.find((one) => one.name === name)
  if (provider?.parseWebhook === undefined)
    throw new ReconError('NOT_FOUND', 'There is no such provider here.', { place: 'provider' })
  // Two readers of one body must not read two things: what is ambiguous never reaches the provider's own parser.
  if ((request.headers.get('content-type') ?? '').includes('json')) strictJson(body)
  const headers = Object.fromEntries([...request.headers].map(([header, value]) => [header.toLowerCase(), value]))
  const parsed = await provider.parseWebhook({ headers, body, receivedAt: options.now() })
  if (parsed.events.length > 0) {
    await options.transact(tenantId, receiver, (unit) => keepEvents(unit, name, parsed.events))
  }
  return new Response(parsed.respond?.body ?? '', {
    status: parsed.respond?.status ?? 200,
    headers: { 'content-type': 'text/plain', 'cache-control': 'no-store' },
  })
}

async function keepEvents(unit: UnitOfWork, provider: string, events: readonly ProviderEvent[]): Promise<void> {
  for (const event of events) {
    const kept = await unit.db
      .insertInto('webhook_inbox')
      .values({
        tenant_id: unit.tenantId,
        provider,
        event_id: event.eventId,
        received_at: unit.now,
        status: 'RECEIVED',
        body: JSON.stringify(event),
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (kept.numInsertedOrUpdatedRows !== 1n) continue
    unit.enqueue({ queue: 'webhook-receive', data: { tenantId: unit.tenantId, provider, eventId: event.eventId } })
  }
}

/** What a kind of event leads to; the host's systems register here. An event nobody handles is kept and marked. */
export type HandleProviderEvent = (unit: UnitOfWork, event: ProviderEvent, provider: string) => Promise<string>

/** The work of one event, once: the row says whether it was done. */
export async function workWebhook(
  transact: Transact,
  handle: HandleProviderEvent,
  tenantId: string,
  provider: string,
  eventId: string,
): Promise<void> {
  await transact(tenantId, receiver, async (unit) => {
    const row = await unit.db
      .selectFrom('webhook_inbox')
      .selectAll()
      .where('tenant_id', '=', unit.tenantId)
      .where('provider', '=', provider)
      .where('event_id', '=', eventId)
      .where('status', '=', 'RECEIVED')
      .forUpdate()
      .executeTakeFirst()
    if (row === undefined) return
    const outcome = await handle(unit, row.body as ProviderEvent, provider)
    await unit.db
      .updateTable('webhook_inbox')
      .set({ status: outcome })
      .where('tenant_id', '=', unit.tenantId)
      .where('provider', '=', provider)
      .where('event_id', '=', eventId)
      .execute()
  })
}
