import { fenceTables } from './0002-fences.ts'

/** When a placement was compared with the books, when a client was reminded, and accounting periods. */
export const operationsMigration = `
alter table placement add column drift_checked_at timestamptz;
create index placement_drift_due on placement (drift_checked_at nulls first) where invoice_id is not null;

alter table dispatch add column reminders integer not null default 0;
alter table dispatch add column reminded_at timestamptz;
create index dispatch_live on dispatch (dispatched_at) where status = 'LIVE';

create table accounting_period (
  tenant_id text not null,
  id text not null,
  version integer not null,
  account text not null,
  currency char(3) not null,
  from_day date not null,
  to_day date not null,
  status text not null,
  body jsonb not null,
  hash text not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, account, currency, from_day)
);
create index accounting_period_by_day on accounting_period (tenant_id, account, currency, to_day desc);

${fenceTables(['accounting_period'], [])}
`
