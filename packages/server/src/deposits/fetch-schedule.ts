import { type DepositSource, fetchDue, isStale, moveSource } from '@recon/core'
import type { Store } from '../store/store.ts'
import { loadSubject, storeChange } from '../store/subject-rows.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { Transact } from '../use-cases/use-cases.ts'
import { type FeedSource, tickOf } from './fetch-deposits.ts'

const scheduler = { id: 'deposit-schedule', roles: ['SYSTEM'] } as const

/**
 * Orders what is due now, over all tenants. Any number of processes may do so at the same second: the order is unique by source
 * and tick, and the tick's own row decides. Ticks that were missed while nothing ran are not made up for: one fetch brings all.
 */
export async function scheduleFetches(store: Store, transact: Transact, now: string): Promise<number> {
  const rows = await store.db
    .selectFrom('subject')
    .select(['tenant_id', 'body'])
    .where('kind', '=', 'deposit_source')
    .execute()
  let ordered = 0
  for (const row of rows) {
    const seen = row.body as FeedSource
    if (!(seen.status === 'healthy' && isStale(seen, now)) && !fetchDue(seen, now)) continue
    ordered += await transact(row.tenant_id, scheduler, (unit) => orderOne(unit, seen.id, now))
  }
  return ordered
}

/** The source as it is now, under lock: another process may have looked a moment ago. */
async function orderOne(unit: UnitOfWork, sourceId: string, now: string): Promise<number> {
  const source = await loadSubject<FeedSource>(unit, 'deposit_source', sourceId)
  if (source === undefined) return 0
  const due = fetchDue(source, now)
  if (source.status === 'healthy' && isStale(source, now)) {
    const moved = moveSource(source as DepositSource, 'growStale', { now, actorId: scheduler.id })
    if (moved.ok) {
      await storeChange(unit, 'deposit_source', source, {
        ...moved.value,
        subject: { ...source, ...moved.value.subject },
      })
    }
  }
  if (!due) return 0
  const tick = tickOf(now).toString()
  unit.enqueue({
    queue: 'deposit-fetch',
    data: { tenantId: unit.tenantId, sourceId, tick },
    singletonKey: `${unit.tenantId}:${sourceId}:${tick}`,
  })
  return 1
}
