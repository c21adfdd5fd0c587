import type { Client } from '@recon/client'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPostgresStore } from '../store/postgres-store.ts'
import { compactTallies } from '../use-cases/count-items.ts'
import { filtered } from '../use-cases/item-filter.ts'
import { type EmbeddedServer, startEmbeddedServer } from './embedded-server.ts'
import { type ReconHarness, reconHarness } from './recon-harness.ts'

/** Rows of the big tenant; RECON_ROWS=1000000 for the measured run. */
const rows = Number(process.env.RECON_ROWS ?? 20_000)
let server: EmbeddedServer
let harness: ReconHarness
let client: Client

beforeAll(async () => {
  server = await startEmbeddedServer()
  harness = reconHarness(await openPostgresStore({ url: await server.newDatabase() }))
  await harness.recon.ready()
  client = harness.client({ tenantId: 'big' })
  for (let first = 1; first <= rows; first += 50_000) {
    await sql`
      insert into recon.item
      select 'big', 'item-' || n, 'run-1', 'BANK', (array['UNMATCHED', 'DUPLICATE', 'SYSTEM_MATCH', 'AUTO_RECONCILED'])[n % 4 + 1],
        'PARTIAL', (array['OUTSTANDING', 'RECONCILED', 'RECONCILED', 'FLAGGED', 'ESCALATED'])[n % 5 + 1], n % 100, 1, '0048', 'USD',
        n, date '2026-01-01' + (n % 300), now(), now(), null, false, 'text ' || n,
        jsonb_build_object('id', 'item-' || n, 'bankLineIds', '[]'::jsonb, 'bookEntryIds', '[]'::jsonb, 'matches', '[]'::jsonb)
      from generate_series(${first}::int, ${Math.min(first + 49_999, rows)}::int) as n`.execute(harness.store.db)
  }
  await sql`analyze recon.item`.execute(harness.store.db)
}, 600_000)
afterAll(async () => {
  await harness.close()
  await server.stop()
})

const queries = [
  ['everything by severity', {}, 'severity', 'desc'],
  ['the open queue', { queue: 'OPEN' }, 'severity', 'desc'],
  ['AP escalations', { queue: 'AP_ESCALATIONS' }, 'severity', 'desc'],
  ['flagged for investigation', { queue: 'FLAGGED' }, 'severity', 'desc'],
  ['what waits for a journal entry', { queue: 'AWAITING_JOURNAL' }, 'severity', 'desc'],
  ['what waits for long', { queue: 'AGED' }, 'severity', 'desc'],
  ['what was not received', { queue: 'UNRECEIVED' }, 'severity', 'desc'],
  ['one bucket', { bucket: 'UNIQUE' }, 'severity', 'desc'],
  ['the open queue by date', { queue: 'OPEN' }, 'date', 'desc'],
  ['one scenario', { scenario: 'DUPLICATE' }, 'severity', 'desc'],
  ['one run', { runId: 'run-1' }, 'severity', 'desc'],
  ['by date', {}, 'date', 'desc'],
  ['by amount', {}, 'amount_minor', 'desc'],
] as const

it.each(queries)(
  'reads the first page of %s from an index, without sorting the queue',
  async (name, filter, column, direction) => {
    const reader = { db: harness.store.db, tenantId: 'big', now: harness.clock.now }
    const page = filtered(reader, filter).selectAll('item').orderBy(column, direction).orderBy('id').limit(101)
    const compiled = page.compile()
    const plan = await harness.store.db.executeQuery<{ 'QUERY PLAN': string }>({
      ...compiled,
      sql: `explain ${compiled.sql}`,
    })
    const text = plan.rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(text, name).toMatch(/Index Scan|Index Only Scan/)
    expect(text, name).not.toMatch(/Seq Scan/)
  },
)

it.each(queries)('answers the first page of %s with its counts', async (name, filter, column) => {
  const sort = { severity: 'severity', date: '-date', amount_minor: '-amount' }[column] as '-date'
  const times: number[] = []
  for (let round = 0; round < 3; round++) {
    const started = performance.now()
    const page = await client.items.list({ ...filter, sort, limit: 100 })
    times.push(performance.now() - started)
    expect(page.rows.length).toBe(Math.min(page.counts?.total ?? 0, 100))
  }
  if (rows >= 1_000_000) process.stdout.write(`${name}: ${times.map((time) => time.toFixed(1)).join(', ')} ms\n`)
})

it('counts from the kept tallies what counting the items gives, before and after they are added up', {
  timeout: 240_000,
}, async () => {
  const { db } = harness.store
  const kept = (await client.items.list({ queue: 'OPEN' })).counts
  await sql`update recon.item set status = status where id <= 'item-2' and tenant_id = 'big'`.execute(db)
  for (let turn = 0; turn < 60; turn++) {
    await sql`update recon.item set status = ${turn % 2 === 0 ? 'ESCALATED' : 'FLAGGED'} where id = 'item-1'`.execute(
      db,
    )
  }
  const after = await client.items.list({ queue: 'OPEN' })
  expect(after.counts).not.toEqual(kept)
  expect((await client.items.list({ queue: 'OPEN', currency: 'USD' })).counts).toEqual(after.counts)
  expect(await compactTallies(db, 0)).toBe(1)
  expect((await client.items.list({ queue: 'OPEN' })).counts).toEqual(after.counts)
  const plan = await sql<{ 'QUERY PLAN': string }>`explain select sum(items) from recon.item_tally
    where tenant_id = 'big' and run_id = 'run-1'`.execute(db)
  expect(plan.rows.map((row) => row['QUERY PLAN']).join('\n')).not.toContain('recon.item ')
})
