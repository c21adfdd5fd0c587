import assert from 'node:assert/strict'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Mail, MailTransport } from '../outbox/mail-transport.ts'
import { type Browser, browser } from '../testing/browser.ts'
import { dispatchFirm, type Firm, firmWorld } from '../testing/firm-world.ts'
import { harnessUrl, type ReconHarness, reconHarness } from '../testing/recon-harness.ts'
import { openTestStore } from '../testing/test-store.ts'

let harness: ReconHarness
const mails: Mail[] = []
const logs: string[] = []
const transport: MailTransport = {
  from: 'Ledger & Co <mail@firm.example>',
  send: async (mail) => {
    mails.push(mail)
    return { ok: true }
  },
}
const start = '2026-11-21T09:00:00.000Z'

beforeAll(async () => {
  const log = (message: string, fields: unknown = {}) => logs.push(`${message} ${JSON.stringify(fields)}`)
  harness = reconHarness(await openTestStore(), {
    mail: transport,
    portal: { url: harnessUrl, page: 'https://books.example/portal' },
    logger: { info: log, warn: log, error: log },
  })
})
afterAll(() => harness.close())

interface Sent {
  readonly firm: Firm
  readonly link: string
}

async function dispatched(tenantId: string): Promise<Sent> {
  harness.clock.now = start
  const firm = await firmWorld(harness, tenantId)
  await dispatchFirm(firm)
  return { firm, link: await lastLink() }
}

async function lastLink(): Promise<string> {
  await harness.recon.drain()
  return /http:\/\/\S+\/portal\/enter\/\S+/.exec(mails.at(-1)?.text ?? '')?.[0] ?? ''
}

const state = async (visitor: Browser) => {
  try {
    await visitor.client.portal.request()
    return 'OPEN'
  } catch (error) {
    return (error as { code?: string }).code
  }
}

it('lets scanners look as often as they like: the link still signs one person in (A1, A2, A3)', async () => {
  const { link } = await dispatched('scanners')
  for (let round = 0; round < 5; round++) {
    const scanner = browser(harness)
    expect((await scanner.get(link, 'HEAD')).status).toBe(200)
    const page = await scanner.get(link)
    expect(page.status).toBe(200)
    expect(await page.text()).not.toMatch(/<script|http-equiv|onload/i)
    expect(scanner.cookies.has('__Host-recon-portal')).toBe(false)
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    expect(page.headers.get('cache-control')).toBe('no-store')
    expect(page.headers.get('x-robots-tag')).toContain('noindex')
  }
  const person = browser(harness)
  const entered = await person.enter(link)
  expect([entered.status, entered.headers.get('location')]).toEqual([303, 'https://books.example/portal'])
  expect(await state(person)).toBe('OPEN')
})

it('gives one of 50 simultaneous clicks a session, the others a polite no (A5), with one event', async () => {
  const { firm, link } = await dispatched('clicks')
  const visitors = Array.from({ length: 50 }, () => browser(harness))
  const pages = await Promise.all(visitors.map(async (visitor) => (await visitor.get(link)).text()))
  const answers = await Promise.all(visitors.map((visitor, index) => visitor.press(link, pages[index] ?? '')))
  const statuses = answers.map((answer) => answer.status).sort()
  expect(statuses.filter((status) => status === 303)).toHaveLength(1)
  expect(statuses.filter((status) => status === 410)).toHaveLength(49)
  const events = await firm.staff.activity.list({ runId: firm.runId, name: 'portal.session_started' })
  expect(events.rows).toHaveLength(1)
})

