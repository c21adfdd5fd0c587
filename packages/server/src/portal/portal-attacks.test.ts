import assert from 'node:assert/strict'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Mail } from '../outbox/mail-transport.ts'
import { browser } from '../testing/browser.ts'
import { confirmProposals, dispatchFirm, firmSenior, firmWorld } from '../testing/firm-world.ts'
import { harnessUrl, type ReconHarness, reconHarness } from '../testing/recon-harness.ts'
import { openTestStore } from '../testing/test-store.ts'

let harness: ReconHarness
const mails: Mail[] = []
const portalPage = 'https://books.example/portal'
beforeAll(async () => {
  harness = reconHarness(await openTestStore(), {
    mail: {
      from: 'mail@firm.example',
      send: async (mail) => {
        mails.push(mail)
        return { ok: true }
      },
    },
    portal: { url: harnessUrl, page: portalPage },
  })
})
afterAll(() => harness.close())

async function sentLink(tenantId: string) {
  const firm = await firmWorld(harness, tenantId)
  await dispatchFirm(firm)
  await harness.recon.drain()
  const link = /http:\/\/\S+\/portal\/enter\/\S+/.exec(mails.at(-1)?.text ?? '')?.[0] ?? ''
  return { firm, link, token: link.split('/').at(-1) ?? '' }
}

describe('the pages behind a link', () => {
  it('tell no other site where they were: no referrer, no token in any address after signing in (A15)', async () => {
    const { link, token } = await sentLink('referrer')
    const phone = browser(harness)
    const page = await phone.get(link)
    const entered = await phone.press(link, await page.text())
    const resumed = await phone.get(link)
    for (const response of [page, entered, resumed]) {
      expect(response.headers.get('referrer-policy')).toBe('no-referrer')
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect(response.headers.get('location') ?? '').not.toContain(token)
    }
    expect([entered.status, entered.headers.get('location')]).toEqual([303, portalPage])
    const request = await phone.client.portal.request()
    expect(JSON.stringify(request)).not.toContain(token)
    expect([...phone.cookies.values()].join(' ')).not.toContain(token)
  })

  it.each(['//evil.example', '/\\evil.example', 'javascript:alert(1)', 'https://evil.example/x'])(
    'go to the configured page alone, whatever "next" says: %s (A18)',
    async (next) => {
      const { link } = await sentLink(`next ${next}`)
      const phone = browser(harness)
      const from = `${link}?next=${encodeURIComponent(next)}&redirect_to=${encodeURIComponent(next)}`
      const page = await (await phone.get(from)).text()
      expect(page).not.toContain('evil')
      expect(page).not.toContain('javascript:')
      const entered = await phone.press(from, page)
      expect([entered.status, entered.headers.get('location')]).toEqual([303, portalPage])
    },
  )

  it('answer a request for a fresh mail alike for known and unknown links, and write to the recorded contact alone (A23)', async () => {
    const { link, token } = await sentLink('resend')
    await browser(harness).enter(link)
    const ask = async (asked: string) => {
      const tablet = browser(harness)
      const page = await (await tablet.get(`${harnessUrl}/portal/enter/${asked}`)).text()
      const response = await tablet.press(`${harnessUrl}/portal/enter/${asked}`, page)
      return { status: response.status, text: await response.text() }
    }
    const before = mails.length
    const known = await ask(token)
    await harness.recon.drain()
    expect([known.status, mails.length - before, mails.at(-1)?.to]).toEqual([200, 1, 'cleo@client.example'])
    const unknown = await Promise.all(
      ['A', 'B'].map((letter) => browser(harness).get(`${harnessUrl}/portal/enter/${letter.repeat(43)}/mail`)),
    )
    const [first, second] = await Promise.all(unknown.map((response) => response.text()))
    expect(new Set(unknown.map((response) => response.status)).size).toBe(1)
    expect(first).toBe(second)
    await harness.recon.drain()
    expect(mails.length - before).toBe(1)
    // Known and gone answer with the same words once the mails of an hour are used up: nothing tells them apart.
    for (let round = 0; round < 8; round++) expect((await ask(token)).text).toBe(known.text)
  })
})

