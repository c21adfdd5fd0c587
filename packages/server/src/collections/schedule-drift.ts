import type { Store } from '../store/store.ts'
import { loadFirmSettings } from '../use-cases/save-settings.ts'
import type { Transact } from '../use-cases/use-cases.ts'

const scheduler = { id: 'drift-schedule', roles: ['SYSTEM'] } as const
/** A round takes few, so that the creditor's books are not asked for everything at once. */
const perRound = 50
const shortestHours = 1

/** Orders the comparison of invoices whose last one is long ago. Settled placements are compared too: books change later. */
export async function scheduleDriftChecks(store: Store, transact: Transact, now: string): Promise<number> {
  const recent = new Date(Date.parse(now) - shortestHours * 3_600_000).toISOString()
  const rows = await store.db
    .selectFrom('placement')
    .select(['tenant_id', 'id', 'drift_checked_at'])
    .where('invoice_id', 'is not', null)
    .where('status', 'in', ['open', 'paid'])
    .where((where) => where.or([where('drift_checked_at', 'is', null), where('drift_checked_at', '<=', recent)]))
    .orderBy('drift_checked_at', (order) => order.asc().nullsFirst())
    .limit(perRound)
    .execute()
  let ordered = 0
  for (const [tenantId, own] of Map.groupBy(rows, (row) => row.tenant_id)) {
    await transact(tenantId, scheduler, async (unit) => {
      const { driftHours } = await loadFirmSettings(unit)
      const before = new Date(Date.parse(now) - driftHours * 3_600_000).toISOString()
      const due = own.filter((row) => driftHours > 0 && (row.drift_checked_at ?? '') <= before).map((row) => row.id)
      if (due.length === 0) return
      // The mark is set with the order: however many processes look, one of them takes it.
      const taken = await unit.db
        .updateTable('placement')
        .set({ drift_checked_at: now })
        .where('tenant_id', '=', tenantId)
        .where('id', 'in', due)
        .where((where) => where.or([where('drift_checked_at', 'is', null), where('drift_checked_at', '<=', before)]))
        .returning('id')
        .execute()
      for (const { id: placementId } of taken) {
        unit.enqueue({ queue: 'drift-check', data: { tenantId, placementId } })
        ordered += 1
      }
    })
  }
  return ordered
}
