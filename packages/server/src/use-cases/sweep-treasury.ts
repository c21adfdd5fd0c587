import { checkOverdue, withdrawUnposted } from '@recon/core'
import { type RecordedEvent, recordActivity } from '../store/activity-chain.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { lineNow, transactableFacts } from '../treasury/settle-parts.ts'
import { lockTransactables, storeSubject } from '../treasury/transactable-rows.ts'
import { withdrawLines } from '../treasury/withdraw-lines.ts'
import { announceWebhooks, eventsOf, type WebhookEvent } from '../webhooks/webhook-event.ts'
import { loadFirmSettings } from './save-settings.ts'

const most = 1000
/** States in which nothing is expected from the bank any more. */
export const endedStates = ['archived', 'cancelled', 'denied', 'failed', 'returned', 'stopped', 'reversed']

export interface Swept {
  readonly withdrawn: number
  readonly overdue: number
  /** There was more than one sweep takes. */
  readonly more: boolean
}

/** The passing of time: pending lines past their window are withdrawn, and what is late is announced, once. */
export async function sweepTreasury(unit: UnitOfWork, days?: number): Promise<Swept> {
  const windowDays = days ?? (await loadFirmSettings(unit)).pendingDays
  const today = unit.now.slice(0, 10)
  const pending = await unit.db
    .selectFrom('bank_line')
    .select(['id', 'status', 'body'])
    .where('tenant_id', '=', unit.tenantId)
    .where('status', '=', 'PENDING')
    .orderBy('date')
    .orderBy('id')
    .limit(most)
    .execute()
  const late = withdrawUnposted(pending.map(lineNow), today, windowDays)
  const lateIds = late.ok ? late.value.map((line) => line.id) : []
  const withdrawn = await withdrawLines(unit, lateIds)
  const overdue = await announceOverdue(unit, today)
  announceWebhooks(unit, [...withdrawn.webhooks, ...overdue.webhooks])
  await recordActivity(unit, [...withdrawn.events, ...overdue.events])
  return {
    withdrawn: withdrawn.withdrawn,
    overdue: overdue.events.length,
    more: lateIds.length === most || overdue.events.length === most,
  }
}

async function announceOverdue(unit: UnitOfWork, today: string) {
  const due = await unit.db
    .selectFrom('transactable')
    .select('id')
    .where('tenant_id', '=', unit.tenantId)
    .where('due_by', '<', today)
    .where('overdue', '=', false)
    .where('certainty', '<>', 'RECONCILED')
    .where('state', 'not in', endedStates)
    .orderBy('due_by')
    .orderBy('id')
    .limit(most)
    .execute()
  const events: RecordedEvent[] = []
  const webhooks: WebhookEvent[] = []
  for (const { subject } of await lockTransactables(
    unit,
    due.map((row) => row.id),
  )) {
    const change = checkOverdue(subject, today, { now: unit.now, actorId: unit.actor.id })
    if (change === null) continue
    await storeSubject(unit, subject, change.subject)
    unit.announce(`transactable:${subject.id}`)
    events.push(...change.events)
    webhooks.push(...eventsOf(change.effects, transactableFacts(change.subject)))
  }
  return { events, webhooks }
}
