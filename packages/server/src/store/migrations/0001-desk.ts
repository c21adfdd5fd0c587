/** Records, runs, items, links, the activity log and idempotency keys: what every desk needs. */
export const deskMigration = `
create table import (
  tenant_id text not null,
  id text not null,
  created_at timestamptz not null,
  created_by text not null,
  file_name text,
  format text,
  bank_lines integer not null,
  book_entries integer not null,
  statements integer not null,
  known integer not null,
  rejected jsonb not null,
  rejected_count integer not null,
  primary key (tenant_id, id)
);

create table statement (
  tenant_id text not null,
  id text not null,
  import_id text not null,
  account text not null,
  currency char(3) not null,
  period_start date,
  period_end date,
  body jsonb not null,
  primary key (tenant_id, id)
);

create table bank_line (
  tenant_id text not null,
  id text not null,
  import_id text not null,
  account text,
  currency char(3) not null,
  amount_minor bigint not null,
  date date not null,
  status text not null,
  statement_id text,
  search_text text not null,
  body_hash text not null,
  body jsonb not null,
  link_id text,
  primary key (tenant_id, id)
);
create index bank_line_by_date on bank_line (tenant_id, date desc, id);
create index bank_line_open on bank_line (tenant_id, date desc, id) where link_id is null;
create index bank_line_by_statement on bank_line (tenant_id, statement_id) where statement_id is not null;
create index bank_line_by_amount on bank_line (tenant_id, currency, amount_minor);

create table book_entry (
  tenant_id text not null,
  id text not null,
  import_id text not null,
  account text,
  currency char(3) not null,
  amount_minor bigint not null,
  date date not null,
  kind text not null,
  closed boolean not null,
  search_text text not null,
  body_hash text not null,
  body jsonb not null,
  link_id text,
  primary key (tenant_id, id)
);
create index book_entry_by_date on book_entry (tenant_id, date desc, id);
create index book_entry_open on book_entry (tenant_id, date desc, id) where link_id is null and not closed;
create index book_entry_by_amount on book_entry (tenant_id, currency, amount_minor);

create table run (
  tenant_id text not null,
  id text not null,
  name text not null,
  status text not null,
  perspective text not null,
  policy_name text not null,
  policy jsonb not null,
  statement_id text,
  client_id text,
  created_at timestamptz not null,
  created_by text not null,
  matched_at timestamptz,
  completed_at timestamptz,
  failure text,
  progress double precision not null,
  version integer not null,
  stats jsonb not null,
  proofs jsonb not null,
  body jsonb not null,
  primary key (tenant_id, id)
);
create index run_by_creation on run (tenant_id, created_at desc, id);
create unique index run_open_per_statement on run (tenant_id, statement_id)
  where statement_id is not null and status not in ('COMPLETE', 'FAILED');

create table item (
  tenant_id text not null,
  id text not null,
  run_id text not null,
  perspective text not null,
  scenario text not null,
  bucket text not null,
  status text not null,
  severity double precision not null,
  version integer not null,
  account text,
  currency char(3) not null,
  amount_minor bigint not null,
  date date not null,
  arrived_at timestamptz not null,
  updated_at timestamptz not null,
  resolved_at timestamptz,
  automatic boolean not null,
  search_text text not null,
  body jsonb not null,
  primary key (tenant_id, id)
);
create index item_by_severity on item (tenant_id, severity desc, id);
create index item_by_date on item (tenant_id, date desc, id);
create index item_by_amount on item (tenant_id, amount_minor desc, id);
create index item_by_status on item (tenant_id, status, severity desc, id);
create index item_by_scenario on item (tenant_id, scenario, severity desc, id);
create index item_by_run on item (tenant_id, run_id, severity desc, id);
create index item_waiting on item (tenant_id, severity desc, id) where status not in ('RECONCILED', 'UNRECEIVED');

create table item_subject (
  tenant_id text not null,
  side text not null check (side in ('BANK', 'BOOK')),
  record_id text not null,
  item_id text not null,
  primary key (tenant_id, side, record_id)
);
create index item_subject_by_item on item_subject (tenant_id, item_id);

create table link (
  tenant_id text not null,
  id text not null,
  item_id text not null,
  run_id text not null,
  state text not null,
  made_by text not null,
  made_at timestamptz not null,
  reversed_at timestamptz,
  currency char(3) not null,
  difference_minor bigint not null,
  body jsonb not null,
  primary key (tenant_id, id)
);
create index link_by_item on link (tenant_id, item_id);

create table link_member (
  tenant_id text not null,
  link_id text not null,
  side text not null check (side in ('BANK', 'BOOK')),
  record_id text not null,
  active boolean not null,
  primary key (tenant_id, link_id, side, record_id)
);
create unique index link_member_once on link_member (tenant_id, side, record_id) where active;

create table activity (
  tenant_id text not null,
  sequence bigint not null,
  id text not null,
  at timestamptz not null,
  actor_id text not null,
  name text not null,
  subject_kind text not null,
  subject_id text not null,
  subject_version integer not null,
  run_id text,
  data text not null,
  previous_hash text not null,
  hash text not null,
  undoes text,
  primary key (tenant_id, sequence),
  unique (tenant_id, id),
  unique (tenant_id, previous_hash)
);
create index activity_by_subject on activity (tenant_id, subject_kind, subject_id, sequence desc);
create index activity_by_run on activity (tenant_id, run_id, sequence desc) where run_id is not null;
create unique index activity_undone_once on activity (tenant_id, undoes) where undoes is not null;

create table activity_head (
  tenant_id text not null primary key,
  sequence bigint not null,
  hash text not null
);

create table idempotency (
  tenant_id text not null,
  key text not null,
  request_hash text not null,
  status integer not null,
  content_type text not null,
  body text not null,
  created_at timestamptz not null,
  primary key (tenant_id, key)
);
create index idempotency_by_age on idempotency (created_at);
`