it('refuses a click that another site makes, or that has no nonce of this browser', async () => {
  const { link } = await dispatched('forgery')
  const victim = browser(harness)
  const page = await (await victim.get(link)).text()
  expect((await victim.press(link, page, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  expect((await victim.press(link, page.replace(/value="[^"]*"/, `value="${'a'.repeat(32)}"`))).status).toBe(403)
  expect((await browser(harness).press(link, page)).status).toBe(403)
  expect((await victim.press(link, page)).status).toBe(303)
})

it('resumes in the same browser without a new session, and offers another one a fresh mail (A6, A7)', async () => {
  const { firm, link } = await dispatched('devices')
  const phone = browser(harness)
  await phone.enter(link)
  const again = await phone.get(link)
  expect([again.status, again.headers.get('location')]).toEqual([303, 'https://books.example/portal'])
  const laptop = browser(harness)
  const page = await (await laptop.get(link)).text()
  expect(page).toContain('Send me a sign-in link')
  const before = mails.length
  expect((await laptop.press(link, page)).status).toBe(200)
  const fresh = await lastLink()
  expect(mails.length).toBe(before + 1)
  expect(mails.at(-1)?.to).toBe('cleo@client.example')
  expect((await laptop.enter(fresh)).status).toBe(303)
  expect([await state(phone), await state(laptop)]).toEqual(['OPEN', 'OPEN'])
  expect((await browser(harness).get(fresh)).status).toBe(410)
  const sessions = await firm.staff.activity.list({ runId: firm.runId, name: 'portal.session_started' })
  expect(sessions.rows).toHaveLength(2)
})

it('ends the fresh link after its minutes', async () => {
  const { link } = await dispatched('minutes')
  await browser(harness).enter(link)
  const laptop = browser(harness)
  await laptop.press(link, await (await laptop.get(link)).text())
  const fresh = await lastLink()
  harness.clock.now = '2026-11-21T09:20:00.000Z'
  expect((await browser(harness).get(fresh)).status).toBe(410)
})

it('kills link and sessions with a new dispatch (A8), and with the right of the contact', async () => {
  const { firm, link } = await dispatched('again')
  const phone = browser(harness)
  await phone.enter(link)
  await dispatchFirm(firm)
  expect((await phone.get(link)).status).toBe(410)
  expect(await state(phone)).toBe('UNAUTHENTICATED')
  const next = await lastLink()
  await phone.enter(next)
  expect(await state(phone)).toBe('OPEN')
  const contact = { clientId: firm.clientId, id: firm.contactId, name: 'Cleo Client', email: 'cleo@client.example' }
  await firm.staff.clients.saveContact({ ...contact, canSubmitIntake: false })
  expect(await state(phone)).toBe('UNAUTHENTICATED')
  expect((await phone.get(next)).status).toBe(410)
})

it('ends to the second, by the clock of the server alone (A10)', async () => {
  const { link } = await dispatched('expiry')
  harness.clock.now = '2027-01-20T08:59:59.000Z'
  expect((await browser(harness).get(link)).status).toBe(200)
  harness.clock.now = '2027-01-20T09:00:01.000Z'
  const late = await browser(harness).get(link)
  expect(late.status).toBe(410)
  expect(await late.text()).toContain('expired')
})

it('answers every broken token alike and never with a failure (A11)', async () => {
  const { link } = await dispatched('tokens')
  const token = link.split('/').at(-1) ?? ''
  const flipped = (token.startsWith('A') ? 'B' : 'A') + token.slice(1)
  const broken = [
    token.slice(0, -1),
    `${token}x`,
    flipped,
    'a'.repeat(5000),
    '%00',
    `${token}%00`,
    'token[]=x',
    '..%2f..',
    '%ff',
  ]
  for (const one of broken) {
    const answer = await browser(harness).get(`${harnessUrl}/portal/enter/${one}`)
    expect([400, 404], one.slice(0, 40)).toContain(answer.status)
  }
})

it('limits a flood of guesses and lets the genuine link in all the while (A12)', async () => {
  const { link } = await dispatched('flood')
  const statuses = new Set<number>()
  for (let guess = 0; guess < 60; guess++) {
    const token = `${guess}`.padStart(43, 'x')
    statuses.add((await browser(harness).get(`${harnessUrl}/portal/enter/${token}`)).status)
  }
  expect([...statuses].sort()).toEqual([404, 429])
  expect((await browser(harness).enter(link)).status).toBe(303)
})

it('gives a new session whatever cookie was planted, with all its attributes (A13, A14)', async () => {
  const { link } = await dispatched('planted')
  const person = browser(harness)
  const planted = 'p'.repeat(43)
  person.cookies.set('__Host-recon-portal', planted)
  const entered = await person.enter(link)
  const cookie = entered.headers.getSetCookie().find((one) => one.startsWith('__Host-recon-portal=')) ?? ''
  for (const attribute of ['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(attribute)
  expect(cookie).not.toContain('Domain')
  expect(person.cookies.get('__Host-recon-portal')).not.toBe(planted)
})

it('builds the link from its configuration, not from the request (A16)', async () => {
  const firm = await firmWorld(harness, 'hosts')
  const run = await firm.staff.bookkeeping.state({ runId: firm.runId })
  expect(run.status).toBe('AWAITING_REVIEW')
  await dispatchFirm(firm)
  expect((await lastLink()).startsWith(harnessUrl)).toBe(true)
})

it('shows a client its own request alone (A17), and takes no field it must not set (A19)', async () => {
  const mine = await dispatched('mine')
  const theirs = await dispatched('theirs')
  const person = browser(harness)
  await person.enter(mine.link)
  const other = browser(harness)
  await other.enter(theirs.link)
  const [foreign] = (await other.client.portal.request()).items
  assert.ok(foreign)
  const answer = { version: foreign.version, submit: false, note: 'x' }
  await expect(person.client.portal.answer({ itemId: foreign.id, ...answer })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  await expect(person.client.portal.answer({ itemId: 'no-such', ...answer })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  await expect(person.client.items.list()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  const forged = { itemId: foreign.id, ...answer, tenantId: 'theirs', role: 'ADMIN', status: 'RESOLVED' }
  await expect(person.client.portal.answer(forged as never)).rejects.toMatchObject({ code: 'REQUEST_INVALID' })
})

it('gives a stale answer the current text back, so that both are kept (C16)', async () => {
  const { link } = await dispatched('stale')
  const phone = browser(harness)
  await phone.enter(link)
  const [item] = (await phone.client.portal.request()).items
  assert.ok(item)
  await phone.client.portal.answer({ itemId: item.id, version: item.version, submit: false, note: 'first' })
  const second = phone.client.portal.answer({ itemId: item.id, version: item.version, submit: false, note: 'second' })
  await expect(second).rejects.toMatchObject({
    code: 'VERSION_CONFLICT',
    details: { current: { response: { note: 'first' } } },
  })
})

it('leaves no token in the database or in a log', async () => {
  const { firm, link } = await dispatched('secrets')
  const token = link.split('/').at(-1) ?? ''
  await browser(harness).enter(link)
  const tables = ['magic_link', 'portal_session', 'outbox', 'activity', 'idempotency'] as const
  for (const table of tables) {
    const rows = await harness.store.db.selectFrom(table).selectAll().where('tenant_id', '=', 'secrets').execute()
    const text = JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))
    expect(text, table).not.toContain(token)
  }
  expect(logs.join('\n')).not.toContain(token)
  const resend = (await firm.staff.outbox.list()).rows.find((mail) => mail.template === 'reconciliation-magic-link')
  const refused = await firm.staff.outbox.resend({ messageId: resend?.id ?? '' })
  expect(refused.ok ? null : refused.refusal.code).toBe('LINK_WIPED')
})
