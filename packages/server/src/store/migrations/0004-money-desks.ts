import { fenceTables } from './0002-fences.ts'

/** Deposit sources and their ticks, and webhooks both ways. Collections has a migration of its own. */
export const moneyDesksMigration = `
create table subject (
  tenant_id text not null,
  kind text not null,
  id text not null,
  version integer not null,
  status text not null,
  parent_id text,
  updated_at timestamptz not null,
  body jsonb not null,
  primary key (tenant_id, kind, id)
);
create index subject_by_status on subject (tenant_id, kind, status, id);
create index subject_by_parent on subject (tenant_id, kind, parent_id, id) where parent_id is not null;
create index subject_of_kind on subject (kind, tenant_id, id);

create table fetch_tick (
  tenant_id text not null,
  source_id text not null,
  tick bigint not null,
  outcome text not null,
  lines integer not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  reason text,
  primary key (tenant_id, source_id, tick)
);

create table webhook_delivery (
  tenant_id text not null,
  id text not null,
  endpoint_id text not null,
  event text not null,
  status text not null,
  attempts integer not null,
  next_attempt_at timestamptz not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  answer_status integer,
  reason text,
  payload text not null,
  primary key (tenant_id, id)
);
create index webhook_delivery_by_creation on webhook_delivery (tenant_id, created_at desc, id);

create table webhook_inbox (
  tenant_id text not null,
  provider text not null,
  event_id text not null,
  received_at timestamptz not null,
  status text not null,
  body jsonb not null,
  primary key (tenant_id, provider, event_id)
);

${fenceTables(['subject', 'fetch_tick', 'webhook_delivery', 'webhook_inbox'], [])}
`
