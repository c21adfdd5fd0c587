import { fenceTables } from './0002-fences.ts'

/**
 * Transactables with their links to bank lines, which pending line was replaced by which posted one, and what a line said
 * before it was posted under the same id.
 */
export const treasuryMigration = `
create table transactable (
  tenant_id text not null,
  id text not null,
  version integer not null,
  kind text not null,
  state text not null,
  certainty text not null,
  overdue boolean not null,
  account text,
  currency char(3) not null,
  amount_minor bigint not null,
  date date not null,
  due_by date,
  search_text text not null,
  body_hash text not null,
  body jsonb not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id)
);
create index transactable_by_day on transactable (tenant_id, coalesce(due_by, date), id);
create index transactable_by_certainty on transactable (tenant_id, certainty, coalesce(due_by, date), id);
create index transactable_due on transactable (due_by) where not overdue and certainty <> 'RECONCILED';

create table transactable_link (
  tenant_id text not null,
  id text not null,
  transactable_id text not null,
  bank_line_id text not null,
  amount_minor bigint not null,
  detail_id text,
  active boolean not null,
  made_by text not null,
  made_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, id)
);
create unique index transactable_link_once on transactable_link (tenant_id, transactable_id, bank_line_id) where active;
create index transactable_link_by_line on transactable_link (tenant_id, bank_line_id);
create index transactable_link_by_subject on transactable_link (tenant_id, transactable_id, made_at);

create table line_supersession (
  tenant_id text not null,
  superseded_id text not null,
  successor_id text not null,
  found_by text not null,
  amount_change_minor bigint,
  at timestamptz not null,
  primary key (tenant_id, superseded_id)
);
create index line_supersession_by_successor on line_supersession (tenant_id, successor_id);

create table bank_line_history (
  tenant_id text not null,
  id text not null,
  body_hash text not null,
  status text not null,
  body jsonb not null,
  replaced_at timestamptz not null,
  primary key (tenant_id, id, body_hash)
);
create index bank_line_by_batch on bank_line (tenant_id, (body -> 'references' ->> 'batchId'))
  where (body -> 'references' ->> 'batchId') is not null;
create index bank_line_pending on bank_line (tenant_id, date, id) where status = 'PENDING';

${fenceTables(['transactable', 'transactable_link', 'line_supersession', 'bank_line_history'], ['line_supersession', 'bank_line_history'])}
`
