/** Tables whose rows are written once: the application role may add to them and read them, nothing else. */
const appendOnly = ['activity', 'import', 'statement']
const tables = [
  'import',
  'statement',
  'bank_line',
  'book_entry',
  'run',
  'item',
  'item_subject',
  'link',
  'link_member',
  'activity',
  'activity_head',
  'idempotency',
]

/** Row-level security by the tenant of the transaction, for the role every use case runs as. */
export function fenceTables(names: readonly string[], readAndAddOnly: readonly string[]): string {
  return names
    .map(
      (name) => `
alter table ${name} enable row level security;
create policy tenant_only on ${name}
  using (tenant_id = current_setting('recon.tenant', true))
  with check (tenant_id = current_setting('recon.tenant', true));
grant select, insert${readAndAddOnly.includes(name) ? '' : ', update, delete'} on ${name} to recon_app;`,
    )
    .join('\n')
}

/**
 * The role is of the whole cluster, so it may exist already, and another database may be creating it this moment. The
 * migrating user is made a member so that it can step into the role.
 */
export const fencesMigration = `
do $$
begin
  create role recon_app nologin;
exception
  when duplicate_object or unique_violation then null;
end
$$;
do $$
begin
  execute format('grant recon_app to %I', current_user);
exception
  when others then null;
end
$$;
grant usage on schema recon to recon_app;
${fenceTables(tables, appendOnly)}
`
