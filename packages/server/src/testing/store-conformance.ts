import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { verifyActivity } from '../store/activity-chain.ts'
import { type ConformanceCase, itemOf, matchedDesk, problemOf, thrown } from './conformance-case.ts'
import { bankLine } from './desk-world.ts'

/** What every store must keep, whatever is stored in it. */
export const storeConformance: readonly ConformanceCase[] = [
  {
    name: 'a record comes once: the same again is known, other content under its id is refused, a bad one loses no good one',
    run: async (harness, tenantId) => {
      const client = harness.client({ tenantId })
      const good = bankLine('B1', '10.00')
      const first = await client.imports.create({
        bankLines: [good, { id: 'bad', amount: '1e9' }, bankLine('B2', '-5.00')],
      })
      assert.ok(first.ok)
      assert.equal(first.value.bankLines, 2)
      assert.deepEqual(
        first.value.rejected.map((one) => [one.index, one.code]),
        [[1, 'RECORD_INVALID']],
      )
      const again = await client.imports.create({ bankLines: [good, bankLine('B2', '-5.01')] })
      assert.ok(again.ok)
      assert.deepEqual(
        [again.value.bankLines, again.value.known, again.value.rejected[0]?.code],
        [0, 1, 'RECORD_DUPLICATE_ID'],
      )
      const nul = await client.imports.create({
        bankLines: [{ ...bankLine('B3', '1.00'), account: 'a\u0000b' }, bankLine('B4', '2.00')],
      })
      assert.ok(nul.ok)
      assert.deepEqual([nul.value.bankLines, nul.value.rejected[0]?.index], [1, 0])
    },
  },
  {
    name: 'money is exact to the last minor unit of 64 bits',
    run: async (harness, tenantId) => {
      const client = harness.client({ tenantId })
      const amount = '92233720368547758.07'
      await client.imports.create({ bankLines: [bankLine('B1', amount)] })
      const page = await client.records.bankLines({ search: amount })
      assert.equal(page.rows[0]?.amount.amount, amount)
    },
  },
  {
    name: 'the same key and body give the same bytes, another body 422, no key 400 (C15)',
    run: async (harness, tenantId) => {
      const post = (body: unknown, key?: string) =>
        harness.send({ tenantId }, '/imports', {
          method: 'POST',
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { 'idempotency-key': key }) },
        })
      const body = { bankLines: [bankLine('B1', '10.00')] }
      const first = await post(body, 'key-1')
      const second = await post(body, 'key-1')
      assert.equal(await first.text(), await second.text())
      assert.equal(second.headers.get('idempotency-replayed'), 'true')
      const other = await problemOf(post({ bankLines: [] }, 'key-1'))
      assert.deepEqual([other.status, other.code], [422, 'IDEMPOTENCY_CONFLICT'])
      const none = await problemOf(post(body))
      assert.deepEqual([none.status, none.code], [400, 'REQUEST_INVALID'])
      assert.equal((await harness.client({ tenantId }).imports.list()).rows.length, 1)
    },
  },
  {
    name: 'no row crosses tenants: ids of another tenant are unknown, and the database itself shows none (N9, A17)',
    run: async (harness, tenantId) => {
      const client = harness.client({ tenantId })
      const runId = await matchedDesk(client)
      const { item } = await itemOf(client, 'B-open')
      const stranger = harness.client({ tenantId: `${tenantId}-stranger` })
      assert.deepEqual((await stranger.items.list()).rows, [])
      for (const call of [
        () => stranger.items.get({ itemId: item.id }),
        () => stranger.runs.get({ runId }),
        () => stranger.items.act({ itemId: item.id, version: 1, do: { action: 'confirm' } }),
        () => stranger.activity.undo({ eventId: 'no-such' }),
      ]) {
        assert.equal((await thrown(call())).code, 'NOT_FOUND')
      }
      const seen = await harness.store.db.transaction().execute(async (db) => {
        await sql`select set_config('recon.tenant', ${`${tenantId}-stranger`}, true), set_config('role', 'recon_app', true)`.execute(
          db,
        )
        return sql<{ count: bigint }>`select count(*) from recon.bank_line where tenant_id = ${tenantId}`.execute(db)
      })
      assert.equal(Number(seen.rows[0]?.count), 0)
    },
  },
  {
    name: 'the application role cannot rewrite the log, and a rewritten log is noticed (C18)',
    run: async (harness, tenantId) => {
      const client = harness.client({ tenantId })
      await client.imports.create({ bankLines: [bankLine('B1', '10.00')] })
      for (const statement of [
        sql`update recon.activity set actor_id = 'someone' where tenant_id = ${tenantId}`,
        sql`delete from recon.activity where tenant_id = ${tenantId}`,
      ]) {
        await assert.rejects(
          harness.store.db.transaction().execute(async (db) => {
            await sql`select set_config('recon.tenant', ${tenantId}, true), set_config('role', 'recon_app', true)`.execute(
              db,
            )
            await statement.execute(db)
          }),
          /permission denied/,
        )
      }
      const report = await harness.store.db.connection().execute(async (db) => {
        await sql`begin`.execute(db)
        await sql`update recon.activity set actor_id = 'someone' where tenant_id = ${tenantId}`.execute(db)
        const seen = await verifyActivity(db, tenantId)
        await sql`rollback`.execute(db)
        return seen
      })
      assert.deepEqual(report, { events: 0, intact: false, firstBroken: 1 })
      assert.equal((await client.activity.verify()).intact, true)
    },
  },
  {
    name: 'two people reconcile one line at once: one wins, the other is told (C7, N3)',
    run: async (harness, tenantId) => {
      const client = harness.client({ tenantId })
      await matchedDesk(client)
      const { item } = await itemOf(client, 'B-open')
      const act = (actorId: string) =>
        harness
          .client({ tenantId, actorId })
          .items.act({ itemId: item.id, version: item.version, do: { action: 'confirm' } })
      const outcomes = await Promise.allSettled([act('ann'), act('ben'), act('cy')])
      assert.equal(outcomes.filter((one) => one.status === 'fulfilled' && one.value.ok).length, 1)
      assert.equal((await client.items.get({ itemId: item.id })).history.length, 1)
    },
  },
  {
    name: 'many writers at once leave one linear chain (N13)',
    run: async (harness, tenantId) => {
      const client = harness.client({ tenantId })
      await Promise.all(
        Array.from({ length: 20 }, (_, index) => client.imports.create({ bankLines: [bankLine(`B${index}`, '1.00')] })),
      )
      assert.deepEqual(await client.activity.verify(), { events: 20, intact: true, firstBroken: null })
    },
  },
]
