import { fenceTables } from './0002-fences.ts'

/** The parts of a large run that workers take on their own. */
export const partitionsMigration = `
create table run_partition (
  tenant_id text not null,
  run_id text not null,
  id text not null,
  account text,
  currency char(3) not null,
  status text not null,
  stats jsonb,
  proofs jsonb,
  finished_at timestamptz,
  primary key (tenant_id, run_id, id)
);
create index item_of_run on item (tenant_id, run_id, id);

${fenceTables(['run_partition'], [])}
`
