import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sha256 } from '../store/digest.ts'
import { openPostgresStore } from '../store/postgres-store.ts'
import { bankLine, bookEntry } from './desk-world.ts'
import { type EmbeddedServer, startEmbeddedServer } from './embedded-server.ts'
import { dispatchFirm, firmWorld } from './firm-world.ts'
import { assertInvariants } from './invariants.ts'
import { harnessUrl, type ReconHarness, reconHarness } from './recon-harness.ts'

/** Races a run; the full count is asked for by RECON_RACES (1000 redemptions, 5000 lines). */
const redemptions = Number(process.env.RECON_RACES ?? 10)
const lines = Number(process.env.RECON_RACES ?? 20) * 5
const clicks = 50

let server: EmbeddedServer
let harness: ReconHarness

beforeAll(async () => {
  server = await startEmbeddedServer()
  harness = reconHarness(await openPostgresStore({ url: await server.newDatabase(), connections: 60 }), {
    portal: { url: harnessUrl, page: 'https://books.example/portal' },
    secret: 'r'.repeat(40),
  })
})
afterAll(async () => {
  await harness.close()
  await server.stop()
})

it(`gives one session to each of ${redemptions} links that ${clicks} clicks fall on at once`, {
  timeout: 1_800_000,
}, async () => {
  const firm = await firmWorld(harness, 'race')
  await dispatchFirm(firm)
  const { db } = harness.store
  const link = await db.selectFrom('magic_link').selectAll().where('tenant_id', '=', 'race').executeTakeFirstOrThrow()
  const nonce = 'n'.repeat(32)
  const press = (token: string) =>
    harness.recon.handler(
      new Request(`${harnessUrl}/portal/enter/${token}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
          cookie: `__Host-recon-nonce=${nonce}`,
        },
        body: `nonce=${nonce}`,
      }),
    )
  for (let round = 0; round < redemptions; round++) {
    const token = `${round}`.padStart(43, 'r')
    await db
      .insertInto('magic_link')
      .values({ ...link, id: `race-${round}`, kind: 'SIGN_IN', token_hash: sha256(token) })
      .execute()
    const answers = await Promise.all(Array.from({ length: clicks }, () => press(token)))
    const statuses = answers.map((answer) => answer.status)
    expect(
      statuses.filter((status) => status === 303),
      `round ${round}`,
    ).toHaveLength(1)
    expect(
      statuses.filter((status) => status === 410),
      `round ${round}`,
    ).toHaveLength(clicks - 1)
  }
  const sessions = await db.selectFrom('portal_session').select('id').where('tenant_id', '=', 'race').execute()
  expect(sessions).toHaveLength(redemptions)
})

it(`matches each of ${lines} lines once when two people take it at once`, { timeout: 1_800_000 }, async () => {
  const tenantId = 'two'
  const client = harness.client({ tenantId })
  const records = Array.from({ length: lines }, (_, index) => ({
    line: bankLine(`B${index}`, `-${index + 1}.37`, { counterparty: { name: `Supplier ${index}` } }),
    entry: bookEntry(`L${index}`, `-${index + 1}.37`, { counterparty: { name: `Supplier ${index}` } }),
  }))
  for (let start = 0; start < lines; start += 5000) {
    const part = records.slice(start, start + 5000)
    await client.imports.create({ bankLines: part.map((one) => one.line), bookEntries: part.map((one) => one.entry) })
  }
  const run = await client.runs.create({ policy: 'cash-management' })
  assert.ok(run.ok)
  const people = [harness.client({ tenantId, actorId: 'ann' }), harness.client({ tenantId, actorId: 'ben' })]
  const items = await harness.store.db
    .selectFrom('item')
    .select(['id', 'version'])
    .where('tenant_id', '=', tenantId)
    .execute()
  let won = 0
  for (let start = 0; start < items.length; start += 20) {
    await Promise.all(
      items.slice(start, start + 20).map(async ({ id, version }) => {
        const outcomes = await Promise.allSettled(
          people.map((person) => person.items.act({ itemId: id, version, do: { action: 'confirm' } })),
        )
        const winners = outcomes.filter((one) => one.status === 'fulfilled' && one.value.ok).length
        expect(winners, id).toBe(1)
        won += winners
      }),
    )
  }
  expect(won).toBe(lines)
  const twice = await sql<{ n: bigint }>`
    select count(*) as n from (select 1 from recon.link_member where tenant_id = ${tenantId} and active
      group by side, record_id having count(*) > 1) as doubled`.execute(harness.store.db)
  expect(Number(twice.rows[0]?.n)).toBe(0)
  expect((await client.activity.verify()).intact).toBe(true)
  await assertInvariants(harness.store.db)
})
