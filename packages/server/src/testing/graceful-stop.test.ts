import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPostgresStore } from '../store/postgres-store.ts'
import { bankLine, bookEntry } from './desk-world.ts'
import { type EmbeddedServer, freePort, startEmbeddedServer } from './embedded-server.ts'
import { assertInvariants } from './invariants.ts'
import { type ReconHarness, reconHarness } from './recon-harness.ts'

const program = fileURLToPath(new URL('../../../cli/src/recon.ts', import.meta.url))
const started: ChildProcess[] = []
let server: EmbeddedServer
let database: string
let harness: ReconHarness

beforeAll(async () => {
  server = await startEmbeddedServer()
  database = await server.newDatabase()
  harness = reconHarness(await openPostgresStore({ url: database }))
  await harness.recon.ready()
})
afterAll(async () => {
  for (const child of started) child.kill('SIGKILL')
  await harness.close()
  await server.stop()
})

/** `recon ...` as a process of its own; resolves when it says that it is there. */
async function recon(...words: string[]): Promise<{ stop: () => Promise<number | null> }> {
  const child = spawn(process.execPath, ['--conditions=recon-source', program, ...words, '--database', database], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, RECON_SECRET: 'g'.repeat(40) },
  })
  started.push(child)
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  await Promise.race([
    new Promise((resolve) => child.stdout?.once('data', resolve)),
    ended.then((code) => Promise.reject(new Error(`recon ${words[0]} ended with ${code}`))),
  ])
  return {
    stop: () => {
      child.kill('SIGTERM')
      return ended
    },
  }
}

const records = (account: string, count: number) => ({
  bankLines: Array.from({ length: count }, (_, index) =>
    bankLine(`B${account}-${index}`, `-${index + 1}.25`, {
      account,
      instrument: 'WIRE',
      references: { endToEndId: `PAY-${account}${1000 + index}` },
    }),
  ),
  bookEntries: Array.from({ length: count }, (_, index) =>
    bookEntry(`L${account}-${index}`, `-${index + 1}.25`, {
      account,
      instrument: 'WIRE',
      references: { paymentReference: `PAY-${account}${1000 + index}` },
    }),
  ),
})

const statuses = async (tenantId: string): Promise<string[]> => {
  const parts = await harness.store.db
    .selectFrom('run_partition')
    .select('status')
    .where('tenant_id', '=', tenantId)
    .execute()
  return parts.map((part) => part.status)
}

it('ends a worker in the middle of a run: what it has is finished, the rest waits for the next one', {
  timeout: 180_000,
}, async () => {
  const client = harness.client({ tenantId: 'local' })
  for (let account = 0; account < 24; account++) await client.imports.create(records(`A${account}`, 120))
  const run = await client.runs.create({ policy: 'cash-management', wait: false })
  assert.ok(run.ok)
  const runId = run.value.id
  const first = await recon('work')
  await expect.poll(() => statuses('local'), { timeout: 60_000, interval: 20 }).toContain('DONE')
  expect(await first.stop()).toBe(0)
  expect(await statuses('local')).toContain('DONE')
  const active = await sql`select id from recon_jobs.job where state = 'active'`.execute(harness.store.db)
  expect(active.rows).toEqual([])
  await assertInvariants(harness.store.db)
  const second = await recon('work')
  const status = async () => (await client.runs.get({ runId })).status
  await expect.poll(status, { timeout: 90_000 }).toBe('AWAITING_REVIEW')
  expect(await second.stop()).toBe(0)
  await assertInvariants(harness.store.db, { atRest: true })
})

it('ends a server in the middle of a request: the request is answered, and what was answered is there', {
  timeout: 120_000,
}, async () => {
  const port = await freePort()
  const serving = await recon('serve', '--port', String(port))
  const answer = fetch(`http://127.0.0.1:${port}/recon/imports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': 'one' },
    body: JSON.stringify(records('Z', 3000)),
  })
  const busy = async () =>
    (
      await sql`select pid from pg_stat_activity where datname = current_database() and application_name = 'recon'
        and pid <> pg_backend_pid() and state <> 'idle'`.execute(harness.store.db)
    ).rows.length
  await expect.poll(busy, { timeout: 30_000, interval: 5 }).toBeGreaterThan(0)
  const ended = serving.stop()
  const response = await answer
  expect(response.status).toBe(201)
  expect(await response.json()).toMatchObject({ bankLines: 3000, bookEntries: 3000 })
  expect(await ended).toBe(0)
  const stored = await harness.store.db.selectFrom('bank_line').select('id').where('account', '=', 'Z').execute()
  expect(stored).toHaveLength(3000)
  await assertInvariants(harness.store.db)
})
