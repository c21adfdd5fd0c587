import { fenceTables } from './0002-fences.ts'

/** Clients and their contacts, dispatches, links, sessions, answers, files, the outbox and rendered reports. */
export const bookkeepingMigration = `
alter table bank_line add column client_id text;
alter table book_entry add column client_id text;
alter table import add column client_id text;

create table tenant_setting (
  tenant_id text not null primary key,
  body jsonb not null,
  version integer not null
);

create table client (
  tenant_id text not null,
  id text not null,
  legal_name text not null,
  body jsonb not null,
  version integer not null,
  primary key (tenant_id, id)
);

create table contact (
  tenant_id text not null,
  id text not null,
  client_id text not null,
  name text not null,
  email text not null,
  active boolean not null,
  can_submit_intake boolean not null,
  version integer not null,
  primary key (tenant_id, id)
);
create index contact_by_client on contact (tenant_id, client_id, id);

create table unreconciled_item (
  tenant_id text not null,
  id text not null,
  run_id text not null,
  bank_line_id text not null,
  item_id text not null,
  status text not null,
  exception boolean not null,
  version integer not null,
  updated_at timestamptz not null,
  body jsonb not null,
  primary key (tenant_id, id),
  unique (tenant_id, run_id, bank_line_id)
);
create index unreconciled_item_by_status on unreconciled_item (tenant_id, status, updated_at desc, id);

create table dispatch (
  tenant_id text not null,
  run_id text not null,
  generation integer not null,
  contact_id text not null,
  status text not null,
  dispatched_at timestamptz not null,
  expires_at timestamptz not null,
  body jsonb not null,
  primary key (tenant_id, run_id, generation)
);
create unique index dispatch_live_once on dispatch (tenant_id, run_id) where status = 'LIVE';

create table magic_link (
  tenant_id text not null,
  id text not null,
  run_id text not null,
  contact_id text not null,
  kind text not null,
  generation integer not null,
  status text not null,
  token_hash text not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (tenant_id, id),
  unique (token_hash)
);
create index magic_link_by_run on magic_link (tenant_id, run_id, generation);

create table portal_session (
  tenant_id text not null,
  id text not null,
  run_id text not null,
  contact_id text not null,
  generation integer not null,
  status text not null,
  cookie_hash text not null,
  link_id text not null,
  started_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, id),
  unique (cookie_hash),
  unique (tenant_id, link_id)
);
create index portal_session_by_run on portal_session (tenant_id, run_id);

create table attachment (
  tenant_id text not null,
  id text not null,
  run_id text not null,
  item_id text not null,
  contact_id text not null,
  status text not null,
  file_name text not null,
  content_type text not null,
  size bigint not null,
  received bigint not null,
  sha256 text not null,
  refusal text,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
create index attachment_by_item on attachment (tenant_id, item_id);
create index attachment_by_run on attachment (tenant_id, run_id);

create table outbox (
  tenant_id text not null,
  id text not null,
  template text not null,
  status text not null,
  run_id text,
  contact_id text,
  recipient text not null,
  subject text not null,
  body jsonb not null,
  sealed text,
  message_id text not null,
  attempts integer not null,
  fence integer not null,
  sending_since timestamptz,
  lease_until timestamptz,
  next_attempt_at timestamptz not null,
  created_at timestamptz not null,
  dispatched_at timestamptz,
  reason text,
  version integer not null,
  primary key (tenant_id, id)
);
create index outbox_by_creation on outbox (tenant_id, created_at desc, id);
create index outbox_waiting on outbox (next_attempt_at) where status in ('PENDING', 'SENDING');

create table report (
  tenant_id text not null,
  id text not null,
  kind text not null,
  params jsonb not null,
  status text not null,
  progress double precision not null,
  file_name text,
  content_type text,
  size bigint,
  sha256 text,
  failure text,
  run_id text,
  created_at timestamptz not null,
  created_by text not null,
  finished_at timestamptz,
  primary key (tenant_id, id)
);
create index report_by_creation on report (tenant_id, created_at desc, id);

${fenceTables(
  [
    'tenant_setting',
    'client',
    'contact',
    'unreconciled_item',
    'dispatch',
    'magic_link',
    'portal_session',
    'attachment',
    'outbox',
    'report',
  ],
  [],
)}
`
