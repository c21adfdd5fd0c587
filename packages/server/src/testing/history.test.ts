import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPostgresStore } from '../store/postgres-store.ts'
import { type EmbeddedServer, startEmbeddedServer } from './embedded-server.ts'
import { historySteps } from './history-steps.ts'
import { type HistoryModel, type HistoryWorld, openHistoryWorld, openTenant } from './history-world.ts'
import { assertInvariants } from './invariants.ts'

/** Histories and steps a run; a soak asks for more: RECON_HISTORIES=200 RECON_STEPS=100, and RECON_SEED to repeat one. */
const histories = Number(process.env.RECON_HISTORIES ?? 6)
const steps = Number(process.env.RECON_STEPS ?? 80)
const seed = Number(process.env.RECON_SEED ?? 7)

let server: EmbeddedServer
beforeAll(async () => {
  server = await startEmbeddedServer()
})
afterAll(() => server.stop())

const taken = new Set<string>()
const events = new Set<string>()
/** What the histories must come to, or they prove little. */
const reached = [
  'review_item.reconciled',
  'review_item.undone',
  'reconciliation_run.part_matched',
  'bookkeeping.reconciliation_run.redispatched',
  'bookkeeping.reconciliation_run.completed',
  'bookkeeping.unreconciled_item.draft_saved',
  'bookkeeping.unreconciled_item.client_responded',
  'portal.session_started',
  'portal.attachment_stored',
  'collections.placement.payment_reversed',
  'writeback.confirmed',
  'deposit_source.fetched',
]

class Command implements fc.AsyncCommand<HistoryModel, HistoryWorld> {
  readonly name: string
  readonly tenant: number
  readonly pick: number
  constructor(name: string, tenant: number, pick: number) {
    this.name = name
    this.tenant = tenant
    this.pick = pick
  }
  check(): boolean {
    return true
  }
  async run(model: HistoryModel, real: HistoryWorld): Promise<void> {
    const tenant = model.tenants[this.tenant]
    if (tenant === undefined) return
    await historySteps[this.name]?.step(real, model, tenant, this.pick)
    taken.add(this.name)
    const atRest = this.name === 'work' && !model.troubled
    const mails = new Set(real.mails.keys())
    const outside = { mails, payments: real.books.payments, saves: model.saves, files: real.files, atRest }
    await assertInvariants(real.harness.store.db, outside, `after ${this}`)
  }
  toString(): string {
    return `${this.name}(${this.tenant}, ${this.pick})`
  }
}

const command = fc
  .tuple(
    fc.oneof(...Object.entries(historySteps).map(([name, { weight }]) => ({ weight, arbitrary: fc.constant(name) }))),
    fc.nat(1),
    fc.nat(1000),
  )
  .map(([name, tenant, pick]) => new Command(name, tenant, pick))

it(`keeps every promise over ${histories} random histories of ${steps} steps of two tenants`, {
  timeout: 7_200_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: steps, maxLength: steps }), async (commands) => {
      const real = openHistoryWorld(await openPostgresStore({ url: await server.newDatabase() }))
      try {
        const tenants = [await openTenant(real, 'left'), await openTenant(real, 'right')]
        const model: HistoryModel = { tenants, saves: [], troubled: false }
        // One client has the list already, or most histories would be over before anybody answers.
        for (const name of ['dispatch', 'openLink']) await new Command(name, 1, 1).run(model, real)
        await fc.asyncModelRun(() => ({ model, real }), commands)
        const told = await real.harness.store.db.selectFrom('activity').select('name').execute()
        for (const { name } of told) events.add(name)
      } finally {
        await real.harness.close()
      }
    }),
    { numRuns: histories, seed, endOnFailure: true },
  )
  expect(reached.filter((name) => !events.has(name))).toEqual([])
  expect([...taken].sort()).toEqual(Object.keys(historySteps).sort())
})
