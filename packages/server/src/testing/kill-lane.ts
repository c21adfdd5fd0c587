import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { money } from '@recon/core'
import { sql } from 'kysely'
import { folderStorage } from '../files/folder-storage.ts'
import { smtp } from '../outbox/mail-transport.ts'
import { openPostgresStore } from '../store/postgres-store.ts'
import { browser } from './browser.ts'
import { type JobExpiry, openJobExpiry } from './expire-jobs.ts'
import { dispatchFirm, firmWorld } from './firm-world.ts'
import { assertInvariants, type Outside } from './invariants.ts'
import type { KillFlowName, KillOrder, KillWorld } from './kill-flows.ts'
import type { Boundary } from './kill-probe.ts'
import type { KillableProcess, WorkerProgram } from './killable-process.ts'
import { type MailCatcher, startMailCatcher } from './mail-catcher.ts'
import { memoryBooks } from './memory-books.ts'
import { harnessUrl, type ReconHarness, reconHarness } from './recon-harness.ts'
import { serveBooks } from './remote-books.ts'

const secret = 'c'.repeat(40)

/** One database with a mail server and books beside it, where one process after another is killed. */
export interface KillLane {
  /** Kills one process after another, each at the next boundary of the flow; where they died. */
  readonly killThroughout: (flow: KillFlowName) => Promise<string[]>
  readonly stop: () => Promise<void>
}

export async function openKillLane(database: string, program: WorkerProgram): Promise<KillLane> {
  const folder = mkdtempSync(join(tmpdir(), 'recon-crash-'))
  const files = folderStorage(folder)
  const books = memoryBooks({ 'inv-1': money('100000.00', 'USD') })
  const [catcher, bookServer] = await Promise.all([startMailCatcher(), serveBooks(books)])
  const settings = { database, mail: catcher.url, books: bookServer.url, files: folder, secret }
  const harness = reconHarness(await openPostgresStore({ url: database }), {
    portal: { url: harnessUrl, page: 'https://books.example/portal' },
    secret,
    mail: smtp(catcher.url, { from: 'Firm <firm@firm.example>' }),
    providers: [books.provider],
    files,
  })
  await harness.recon.ready()
  const expiry = await openJobExpiry(database, harness.store.db)
  const world = await makeWorld(harness, catcher)
  const processes: KillableProcess[] = []
  const start = (): KillableProcess => {
    const started = program.start(settings)
    processes.push(started)
    return started
  }
  let checks = 0
  const check = (when: string, atRest: boolean): Promise<void> => {
    checks += 1
    const mails = new Set(catcher.mails.map((mail) => mail.messageId ?? ''))
    const outside: Outside = { mails, payments: books.payments, saves: processes.flatMap((one) => one.saves), files }
    return assertInvariants(harness.store.db, { ...outside, atRest, withoutReplay: checks % 10 !== 0 }, when)
  }
  let clock = Date.parse('2026-11-21T09:00:00.000Z')
  let number = 0
  return {
    killThroughout: async (flow) => {
      const died: string[] = []
      let spare = start()
      const order = (): KillOrder => ({ flow, number: ++number, now: new Date(clock).toISOString(), world })
      const rehearsal = await spare.command({ do: 'run', order: order() })
      assert.ok('points' in rehearsal)
      await check(`after a rehearsal of ${flow}`, true)
      let left: KillOrder | undefined
      for (const killAt of [...killingBoundaries(rehearsal.points), undefined]) {
        const worker = spare
        clock += 120_000
        await timePasses(harness, expiry)
        if (left !== undefined) {
          const when = `after ${flow} died at ${died.length}, ${died.at(-1)}`
          await check(when, false)
          await worker.command({ do: 'finish', order: { ...left, now: new Date(clock).toISOString() } })
          await check(`${when}, and was finished`, true)
        }
        if (killAt === undefined) break
        left = order()
        spare = start()
        const end = await worker.command({ do: 'run', order: left, killAt })
        if ('killed' in end) died.push(end.killed)
      }
      return died
    },
    stop: async () => {
      for (const one of processes) await one.stop()
      await expiry.stop()
      await harness.close()
      await bookServer.stop()
      await catcher.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * Every boundary that a step announces and all around each COMMIT; of the writes inside a transaction, which a kill can only
 * roll back, every other one.
 */
function killingBoundaries(points: readonly string[]): Boundary[] {
  const inside = /^(?:insert|update|delete) recon/
  const times = new Map<string, number>()
  let writes = 0
  return points.flatMap((point) => {
    const time = (times.get(point) ?? 0) + 1
    times.set(point, time)
    if (inside.test(point)) writes += 1
    return inside.test(point) && writes % 2 === 0 ? [] : [{ point, time }]
  })
}

/** A run to dispatch again and again, a run whose client is signed in, and a placement. */
async function makeWorld(harness: ReconHarness, catcher: MailCatcher): Promise<KillWorld> {
  const firm = await firmWorld(harness, 'kill')
  await dispatchFirm(firm)
  await dispatchFirm(await firmWorld(harness, 'kill-portal'))
  await harness.recon.drain()
  const portal = await harness.store.db
    .selectFrom('outbox')
    .select('message_id')
    .where('tenant_id', '=', 'kill-portal')
    .executeTakeFirstOrThrow()
  const mail = catcher.mails.find((one) => one.messageId === portal.message_id)
  const link = /\S+\/portal\/enter\/\S+/.exec(mail?.text ?? '')?.[0]
  assert.ok(link)
  const phone = browser(harness)
  assert.equal((await phone.enter(link)).status, 303)
  const { collections } = harness.client({ tenantId: 'kill' })
  const creditor = await collections.saveCreditor({
    name: 'Northwind',
    booksProvider: 'memory-books',
    transferDestination: 'acct_1',
  })
  assert.ok(creditor.ok)
  const placed = await collections.place({
    creditorId: creditor.value.id,
    invoiceNumber: 'INV-1',
    invoiceId: 'inv-1',
    invoiceAmount: money('100000.00', 'USD'),
    rate: '0.10',
  })
  assert.ok(placed.ok)
  for (let paid = 0; paid < 60; paid++) {
    const payment = { paymentId: `before-${paid}`, amount: money('10.01', 'USD'), occurredAt: '2026-11-21T08:00:00Z' }
    assert.ok((await collections.recordPayment({ placementId: placed.value.id, ...payment })).ok)
  }
  await harness.recon.drain()
  return {
    tenantId: 'kill',
    runId: firm.runId,
    contactId: firm.contactId,
    placementId: placed.value.id,
    portalTenantId: 'kill-portal',
    cookie: [...phone.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
  }
}

/** Leases run out and retries come due. The server takes a moment to notice that a process is gone; until then its locks stand. */
async function timePasses({ store: { db } }: ReconHarness, expiry: JobExpiry): Promise<void> {
  for (let busy = true; busy; ) {
    const found = await sql<{ busy: boolean }>`select count(*) > 0 as busy from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`.execute(db)
    busy = found.rows[0]?.busy ?? false
    if (busy) await setTimeout(5)
  }
  await expiry.run()
}
