import { type DepositSource, fetchDue, isStale, moveSource } from '@recon/core'
import type { Store } from '../store/store.ts'
import { storeChange } from '../store/subject-rows.ts'
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
    const source = row.body as FeedSource
    const stale = source.status === 'healthy' && isStale(source, now)
    const due = fetchDue(source, now)
    if (!stale && !due) continue
    await transact(row.tenant_id, scheduler, async (unit) => {
      if (stale) {
        const moved = moveSource(source as DepositSource, 'growStale', { now, actorId: scheduler.id })
        if (moved.ok)
          await storeChange(unit, 'deposit_source', source, {
            ...moved.value,
            subject: { ...source, ...moved.value.subject },
          })
      }
      if (!due) return
      const tick = tickOf(now).toString()
      unit.enqueue({
        queue: 'deposit-fetch',
        data: { tenantId: row.tenant_id, sourceId: source.id, tick },
        singletonKey: `${row.tenant_id}:${source.id}:${tick}`,
      })
      ordered += 1
    })
  }
  return ordered
}
