import { allow, type Decision, missingPermission, ReconError } from '@recon/core'
import { sql } from 'kysely'
import type { JobSystem, ParkedJob } from '../jobs/job-system.ts'
import { recordActivity } from '../store/activity-chain.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'

/** The job tables are the owner's, not the application role's; the tenant is named in the query. */
async function asOwner<Result>(unit: UnitOfWork, work: () => Promise<Result>): Promise<Result> {
  await sql`set local role none`.execute(unit.db)
  try {
    return await work()
  } finally {
    await sql`set local role recon_app`.execute(unit.db)
  }
}

/** Jobs of the tenant that were given up, with their reasons. @throws ReconError FORBIDDEN */
export async function listParkedJobs(unit: UnitOfWork, jobs: JobSystem): Promise<{ rows: readonly ParkedJob[] }> {
  const missing = missingPermission(unit.actor, 'outbox.resend')
  if (missing) throw new ReconError('FORBIDDEN', missing.message)
  return { rows: await asOwner(unit, () => jobs.parked(unit.tenantId, unit.db)) }
}

/** Gives a parked job another try, in the queue it came from. */
export async function redriveJob(
  unit: UnitOfWork,
  input: { readonly id: string; readonly queue: string },
  jobs: JobSystem,
): Promise<Decision<{ driven: boolean }>> {
  const missing = missingPermission(unit.actor, 'outbox.resend')
  if (missing) return { ok: false, refusal: missing }
  const driven = await asOwner(unit, async () => {
    const parked = await jobs.parked(unit.tenantId, unit.db)
    if (!parked.some((job) => job.id === input.id && job.queue === input.queue)) return false
    return (await jobs.redrive({ tenantId: unit.tenantId, ids: [input.id] }, unit.db)) === 1
  })
  if (!driven) return allow({ driven })
  await recordActivity(unit, [
    {
      name: 'job.redriven',
      at: unit.now,
      actorId: unit.actor.id,
      subject: { kind: 'job', id: input.id },
      version: 1,
      data: { queue: input.queue },
    },
  ])
  return allow({ driven })
}
