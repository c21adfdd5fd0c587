import { type Kysely, sql } from 'kysely'
import { PgBoss } from 'pg-boss'
import { jobSchema } from '../jobs/job-system.ts'
import type { Tables } from '../store/tables.ts'

/** Lets the job system's own expiry run over jobs that are as old as it waits for: a minute passes in a moment. */
export interface JobExpiry {
  readonly run: () => Promise<void>
  readonly stop: () => Promise<void>
}

export async function openJobExpiry(database: string, db: Kysely<Tables>): Promise<JobExpiry> {
  const boss = new PgBoss({ connectionString: database, schema: jobSchema, supervise: false, schedule: false, max: 1 })
  // The server that is stopped at the end ends its connections first.
  boss.on('error', () => undefined)
  await boss.start()
  return {
    run: async () => {
      const aged = await sql`update recon_jobs.job set started_on = started_on - interval '1 day',
        heartbeat_on = heartbeat_on - interval '1 day' where state = 'active'`.execute(db)
      if (aged.numAffectedRows !== 0n) {
        await sql`update recon_jobs.queue set monitor_claim_on = null, monitor_on = null`.execute(db)
        await boss.supervise()
      }
      await sql`update recon_jobs.job set start_after = now() where state in ('created', 'retry')`.execute(db)
    },
    stop: () => boss.stop({ graceful: false }),
  }
}
