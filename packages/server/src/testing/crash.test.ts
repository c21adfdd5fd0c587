import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Mail } from '../outbox/mail-transport.ts'
import { openPostgresStore } from '../store/postgres-store.ts'
import { bankLine, bookEntry } from './desk-world.ts'
import { type EmbeddedServer, startEmbeddedServer } from './embedded-server.ts'
import { dispatchFirm, type Firm, firmWorld } from './firm-world.ts'
import { harnessUrl, type ReconHarness, reconHarness } from './recon-harness.ts'

let server: EmbeddedServer
let harness: ReconHarness
let firm: Firm
let fault: ((point: string) => Promise<void>) | undefined
/** What the mail server took, by message id: a second copy of one id is the same mail. */
const delivered = new Map<string, Mail>()
let copies = 0
const seen = new Map<string, number>()

beforeAll(async () => {
  server = await startEmbeddedServer()
  const store = await openPostgresStore({ url: await server.newDatabase(), connections: 400 })
  harness = reconHarness(store, {
    portal: { url: harnessUrl, page: 'https://books.example/portal' },
    secret: 'c'.repeat(40),
    mail: {
      from: 'Firm <firm@firm.example>',
      send: async (mail) => {
        copies += 1
        delivered.set(mail.messageId, mail)
        return { ok: true }
      },
    },
    ambience: { now: () => harness.clock.now, fault: (point) => fault?.(point) },
  })
  firm = await firmWorld(harness, 'crash')
})
afterAll(async () => {
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle in transaction'`
    .execute(harness.store.db)
    .catch(() => undefined)
  await Promise.race([harness.close(), new Promise((resolve) => setTimeout(resolve, 3000))])
  await server.stop()
})

/**
 * Runs work that stops for good at its n-th boundary, as a killed process does: nothing after that point runs, what was not
 * committed is rolled back by the server, locks and leases stay until they run out. True when it got that far.
 */
async function killAt(boundary: number, work: () => Promise<unknown>): Promise<boolean> {
  let passed = 0
  const killed = new Promise<boolean>((resolve) => {
    fault = async (point) => {
      passed += 1
      if (passed !== boundary) return
      seen.set(point, (seen.get(point) ?? 0) + 1)
      fault = undefined
      resolve(true)
      await new Promise(() => undefined)
    }
  })
  const finished = work().then(
    () => false,
    () => false,
  )
  const result = await Promise.race([killed, finished])
  fault = undefined
  await sql`select pg_terminate_backend(pid, 5000) from pg_stat_activity where state like 'idle in transaction%' and application_name = 'recon'`.execute(
    harness.store.db,
  )
  return result
}

/** What a healthy process does afterwards: leases run out, lost mails are found, everything due is sent. */
async function recover(): Promise<void> {
  harness.clock.now = new Date(Date.parse(harness.clock.now) + 120_000).toISOString()
  const waiting = await harness.store.db
    .selectFrom('outbox')
    .select(['tenant_id', 'id'])
    .where('status', 'in', ['PENDING', 'SENDING'])
    .execute()
  for (const { tenant_id, id } of waiting) await harness.recon.deliverMail(tenant_id, id)
}

async function checkDispatches(): Promise<void> {
  const { db } = harness.store
  const committed = await db.selectFrom('dispatch').selectAll().where('tenant_id', '=', 'crash').execute()
  const mails = await db.selectFrom('outbox').selectAll().where('tenant_id', '=', 'crash').execute()
  const links = await db.selectFrom('magic_link').selectAll().where('tenant_id', '=', 'crash').execute()
  const magic = mails.filter((mail) => mail.template === 'reconciliation-magic-link')
  expect(magic.length, 'N5: one mail a committed dispatch').toBe(committed.length)
  for (const mail of magic) {
    expect(mail.status, 'N5: sent').toBe('DISPATCHED')
    expect(delivered.has(mail.message_id), 'N5: with its own id').toBe(true)
    expect(mail.sealed, 'no link is kept').toBeNull()
  }
  expect(delivered.size, 'N5: none for a dispatch that was not committed').toBe(magic.length)
  expect(links.filter((link) => link.status === 'ISSUED').length, 'N7: one live generation').toBe(
    committed.length === 0 ? 0 : 1,
  )
  expect(committed.filter((one) => one.status === 'LIVE').length).toBe(committed.length === 0 ? 0 : 1)
  expect((await firm.staff.activity.verify()).intact, 'N13').toBe(true)
}

it('survives a kill at every boundary of dispatch and sending', { timeout: 170_000 }, async () => {
  await dispatchFirm(firm)
  await recover()
  let kills = 0
  while (kills < 100) {
    for (let boundary = 1; boundary <= 30; boundary++) {
      const state = await firm.staff.bookkeeping.state({ runId: firm.runId })
      const died = await killAt(boundary, async () => {
        const sent = await firm.staff.bookkeeping.dispatch({
          runId: firm.runId,
          contactId: firm.contactId,
          version: state.version,
        })
        assert.ok(sent.ok)
        await harness.recon.deliverMail('crash', sent.value.messageId)
      })
      await recover()
      if (!died) break
      kills += 1
    }
  }
  await checkDispatches()
  expect(kills).toBeGreaterThanOrEqual(100)
  expect([...seen.keys()].sort()).toEqual(
    expect.arrayContaining([
      'commit.after',
      'commit.before',
      'mail.afterClaim',
      'mail.afterMark',
      'mail.afterSend',
      'mail.beforeClaim',
    ]),
  )
  expect(copies).toBeGreaterThanOrEqual(delivered.size)
})

it('survives a kill at every boundary of import and matching', { timeout: 120_000 }, async () => {
  const client = harness.client({ tenantId: 'crash-match' })
  let kills = 0
  for (let round = 0; kills < 100; round++) {
    const boundary = (round % 4) + 1
    const line = bankLine(`B${round}`, '-10.00', {
      instrument: 'WIRE',
      references: { endToEndId: `PAY-${10_000 + round}` },
    })
    const entry = bookEntry(`L${round}`, '-10.00', {
      instrument: 'WIRE',
      references: { paymentReference: `PAY-${10_000 + round}` },
    })
    const died = await killAt(boundary, async () => {
      await client.imports.create({ bankLines: [line], bookEntries: [entry] }, { idempotencyKey: `import-${round}` })
      await client.runs.create({ policy: 'cash-management' }, { idempotencyKey: `run-${round}` })
    })
    if (died) kills += 1
    const again = await client.imports.create(
      { bankLines: [line], bookEntries: [entry] },
      { idempotencyKey: `import-${round}` },
    )
    assert.ok(again.ok)
    await client.runs.create({ policy: 'cash-management' }, { idempotencyKey: `run-${round}` })
  }
  const { db } = harness.store
  const lines = await db.selectFrom('bank_line').select('id').where('tenant_id', '=', 'crash-match').execute()
  const subjects = await db
    .selectFrom('item_subject')
    .select('record_id')
    .where('tenant_id', '=', 'crash-match')
    .where('side', '=', 'BANK')
    .execute()
  expect(subjects.map((one) => one.record_id).sort(), 'N1').toEqual(lines.map((one) => one.id).sort())
  const doubled = await sql<{ n: bigint }>`
    select count(*) as n from (select record_id from recon.link_member where tenant_id = 'crash-match' and active
      group by side, record_id having count(*) > 1) as twice`.execute(db)
  expect(Number(doubled.rows[0]?.n), 'N3').toBe(0)
  expect((await client.activity.verify()).intact, 'N13').toBe(true)
  expect(kills).toBeGreaterThanOrEqual(100)
})
