import assert from 'node:assert/strict'
import { money } from '@recon/core'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { memoryStorage } from '../files/folder-storage.ts'
import { sha256 } from '../store/digest.ts'
import { browser } from './browser.ts'
import { itemOf, matchedDesk } from './conformance-case.ts'
import { dispatchFirm, firmWorld } from './firm-world.ts'
import { type AcknowledgedSave, brokenInvariants, type Outside } from './invariants.ts'
import { memoryBooks } from './memory-books.ts'
import { harnessUrl, type ReconHarness, reconHarness } from './recon-harness.ts'
import { openTestStore } from './test-store.ts'

const books = memoryBooks({ 'inv-1': money('1000.00', 'USD') })
const files = memoryStorage()
const mails = new Map<string, string>()
const saves: AcknowledgedSave[] = []
let harness: ReconHarness

beforeAll(async () => {
  harness = reconHarness(await openTestStore(), {
    portal: { url: harnessUrl, page: 'https://books.example/portal' },
    secret: 'i'.repeat(40),
    providers: [books.provider],
    files,
    mail: {
      from: 'Firm <firm@firm.example>',
      send: async (mail) => {
        mails.set(mail.messageId, mail.text)
        return { ok: true }
      },
    },
  })
  const desk = harness.client({ tenantId: 'desk' })
  await matchedDesk(desk)
  const { item } = await itemOf(desk, 'B-open')
  assert.ok((await desk.items.act({ itemId: item.id, version: 1, do: { action: 'confirm' } })).ok)
  await dispatchFirm(await firmWorld(harness, 'firm'))
  await harness.recon.drain()
  const link = /\S+\/portal\/enter\/\S+/.exec([...mails.values()].join('\n'))?.[0] ?? ''
  const phone = browser(harness)
  await phone.enter(link)
  const { items } = await phone.client.portal.request()
  const [asked] = items
  assert.ok(asked)
  const answer = {
    itemId: asked.id,
    version: asked.version,
    submit: false,
    kind: 'NO_SUPPORTING',
    note: 'a note',
  } as const
  const saved = await phone.client.portal.answer(answer)
  assert.ok(saved.ok)
  saves.push({ tenantId: 'firm', itemId: asked.id, version: saved.value.item.version, note: 'a note' })
  const bytes = new TextEncoder().encode('a receipt')
  const file = { itemId: asked.id, fileName: 'a.txt', contentType: 'text/plain', size: 9, sha256: sha256(bytes) }
  const begun = await phone.client.portal.beginUpload(file)
  assert.ok(begun.ok)
  const stored = await phone.client.portal.uploadPart({ attachmentId: begun.value.attachment.id, offset: '0', bytes })
  assert.ok(stored.ok && stored.value.attachment.status === 'STORED')
  await collect()
})
afterAll(() => harness.close())

async function collect(): Promise<void> {
  const { collections } = harness.client({ tenantId: 'desk' })
  const creditor = await collections.saveCreditor({ name: 'Northwind', booksProvider: 'memory-books' })
  assert.ok(creditor.ok)
  const placed = await collections.place({
    creditorId: creditor.value.id,
    invoiceNumber: 'INV-1',
    invoiceId: 'inv-1',
    invoiceAmount: money('1000.00', 'USD'),
    rate: '0.10',
  })
  assert.ok(placed.ok)
  for (const paymentId of ['pay-1', 'pay-2']) {
    const payment = { paymentId, amount: money('10.00', 'USD'), occurredAt: '2026-11-21T08:00:00Z' }
    assert.ok((await collections.recordPayment({ placementId: placed.value.id, ...payment })).ok)
  }
  await harness.recon.drain()
}

const outside = (): Outside => ({ atRest: true, mails: new Set(mails.keys()), payments: books.payments, saves, files })

it('holds in a healthy backend', async () => {
  expect(await brokenInvariants(harness.store.db, outside())).toEqual([])
})

