import assert from 'node:assert/strict'
import type { Client } from '@recon/client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPostgresStore } from '../store/postgres-store.ts'
import { bankLine, bookEntry } from '../testing/desk-world.ts'
import { type EmbeddedServer, startEmbeddedServer } from '../testing/embedded-server.ts'
import { type ReconHarness, reconHarness } from '../testing/recon-harness.ts'

let server: EmbeddedServer
const workers: ReconHarness[] = []

beforeAll(async () => {
  server = await startEmbeddedServer()
  const url = await server.newDatabase()
  for (let index = 0; index < 2; index++) workers.push(reconHarness(await openPostgresStore({ url })))
  for (const worker of workers) await worker.recon.ready()
})
afterAll(async () => {
  for (const worker of workers) await worker.close()
  await server.stop()
})

const first = () => {
  const [worker] = workers
  assert.ok(worker)
  return worker
}

/** Twelve accounts whose lines match by reference, by a normalized reference, by name, twice, or not at all. */
async function load(client: Client): Promise<void> {
  const lines = []
  const entries = []
  for (let account = 0; account < 12; account++) {
    for (let index = 0; index < 15; index++) {
      const id = `${account}-${index}`
      const amount = `-${index + 1}.${10 + account}`
      const place = { account: `ACC-${account}`, instrument: 'WIRE' } as const
      const reference = `PAY-${account}${100 + index}`
      lines.push(
        bankLine(`B${id}`, amount, {
          ...place,
          references: { endToEndId: index % 5 === 1 ? `00${reference}` : reference },
        }),
      )
      if (index % 5 === 4) continue
      entries.push(bookEntry(`L${id}`, amount, { ...place, references: { paymentReference: reference } }))
      if (index % 5 === 3)
        entries.push(bookEntry(`L${id}-again`, amount, { ...place, references: { paymentReference: reference } }))
    }
  }
  const imported = await client.imports.create({ bankLines: lines, bookEntries: entries })
  assert.ok(imported.ok)
}

async function outcome(client: Client, runId: string) {
  const items = []
  let cursor: string | undefined
  do {
    const page = await client.items.list({
      runId,
      limit: 500,
      counts: false,
      ...(cursor === undefined ? {} : { cursor }),
    })
    items.push(
      ...page.rows.map(({ item }) => [
        item.id,
        item.scenario,
        item.status,
        item.bucket,
        item.matches.map((match) => match.id),
      ]),
    )
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  const run = await client.runs.get({ runId })
  const proof = await client.runs.proof({ runId })
  return { items: items.sort(), stats: run.stats, status: run.status, progress: run.progress, proofs: proof.proofs }
}

it('matches in parts, by two workers at once, to the result of a single process', async () => {
  const single = first().client({ tenantId: 'single' })
  await load(single)
  const whole = await single.runs.create({ policy: 'cash-management' })
  assert.ok(whole.ok)
  const parted = first().client({ tenantId: 'parted' })
  await load(parted)
  const ordered = await parted.runs.create({ policy: 'cash-management', wait: false })
  assert.ok(ordered.ok)
  expect([ordered.value.status, ordered.value.progress]).toEqual(['MATCHING', 0])
  await first().recon.drain()
  await Promise.all(workers.map((worker) => worker.recon.drain()))
  const [one, other] = [await outcome(single, whole.value.id), await outcome(parted, ordered.value.id)]
  expect(other).toEqual(one)
  expect(one.items).toHaveLength(180)
  const parts = await first()
    .store.db.selectFrom('run_partition')
    .select('status')
    .where('tenant_id', '=', 'parted')
    .execute()
  expect(parts.map((part) => part.status)).toEqual(Array(12).fill('DONE'))
})

it('keeps nothing of a run that is cancelled, and the next run finds everything open', async () => {
  const client = first().client({ tenantId: 'cancelled' })
  await load(client)
  const run = await client.runs.create({ policy: 'cash-management', wait: false })
  assert.ok(run.ok)
  const cancelled = await client.runs.cancel({ runId: run.value.id })
  expect(cancelled.ok && [cancelled.value.status, cancelled.value.failure]).toEqual(['FAILED', 'CANCELLED'])
  await first().recon.drain()
  expect((await client.items.list()).rows).toEqual([])
  const again = await client.runs.cancel({ runId: run.value.id })
  expect(again.ok ? null : again.refusal.code).toBe('RUN_NOT_MATCHING')
  const next = await client.runs.create({ policy: 'cash-management' })
  assert.ok(next.ok)
  expect(next.value.stats.bankLines).toBe(180)
})
