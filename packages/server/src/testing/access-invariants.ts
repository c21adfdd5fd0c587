import { sql } from 'kysely'
import type { StoredInvariant } from './record-invariants.ts'

const generation = sql.raw(`coalesce((run.body #>> '{moved,generation}')::int, 0)`)

/** N5 and N7: what a dispatch leaves behind, and who may come in. */
export const accessInvariants: readonly StoredInvariant[] = [
  {
    name: 'N5',
    says: 'a committed dispatch has exactly one mail',
    found: sql`select run.id as found from recon.run run where
      (select count(*) from recon.dispatch dispatch where dispatch.tenant_id = run.tenant_id and dispatch.run_id = run.id) <>
      (select count(*) from recon.outbox mail where mail.tenant_id = run.tenant_id and mail.run_id = run.id
        and mail.template = 'reconciliation-magic-link')
      or ${generation} <> (select count(*) from recon.dispatch dispatch where dispatch.tenant_id = run.tenant_id and dispatch.run_id = run.id)`,
  },
  {
    name: 'N5',
    says: 'a mail that is out or given up keeps no link, and one that is out says when',
    found: sql`select id as found from recon.outbox where status in ('DISPATCHED', 'DEAD') and sealed is not null
      or (status = 'DISPATCHED') <> (dispatched_at is not null)`,
  },
  {
    name: 'N7',
    says: 'at most one dispatch of a run is live',
    found: sql`select run_id as found from recon.dispatch where status = 'LIVE' group by tenant_id, run_id having count(*) > 1`,
  },
  {
    name: 'N7',
    says: 'links that open something are of the present generation of a run that waits for the client',
    found: sql`select link.id as found from recon.magic_link link join recon.run run on run.tenant_id = link.tenant_id and run.id = link.run_id
      where link.status in ('ISSUED', 'USED') and (link.generation <> ${generation} or run.status <> 'AWAITING_CLIENT')`,
  },
  {
    name: 'N7',
    says: 'a generation has one link of its dispatch',
    found: sql`select run_id as found from recon.magic_link where kind = 'DISPATCH' group by tenant_id, run_id, generation having count(*) > 1`,
  },
  {
    name: 'N7',
    says: 'active sessions are of the present generation, and of a used link',
    found: sql`select session.id as found from recon.portal_session session
      join recon.run run on run.tenant_id = session.tenant_id and run.id = session.run_id
      left join recon.magic_link link on link.tenant_id = session.tenant_id and link.id = session.link_id
      where link.id is null or link.used_at is null or session.generation <> link.generation
        or (session.status = 'ACTIVE' and (session.generation <> ${generation} or run.status <> 'AWAITING_CLIENT'))`,
  },
]

/** N8 and N12: one write per generation that is seen and retried, one outcome per tick. */
export const deskInvariants: readonly StoredInvariant[] = [
  {
    name: 'N8',
    says: 'a record in the books belongs to one write',
    found: sql`select body ->> 'externalId' as found from recon.writeback_mapping where status = 'posted' and body ->> 'partOf' is null
      group by provider, body ->> 'externalId' having count(*) > 1`,
  },
  {
    name: 'N8',
    says: 'a write that failed says why and has a job, waiting or parked where staff see it',
    found: sql`select mapping.id as found from recon.writeback_mapping mapping where mapping.status in ('failed', 'revert_failed')
      and (mapping.body -> 'failure' is null or not exists (select from recon_jobs.job job where job.name = 'writeback'
        and job.data ->> 'mappingId' = mapping.id and job.state in ('created', 'retry', 'active', 'failed')))`,
  },
  {
    name: 'N8',
    says: 'a write that waits or is under way has a job',
    found: sql`select mapping.id as found from recon.writeback_mapping mapping
      where mapping.status in ('pending', 'in_flight', 'revert_pending', 'revert_in_flight')
      and not exists (select from recon_jobs.job job where job.name = 'writeback'
        and job.data ->> 'mappingId' = mapping.id and job.state in ('created', 'retry', 'active', 'failed'))`,
  },
  {
    name: 'N8',
    says: 'no more of a payment is taken back than was paid',
    found: sql`select paid.id as found from recon.remittance paid
      join recon.remittance back on back.tenant_id = paid.tenant_id and back.parent_id = paid.id
      left join recon.remittance won on won.tenant_id = back.tenant_id and won.parent_id = back.id
      where paid.kind <> 'REVERSAL' group by paid.tenant_id, paid.id, paid.recovered_minor
      having paid.recovered_minor + sum(back.recovered_minor) + coalesce(sum(won.recovered_minor), 0) < 0`,
  },
  {
    name: 'N12',
    says: 'a tick that is over has its outcome and its end',
    found: sql`select source_id || ' ' || tick as found from recon.fetch_tick
      where (outcome = 'RUNNING') <> (finished_at is null)
        or outcome not in ('RUNNING', 'FETCHED', 'FAILED', 'CREDENTIALS_INVALID', 'SKIPPED', 'LOST')`,
  },
  {
    name: 'N12',
    says: 'at most one tick of a source is under way',
    found: sql`select source_id as found from recon.fetch_tick where outcome = 'RUNNING' group by tenant_id, source_id having count(*) > 1`,
  },
]

/** What holds when nothing is left to do: jobs done, leases run out, the provider answering. */
export const restInvariants: readonly StoredInvariant[] = [
  {
    name: 'N5',
    says: 'no mail waits',
    found: sql`select id as found from recon.outbox where status not in ('DISPATCHED', 'CANCELLED', 'DEAD')`,
  },
  {
    name: 'N1',
    says: 'no run and no part of one is left half matched',
    found: sql`select id as found from recon.run where status = 'MATCHING'
      union all select id from recon.run_partition where status = 'QUEUED'`,
  },
  {
    name: 'N8',
    says: 'every write is in the books or taken back',
    found: sql`select id as found from recon.writeback_mapping where status not in ('posted', 'reverted', 'abandoned')`,
  },
  {
    name: 'N12',
    says: 'no tick is left without an outcome',
    found: sql`select source_id || ' ' || tick as found from recon.fetch_tick where outcome = 'RUNNING'`,
  },
]
