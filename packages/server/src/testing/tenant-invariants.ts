import { sql } from 'kysely'
import type { StoredInvariant } from './record-invariants.ts'

/** Rows and what they point at; both are of one tenant or the pointer leads nowhere. */
const pointers = [
  ['item', 'run_id', 'run'],
  ['item_subject', 'item_id', 'item'],
  ['link', 'run_id', 'run'],
  ['link', 'item_id', 'item'],
  ['link_member', 'link_id', 'link'],
  ['run_partition', 'run_id', 'run'],
  ['run', 'client_id', 'client'],
  ['run', 'statement_id', 'statement'],
  ['contact', 'client_id', 'client'],
  ['unreconciled_item', 'run_id', 'run'],
  ['unreconciled_item', 'bank_line_id', 'bank_line'],
  ['dispatch', 'run_id', 'run'],
  ['dispatch', 'contact_id', 'contact'],
  ['magic_link', 'run_id', 'run'],
  ['magic_link', 'contact_id', 'contact'],
  ['portal_session', 'link_id', 'magic_link'],
  ['attachment', 'item_id', 'unreconciled_item'],
  ['outbox', 'run_id', 'run'],
  ['outbox', 'contact_id', 'contact'],
  ['report', 'run_id', 'run'],
  ['placement', 'creditor_id', 'creditor'],
  ['remittance', 'placement_id', 'placement'],
  ['remittance', 'parent_id', 'remittance'],
  ['writeback_mapping', 'remittance_id', 'remittance'],
  ['drift', 'placement_id', 'placement'],
  ['activity', 'run_id', 'run'],
] as const

/** N9: no row crosses tenants: what a row points at is there, under the row's own tenant. */
export const tenantInvariants: readonly StoredInvariant[] = pointers.map(([table, column, target]) => ({
  name: 'N9',
  says: `the ${column} of a ${table} is of its own tenant`,
  found: sql`select row.tenant_id || ' ' || ${sql.ref(`row.${column}`)} as found from ${sql.table(`recon.${table}`)} row
    left join ${sql.table(`recon.${target}`)} target on target.tenant_id = row.tenant_id and target.id = ${sql.ref(`row.${column}`)}
    where ${sql.ref(`row.${column}`)} is not null and target.id is null`,
}))
