import { sql } from 'kysely'
import { scheduleDriftChecks } from '../collections/schedule-drift.ts'
import { scheduleFetches } from '../deposits/fetch-schedule.ts'
import type { Logger } from '../logger.ts'
import { scheduleReminders } from '../portal/remind-client.ts'
import type { Store } from '../store/store.ts'
import { compactTallies } from '../use-cases/count-items.ts'
import { defaultSettings } from '../use-cases/save-settings.ts'
import { endedStates } from '../use-cases/sweep-treasury.ts'
import type { Transact } from '../use-cases/use-cases.ts'

export interface ScheduleOptions {
  readonly store: Store
  readonly transact: Transact
  readonly now: () => string
  readonly logger: Logger
}

const worker = { id: 'worker', roles: ['SYSTEM'] } as const

/** Orders again what lost its job: mails whose worker vanished, and mails that waited for a passing failure. */
export async function rescueMails({ store, transact, now }: ScheduleOptions): Promise<number> {
  const rows = await store.db
    .selectFrom('outbox')
    .select(['tenant_id', 'id'])
    .where((where) =>
      where.or([
        where.and([where('status', '=', 'SENDING'), where('lease_until', '<=', now())]),
        where.and([where('status', '=', 'PENDING'), where('next_attempt_at', '<=', now())]),
      ]),
    )
    .limit(500)
    .execute()
  for (const { tenant_id: tenantId, id } of rows) {
    await transact(tenantId, worker, async (unit) =>
      unit.enqueue({ queue: 'mail-send', data: { tenantId, messageId: id }, singletonKey: `rescue:${tenantId}:${id}` }),
    )
  }
  return rows.length
}

/** Orders the sweep of every tenant that has something late: pending lines past their window, or expected days that passed. */
export async function scheduleSweeps({ store, transact, now }: ScheduleOptions): Promise<number> {
  const today = now().slice(0, 10)
  const late = await store.db
    .selectFrom('transactable')
    .select('tenant_id')
    .where('due_by', '<', today)
    .where('overdue', '=', false)
    .where('certainty', '<>', 'RECONCILED')
    .where('state', 'not in', endedStates)
    .union(
      store.db
        .selectFrom('bank_line')
        .leftJoin('tenant_setting', 'tenant_setting.tenant_id', 'bank_line.tenant_id')
        .select('bank_line.tenant_id')
        .where('bank_line.status', '=', 'PENDING')
        .where(
          sql<boolean>`bank_line.date < ${today}::date
            - coalesce((tenant_setting.body ->> 'pendingDays')::integer, ${defaultSettings.pendingDays})`,
        ),
    )
    .execute()
  for (const { tenant_id: tenantId } of late) {
    await transact(tenantId, worker, async (unit) =>
      unit.enqueue({ queue: 'sweep', data: { tenantId }, singletonKey: `sweep:${tenantId}` }),
    )
  }
  return late.length
}

/** Links, sessions and dispatches whose time is over, marked so; they opened nothing any more before that. */
export async function expireAccess({ store, now }: ScheduleOptions): Promise<void> {
  const at = now()
  await store.db
    .updateTable('magic_link')
    .set({ status: 'EXPIRED' })
    .where('expires_at', '<=', at)
    .where('status', 'in', ['ISSUED', 'USED'])
    .execute()
  await store.db
    .updateTable('portal_session')
    .set({ status: 'EXPIRED' })
    .where('expires_at', '<=', at)
    .where('status', '=', 'ACTIVE')
    .execute()
  await store.db
    .updateTable('dispatch')
    .set({ status: 'EXPIRED' })
    .where('expires_at', '<=', at)
    .where('status', '=', 'LIVE')
    .execute()
  const dayAgo = new Date(Date.parse(at) - 30 * 86_400_000).toISOString()
  await store.db.deleteFrom('idempotency').where('created_at', '<', dayAgo).execute()
}

/** One look at what is due by the clock: orders jobs and closes what is over. Safe to repeat and to do in several processes. */
export async function scheduleRound(options: ScheduleOptions): Promise<void> {
  const { store, transact, now, logger } = options
  const steps: Readonly<Record<string, () => Promise<unknown>>> = {
    fetches: () => scheduleFetches(store, transact, now()),
    mails: () => rescueMails(options),
    sweeps: () => scheduleSweeps(options),
    reminders: () => scheduleReminders(store, transact, now()),
    drift: () => scheduleDriftChecks(store, transact, now()),
    expiry: () => expireAccess(options),
    tallies: () => compactTallies(store.db),
  }
  for (const [step, work] of Object.entries(steps)) {
    // One step that fails keeps no other from its turn.
    await work().catch((error: unknown) =>
      logger.error('schedule', { step, error: error instanceof Error ? error.message : 'unknown' }),
    )
  }
}

/** What a worker does beside its jobs, every few seconds, until it is stopped. Any number of workers may do it at once. */
export function startSchedule(options: ScheduleOptions, everySeconds = 15): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  const round = (): Promise<void> => scheduleRound(options)
  const timer = setInterval(() => {
    running = running.then(round)
  }, everySeconds * 1000)
  running = round()
  return async () => {
    clearInterval(timer)
    await running
  }
}