/** One wrong thing each, and the promise that must notice it. */
const wrongs: readonly (readonly [string, string])[] = [
  ['N1 a bank_line names the active link', `update bank_line set link_id = null where id = 'B-open'`],
  ['N1 a book_entry names the active link', `update book_entry set link_id = 'another' where id = 'L-near'`],
  ['N1 a subject belongs to an item', `update item_subject set record_id = 'nowhere' where record_id = 'B-failed'`],
  ['N1 an item has the subjects it says', `delete from item_subject where record_id = 'B-failed'`],
  [
    "N1 an item's columns say",
    `update item set status = 'FLAGGED' where id = (select item_id from item_subject where record_id = 'B-failed')`,
  ],
  ["N1 an item's amount is the sum", `update item set amount_minor = amount_minor + 1 where scenario = 'SWEEP'`],
  ['N1 the kept counts', `update item_tally set items = items + 1`],
  ['N1 an import has the lines', `delete from bank_line where id = 'B-failed'`],
  ['N1 what came before a run', `delete from item_subject where record_id = 'B-failed'`],
  ['N1 no run', `update run set status = 'MATCHING' where tenant_id = 'desk'`],
  ['N2 an active link balances', `update bank_line set amount_minor = amount_minor + 1 where id = 'B-open'`],
  [
    'N2 a reconciled item has its link',
    `update link set state = 'REVERSED', reversed_at = now() where item_id like '%B-open%'`,
  ],
  ["N2 a link's members are active", `update link_member set active = false where record_id = 'B-open'`],
  [
    'N3 a record is in at most one',
    `drop index link_member_once; insert into link_member values ('desk', 'another', 'BANK', 'B-open', true)`,
  ],
  ['N3 the database itself', 'drop index link_member_once'],
  ['N4 a change of client has its event', `update client set legal_name = legal_name`],
  ['N4 a change of item has its event', `update item set severity = 1 where id like '%B-failed%'`],
  ['N4 each version of a review_item', `update item set version = 7 where id like '%B-failed%'`],
  ['N4 each version of a remittance', `update remittance set version = version + 1`],
  [
    'N4 each event of an item starts',
    `update item set body = jsonb_set(body, '{bucket}', '"NO_MATCH"') where id like '%B-open%'`,
  ],
  ['N4 the log tells the present state', `update placement set status = 'recalled'`],
  ['N5 a committed dispatch has exactly one mail', `delete from outbox where template = 'reconciliation-magic-link'`],
  ['N5 a mail that is out', `update outbox set sealed = 'still here'`],
  ['N5 no mail waits', `update outbox set status = 'SENDING', dispatched_at = null`],
  ['N5 a mail of nothing', 'delete from outbox'],
  ['N5 a mail is said to be out', `update outbox set message_id = '<other@recon.mail>'`],
  ['N6 an answered save is lost', `delete from activity where name = 'bookkeeping.unreconciled_item.draft_saved'`],
  [
    'N7 at most one dispatch',
    `drop index dispatch_live_once; insert into dispatch select tenant_id, run_id, 9, contact_id, status, dispatched_at, expires_at, body from dispatch`,
  ],
  ['N7 links that open something', `update magic_link set generation = 7`],
  [
    'N7 a generation has one link',
    `insert into magic_link select tenant_id, 'other', run_id, contact_id, kind, generation, status, 'x', issued_at, expires_at, used_at from magic_link`,
  ],
  ['N7 active sessions', `update run set body = jsonb_set(body, '{moved,generation}', '2') where tenant_id = 'firm'`],
  ['N8 a record in the books', `update writeback_mapping set body = jsonb_set(body, '{externalId}', '"payment-1"')`],
  ['N8 a write that failed', `update writeback_mapping set status = 'failed'`],
  ['N8 a write that waits', `update writeback_mapping set status = 'pending'; delete from recon_jobs.job`],
  ['N8 every write is in the books', `update writeback_mapping set status = 'pending'`],
  [
    'N8 no more of a payment',
    `insert into remittance select tenant_id, id || '-back', placement_id, creditor_id, payment_id || '-back', 'REVERSAL', 'reversed', currency, -2 * recovered_minor, 0, -2 * recovered_minor, rate, occurred_at, id, null, null, null, null, 1 from remittance where payment_id = 'pay-1'`,
  ],
  ['N8 a posted write stands', `update writeback_mapping set body = jsonb_set(body, '{externalId}', '"payment-99"')`],
  ['N8 with its own amount', `update writeback_mapping set body = jsonb_set(body, '{amount,amount}', '"10.01"')`],
  ['N8 a payment in the books nobody', 'delete from writeback_mapping'],
  ['N9 the run_id of a item', `update item set run_id = 'elsewhere' where tenant_id = 'desk'`],
  ['N9 the contact_id of a dispatch', `update dispatch set contact_id = 'elsewhere'`],
  ['N10 a file is shown', `update attachment set sha256 = repeat('0', 64)`],
  ['N10 a refused file is kept', `update attachment set status = 'REFUSED'`],
  ['N12 a tick that is over', `insert into fetch_tick values ('desk', 's', 1, 'FETCHED', 0, now(), null, null)`],
  [
    'N12 at most one tick',
    `insert into fetch_tick select 'desk', 's', n, 'RUNNING', 0, now(), null, null from generate_series(1, 2) as n`,
  ],
  ['N12 no tick is left', `insert into fetch_tick values ('desk', 's', 1, 'RUNNING', 0, now(), null, null)`],
  ['N13 every event follows', `delete from activity where sequence = 2`],
  ['N13 the chain verifies', `update activity set actor_id = 'someone' where sequence = 2`],
]

it.each(wrongs)('notices what breaks %s', async (promise, wrong) => {
  const broken = await harness.store.db.connection().execute(async (db) => {
    await sql`begin`.execute(db)
    try {
      await sql`set local search_path to recon`.execute(db)
      for (const statement of wrong.split(';')) await sql.raw(statement).execute(db)
      await sql`set local search_path to public`.execute(db)
      return await brokenInvariants(db, outside())
    } finally {
      await sql`rollback`.execute(db)
    }
  })
  expect(broken.filter((words) => words.startsWith(promise))).not.toEqual([])
})
