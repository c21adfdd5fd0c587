import { canonicalJson } from '@recon/core'
import { type Kysely, sql } from 'kysely'
import { placementOf, remittanceOf } from '../collections/placement-rows.ts'
import { verifyActivity } from '../store/activity-chain.ts'
import type { Tables } from '../store/tables.ts'
import type { StoredInvariant } from './record-invariants.ts'

/** Tables whose rows change only together with an event, and the rows of each that are a trace of work and no change of state. */
const changing = {
  import: '',
  bank_line: '',
  book_entry: '',
  run: '',
  item: '',
  item_subject: '',
  link: '',
  link_member: '',
  tenant_setting: '',
  client: '',
  contact: '',
  dispatch: `and row.status <> 'EXPIRED'`,
  portal_session: `and row.status not in ('EXPIRED', 'ENDED')`,
  magic_link: `and row.status <> 'EXPIRED'`,
  // A file counts from the moment its hash is proved; a mail under a lease is still the mail that was ordered.
  attachment: `and row.status <> 'UPLOADING'`,
  outbox: `and row.status in ('DISPATCHED', 'DEAD')`,
  creditor: '',
  placement: '',
  remittance: '',
  writeback_mapping: '',
  drift: '',
  statement_adjustment: '',
  creditor_statement: '',
  // Asked lines are a view of the run's items until somebody acts on one.
  unreconciled_item: 'and row.version > 1',
} as const

/** Subjects with a version of their own, and where they are kept. */
const versioned = {
  review_item: 'select tenant_id, id, version, 1 as born from recon.item',
  unreconciled_item: 'select tenant_id, id, version, 1 as born from recon.unreconciled_item',
  writeback_mapping: 'select tenant_id, id, version, 1 as born from recon.writeback_mapping',
  remittance: 'select tenant_id, id, version, 1 as born from recon.remittance',
  placement: 'select tenant_id, id, version, 0 as born from recon.placement',
  creditor: 'select tenant_id, id, version, 0 as born from recon.creditor',
  client: 'select tenant_id, id, version, 0 as born from recon.client',
  contact: 'select tenant_id, id, version, 0 as born from recon.contact',
  settings: 'select tenant_id, tenant_id as id, version, 0 as born from recon.tenant_setting',
  deposit_source: `select tenant_id, id, version, 0 as born from recon.subject where kind = 'deposit_source'`,
  webhook_endpoint: `select tenant_id, id, version, 0 as born from recon.subject where kind = 'webhook_endpoint'`,
} as const

/** N4 and N13: every change has its event, in the transaction of the change. `xmin` is the transaction that wrote a row last. */
export const logInvariants: readonly StoredInvariant[] = [
  ...Object.entries(changing).map(([table, except]) => ({
    name: 'N4',
    says: `a change of ${table} has its event in the same transaction`,
    found: sql`select to_jsonb(row)::text as found from ${sql.table(`recon.${table}`)} row
      where not exists (select from recon.activity event where event.tenant_id = row.tenant_id and event.xmin = row.xmin)
      ${sql.raw(except)}`,
  })),
  ...Object.entries(versioned).map(([kind, rows]) => ({
    name: 'N4',
    says: `each version of a ${kind} after its first has exactly one event`,
    found: sql`select row.id || ' at ' || row.version as found from (${sql.raw(rows)}) row where
      (select coalesce(array_agg(subject_version order by sequence), '{}') from recon.activity event
        where event.tenant_id = row.tenant_id and event.subject_kind = ${sql.lit(kind)} and event.subject_id = row.id
          and event.subject_version > row.born) is distinct from
      (select coalesce(array_agg(version), '{}') from generate_series(row.born + 1, row.version) as had (version))`,
  })),
  {
    name: 'N4',
    says: "each event of an item starts where the one before ended, and the last one's end is the item",
    found: sql`select event.subject_id || ' at ' || event.subject_version as found from (
      select *, data::jsonb -> 'before' as before, data::jsonb -> 'after' as after,
        lag(data::jsonb -> 'after') over own as previous, lead(data::jsonb -> 'after') over own as following
      from recon.activity where subject_kind = 'review_item'
      window own as (partition by tenant_id, subject_id order by sequence)) event
      left join recon.item item on item.tenant_id = event.tenant_id and item.id = event.subject_id
      where (event.previous is not null and event.previous <> event.before)
        or (event.following is null and item.id is not null and event.after <> (select jsonb_object_agg(key, value)
          from jsonb_each(item.body) where key in ('status', 'bucket', 'bankLineIds', 'bookEntryIds', 'decision', 'flag',
            'escalation', 'journal', 'approval', 'rejectedMatchIds')))`,
  },
  {
    name: 'N13',
    says: 'every event follows from the one before, and the head is the last',
    found: sql`select event.tenant_id || ' ' || event.sequence as found from (
        select *, lag(hash) over own as before, lead(hash) over own as after from recon.activity
        window own as (partition by tenant_id order by sequence)) event
      left join recon.activity_head head on head.tenant_id = event.tenant_id
      where event.previous_hash <> coalesce(event.before, repeat('0', 64))
        or (event.after is null and (head.hash is distinct from event.hash or head.sequence is distinct from event.sequence))`,
  },
]

