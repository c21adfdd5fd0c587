import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPostgresStore } from '../store/postgres-store.ts'
import { type EmbeddedServer, startEmbeddedServer } from './embedded-server.ts'
import { type ReconHarness, reconHarness } from './recon-harness.ts'

interface Column {
  readonly table: string
  readonly name: string
  readonly type: string
}

let server: EmbeddedServer
let harness: ReconHarness
let columns: readonly Column[] = []

beforeAll(async () => {
  server = await startEmbeddedServer()
  harness = reconHarness(await openPostgresStore({ url: await server.newDatabase() }))
  await harness.recon.ready()
  const found = await sql<Column>`
    select c.relname as table, a.attname as name, format_type(a.atttypid, null) as type
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'recon'::regnamespace and c.relkind = 'r' and c.relname not like 'schema\\_migration%'
    order by c.relname, a.attnum`.execute(harness.store.db)
  columns = found.rows
})
afterAll(async () => {
  await harness.close()
  await server.stop()
})

const tables = (): string[] => [...new Set(columns.map((column) => column.table))]

/** A value of any type that the checks of our tables accept. */
function sampleFor({ name, type }: Column): string {
  if (name === 'side') return 'BANK'
  if (name === 'invoice_minor') return '1'
  if (type === 'jsonb') return '{}'
  if (type === 'boolean') return 'false'
  if (type === 'date') return '2026-11-21'
  if (type.startsWith('timestamp')) return '2026-11-21T09:00:00Z'
  if (type === 'character') return 'USD'
  return /int|double|numeric/.test(type) ? '0' : name === 'currency' ? 'USD' : 'theirs'
}

/** Adds one row of a tenant, past every key, as the owner; or as whoever `role` is. */
function insertRow(table: string, tenantId: string) {
  const own = columns.filter((column) => column.table === table)
  const values = own.map((column) => (column.name === 'tenant_id' ? tenantId : sampleFor(column)))
  return sql`insert into ${sql.table(`recon.${table}`)} (${sql.join(own.map((column) => sql.ref(column.name)))})
    values (${sql.join(values.map((value) => sql`${sql.lit(value)}`))})`
}

/** What a statement does to the rows of `theirs` when the application works for `ours`; rolled back. */
async function attempt(statement: ReturnType<typeof sql>, tenantId = 'ours'): Promise<bigint | string> {
  return harness.store.db.connection().execute(async (db) => {
    await sql`begin`.execute(db)
    try {
      await sql`select set_config('recon.tenant', ${tenantId}, true), set_config('role', 'recon_app', true)`.execute(db)
      const done = await statement.execute(db)
      return done.numAffectedRows ?? BigInt(done.rows.length)
    } catch (error) {
      return (error as { code: string }).code
    } finally {
      await sql`rollback`.execute(db)
    }
  })
}

const forbidden = '42501'

describe('the fences of a real Postgres', () => {
  it('stand around every table there is: tenant first in its key, row-level security on, a role without ways around it', async () => {
    expect(tables().length).toBeGreaterThan(30)
    const { rows } = await sql<{ table: string; secured: boolean; policies: number; first: string | null }>`
      select c.relname as table, c.relrowsecurity as secured,
        (select count(*)::int from pg_policy p where p.polrelid = c.oid and p.polqual is not null and p.polwithcheck is not null
          and pg_get_expr(p.polqual, c.oid) like '%tenant_id = current_setting(''recon.tenant''%') as policies,
        (select a.attname from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
          where i.indrelid = c.oid order by i.indisprimary desc, i.indexrelid limit 1) as first
      from pg_class c where c.relnamespace = 'recon'::regnamespace and c.relkind = 'r'
        and c.relname not like 'schema\\_migration%'`.execute(harness.store.db)
    for (const row of rows) expect(row).toEqual({ table: row.table, secured: true, policies: 1, first: 'tenant_id' })
    const role = await sql`select rolsuper, rolbypassrls, rolcanlogin,
      (select count(*)::int from pg_class c where c.relowner = r.oid) as owns
      from pg_roles r where rolname = 'recon_app'`.execute(harness.store.db)
    expect(role.rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcanlogin: false, owns: 0 }])
  })

  it('show, change, take and add nothing of another tenant, in any table (N9)', async () => {
    await harness.store.db.connection().execute(async (db) => {
      await sql`set session_replication_role = replica`.execute(db)
      for (const table of tables()) await insertRow(table, 'theirs').execute(db)
      await sql`set session_replication_role = origin`.execute(db)
    })
    for (const table of tables()) {
      const name = sql.table(`recon.${table}`)
      expect(await attempt(sql`select 1 from ${name} where tenant_id = 'theirs'`, 'theirs'), `${table} has a row`).toBe(
        1n,
      )
      expect(await attempt(sql`select 1 from ${name}`), `${table}: seen`).toBe(0n)
      expect([0n, forbidden], `${table}: changed`).toContain(await attempt(sql`update ${name} set tenant_id = 'ours'`))
      expect([0n, forbidden], `${table}: taken`).toContain(await attempt(sql`delete from ${name}`))
      expect(await attempt(insertRow(table, 'theirs')), `${table}: added`).toBe(forbidden)
      expect(await attempt(sql`select 1 from ${name}`, ''), `${table}: seen without a tenant`).toBe(0n)
    }
  })

  it('let nobody rewrite the log and the ledgers, not even of the own tenant (C18)', async () => {
    const once = ['activity', 'import', 'statement', 'statement_adjustment', 'creditor_statement']
    for (const table of once) {
      const name = sql.table(`recon.${table}`)
      expect(await attempt(sql`update ${name} set tenant_id = tenant_id`, 'theirs'), table).toBe(forbidden)
      expect(await attempt(sql`delete from ${name}`, 'theirs'), table).toBe(forbidden)
      expect(await attempt(sql`truncate ${name}`, 'theirs'), table).toBe(forbidden)
    }
    for (const column of [
      'recovered_minor',
      'fee_minor',
      'net_minor',
      'rate',
      'currency',
      'occurred_at',
      'payment_id',
    ]) {
      const change = sql`update recon.remittance set ${sql.ref(column)} = ${sql.ref(column)}`
      expect(await attempt(change, 'theirs'), column).toBe(forbidden)
    }
    expect(await attempt(sql`delete from recon.remittance`, 'theirs')).toBe(forbidden)
    expect(await attempt(sql`update recon.remittance set status = 'paid'`, 'theirs')).toBe(1n)
    for (const table of tables()) {
      expect(await attempt(sql`truncate ${sql.table(`recon.${table}`)}`, 'theirs'), `${table}: emptied`).toBe(forbidden)
      expect(await attempt(sql`alter table ${sql.table(`recon.${table}`)} disable row level security`, 'theirs')).toBe(
        forbidden,
      )
    }
  })
})
