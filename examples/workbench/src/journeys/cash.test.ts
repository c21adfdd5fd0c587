import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  type FusionSending,
  followJobs,
  importFusionExport,
  matchFusionAccount,
  reconciliationFile,
  sendToFusion,
  unsentGroups,
} from '../server/simulators/fusion-desk.ts'
import { accepted, type JourneyWorld, journeyWorld } from './journey-world.ts'

let world: JourneyWorld
const sendings: FusionSending[] = []
const account = '300000046971'
const sample = (name: string) => readFile(join(import.meta.dirname, '../../samples', name))
const items = async () => (await world.client.items.list({ limit: 200 })).rows.map(({ item }) => item)

beforeAll(async () => {
  world = await journeyWorld('cash')
})
afterAll(() => world.close())

it('reads an export of Fusion, as a CSV file or as the XML of a report, and matches it', async () => {
  const lines = await importFusionExport(world.client, await sample('fusion-statement-lines.csv'), 'lines.csv')
  const ledger = await importFusionExport(world.client, await sample('fusion-ledger.xml'), 'ledger.xml')
  const again = await importFusionExport(world.client, await sample('fusion-ledger.csv'), 'ledger.csv')
  expect([lines.kind, lines.stored, lines.problems]).toEqual(['STATEMENT_LINES', 13, []])
  expect([ledger.kind, ledger.stored, ledger.problems]).toEqual(['LEDGER_ENTRIES', 12, []])
  expect([again.stored, again.known, again.problems]).toEqual([0, 12, []])
  for (const id of [...lines.ids, ...ledger.ids]) world.simulators.fusion.addRecord(id)
  await matchFusionAccount(world.client, account)
  const found = await items()
  const of = (scenario: string) => found.filter((item) => item.scenario === scenario).length
  expect(['AUTO_RECONCILED', 'SYSTEM_MATCH', 'DUPLICATE'].map(of)).toEqual([7, 3, 1])
})

it('writes the links that were made here back as one file, and follows the job to its end', async () => {
  const open = (await items()).filter((item) => item.status === 'OUTSTANDING' && item.matches.length === 1)
  for (const item of open) {
    const [match] = item.matches
    const bookEntryIds = [...(match?.bookEntryIds ?? [])]
    const done = { itemId: item.id, version: item.version, do: { action: 'reconcile' as const, bookEntryIds } }
    await world.client.items.act(done)
  }
  const groups = await unsentGroups(world.client, sendings)
  expect(groups.length).toBe(8)
  expect(reconciliationFile(groups).bytes.slice(0, 2)).toEqual(new Uint8Array([0x50, 0x4b]))
  const sending = await sendToFusion(world.fusion, groups, world.clock.instant())
  sendings.push(sending)
  expect(await unsentGroups(world.client, sendings)).toEqual([])
  await followJobs(world.fusion, sendings)
  expect(sending.state).toBe('ACCEPTED')
  world.simulators.fusion.runJobs()
  world.simulators.fusion.runJobs()
  await followJobs(world.fusion, sendings)
  expect([sending.state, sending.message]).toEqual(['DONE', ''])
  expect(new Set(world.simulators.fusion.reconciled.values())).toEqual(new Set(sending.references))
})

it('names what Fusion left behind, and offers it again', async () => {
  const item = (await items()).find((one) => one.scenario === 'DUPLICATE')
  expect(item).toBeDefined()
  const [bookEntryId = ''] = item?.matches[0]?.bookEntryIds ?? []
  const taken = { itemId: item?.id ?? '', version: item?.version ?? 0 }
  accepted(
    await world.client.items.act({
      ...taken,
      do: { action: 'reconcile', bookEntryIds: [bookEntryId], reason: 'the original' },
    }),
  )
  const groups = await unsentGroups(world.client, sendings)
  const unknown = groups.map((group) => ({ ...group, bookEntryIds: ['GL:999999:1'] }))
  const sending = await sendToFusion(world.fusion, unknown, world.clock.instant())
  world.simulators.fusion.runJobs()
  world.simulators.fusion.runJobs()
  await followJobs(world.fusion, [sending])
  expect([sending.state, sending.message]).toEqual(['FAILED', 'The transaction does not exist.'])
  expect(await unsentGroups(world.client, [...sendings, sending])).toMatchObject(
    groups.map(({ bankLineIds }) => ({ bankLineIds, reference: expect.stringMatching(/-2$/) })),
  )
})
