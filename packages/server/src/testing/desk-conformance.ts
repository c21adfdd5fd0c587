import assert from 'node:assert/strict'
import { type ConformanceCase, itemOf, matchedDesk, thrown } from './conformance-case.ts'
import { bookEntry, deskWorld } from './desk-world.ts'

/** What a desk's work must do on every store. */
export const deskConformance: readonly ConformanceCase[] = [
  {
    name: 'a day goes in, is matched, and every line is in exactly one item (N1)',
    run: async (harness, tenantId) => {
      const client = harness.client({ tenantId })
      const runId = await matchedDesk(client)
      const page = await client.items.list({ limit: 500 })
      const lines = page.rows.flatMap((row) => row.item.bankLineIds).sort()
      assert.deepEqual(
        lines,
        deskWorld()
          .bankLines.map((line) => line.id)
          .sort(),
      )
      assert.equal(page.counts?.total, page.rows.length)
      for (const scenario of [
        'AUTO_RECONCILED',
        'SYSTEM_MATCH',
        'UNMATCHED',
        'FAILED_PAYMENT',
        'DUPLICATE',
        'AMOUNT_VARIANCE',
        'SWEEP',
      ]) {
        assert.equal(page.counts?.byScenario[scenario], 1, scenario)
      }
      const { proofs } = await client.runs.proof({ runId })
      assert.equal(proofs[0]?.unexplained.amount, '0.00')
      const run = await client.runs.get({ runId })
      const total = run.totals.reduce((sum, one) => sum + one.items, 0)
      assert.equal(total, page.rows.length)
    },
  },
  {
    name: 'an action, its undo and the undo of the undo restore the item, and the log alone tells it (N4, N13)',
    run: async (harness, tenantId) => {
      const client = harness.client({ tenantId })
      await matchedDesk(client)
      const open = await itemOf(client, 'B-open')
      const done = await client.items.act({
        itemId: open.item.id,
        version: open.item.version,
        do: { action: 'confirm' },
      })
      assert.ok(done.ok)
      assert.equal(done.value.row.item.status, 'RECONCILED')
      assert.deepEqual((await client.records.bankLines({ open: true, search: 'B-open' })).rows, [])
      const preview = await client.activity.previewUndo({ eventId: done.value.event.id })
      assert.equal(preview.possible, true)
      const undone = await client.activity.undo({ eventId: done.value.event.id })
      assert.ok(undone.ok)
      assert.equal(undone.value.rows[0]?.item.status, 'OUTSTANDING')
      assert.equal((await client.records.bankLines({ open: true, search: 'B-open' })).rows.length, 1)
      const twice = await client.activity.undo({ eventId: done.value.event.id })
      assert.deepEqual(twice.ok ? null : twice.refusal.code, 'UNDO_NOT_LAST')
      const detail = await client.items.get({ itemId: open.item.id })
      assert.deepEqual(
        detail.history.map((event) => event.name),
        ['review_item.undone', 'review_item.reconciled'],
      )
      assert.equal(detail.item.version, open.item.version + 2)
      assert.deepEqual(await client.activity.verify(), { events: 4, intact: true, firstBroken: null })
    },
  },
  {
    name: 'a sweep closes at 0.00 and not at 0.01; what is left out becomes an item of its own',
    run: async (harness, tenantId) => {
      const client = harness.client({ tenantId })
      await matchedDesk(client)
      const { item } = await itemOf(client, 'B-sweep-1')
      const { version, id: itemId } = item
      const cent = await client.items.act({
        itemId,
        version,
        do: { action: 'closeBatch', bankLineIds: ['B-sweep-1', 'B-sweep-2'], bookEntryIds: ['L-sweep-1', 'L-sweep-2'] },
      })
      assert.equal(cent.ok ? null : cent.refusal.code, 'AMOUNTS_DIFFER')
      const part = await client.items.act({
        itemId,
        version,
        do: { action: 'closeBatch', bankLineIds: ['B-sweep-1'], bookEntryIds: ['L-sweep-1'] },
      })
      assert.ok(part.ok)
      assert.deepEqual(
        part.value.alsoChanged.map((row) => row.item.bankLineIds),
        [['B-sweep-2']],
      )
      const undone = await client.activity.undo({ eventId: part.value.event.id })
      assert.ok(undone.ok)
      const whole = await itemOf(client, 'B-sweep-2')
      assert.deepEqual(whole.item.bankLineIds, ['B-sweep-1', 'B-sweep-2'])
      const all = await client.items.act({
        itemId,
        version: whole.item.version,
        do: {
          action: 'closeBatch',
          bankLineIds: ['B-sweep-1', 'B-sweep-2'],
          bookEntryIds: ['L-sweep-1', 'L-sweep-2', 'L-sweep-3'],
        },
      })
      assert.ok(all.ok)
    },
  },
  {
    name: 'a stale version is refused with the current row; a stale hold survives the next run',
    run: async (harness, tenantId) => {
      const client = harness.client({ tenantId })
      await matchedDesk(client)
      const failed = await itemOf(client, 'B-failed')
      const escalated = await client.items.act({
        itemId: failed.item.id,
        version: failed.item.version,
        do: { action: 'escalate' },
      })
      assert.ok(escalated.ok)
      const stale = await thrown(
        client.items.act({
          itemId: failed.item.id,
          version: failed.item.version,
          do: { action: 'flag', reason: 'late' },
        }),
      )
      assert.equal(stale.code, 'VERSION_CONFLICT')
      const current = stale.details?.current as { item: { status: string } } | undefined
      assert.equal(current?.item.status, 'ESCALATED')
      await client.imports.create({ bookEntries: [bookEntry('L-new', '-5.00')] })
      const again = await client.runs.create({ policy: 'cash-management' })
      assert.ok(again.ok)
      assert.equal((await itemOf(client, 'B-failed')).item.status, 'ESCALATED')
      assert.equal((await client.items.list({ queue: 'AP_ESCALATIONS' })).rows.length, 1)
    },
  },
  {
    name: 'pages by cursor show every item once in every order',
    run: async (harness, tenantId) => {
      const client = harness.client({ tenantId })
      await matchedDesk(client)
      for (const sort of ['severity', 'date', '-date', 'amount', '-amount'] as const) {
        const seen: string[] = []
        let cursor: string | undefined
        do {
          const page = await client.items.list({
            sort,
            limit: 2,
            counts: false,
            ...(cursor === undefined ? {} : { cursor }),
          })
          seen.push(...page.rows.map((row) => row.item.id))
          cursor = page.nextCursor ?? undefined
        } while (cursor !== undefined)
        assert.equal(new Set(seen).size, seen.length, sort)
        assert.equal(seen.length, 7, sort)
      }
      const foreign = await thrown(client.items.list({ cursor: 'bm9uc2Vuc2U' }))
      assert.equal(foreign.code, 'REQUEST_INVALID')
    },
  },
  {
    name: 'records that are read out and imported elsewhere are the same records, to the hash (N11)',
    run: async (harness, tenantId) => {
      const client = harness.client({ tenantId })
      await matchedDesk(client)
      const { bankLines, bookEntries } = deskWorld()
      const read = {
        bankLines: (await client.records.bankLines({ limit: 500 })).rows,
        bookEntries: (await client.records.bookEntries({ limit: 500 })).rows,
      }
      assert.deepEqual([read.bankLines.length, read.bookEntries.length], [bankLines.length, bookEntries.length])
      const copy = `${tenantId}-copy`
      const imported = await harness.client({ tenantId: copy }).imports.create(JSON.parse(JSON.stringify(read)))
      assert.ok(imported.ok)
      assert.equal(imported.value.rejectedCount, 0)
      for (const table of ['bank_line', 'book_entry'] as const) {
        const hashes = async (tenant: string) =>
          harness.store.db
            .selectFrom(table)
            .select(['id', 'body_hash', 'amount_minor', 'date'])
            .where('tenant_id', '=', tenant)
            .orderBy('id')
            .execute()
        assert.deepEqual(await hashes(copy), await hashes(tenantId))
      }
    },
  },
  {
    name: 'the forbidden stays undone: a role without the right is refused and nothing changes (A24)',
    run: async (harness, tenantId) => {
      const client = harness.client({ tenantId })
      await matchedDesk(client)
      const { item } = await itemOf(client, 'B-open')
      const nobody = harness.client({ tenantId, actorId: 'nobody', roles: ['CLIENT_CONTACT', 'SYSTEM', 'GUEST'] })
      const refused = await nobody.items.act({ itemId: item.id, version: item.version, do: { action: 'confirm' } })
      assert.equal(refused.ok ? null : refused.refusal.code, 'FORBIDDEN')
      assert.equal((await client.items.get({ itemId: item.id })).history.length, 0)
    },
  },
  {
    name: 'bulk actions decide each item by itself and refuse a selection that changed',
    run: async (harness, tenantId) => {
      const client = harness.client({ tenantId })
      await matchedDesk(client)
      const wrong = await client.items.actOnMany({ action: 'flag', filter: { queue: 'OPEN' }, expected: 99 })
      assert.equal(wrong.ok ? null : wrong.refusal.code, 'SELECTION_CHANGED')
      const all = await client.items.actOnMany({ action: 'confirm', filter: { queue: 'OPEN' } })
      assert.ok(all.ok)
      assert.ok(all.value.done.length >= 1)
      assert.ok(all.value.refused.length >= 1)
      assert.equal((await client.items.list({ queue: 'OPEN' })).rows.length, all.value.refused.length)
    },
  },
]
