import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memoryStorage } from '../files/folder-storage.ts'
import type { Mail } from '../outbox/mail-transport.ts'
import { type Browser, browser } from '../testing/browser.ts'
import { dispatchFirm, firmWorld } from '../testing/firm-world.ts'
import { harnessUrl, type ReconHarness, reconHarness } from '../testing/recon-harness.ts'
import { openTestStore } from '../testing/test-store.ts'

/** The test file every scanner takes for a virus, in two parts, so that no scanner takes this one for it. */
const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('')
let scanner: 'well' | 'down' = 'well'
const storage = memoryStorage()
const mails: Mail[] = []
let full = false
let harness: ReconHarness

beforeAll(async () => {
  harness = reconHarness(await openTestStore(), {
    mail: {
      from: 'mail@firm.example',
      send: async (mail) => {
        mails.push(mail)
        return { ok: true }
      },
    },
    portal: { url: harnessUrl, page: 'https://books.example/portal' },
    files: {
      ...storage,
      append: async (key, offset, bytes) => {
        if (full) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
        await storage.append(key, offset, bytes)
      },
    },
    uploads: { fileBytes: 5000, contactBytes: 6000, clientBytes: 9000 },
    scan: async ({ bytes }) => {
      if (scanner === 'down') throw new Error('The scanner does not answer.')
      return new TextDecoder().decode(bytes).includes('EICAR') ? { clean: false, reason: 'EICAR' } : { clean: true }
    },
  })
})
afterAll(() => harness.close())

async function signedIn(
  tenantId: string,
): Promise<{ phone: Browser; itemId: string; firm: Awaited<ReturnType<typeof firmWorld>> }> {
  const firm = await firmWorld(harness, tenantId)
  await dispatchFirm(firm)
  await harness.recon.drain()
  const link = /https?:\/\/\S+\/portal\/enter\/\S+/.exec(mails.at(-1)?.text ?? '')?.[0] ?? ''
  const phone = browser(harness)
  await phone.enter(link)
  const [item] = (await phone.client.portal.request()).items
  assert.ok(item)
  return { phone, itemId: item.id, firm }
}

async function upload(phone: Browser, itemId: string, content: string, size?: number) {
  const bytes = new TextEncoder().encode(content)
  const begun = await phone.client.portal.beginUpload({
    itemId,
    fileName: 'note.txt',
    contentType: 'text/plain',
    size: size ?? bytes.byteLength,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  })
  if (!begun.ok) return begun.refusal.code
  const attachmentId = begun.value.attachment.id
  const sent = await phone.client.portal.uploadPart({ attachmentId, offset: '0', bytes })
  return sent.ok
    ? { attachmentId, status: sent.value.attachment.status, refusal: sent.value.attachment.refusal }
    : sent.refusal.code
}

describe('an uploaded file', () => {
  it('is seen only when the scanner has seen it: a virus is kept away, and so is everything while the scanner is down (E5)', async () => {
    const { phone, itemId, firm } = await signedIn('scanned')
    expect(await upload(phone, itemId, 'a plain note')).toMatchObject({ status: 'STORED' })
    const bad = await upload(phone, itemId, eicar)
    expect(bad).toMatchObject({ status: 'QUARANTINED', refusal: 'EICAR' })
    scanner = 'down'
    expect(await upload(phone, itemId, 'another note')).toMatchObject({
      status: 'QUARANTINED',
      refusal: 'SCANNER_UNAVAILABLE',
    })
    scanner = 'well'
    const attachmentId = typeof bad === 'string' ? '' : bad.attachmentId
    await expect(firm.staff.exports.attachment({ attachmentId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('has room by file, by contact and by client, over all requests of the client (E4)', async () => {
    const { phone, itemId, firm } = await signedIn('roomy')
    expect(await upload(phone, itemId, 'x'.repeat(10), 5001)).toBe('FILE_TOO_LARGE')
    expect(await upload(phone, itemId, 'a'.repeat(4000))).toMatchObject({ status: 'STORED' })
    expect(await upload(phone, itemId, 'b'.repeat(2001))).toBe('QUOTA_EXCEEDED')
    // Another request of the same client kept 4,000 bytes, too: 1,000 are left of the client's room.
    await harness.store.db
      .insertInto('attachment')
      .columns([
        'tenant_id',
        'id',
        'run_id',
        'item_id',
        'contact_id',
        'status',
        'file_name',
        'content_type',
        'size',
        'received',
        'sha256',
        'refusal',
        'created_at',
      ])
      .expression((query) =>
        query
          .selectFrom('attachment')
          .select(['tenant_id'])
          .select((one) => [one.val('older').as('id'), 'run_id', 'item_id', one.val('somebody-else').as('contact_id')])
          .select(['status', 'file_name', 'content_type', 'size', 'received', 'sha256', 'refusal', 'created_at'])
          .where('tenant_id', '=', 'roomy')
          .where('status', '=', 'STORED'),
      )
      .execute()
    expect(await upload(phone, itemId, 'c'.repeat(1001))).toBe('QUOTA_EXCEEDED')
    expect(await upload(phone, itemId, 'd'.repeat(1000))).toMatchObject({ status: 'STORED' })
    const other = await signedIn('other-client')
    expect(await upload(other.phone, other.itemId, 'e'.repeat(4000))).toMatchObject({ status: 'STORED' })
    expect(firm.clientId).not.toBe(other.firm.clientId)
  })

  it('fails cleanly on a full disk: nothing is counted, and it goes on when there is room again (B19)', async () => {
    const { phone, itemId } = await signedIn('full-disk')
    const bytes = new TextEncoder().encode('a note for a full disk')
    const begun = await phone.client.portal.beginUpload({
      itemId,
      fileName: 'note.txt',
      contentType: 'text/plain',
      size: bytes.byteLength,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })
    assert.ok(begun.ok)
    const { id: attachmentId } = begun.value.attachment
    full = true
    const failed = await phone.client.portal
      .uploadPart({ attachmentId, offset: '0', bytes })
      .catch((error: unknown) => error)
    full = false
    expect(failed).toMatchObject({ code: 'INTERNAL' })
    expect(String(failed)).not.toContain('ENOSPC')
    expect((await phone.client.portal.upload({ attachmentId })).attachment).toMatchObject({
      received: 0,
      status: 'UPLOADING',
    })
    const again = await phone.client.portal.uploadPart({ attachmentId, offset: '0', bytes })
    expect(again).toMatchObject({ ok: true, value: { attachment: { status: 'STORED' } } })
  })
})