describe('a dispatch', () => {
  it('goes to a contact of the client alone and from an open run alone; what is refused leaves no mail (A22)', async () => {
    const firm = await firmWorld(harness, 'dispatches')
    const other = await firm.staff.clients.save({
      legalName: 'Other Ltd',
      accounts: ['9'],
      materiality: [],
      categories: [],
    })
    assert.ok(other.ok)
    const stranger = await firm.staff.clients.saveContact({
      clientId: other.value.id,
      name: 'Olaf Other',
      email: 'olaf@other.example',
      canSubmitIntake: true,
    })
    assert.ok(stranger.ok)
    const state = await confirmProposals(firm)
    const { runId } = firm
    const send = (contactId: string, version: number) => firm.staff.bookkeeping.dispatch({ runId, contactId, version })
    expect((await send(stranger.value.id, state.version)).ok).toBe(false)
    expect((await send('nobody', state.version)).ok).toBe(false)
    expect((await firm.staff.outbox.list()).rows).toEqual([])

    const bystander = harness.client({ tenantId: 'dispatches', ...firmSenior })
    for (const { item } of (await firm.staff.bookkeeping.unreconciled({ runId })).rows) {
      const done = await bystander.bookkeeping.resolve({
        runId,
        itemId: item.id,
        version: item.version,
        do: { action: 'resolveByStaff', reason: 'known to us' },
      })
      assert.ok(done.ok, JSON.stringify(done))
    }
    const ready = await firm.staff.bookkeeping.state({ runId })
    const complete = await firm.staff.bookkeeping.complete({ runId, version: ready.version })
    assert.ok(complete.ok, JSON.stringify(complete))
    const late = await send(firm.contactId, complete.value.run.version)
    expect(late.ok).toBe(false)
    const templates = (await firm.staff.outbox.list()).rows.map((mail) => mail.template)
    expect(templates).not.toContain('reconciliation-magic-link')
  })
})

describe('each role', () => {
  it('may do what its row says; the rest is 403, does nothing, and stands in the log (A24)', async () => {
    const tenantId = 'matrix'
    const admin = harness.client({ tenantId, roles: ['ADMIN'] })
    const source = await admin.sources.create({ name: 'Bank', kind: 'UPLOAD' })
    assert.ok(source.ok)
    const before = await admin.activity.verify()
    const writes: [string, string, Record<string, unknown>, readonly string[]][] = [
      [
        'sources.create',
        '/deposit-sources',
        { name: 'x', kind: 'UPLOAD' },
        ['BOOKKEEPER', 'SENIOR_ACCOUNTANT', 'NOBODY'],
      ],
      ['settings.save', '/settings', { version: 0, firmName: 'x' }, ['FINANCE', 'BOOKKEEPER', 'NOBODY']],
      [
        'webhooks.save',
        '/webhook-endpoints',
        { url: 'https://hooks.example.com/x' },
        ['FINANCE', 'BOOKKEEPER', 'NOBODY'],
      ],
      ['treasury.match', '/treasury/matches', {}, ['BOOKKEEPER', 'SENIOR_ACCOUNTANT', 'NOBODY']],
      ['collections.saveCreditor', '/creditors', { name: 'x' }, ['BOOKKEEPER', 'SENIOR_ACCOUNTANT', 'NOBODY']],
      [
        'periods.draw',
        '/periods',
        {
          account: '1',
          currency: 'USD',
          from: '2026-10-01',
          to: '2026-10-31',
          balancePerBooks: { amount: '0.00', currency: 'USD' },
        },
        ['FINANCE', 'BOOKKEEPER', 'NOBODY'],
      ],
      ['runs.create', '/runs', { policy: 'cash-management' }, ['NOBODY', 'CLIENT_CONTACT', 'SYSTEM']],
    ]
    let refused = 0
    for (const [operation, path, body, roles] of writes) {
      for (const role of roles) {
        const response = await harness.send({ tenantId, actorId: role, roles: [role] }, path, {
          method: 'POST',
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json', 'idempotency-key': `${operation} ${role}`.replace(' ', '-') },
        })
        expect([operation, role, response.status]).toEqual([operation, role, 403])
        refused += 1
      }
    }
    const log = await admin.activity.list({ name: 'access.refused', limit: 500 })
    expect(log.rows).toHaveLength(refused)
    expect(new Set(log.rows.map((row) => `${row.subjectId} ${row.actorId}`)).size).toBe(refused)
    expect(await admin.activity.verify()).toEqual({ events: before.events + refused, intact: true, firstBroken: null })
    expect((await admin.sources.list()).rows).toHaveLength(1)
    expect((await admin.webhooks.list()).rows).toEqual([])
  })
})