type State = Record<string, unknown>

/** Alike as content; a moment is the same with and without its milliseconds. */
function same(left: unknown, right: unknown): boolean {
  if (canonicalJson(left) === canonicalJson(right)) return true
  return isInstant(left) && isInstant(right) && Date.parse(left) === Date.parse(right)
}

function isInstant(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T[\d:.]{8,16}Z$/.test(value)
}

/** What the log says of each subject: later words over earlier ones, `null` takes a field away. */
async function toldBy(db: Kysely<Tables>): Promise<Map<string, State>> {
  const events = await db
    .selectFrom('activity')
    .select(['tenant_id', 'subject_kind', 'subject_id', 'data'])
    .where('data', 'like', '%"changes":%')
    .orderBy('tenant_id')
    .orderBy('sequence')
    .execute()
  const told = new Map<string, State>()
  for (const event of events) {
    const { changes } = JSON.parse(event.data) as { changes?: State }
    const key = `${event.tenant_id} ${event.subject_kind} ${event.subject_id}`
    if (changes !== undefined) told.set(key, { ...told.get(key), ...changes })
  }
  return told
}

async function stored(db: Kysely<Tables>): Promise<Map<string, State>> {
  const rows = new Map<string, State>()
  const keep = (tenantId: string, kind: string, id: string, state: unknown) =>
    rows.set(`${tenantId} ${kind} ${id}`, state as State)
  for (const table of ['unreconciled_item', 'writeback_mapping', 'drift'] as const) {
    for (const row of await db.selectFrom(table).select(['tenant_id', 'id', 'body']).execute())
      keep(row.tenant_id, table, row.id, row.body)
  }
  for (const row of await db.selectFrom('subject').selectAll().execute())
    keep(row.tenant_id, row.kind, row.id, row.body)
  for (const row of await db.selectFrom('placement').selectAll().execute())
    keep(row.tenant_id, 'placement', row.id, placementOf(row))
  for (const row of await db.selectFrom('remittance').selectAll().execute())
    keep(row.tenant_id, 'remittance', row.id, remittanceOf(row))
  for (const row of await db.selectFrom('client').selectAll().execute())
    keep(row.tenant_id, 'client', row.id, { ...(row.body as State), legalName: row.legal_name, id: row.id })
  for (const row of await db.selectFrom('creditor').selectAll().execute())
    keep(row.tenant_id, 'creditor', row.id, { ...(row.body as State), name: row.name, id: row.id })
  for (const row of await db.selectFrom('tenant_setting').selectAll().execute())
    keep(row.tenant_id, 'settings', row.tenant_id, row.body)
  for (const row of await db.selectFrom('contact').selectAll().execute()) {
    const { name, email, active } = row
    const contact = { id: row.id, clientId: row.client_id, name, email, active, canSubmitIntake: row.can_submit_intake }
    keep(row.tenant_id, 'contact', row.id, contact)
  }
  for (const row of await db.selectFrom('run').selectAll().execute()) {
    const { moved = {} } = row.body as { moved?: State }
    const { status, failure, completed_at: completedAt } = row
    keep(row.tenant_id, 'reconciliation_run', row.id, { ...moved, status, failure, completedAt })
  }
  return rows
}

/** N4: the log alone tells the present state, field by field; N13: its chain is recomputed and verifies. */
export async function logBroken(db: Kysely<Tables>): Promise<string[]> {
  const broken: string[] = []
  const rows = await stored(db)
  for (const [key, told] of await toldBy(db)) {
    const now = rows.get(key)
    if (now === undefined) continue
    for (const [field, value] of Object.entries(told)) {
      if (field === 'version' || same(value ?? null, now[field] ?? null)) continue
      broken.push(`N4 the log tells the present state: ${key}.${field}`)
    }
  }
  for (const { tenant_id: tenantId } of await db.selectFrom('activity_head').select('tenant_id').execute()) {
    const report = await verifyActivity(db, tenantId)
    if (!report.intact) broken.push(`N13 the chain verifies: ${tenantId} breaks at ${report.firstBroken}`)
  }
  return broken
}
