import { fenceTables } from './0002-fences.ts'

/**
 * What the first page of a queue of a million items needs: indexes for the orders that had none, and counts that are kept
 * instead of counted. Each statement that changes items leaves the difference as new rows, so that two people never wait for one
 * counter; workers add the rows up from time to time.
 */
export const queuesMigration = `
create index item_by_bucket on item (tenant_id, bucket, severity desc, id);
create index item_waiting_by_arrival on item (tenant_id, arrived_at) where status not in ('RECONCILED', 'UNRECEIVED');

create table item_tally (
  tenant_id text not null,
  run_id text not null,
  perspective text not null,
  scenario text not null,
  status text not null,
  bucket text not null,
  arrived_at timestamptz not null,
  items bigint not null
);
create index item_tally_by_run on item_tally (tenant_id, run_id);

insert into item_tally
  select tenant_id, run_id, perspective, scenario, status, bucket, arrived_at, count(*) from item group by 1, 2, 3, 4, 5, 6, 7;

create function tally_items() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into recon.item_tally
      select tenant_id, run_id, perspective, scenario, status, bucket, arrived_at, count(*) from came group by 1, 2, 3, 4, 5, 6, 7;
  elsif tg_op = 'DELETE' then
    insert into recon.item_tally
      select tenant_id, run_id, perspective, scenario, status, bucket, arrived_at, -count(*) from gone group by 1, 2, 3, 4, 5, 6, 7;
  else
    insert into recon.item_tally
      select tenant_id, run_id, perspective, scenario, status, bucket, arrived_at, sum(change) from (
        select tenant_id, run_id, perspective, scenario, status, bucket, arrived_at, 1 as change from came
        union all select tenant_id, run_id, perspective, scenario, status, bucket, arrived_at, -1 from gone) moved
      group by 1, 2, 3, 4, 5, 6, 7 having sum(change) <> 0;
  end if;
  return null;
end
$$;
create trigger item_came after insert on item
  referencing new table as came for each statement execute function tally_items();
create trigger item_went after delete on item
  referencing old table as gone for each statement execute function tally_items();
create trigger item_moved after update on item
  referencing old table as gone new table as came for each statement execute function tally_items();

${fenceTables(['item_tally'], [])}
`
