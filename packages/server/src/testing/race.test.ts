import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPostgresStore } from '../store/postgres-store.ts'
import { type EmbeddedServer, startEmbeddedServer } from './embedded-server.ts'
import { assertInvariants } from './invariants.ts'
import { raceForLines, raceForLinks } from './races.ts'
import { harnessUrl, type ReconHarness, reconHarness } from './recon-harness.ts'

/** The full figures, 1,000 links and 5,000 lines, are run by `pnpm bench races`. */
const links = 10
const clicks = 50
const lines = 100

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
  await assertInvariants(harness.store.db)
  await harness.close()
  await server.stop()
})

it(`gives one session to each of ${links} links that ${clicks} clicks fall on at once`, {
  timeout: 120_000,
}, async () => {
  expect(await raceForLinks(harness, 'race', links, clicks)).toEqual({
    sessions: links,
    signedIn: links,
    refused: links * (clicks - 1),
  })
})

it(`matches each of ${lines} lines once when two people take it at once`, { timeout: 120_000 }, async () => {
  expect(await raceForLines(harness, 'two', lines)).toEqual({ won: lines, lost: lines })
  expect((await harness.client({ tenantId: 'two' }).activity.verify()).intact).toBe(true)
})
