import { afterAll, afterEach, beforeAll, describe, it } from 'vitest'
import { openPostgresStore } from '../store/postgres-store.ts'
import { deskConformance } from './desk-conformance.ts'
import { type EmbeddedServer, startEmbeddedServer } from './embedded-server.ts'
import { assertInvariants } from './invariants.ts'
import { type ReconHarness, reconHarness } from './recon-harness.ts'
import { storeConformance } from './store-conformance.ts'
import { openTestStore } from './test-store.ts'

const cases = [...storeConformance, ...deskConformance]

describe('the store on embedded PGlite', () => {
  let harness: ReconHarness
  beforeAll(async () => {
    harness = reconHarness(await openTestStore())
  })
  afterAll(() => harness.close())
  afterEach(() => assertInvariants(harness.store.db))
  it.each(cases)('$name', async ({ name, run }) => run(harness, `pglite-${name.slice(0, 40)}`))
})

describe('the store on a real Postgres', () => {
  let server: EmbeddedServer
  let harness: ReconHarness
  beforeAll(async () => {
    server = await startEmbeddedServer()
    harness = reconHarness(await openPostgresStore({ url: await server.newDatabase() }))
    await harness.recon.ready()
  })
  afterAll(async () => {
    await harness.close()
    await server.stop()
  })
  afterEach(() => assertInvariants(harness.store.db))
  it.each(cases)('$name', async ({ name, run }) => run(harness, `postgres-${name.slice(0, 40)}`))
})
