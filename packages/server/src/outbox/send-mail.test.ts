import { randomUUID } from 'node:crypto'
import type { Actor } from '@recon/core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { migrateStore } from '../store/migrate-store.ts'
import type { Store } from '../store/store.ts'
import { inTransaction, type UnitOfWork } from '../store/unit-of-work.ts'
import { type MailCatcher, startMailCatcher } from '../testing/mail-catcher.ts'
import { openTestStore } from '../testing/test-store.ts'
import { type Mail, type MailOutcome, smtp } from './mail-transport.ts'
import { queueMail } from './queue-mail.ts'
import { sealer } from './sealed-secret.ts'
import { type MailRoom, sendMail } from './send-mail.ts'

let store: Store
let catcher: MailCatcher
let now = '2026-11-21T09:00:00.000Z'
let tenantId = ''
const sent: Mail[] = []
let outcome: MailOutcome | Error = { ok: true }
const seal = sealer('s'.repeat(40))
const actor: Actor = { id: 'ann', roles: ['BOOKKEEPER'] }

const transact = <Result>(tenant: string, work: (unit: UnitOfWork) => Promise<Result>) =>
  inTransaction(
    store,
    { tenantId: tenant, actor, ambience: { now: () => now, newId: randomUUID }, sendJobs: async () => undefined },
    work,
  )

const room: MailRoom = {
  sealer: seal,
  transact,
  transport: {
    from: 'Firm <firm@firm.example>',
    send: async (mail) => {
      if (outcome instanceof Error) throw outcome
      if (outcome.ok) sent.push(mail)
      return outcome
    },
  },
}

beforeAll(async () => {
  store = await openTestStore()
  await migrateStore(store.db)
  catcher = await startMailCatcher()
})
afterAll(async () => {
  await catcher.stop()
  await store.close()
})
beforeEach(() => {
  tenantId = randomUUID()
  sent.length = 0
  outcome = { ok: true }
  now = '2026-11-21T09:00:00.000Z'
})

const order = {
  template: 'portal-sign-in',
  recipient: 'cleo@client.example',
  subject: 'Hello',
  params: { clientName: 'Acme', minutes: 10 },
} as const
const queue = (change: object = {}) =>
  transact(tenantId, (unit) => queueMail(unit, { ...order, link: 'https://x.example/t', ...change }, seal))
const row = (id: string) =>
  store.db
    .selectFrom('outbox')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()

it('writes no mail for a transaction that is rolled back (B3)', async () => {
  await expect(
    transact(tenantId, async (unit) => {
      await queueMail(unit, order, seal)
      throw new Error('the rest failed')
    }),
  ).rejects.toThrow('the rest failed')
  expect(await store.db.selectFrom('outbox').select('id').where('tenant_id', '=', tenantId).execute()).toEqual([])
})

it('keeps the link sealed while the mail waits and wipes it when it is out', async () => {
  const id = await queue()
  expect((await row(id)).sealed).not.toContain('x.example')
  expect(await sendMail(room, tenantId, id)).toBe('DISPATCHED')
  expect(sent[0]?.text).toContain('https://x.example/t')
  expect((await row(id)).sealed).toBeNull()
  expect(await sendMail(room, tenantId, id)).toBe('SKIPPED')
})

it('sends again with the same id what a vanished worker may have sent (B2)', async () => {
  const id = await queue()
  const vanishing: MailRoom = {
    ...room,
    fault: (point) => {
      if (point === 'mail.afterSend') throw new Error('killed')
    },
  }
  await expect(sendMail(vanishing, tenantId, id)).rejects.toThrow('killed')
  expect(await sendMail(room, tenantId, id)).toBe('SKIPPED')
  now = '2026-11-21T09:01:00.000Z'
  expect(await sendMail(room, tenantId, id)).toBe('DISPATCHED')
  expect(new Set(sent.map((mail) => mail.messageId)).size).toBe(1)
})

