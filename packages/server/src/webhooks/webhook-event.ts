import type { ItemRow } from '@recon/client'
import {
  type DepositSource,
  type Effect,
  type Money,
  type Placement,
  placementTotals,
  ReconError,
  type Remittance,
  type WritebackMapping,
  webhookCatalogue,
} from '@recon/core'
import type { UnitOfWork } from '../store/unit-of-work.ts'

/** Something that happened, for subscribers: an entry of the catalogue with its facts at the moment of the change. */
export interface WebhookEvent {
  readonly topic: string
  readonly event: string
  readonly data: Readonly<Record<string, unknown>>
}

const perJob = 200
const entries = new Map(webhookCatalogue.map((entry) => [`${entry.topic} ${entry.event}`, entry]))
export const webhookTopics: ReadonlySet<string> = new Set(webhookCatalogue.map((entry) => entry.topic))
export const webhookEvents: ReadonlySet<string> = new Set(webhookCatalogue.map((entry) => entry.event))

/** Orders the telling of events, with the commit. */
export function announceWebhooks(unit: UnitOfWork, events: readonly WebhookEvent[]): void {
  for (let start = 0; start < events.length; start += perJob) {
    const data = { tenantId: unit.tenantId, events: events.slice(start, start + perJob), at: unit.now }
    unit.enqueue({ queue: 'webhook-deliver', data })
  }
}

/** @throws ReconError INTERNAL for an event the catalogue does not know or whose facts are not of its form: nothing is sent */
export function checkedEvent(event: WebhookEvent): WebhookEvent {
  const entry = entries.get(`${event.topic} ${event.event}`)
  if (entry === undefined) throw new ReconError('INTERNAL', `There is no webhook ${event.topic} ${event.event}.`)
  const checked = entry.schema.safeParse(event.data)
  if (checked.success) return event
  const issue = checked.error.issues[0]
  throw new ReconError('INTERNAL', `The webhook ${event.event} is malformed at ${issue?.path.join('.') ?? 'data'}.`)
}

/** The webhooks among the effects of a rule, with the same facts for each. */
export function eventsOf(effects: readonly Effect[], data: WebhookEvent['data']): WebhookEvent[] {
  return effects
    .filter((effect) => effect.type === 'EMIT_WEBHOOK')
    .map((effect) => {
      const event = String(effect.event)
      const topic = typeof effect.topic === 'string' ? effect.topic : (event.split('.')[0] ?? event)
      return { topic, event, data }
    })
}

const paymentStatuses = new Set(['OUTSTANDING', 'RECONCILED', 'UNRECEIVED'])
/** A hold of the desk is nothing the payment knows: for it, it is still outstanding. */
const paymentStatus = (status: unknown): string =>
  paymentStatuses.has(String(status)) ? String(status) : 'OUTSTANDING'

/** The change of an item's status: of each payment on the payments desk, of the item on any other. */
export function itemEvents(effect: Effect, row: ItemRow): WebhookEvent[] {
  const { item } = row
  const bankLineIds = item.decision?.bankLineIds ?? item.bankLineIds
  if (effect.event !== 'payment.reconciliation.updated') {
    const data = {
      itemId: item.id,
      scenario: item.scenario,
      status: String(effect.to),
      previousStatus: String(effect.from),
      bankLineIds: item.bankLineIds,
      bookEntryIds: item.bookEntryIds,
    }
    return [{ topic: 'review_item', event: 'review_item.status_changed', data }]
  }
  const [status, previousStatus] = [paymentStatus(effect.to), paymentStatus(effect.from)]
  if (status === previousStatus) return []
  const reference = item.decision?.reference ?? null
  const lines = status === 'RECONCILED' ? bankLineIds : []
  return row.bookEntries
    .filter((entry) => item.bookEntryIds.includes(entry.id))
    .map((entry) => paymentChanged(entry, status, previousStatus, reference, lines))
}

export function paymentChanged(
  payment: { readonly id: string; readonly amount: Money },
  status: string,
  previousStatus: string,
  reference: string | null,
  bankLineIds: readonly string[],
): WebhookEvent {
  const data = { paymentId: payment.id, amount: payment.amount, status, previousStatus, reference, bankLineIds }
  return { topic: 'payment', event: 'payment.reconciliation.updated', data }
}

export function sourceFacts(source: DepositSource): WebhookEvent['data'] {
  return { sourceId: source.id, name: source.name, lastFetchedAt: source.lastFetchedAt ?? null }
}

export function placementFacts(placement: Placement, rows: readonly Remittance[]): WebhookEvent['data'] {
  const { id: placementId, invoiceNumber, status } = placement
  return { placementId, invoiceNumber, status, recovered: placementTotals(placement, rows).recovered }
}

export function remittanceFacts(row: Remittance): WebhookEvent['data'] {
  const { id: remittanceId, placementId, status, recovered, fee, net } = row
  return { remittanceId, placementId, status, recovered, fee, net, transferReference: row.transferReference ?? null }
}

export function writebackFacts(mapping: WritebackMapping): WebhookEvent['data'] {
  const { id: mappingId, placementId, provider } = mapping
  const { code, message } = mapping.failure ?? { code: 'UNKNOWN', message: 'No reason was given.' }
  return { mappingId, placementId, provider, code, message }
}
