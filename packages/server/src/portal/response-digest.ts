import { queueMail } from '../outbox/queue-mail.ts'
import type { Sealer } from '../outbox/sealed-secret.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { loadFirmSettings } from '../use-cases/save-settings.ts'

/** Answers within this time go into one mail. */
const gatherMinutes = 10

/** Orders a digest; one that waits already takes this answer along. */
export async function queueDigest(unit: UnitOfWork, runId: string): Promise<void> {
  const startAfter = new Date(Date.parse(unit.now) + gatherMinutes * 60_000).toISOString()
  unit.enqueue({
    queue: 'response-digest',
    data: { tenantId: unit.tenantId, runId, since: unit.now },
    singletonKey: `${unit.tenantId}:${runId}`,
    startAfter,
  })
}

/** Tells the firm what came in since. */
export async function sendDigest(unit: UnitOfWork, runId: string, since: string, sealer: Sealer): Promise<void> {
  const firm = await loadFirmSettings(unit)
  const run = await unit.db
    .selectFrom('run')
    .innerJoin('client', (join) =>
      join.onRef('client.tenant_id', '=', 'run.tenant_id').onRef('client.id', '=', 'run.client_id'),
    )
    .select('client.legal_name')
    .where('run.tenant_id', '=', unit.tenantId)
    .where('run.id', '=', runId)
    .executeTakeFirst()
  const items = await unit.db
    .selectFrom('unreconciled_item')
    .select(['status', 'exception', 'updated_at'])
    .where('tenant_id', '=', unit.tenantId)
    .where('run_id', '=', runId)
    .execute()
  const answered = items.filter((item) => item.status === 'CLIENT_RESPONDED')
  const count = answered.filter((item) => item.updated_at >= since).length
  if (run === undefined || count === 0) return
  for (const recipient of firm.notify) {
    await queueMail(
      unit,
      {
        template: 'reconciliation-response-digest',
        recipient,
        subject: `${count} new answers of ${run.legal_name}`,
        runId,
        params: {
          clientName: run.legal_name,
          count,
          answered: answered.length,
          open: items.filter((item) => item.status === 'PENDING').length,
          exceptions: items.filter((item) => item.exception).length,
        },
      },
      sealer,
    )
  }
}
