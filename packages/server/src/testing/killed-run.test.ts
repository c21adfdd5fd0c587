import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPostgresStore } from '../store/postgres-store.ts'
import { type EmbeddedServer, startEmbeddedServer } from './embedded-server.ts'
import { openJobExpiry } from './expire-jobs.ts'
import { brokenInvariants } from './invariants.ts'
import { buildWorkerProgram, type KillableProcess, type WorkerProgram } from './killable-process.ts'
import { fillAccounts, orderPartedRun, runOutcome } from './parted-run.ts'
import { type ReconHarness, reconHarness } from './recon-harness.ts'

/** Lines of both sides together. */
const lines = 20_000
const accounts = 4
let server: EmbeddedServer
let program: WorkerProgram
let database: string
let harness: ReconHarness

beforeAll(async () => {
  ;[server, program] = await Promise.all([startEmbeddedServer(), buildWorkerProgram()])
  database = await server.newDatabase()
  harness = reconHarness(await openPostgresStore({ url: database }))
  await harness.recon.ready()
})
afterAll(async () => {
  await harness.close()
  await server.stop()
  program.remove()
})

it(`matches ${lines} lines in ${accounts} parts to the same result when workers are killed at any time`, {
  timeout: 240_000,
}, async () => {
  for (const tenantId of ['whole', 'parted']) await fillAccounts(harness.store, tenantId, lines, accounts)
  const whole = await harness.client({ tenantId: 'whole' }).runs.create({ policy: 'cash-management' })
  assert.ok(whole.ok)
  await orderPartedRun(harness, 'parted')
  const expiry = await openJobExpiry(database, harness.store.db)
  const settings = { database, mail: 'smtp://127.0.0.1:1', books: '', files: '', secret: 'k'.repeat(40) }
  let kills = 0
  let workers: KillableProcess[] = []
  const finished = async () => (await runOutcome(harness.store, 'parted')).status !== 'MATCHING'
  // Each pair gets a little longer than the one before, so that the run ends however slow the machine is.
  for (let patience = 100; !(await finished()); patience *= 2) {
    workers = [program.start(settings), program.start(settings)]
    const both = Promise.allSettled(workers.map((worker) => worker.command({ do: 'work' })))
    await Promise.race([both, new Promise((resolve) => setTimeout(resolve, 400 + patience))])
    if (await finished()) break
    for (const worker of workers) await worker.stop()
    await both
    kills += workers.length
    await expiry.run()
  }
  for (const worker of workers) await worker.stop()
  process.stdout.write(`killed ${kills} workers\n`)
  await expiry.stop()
  const outcome = await runOutcome(harness.store, 'parted')
  expect(outcome).toEqual({ ...(await runOutcome(harness.store, 'whole')), status: 'AWAITING_REVIEW' })
  expect(outcome.items).toBeGreaterThan(lines / 2 - 10)
  expect(kills).toBeGreaterThanOrEqual(2)
  await sql`analyze`.execute(harness.store.db)
  // The records were put in by hand, past the backend: they have no import to be an event of.
  const broken = await brokenInvariants(harness.store.db)
  expect(broken.filter((words) => !/^N4 a change of (?:bank_line|book_entry) /.test(words))).toEqual([])
})
