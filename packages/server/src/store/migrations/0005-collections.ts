import { fenceTables } from './0002-fences.ts'

const appendOnly = ['statement_adjustment', 'creditor_statement', 'remittance']

/** Creditors, placements, the remittance ledger, what was written to their books, drift and statements. */
export const collectionsMigration = `
create table creditor (
  tenant_id text not null,
  id text not null,
  name text not null,
  body jsonb not null,
  version integer not null,
  primary key (tenant_id, id)
);

create table placement (
  tenant_id text not null,
  id text not null,
  creditor_id text not null,
  invoice_number text not null,
  invoice_id text,
  currency text not null check (length(currency) = 3),
  invoice_minor bigint not null check (invoice_minor > 0),
  status text not null,
  body jsonb not null,
  version integer not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, creditor_id) references creditor (tenant_id, id)
);
create index placement_by_creditor on placement (tenant_id, creditor_id, created_at desc, id);
create index placement_by_age on placement (tenant_id, created_at desc, id);

create table remittance (
  tenant_id text not null,
  id text not null,
  placement_id text not null,
  creditor_id text not null,
  payment_id text not null,
  kind text not null,
  status text not null,
  currency text not null,
  recovered_minor bigint not null,
  fee_minor bigint not null,
  net_minor bigint not null,
  rate text not null,
  occurred_at timestamptz not null,
  parent_id text,
  installment integer,
  transfer_reference text,
  paid_at timestamptz,
  failure text,
  version integer not null,
  primary key (tenant_id, id),
  unique (tenant_id, payment_id),
  check (net_minor = recovered_minor - fee_minor),
  foreign key (tenant_id, placement_id) references placement (tenant_id, id)
);
create index remittance_by_placement on remittance (tenant_id, placement_id, occurred_at, id);
create index remittance_by_age on remittance (tenant_id, occurred_at desc, id);
create index remittance_by_creditor on remittance (tenant_id, creditor_id, occurred_at desc, id);

create table writeback_mapping (
  tenant_id text not null,
  id text not null,
  placement_id text not null,
  remittance_id text not null,
  provider text not null,
  status text not null,
  updated_at timestamptz not null,
  body jsonb not null,
  version integer not null,
  primary key (tenant_id, id),
  unique (tenant_id, remittance_id)
);
create index writeback_by_age on writeback_mapping (tenant_id, updated_at desc, id);
create index writeback_by_placement on writeback_mapping (tenant_id, placement_id);

create table drift (
  tenant_id text not null,
  id text not null,
  placement_id text not null,
  status text not null,
  seen_at timestamptz not null,
  body jsonb not null,
  version integer not null,
  primary key (tenant_id, id),
  unique (tenant_id, placement_id)
);

create table statement_adjustment (
  tenant_id text not null,
  id text not null,
  creditor_id text not null,
  date date not null,
  currency text not null,
  amount_minor bigint not null,
  reason text not null,
  primary key (tenant_id, id)
);
create index adjustment_by_creditor on statement_adjustment (tenant_id, creditor_id, date);

create table creditor_statement (
  tenant_id text not null,
  creditor_id text not null,
  currency text not null,
  from_date date not null,
  to_date date not null,
  closing_minor bigint not null,
  body jsonb not null,
  canonical text not null,
  hash text not null,
  created_at timestamptz not null,
  primary key (tenant_id, creditor_id, currency, from_date)
);
${fenceTables(['creditor', 'placement', 'remittance', 'writeback_mapping', 'drift', 'statement_adjustment', 'creditor_statement'], appendOnly)}
grant update (status, transfer_reference, paid_at, failure, version) on remittance to recon_app;
`
