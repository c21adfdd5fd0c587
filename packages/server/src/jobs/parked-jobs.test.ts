import type { Client } from '@recon/client'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bankLine } from '../testing/desk-world.ts'
import { type ReconHarness, reconHarness } from '../testing/recon-harness.ts'
import { openTestStore } from '../testing/test-store.ts'

let harness: ReconHarness
let poisoned = true

beforeAll(async () => {
  harness = reconHarness(await openTestStore(), {
    engine: (input) => {
      if (poisoned && input.bankLines.some((line) => line.id === 'poison')) throw new Error('This line cannot be read.')
      return { items: [], matches: [], openBookEntryIds: [], proofs: [], proof: emptyProof, stats }
    },
  })
})
afterAll(() => harness.close())

const zero = { amount: '0.00', currency: 'USD' }
const emptyProof = {
  currency: 'USD',
  bankTotal: zero,
  bookTotal: zero,
  difference: zero,
  causes: [],
  unexplained: zero,
}
const stats = {
  bankLines: 1,
  bookEntries: 0,
  automatic: 0,
  proposed: 0,
  flagged: 0,
  unmatched: 0,
  byScenario: {},
  byPass: {},
}

/** Drains as if time passed: a job that failed waits before its next try. */
async function drainPatiently(): Promise<void> {
  for (let round = 0; round < 12; round++) {
    await harness.recon.drain()
    await sql`update recon_jobs.job set start_after = now() where state in ('created', 'retry')`.execute(
      harness.store.db,
    )
  }
}

async function ordered(tenantId: string, lineId: string): Promise<{ client: Client; runId: string }> {
  const client = harness.client({ tenantId, roles: ['ADMIN'] })
  await client.imports.create({ bankLines: [bankLine(lineId, '1.00')] })
  const run = await client.runs.create({ policy: 'cash-management', wait: false })
  if (!run.ok) throw new Error(run.refusal.message)
  return { client, runId: run.value.id }
}

it('parks a poison job where staff see it, lets the others flow, and drives it again when it is cured (B7)', async () => {
  const bad = await ordered('poisoned', 'poison')
  const good = await ordered('healthy', 'fine')
  await drainPatiently()
  expect((await good.client.runs.get({ runId: good.runId })).status).toBe('AWAITING_REVIEW')
  expect((await bad.client.runs.get({ runId: bad.runId })).status).toBe('MATCHING')
  const { rows } = await bad.client.jobs.parked()
  expect(rows).toMatchObject([{ queue: 'match-partition', attempts: 6, reason: 'This line cannot be read.' }])
  const [parked] = rows
  if (parked === undefined) throw new Error('nothing is parked')

  expect((await good.client.jobs.parked()).rows).toEqual([])
  const stranger = await good.client.jobs.redrive({ id: parked.id, queue: parked.queue })
  expect(stranger).toEqual({ ok: true, value: { driven: false } })
  const clerk = harness.client({ tenantId: 'poisoned', roles: ['FINANCE'] })
  await expect(clerk.jobs.parked()).rejects.toMatchObject({ code: 'FORBIDDEN' })
  expect(await clerk.jobs.redrive({ id: parked.id, queue: parked.queue })).toMatchObject({
    ok: false,
    refusal: { code: 'FORBIDDEN' },
  })

  poisoned = false
  expect(await bad.client.jobs.redrive({ id: parked.id, queue: parked.queue })).toEqual({
    ok: true,
    value: { driven: true },
  })
  expect((await bad.client.jobs.parked()).rows).toEqual([])
  await drainPatiently()
  expect((await bad.client.runs.get({ runId: bad.runId })).status).toBe('AWAITING_REVIEW')
  expect((await bad.client.activity.list({ name: 'job.redriven' })).rows).toHaveLength(1)
})

it('shows the operator the parked jobs of every tenant and drives them all again', async () => {
  poisoned = true
  await ordered('second', 'poison')
  await drainPatiently()
  expect(await harness.recon.parkedJobs()).toHaveLength(1)
  expect(await harness.recon.parkedJobs('nobody')).toEqual([])
  poisoned = false
  expect(await harness.recon.redriveJobs({})).toBe(1)
  await drainPatiently()
  expect(await harness.recon.parkedJobs()).toEqual([])
})
