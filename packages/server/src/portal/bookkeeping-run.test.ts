import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { smtp } from '../outbox/mail-transport.ts'
import { browser } from '../testing/browser.ts'
import { confirmProposals, dispatchFirm, firmWorld } from '../testing/firm-world.ts'
import { type MailCatcher, startMailCatcher } from '../testing/mail-catcher.ts'
import { harnessUrl, type ReconHarness, reconHarness } from '../testing/recon-harness.ts'
import { openTestStore } from '../testing/test-store.ts'

let harness: ReconHarness
let catcher: MailCatcher

beforeAll(async () => {
  catcher = await startMailCatcher()
  harness = reconHarness(await openTestStore(), {
    mail: smtp(catcher.url, { from: 'Ledger & Co <mail@firm.example>' }),
    portal: { url: harnessUrl, page: 'https://books.example/portal' },
  })
})
afterAll(async () => {
  await harness.close()
  await catcher.stop()
})

const pdfBytes = new TextEncoder().encode('%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n')
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

it('goes from the import to the completed report through the client', async () => {
  const firm = await firmWorld(harness, 'journey')
  const { staff, senior, runId } = firm
  const before = await staff.bookkeeping.state({ runId })
  expect(before.status).toBe('AWAITING_REVIEW')
  const early = await staff.bookkeeping.dispatch({ runId, contactId: firm.contactId, version: before.version })
  expect(early.ok ? null : early.refusal.code).toBe('PROPOSED_LEFT')

  const sent = await dispatchFirm(firm)
  expect(sent.status).toBe('AWAITING_CLIENT')
  expect(sent.linkExpiresAt?.slice(0, 10)).toBe('2027-01-20')
  expect((await staff.outbox.list()).rows.map((mail) => [mail.template, mail.status])).toEqual([
    ['reconciliation-magic-link', 'PENDING'],
  ])
  await harness.recon.drain()
  expect((await staff.outbox.list()).rows[0]?.status).toBe('DISPATCHED')
  const mail = catcher.mails.at(-1)
  assert.ok(mail)
  expect(mail.subject).toBe('Action needed: 2 unreconciled bank items for Northwind "Traders" <Ltd>')
  expect(mail.html).toContain('Northwind &quot;Traders&quot; &lt;Ltd&gt;')
  expect(mail.text).toContain('201.04 USD')
  const link = /https?:\/\/\S+\/portal\/enter\/\S+/.exec(mail.text ?? '')?.[0] ?? ''

  const phone = browser(harness)
  const entered = await phone.enter(link)
  expect([entered.status, entered.headers.get('location')]).toEqual([303, 'https://books.example/portal'])
  const request = await phone.client.portal.request()
  expect([request.answered, request.total, request.contactName]).toEqual([0, 2, 'Cleo Client'])
  const [ticket, cash] = request.items
  assert.ok(ticket && cash)

  const upload = await phone.client.portal.beginUpload({
    itemId: ticket.id,
    fileName: 'ticket.pdf',
    contentType: 'application/pdf',
    size: pdfBytes.byteLength,
    sha256: digest(pdfBytes),
  })
  assert.ok(upload.ok)
  const attachmentId = upload.value.attachment.id
  const half = await phone.client.portal.uploadPart({ attachmentId, offset: '0', bytes: pdfBytes.slice(0, 10) })
  expect(half.ok ? half.value.attachment.status : half).toBe('UPLOADING')
  const rest = await phone.client.portal.uploadPart({ attachmentId, offset: '10', bytes: pdfBytes.slice(10) })
  expect(rest.ok ? rest.value.attachment.status : rest).toBe('STORED')
  const answered = await phone.client.portal.answer({
    itemId: ticket.id,
    version: ticket.version,
    submit: true,
    kind: 'UPLOADED_SUPPORTING',
    category: 'Travel',
    attachmentIds: [attachmentId],
  })
  assert.ok(answered.ok, JSON.stringify(answered))
  const draft = await phone.client.portal.answer({
    itemId: cash.id,
    version: cash.version,
    submit: false,
    note: 'cash for the mar',
  })
  assert.ok(draft.ok)
  const given = await phone.client.portal.answer({
    itemId: cash.id,
    version: draft.value.item.version,
    submit: true,
    kind: 'NO_SUPPORTING',
    category: 'Cash',
    note: 'cash for the market stall',
  })
  assert.ok(given.ok)
  expect([given.value.answered, given.value.total]).toEqual([2, 2])

  harness.clock.now = '2026-11-21T09:20:00.000Z'
  const incomplete = await staff.bookkeeping.complete({ runId, version: sent.version })
  expect(incomplete.ok ? null : [incomplete.refusal.code, incomplete.refusal.ids?.length]).toEqual([
    'ITEMS_UNRESOLVED',
    2,
  ])
  const { rows } = await staff.bookkeeping.unreconciled({ runId })
  const first = rows.find((row) => row.item.id === ticket.id)
  const second = rows.find((row) => row.item.id === cash.id)
  assert.ok(first && second)
  expect(first.attachments.map((file) => file.fileName)).toEqual(['ticket.pdf'])
  const applied = await staff.bookkeeping.resolve({
    runId,
    itemId: first.item.id,
    version: first.item.version,
    do: { action: 'apply' },
  })
  assert.ok(applied.ok, JSON.stringify(applied))
  expect(applied.value.row.item.status).toBe('RESOLVED')
  const asked = await staff.bookkeeping.resolve({
    runId,
    itemId: second.item.id,
    version: second.item.version,
    do: { action: 'pushBack', question: 'Which market?' },
  })
  assert.ok(asked.ok)
  expect((await phone.client.portal.request()).items.find((item) => item.id === cash.id)?.question).toBe(
    'Which market?',
  )
  const settled = await senior.bookkeeping.resolve({
    runId,
    itemId: second.item.id,
    version: asked.value.row.item.version,
    do: { action: 'resolveByStaff', reason: 'Petty cash, booked from the slip' },
  })
  assert.ok(settled.ok)

  const state = await staff.bookkeeping.state({ runId })
  const done = await staff.bookkeeping.complete({ runId, version: state.version })
  assert.ok(done.ok, JSON.stringify(done))
  expect(done.value.run.status).toBe('COMPLETE')
  await harness.recon.drain()
  await harness.recon.drain()
  for (const exportId of done.value.exportIds) {
    const report = await staff.exports.get({ exportId })
    expect(report.status).toBe('DONE')
    const file = await harness.recon.handler(new Request(`http://recon.test${report.url}`))
    const bytes = new Uint8Array(await file.arrayBuffer())
    expect(digest(bytes)).toBe(report.sha256)
    const text = new TextDecoder('latin1').decode(bytes)
    if (report.kind === 'run-report-csv') {
      expect(text.trim().split('\r\n')).toHaveLength(6)
      expect(text).toContain('MANUAL')
    } else {
      expect(text.startsWith('%PDF-1.4')).toBe(true)
      expect(text).toContain('553.21 USD')
    }
  }
  await expect(phone.client.portal.request()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  const names = (await staff.activity.list({ runId, limit: 200 })).rows.map((event) => event.name)
  expect(names).toContain('bookkeeping.reconciliation_run.dispatched')
  expect(names).toContain('bookkeeping.reconciliation_run.completed')
  expect((await staff.activity.verify()).intact).toBe(true)
})

it('refuses what must not be dispatched, and writes no mail for it (A22)', async () => {
  const firm = await firmWorld(harness, 'refused')
  const state = await confirmProposals(firm)
  const other = await firm.staff.clients.save({ legalName: 'Other Ltd' })
  assert.ok(other.ok)
  const stranger = await firm.staff.clients.saveContact({
    clientId: other.value.id,
    name: 'X',
    email: 'x@y.example',
    canSubmitIntake: true,
  })
  assert.ok(stranger.ok)
  const wrong = await firm.staff.bookkeeping.dispatch({
    runId: firm.runId,
    contactId: stranger.value.id,
    version: state.version,
  })
  expect(wrong.ok ? null : wrong.refusal.code).toMatch(/CONTACT_/)
  const clerk = harness.client({ tenantId: 'refused', actorId: 'finn', roles: ['FINANCE'] })
  const forbidden = await clerk.bookkeeping.dispatch({
    runId: firm.runId,
    contactId: firm.contactId,
    version: state.version,
  })
  expect(forbidden.ok ? null : forbidden.refusal.code).toBe('FORBIDDEN')
  expect((await firm.staff.outbox.list()).rows).toEqual([])
  const again = await firm.staff.runs.create({
    clientId: firm.clientId,
    statementId: 'ST-2026-10',
    policy: 'bookkeeping',
  })
  expect(again.ok ? null : again.refusal.code).toBe('STATEMENT_HAS_OPEN_RUN')
  const foreign = await firm.staff.imports.create({
    clientId: firm.clientId,
    bankLines: [{ ...firm, id: 'Z', account: '9999' }],
  })
  expect(foreign.ok ? null : foreign.refusal.code).toBe('ACCOUNT_OF_OTHER_CLIENT')
})
