import type { ClientContact } from '@recon/core'
import { queueMail } from '../outbox/queue-mail.ts'
import type { Sealer } from '../outbox/sealed-secret.ts'
import { recordActivity } from '../store/activity-chain.ts'
import type { Store } from '../store/store.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { loadFirmSettings } from '../use-cases/save-settings.ts'
import type { Transact } from '../use-cases/use-cases.ts'
import { loadStatementRun } from './statement-run.ts'

const scheduler = { id: 'reminders', roles: ['SYSTEM'] } as const
const dayMilliseconds = 86_400_000

/** Which reminder is due for a dispatch: its number from 0, or undefined. Days that passed unseen count as one. */
export function reminderDue(
  dispatchedAt: string,
  sent: number,
  days: readonly number[],
  now: string,
): number | undefined {
  const age = (Date.parse(now) - Date.parse(dispatchedAt)) / dayMilliseconds
  const due = [...days].sort((left, right) => left - right).filter((day) => age >= day).length
  return due > sent ? due - 1 : undefined
}

/** Orders the reminders that are due, over all tenants; one for each dispatch and number, however many processes look. */
export async function scheduleReminders(store: Store, transact: Transact, now: string): Promise<number> {
  const yesterday = new Date(Date.parse(now) - dayMilliseconds).toISOString()
  const live = await store.db
    .selectFrom('dispatch')
    .select(['tenant_id', 'run_id', 'generation', 'dispatched_at', 'reminders'])
    .where('status', '=', 'LIVE')
    .where('dispatched_at', '<=', yesterday)
    .where('expires_at', '>', now)
    .orderBy('dispatched_at')
    .limit(5000)
    .execute()
  let ordered = 0
  for (const [tenantId, rows] of Map.groupBy(live, (row) => row.tenant_id)) {
    await transact(tenantId, scheduler, async (unit) => {
      const { reminderDays } = await loadFirmSettings(unit)
      for (const row of rows) {
        const number = reminderDue(row.dispatched_at, row.reminders, reminderDays, now)
        if (number === undefined) continue
        unit.enqueue({
          queue: 'reminder',
          data: { tenantId, runId: row.run_id, generation: row.generation, number },
          singletonKey: `${tenantId}:${row.run_id}:${row.generation}:${number}`,
        })
        ordered += 1
      }
    })
  }
  return ordered
}

/** Reminds the client of what is still open, once for each number; nobody who answered everything hears of it. */
export async function remindClient(
  unit: UnitOfWork,
  input: { readonly runId: string; readonly generation: number; readonly number: number },
  sealer: Sealer,
): Promise<'REMINDED' | 'SKIPPED'> {
  const dispatch = await unit.db
    .selectFrom('dispatch')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('run_id', '=', input.runId)
    .where('generation', '=', input.generation)
    .where('status', '=', 'LIVE')
    .forUpdate()
    .executeTakeFirst()
  if (dispatch === undefined || dispatch.reminders > input.number || dispatch.expires_at <= unit.now) return 'SKIPPED'
  const loaded = await loadStatementRun(unit, input.runId)
  const contact: ClientContact | undefined = loaded.facts.contacts.find((one) => one.id === dispatch.contact_id)
  const open = loaded.unreconciled.filter((item) => item.status === 'PENDING').length
  await unit.db
    .updateTable('dispatch')
    .set({ reminders: input.number + 1, reminded_at: unit.now })
    .where('tenant_id', '=', unit.tenantId)
    .where('run_id', '=', input.runId)
    .where('generation', '=', input.generation)
    .execute()
  if (loaded.run.status !== 'AWAITING_CLIENT' || open === 0 || contact?.active !== true) return 'SKIPPED'
  await queueMail(
    unit,
    {
      template: 'reconciliation-reminder',
      recipient: contact.email,
      subject: `Reminder: ${open} bank items of ${loaded.run.clientLegalName} still wait for you`,
      runId: input.runId,
      contactId: contact.id,
      params: { open, expires: dispatch.expires_at.slice(0, 10) },
    },
    sealer,
  )
  await recordActivity(unit, [
    {
      name: 'bookkeeping.reconciliation_run.reminded',
      at: unit.now,
      actorId: unit.actor.id,
      subject: { kind: 'reconciliation_run', id: input.runId },
      version: loaded.run.version,
      data: { contactId: contact.id, number: input.number + 1, open },
      runId: input.runId,
    },
  ])
  return 'REMINDED'
}
