/** The second cut of a run: records of one account and currency by the hash of their identifier. */
export const blocksMigration = `
alter table bank_line add column reference_hash integer default -1;
alter table book_entry add column reference_hash integer default -1;
alter table run_partition add column stage text not null default 'WHOLE';
alter table run_partition add column block integer not null default 0;
alter table run_partition add column blocks integer not null default 1;
`
