import { createServer, type Server, type Socket } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { dispatchFirm, firmWorld } from '../testing/firm-world.ts'
import { type MailCatcher, startMailCatcher } from '../testing/mail-catcher.ts'
import { harnessUrl, type ReconHarness, reconHarness } from '../testing/recon-harness.ts'
import { openTestStore } from '../testing/test-store.ts'
import { type MailTransport, smtp } from './mail-transport.ts'

/** Takes connections and never says a word. */
let silent: Server
const lines = new Set<Socket>()
let catcher: MailCatcher
let harness: ReconHarness
let route: 'silent' | 'well' = 'well'
let hanging: MailTransport
const start = '2026-11-21T09:00:00.000Z'

beforeAll(async () => {
  silent = createServer((socket) => {
    lines.add(socket)
    socket.on('error', () => undefined)
  })
  const port = await new Promise<number>((done) => {
    silent.listen(0, '127.0.0.1', () => {
      const address = silent.address()
      done(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  catcher = await startMailCatcher()
  const from = 'Ledger & Co <mail@firm.example>'
  hanging = smtp(`smtp://127.0.0.1:${port}`, { from, timeout: 400 })
  const well = smtp(catcher.url, { from })
  harness = reconHarness(await openTestStore(), {
    mail: { from, send: (mail) => (route === 'silent' ? hanging : well).send(mail), close: async () => well.close?.() },
    portal: { url: harnessUrl, page: 'https://books.example/portal' },
  })
})
afterAll(async () => {
  await harness.close()
  await hanging.close?.()
  for (const line of lines) line.destroy()
  silent.close()
  await catcher.stop()
})
beforeEach(() => {
  harness.clock.now = start
  route = 'well'
})

const mailOf = async (tenantId: string) => {
  const row = await harness.store.db
    .selectFrom('outbox')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .executeTakeFirstOrThrow()
  return row
}

it('gives a mail server that takes the call and says nothing up, frees the lease, and holds no other mail back (B5)', async () => {
  const slow = await firmWorld(harness, 'slow')
  await dispatchFirm(slow)
  route = 'silent'
  const began = performance.now()
  await harness.recon.drain()
  expect(performance.now() - began).toBeLessThan(30_000)
  expect(await mailOf('slow')).toMatchObject({ status: 'PENDING', lease_until: null, attempts: 1 })
  route = 'well'
  const other = await firmWorld(harness, 'other')
  await dispatchFirm(other)
  await harness.recon.drain()
  expect((await mailOf('other')).status).toBe('DISPATCHED')
  harness.clock.now = '2026-11-21T09:05:00.000Z'
  await harness.recon.tick()
  await harness.recon.drain()
  expect(await mailOf('slow')).toMatchObject({ status: 'DISPATCHED', attempts: 2 })
  const { message_id: messageId } = await mailOf('slow')
  expect(catcher.mails.filter((mail) => mail.messageId === messageId)).toHaveLength(1)
})

it('sends a committed mail once although everything that was to send it is gone (B1)', async () => {
  const firm = await firmWorld(harness, 'vanished')
  await dispatchFirm(firm)
  await sql`delete from recon_jobs.job where name = 'mail-send'`.execute(harness.store.db)
  await harness.recon.drain()
  expect((await mailOf('vanished')).status).toBe('PENDING')
  harness.clock.now = '2026-11-21T09:00:20.000Z'
  await Promise.all([harness.recon.tick(), harness.recon.tick()])
  await harness.recon.drain()
  await harness.recon.tick()
  await harness.recon.drain()
  const { status, message_id: messageId } = await mailOf('vanished')
  expect([status, catcher.mails.filter((mail) => mail.messageId === messageId).length]).toEqual(['DISPATCHED', 1])
})