it('refuses the late word of a worker whose lease was taken over', async () => {
  const id = await queue()
  let resume = () => undefined as unknown
  const slow: MailRoom = {
    ...room,
    transport: {
      ...room.transport,
      send: () => new Promise((done) => (resume = () => done({ ok: false, failure: 'PERMANENT', reason: 'late' }))),
    },
  }
  const late = sendMail(slow, tenantId, id)
  await expect.poll(async () => (await row(id)).status).toBe('SENDING')
  now = '2026-11-21T09:01:00.000Z'
  expect(await sendMail(room, tenantId, id)).toBe('DISPATCHED')
  resume()
  expect(await late).toBe('SKIPPED')
  expect((await row(id)).status).toBe('DISPATCHED')
})

it('gives up at once on a lasting refusal, and after eight tries on a passing one, with the reason (B7, B8)', async () => {
  const lasting = await queue()
  outcome = { ok: false, failure: 'PERMANENT', reason: '550 no such user' }
  expect(await sendMail(room, tenantId, lasting)).toBe('DEAD')
  expect(await row(lasting)).toMatchObject({ reason: '550 no such user', sealed: null })
  const passing = await queue()
  outcome = new Error('the template breaks')
  for (let attempt = 1; attempt <= 8; attempt++) {
    now = new Date(Date.parse(now) + 3_600_000).toISOString()
    expect(await sendMail(room, tenantId, passing)).toBe(attempt < 8 ? 'PENDING' : 'DEAD')
  }
  const other = await queue()
  outcome = { ok: true }
  expect(await sendMail(room, tenantId, other)).toBe('DISPATCHED')
})

it('sends each of many mails once, whoever takes it (B9)', async () => {
  const ids = await Promise.all(Array.from({ length: 30 }, () => queue()))
  await Promise.all(Array.from({ length: 3 }, () => Promise.all(ids.map((id) => sendMail(room, tenantId, id)))))
  expect(sent).toHaveLength(30)
  expect(new Set(sent.map((mail) => mail.messageId)).size).toBe(30)
})

it.each(['a@b.com\r\nBcc: x@y.z', '"x@evil.com x"@corp.example', 'a@b.com,c@d.com'])(
  'refuses the recipient %j (B17)',
  async (recipient) => {
    await expect(queue({ recipient })).rejects.toMatchObject({ code: 'REQUEST_INVALID' })
  },
)

it('writes one subject line and escaped words whatever a name holds (B18)', async () => {
  const name = `Evil\r\nBcc: x@y.z <script>alert(1)</script> \u202E ${'x'.repeat(10_000)} 🧾`
  const real = smtp(catcher.url, { from: 'Firm <firm@firm.example>' })
  const id = await queue({ subject: `Sign in for ${name}`, params: { clientName: name, minutes: 10 } })
  expect(await sendMail({ ...room, transport: real }, tenantId, id)).toBe('DISPATCHED')
  await real.close?.()
  const mail = catcher.mails.at(-1)
  expect(mail?.subject).not.toContain('\n')
  expect(mail?.bcc).toBeUndefined()
  expect(mail?.to?.map((one) => one.address)).toEqual(['cleo@client.example'])
  expect(mail?.html).not.toContain('<script>')
})

it('tells a lasting answer of a real mail server from a passing one', async () => {
  const real = smtp(catcher.url, { from: 'Firm <firm@firm.example>' })
  const mail: Mail = { from: 'a@b.example', to: 'c@d.example', subject: 's', html: 'h', text: 't', messageId: '<1@x>' }
  catcher.answer = { code: 550, words: 'no such user' }
  expect(await real.send(mail)).toMatchObject({ ok: false, failure: 'PERMANENT' })
  catcher.answer = { code: 451, words: 'later' }
  expect(await real.send(mail)).toMatchObject({ ok: false, failure: 'PASSING' })
  catcher.answer = null
  expect(await real.send(mail)).toEqual({ ok: true })
  await real.close?.()
  const nobody = smtp('smtp://127.0.0.1:9', { from: 'Firm <firm@firm.example>' })
  expect(await nobody.send(mail)).toMatchObject({ ok: false, failure: 'PASSING' })
})
