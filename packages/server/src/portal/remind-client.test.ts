import { afterAll, beforeAll, expect, it } from 'vitest'
import { dispatchFirm, firmSenior, firmWorld } from '../testing/firm-world.ts'
import { type ReconHarness, reconHarness } from '../testing/recon-harness.ts'
import { openTestStore } from '../testing/test-store.ts'
import { reminderDue } from './remind-client.ts'

let harness: ReconHarness
beforeAll(async () => {
  harness = reconHarness(await openTestStore(), {
    portal: { url: 'https://books.example/recon', page: 'https://books.example/portal' },
  })
})
afterAll(() => harness.close())

const day = (number: number) => new Date(Date.parse('2026-11-21T09:00:00.000Z') + number * 86_400_000).toISOString()

it.each([
  [6.9, 0, undefined],
  [7, 0, 0],
  [8, 1, undefined],
  [21, 1, 1],
  [30, 0, 1],
  [60, 2, undefined],
])('after %s days with %s sent the reminder due is %s', (age, sent, due) => {
  expect(reminderDue(day(0), sent, [21, 7], day(age))).toBe(due)
})

async function remindersOf(tenantId: string) {
  const mails = await harness.client({ tenantId, ...firmSenior }).outbox.list({ limit: 100 })
  return mails.rows.filter((mail) => mail.template === 'reconciliation-reminder')
}

it('reminds a client with open items on the days the firm set, once however many workers look', async () => {
  const firm = await firmWorld(harness, 'reminded')
  await dispatchFirm(firm)
  const on = async (now: string) => {
    harness.clock.now = now
    await Promise.all([harness.recon.tick(), harness.recon.tick()])
    await harness.recon.drain()
    return (await remindersOf('reminded')).length
  }
  expect(await on(day(6))).toBe(0)
  expect(await on(day(7))).toBe(1)
  expect(await on(day(8))).toBe(1)
  expect(await on(day(22))).toBe(2)
  expect(await on(day(40))).toBe(2)
  const [mail] = await remindersOf('reminded')
  expect(mail).toMatchObject({ recipient: 'cleo@client.example', subject: expect.stringContaining('2 bank items') })
  const events = await firm.staff.activity.list({ name: 'bookkeeping.reconciliation_run.reminded' })
  expect(events.rows.map((event) => event.data.number)).toEqual([2, 1])
})

it('reminds nobody whose access ended, and nobody where the firm wants none', async () => {
  harness.clock.now = day(0)
  const gone = await firmWorld(harness, 'gone')
  await dispatchFirm(gone)
  const [contact] = (await gone.staff.clients.contacts({ clientId: gone.clientId })).rows
  if (contact === undefined) throw new Error('no contact')
  const { id, name, email } = contact
  await gone.staff.clients.saveContact({ clientId: gone.clientId, id, name, email, active: false })
  const quiet = await firmWorld(harness, 'quiet')
  await dispatchFirm(quiet)
  const settings = await quiet.senior.settings.get()
  await quiet.senior.settings.save({ version: settings.version, firmName: settings.firmName, reminderDays: [] })
  harness.clock.now = day(30)
  await harness.recon.tick()
  await harness.recon.drain()
  expect([await remindersOf('gone'), await remindersOf('quiet')]).toEqual([[], []])
})
