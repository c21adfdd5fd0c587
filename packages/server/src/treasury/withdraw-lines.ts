import type { RecordedEvent } from '../store/activity-chain.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { WebhookEvent } from '../webhooks/webhook-event.ts'
import { dropGoneItems, holdersOf } from './absorb-lines.ts'
import { lockLines, settleParts } from './settle-parts.ts'

/**
 * Pending lines that will not post: taken back by the bank or past their window. They stay readable and release what was
 * linked with them. Posted lines are never touched.
 */
export async function withdrawLines(
  unit: UnitOfWork,
  ids: readonly string[],
): Promise<{ withdrawn: number; events: readonly RecordedEvent[]; webhooks: readonly WebhookEvent[] }> {
  const found = await lockLines(unit, ids)
  const gone = [...found.values()].filter((line) => line.status === 'PENDING').map((line) => line.id)
  if (gone.length === 0) return { withdrawn: 0, events: [], webhooks: [] }
  await unit.db
    .updateTable('bank_line')
    .set({ status: 'WITHDRAWN' })
    .where('tenant_id', '=', unit.tenantId)
    .where('id', 'in', gone)
    .execute()
  await dropGoneItems(unit, gone)
  unit.announce('bank-lines')
  const events: RecordedEvent[] = []
  const webhooks: WebhookEvent[] = []
  const released = new Set(gone)
  for (const holder of await holdersOf(unit, gone)) {
    const kept = holder.parts.filter((part) => !released.has(part.bankLineId))
    const lines = await lockLines(
      unit,
      kept.map((part) => part.bankLineId),
    )
    const settled = await settleParts(unit, holder, kept, lines)
    if (!settled.ok) continue
    events.push(...settled.value.events)
    webhooks.push(...settled.value.webhooks)
  }
  return { withdrawn: gone.length, events, webhooks }
}
