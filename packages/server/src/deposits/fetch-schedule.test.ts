import type { Provider } from '@recon/core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ReconHarness, reconHarness } from '../testing/recon-harness.ts'
import { openTestStore } from '../testing/test-store.ts'

let harness: ReconHarness
let fetches = 0
const bank: Provider = {
  name: 'bank',
  bankFeed: {
    fetchLines: async () => {
      fetches += 1
      return { lines: [], hasMore: false, warnings: [], withdrawnLineIds: [] }
    },
  },
}
beforeAll(async () => {
  harness = reconHarness(await openTestStore(), { providers: [bank] })
})
afterAll(() => harness.close())

/** A look by three processes at that moment. */
async function look(now: string): Promise<number> {
  const before = fetches
  harness.clock.now = now
  await Promise.all([harness.recon.tick(), harness.recon.tick(), harness.recon.tick()])
  await harness.recon.drain()
  return fetches - before
}

it('has one outcome a tick when the clock goes back, jumps ahead or changes for summer, and no storm after it (B11)', async () => {
  const client = harness.client({ tenantId: 'clock', roles: ['ADMIN'] })
  harness.clock.now = '2026-11-21T09:00:00.000Z'
  expect((await client.sources.create({ name: 'Bank', kind: 'FEED', provider: 'bank' })).ok).toBe(true)
  expect(await look('2026-11-21T09:00:00.000Z')).toBe(1)
  expect(await look('2026-11-21T09:07:00.000Z')).toBe(0)
  expect(await look('2026-11-21T09:15:00.000Z')).toBe(1)
  // An hour back: nothing is due until the clock is where it was, and no tick is fetched twice.
  for (const minute of ['15', '30', '45']) expect(await look(`2026-11-21T08:${minute}:00.000Z`)).toBe(0)
  expect(await look('2026-11-21T09:15:30.000Z')).toBe(0)
  expect(await look('2026-11-21T09:30:00.000Z')).toBe(1)
  // Three days ahead: one fetch brings all, the 288 ticks between are not made up for.
  expect(await look('2026-11-24T09:30:00.000Z')).toBe(1)
  expect(await look('2026-11-24T09:31:00.000Z')).toBe(0)
  // The local hour that is there twice or not at all is an hour like any other: ticks are counted in UTC.
  for (const [now, due] of [
    ['2027-03-28T00:45:00.000Z', 1],
    ['2027-03-28T01:00:00.000Z', 1],
    ['2027-03-28T01:15:00.000Z', 1],
    ['2027-10-31T00:45:00.000Z', 1],
    ['2027-10-31T01:00:00.000Z', 1],
    ['2027-10-31T01:05:00.000Z', 0],
  ] as const) {
    expect([now, await look(now)]).toEqual([now, due])
  }
  const ticks = await harness.store.db
    .selectFrom('fetch_tick')
    .select(['tick', 'outcome'])
    .where('tenant_id', '=', 'clock')
    .execute()
  expect(ticks.every((tick) => tick.outcome === 'FETCHED')).toBe(true)
  expect([ticks.length, new Set(ticks.map((tick) => tick.tick)).size]).toEqual([fetches, fetches])
})
