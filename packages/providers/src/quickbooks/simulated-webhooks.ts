import { ReconError } from '@recon/core'
import type { QueuedWebhook } from '../testing/webhook-queue.ts'
import type { QuickbooksSimulatorOptions } from './quickbooks-simulator.ts'
import { signQuickbooksWebhook } from './quickbooks-webhook.ts'
import type { QuickbooksChange, State } from './simulated-books.ts'

const mostEvents = 100

/** What Intuit posts for the changes not yet told: in one of its two formats, signed over the bytes. */
export async function quickbooksWebhooks(
  state: State,
  options: Pick<QuickbooksSimulatorOptions, 'realmId' | 'webhookVerifierToken' | 'webhookFormat'>,
): Promise<QueuedWebhook[]> {
  const { realmId = '1', webhookVerifierToken, webhookFormat = 'CLOUD_EVENTS' } = options
  if (webhookVerifierToken === undefined)
    throw new ReconError('CONFIGURATION_INVALID', 'The simulator signs webhooks with its webhookVerifierToken.')
  const untold = state.changes.slice(state.told)
  const first = state.told
  state.told += untold.length
  const webhooks: QueuedWebhook[] = []
  for (let start = 0; start < untold.length; start += mostEvents) {
    const part = untold.slice(start, start + mostEvents)
    const content =
      webhookFormat === 'CLOUD_EVENTS'
        ? part.map((change, index) => cloudEvent(change, realmId, first + start + index))
        : { eventNotifications: [{ realmId, dataChangeEvent: { entities: part.map(entityOf) } }] }
    const body = new TextEncoder().encode(JSON.stringify(content))
    const signature = await signQuickbooksWebhook(body, webhookVerifierToken)
    webhooks.push({ body, headers: { 'content-type': 'application/cloudevents+json', 'intuit-signature': signature } })
  }
  return webhooks
}

function cloudEvent(change: QuickbooksChange, realmId: string, position: number) {
  return {
    specversion: '1.0',
    id: `simulated-${realmId}-${String(position + 1).padStart(6, '0')}`,
    source: 'intuit.simulated',
    type: `qbo.${change.entity}.${change.operation}.v1`,
    time: new Date(change.at).toISOString().replace('Z', '000000Z'),
    intuitentityid: change.id,
    intuitaccountid: realmId,
    data: {},
  }
}

const names = { invoice: 'Invoice', payment: 'Payment', journalentry: 'JournalEntry' } as const
const operations = { created: 'Create', updated: 'Update', deleted: 'Delete', voided: 'Void' } as const

function entityOf(change: QuickbooksChange) {
  return {
    name: names[change.entity],
    id: change.id,
    operation: operations[change.operation],
    // as Intuit writes it: an offset without a colon
    lastUpdated: new Date(change.at).toISOString().replace(/\.\d+Z$/, '+0000'),
  }
}
