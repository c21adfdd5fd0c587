import { type Provider, ReconError } from '@recon/core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { itemOf, matchedDesk } from '../testing/conformance-case.ts'
import { type ReconHarness, reconHarness } from '../testing/recon-harness.ts'
import { openTestStore } from '../testing/test-store.ts'
import { verifyWebhook } from './standard-webhook.ts'
import type { PostAnswer } from './webhook-post.ts'

let harness: ReconHarness
let answers: Partial<PostAnswer>[] = []
let posts: { url: string; headers: Readonly<Record<string, string>>; body: string }[] = []
const provider: Provider = {
  name: 'stripe',
  parseWebhook: async ({ headers, body }) => {
    if (headers['x-good'] !== 'yes') throw new ReconError('WEBHOOK_SIGNATURE_INVALID', 'The signature is not valid.')
    const { id } = JSON.parse(new TextDecoder().decode(body)) as { id: string }
    return { events: [{ eventId: id, type: 'ping', kind: 'OTHER' }] }
  },
}

beforeAll(async () => {
  harness = reconHarness(await openTestStore(), {
    providers: [provider],
    postWebhook: async (url, headers, body) => {
      posts.push({ url, headers, body })
      return { status: 200, retryAfterSeconds: undefined, reason: null, ...answers.shift() }
    },
  })
})
afterAll(() => harness.close())
beforeEach(() => {
  answers = []
  posts = []
  harness.clock.now = '2026-11-21T09:00:00.000Z'
})

let count = 0
async function subscribed() {
  count += 1
  const tenantId = `hooks-${count}`
  const client = harness.client({ tenantId, roles: ['ADMIN'] })
  const saved = await client.webhooks.save({ url: 'https://hooks.example.com/in' })
  if (!saved.ok) throw new Error(saved.refusal.message)
  await matchedDesk(client)
  const row = await itemOf(client, 'B-failed')
  await client.items.act({ itemId: row.item.id, version: row.item.version, do: { action: 'escalate' } })
  return { client, tenantId, endpoint: saved.value }
}
const last = async (client: Awaited<ReturnType<typeof subscribed>>['client']) =>
  (await client.webhooks.deliveries()).rows[0]

it('signs a delivery so that the subscriber can check it, and tells the secret once', async () => {
  const { client, endpoint } = await subscribed()
  await harness.recon.drain()
  const [post] = posts
  verifyWebhook(
    [endpoint.secret ?? ''],
    {
      id: post?.headers['webhook-id'] ?? '',
      timestamp: post?.headers['webhook-timestamp'] ?? '',
      signature: post?.headers['webhook-signature'] ?? '',
      body: new TextEncoder().encode(post?.body),
    },
    harness.clock.now,
  )
  expect(JSON.parse(post?.body ?? '{}')).toMatchObject({
    event: 'review_item.status_changed',
    topic: 'review_item',
    at: harness.clock.now,
    data: { scenario: 'FAILED_PAYMENT', status: 'ESCALATED', previousStatus: 'OUTSTANDING', bankLineIds: ['B-failed'] },
  })
  expect(await last(client)).toMatchObject({ status: 'DELIVERED', attempts: 1 })
  expect(JSON.stringify((await client.webhooks.list()).rows)).not.toContain('whsec_')
})

it('signs with both secrets while they rotate', async () => {
  const { client, endpoint } = await subscribed()
  const rotated = await client.webhooks.save({ id: endpoint.id, url: endpoint.url, rotate: true })
  expect(rotated.ok && rotated.value.secret).toMatch(/^whsec_/)
  await harness.recon.drain()
  expect(posts[0]?.headers['webhook-signature']?.split(' ')).toHaveLength(2)
})

it('tries again over three days, keeps the id, honours Retry-After, and shows what it gave up (D16)', async () => {
  const { client } = await subscribed()
  answers = [{ status: 429, retryAfterSeconds: 3600 }]
  await harness.recon.drain()
  expect(await last(client)).toMatchObject({ status: 'PENDING', attempts: 1 })
  const started = Date.parse(harness.clock.now)
  answers = Array.from({ length: 20 }, () => ({ status: 500, reason: 'HTTP 500' }))
  const delivery = await last(client)
  for (let attempt = 2; attempt <= 10; attempt++) {
    harness.clock.now = new Date(Date.parse(harness.clock.now) + 90_000_000).toISOString()
    await harness.recon.deliverWebhook('hooks-3', delivery?.id ?? '')
  }
  expect(await last(client)).toMatchObject({ status: 'FAILED', attempts: 10, reason: 'HTTP 500' })
  expect(new Set(posts.map((post) => post.headers['webhook-id'])).size).toBe(1)
  expect(Date.parse(harness.clock.now)).toBeGreaterThan(started)
  answers = []
  const resent = await client.webhooks.resend({ deliveryId: delivery?.id ?? '' })
  expect(resent.ok).toBe(true)
  await harness.recon.drain()
  expect(await last(client)).toMatchObject({ status: 'DELIVERED' })
})

it('ends the subscription at 410, and counts a redirect as a failure (D14, D16)', async () => {
  const { client } = await subscribed()
  answers = [{ status: 410, reason: 'HTTP 410' }]
  await harness.recon.drain()
  expect(await last(client)).toMatchObject({ status: 'FAILED' })
  expect((await client.webhooks.list()).rows[0]).toMatchObject({ status: 'DISABLED' })
  const { client: other } = await subscribed()
  answers = [{ status: 302, reason: 'HTTP 302' }]
  await harness.recon.drain()
  expect(await last(other)).toMatchObject({ status: 'PENDING', attempts: 1, answerStatus: 302 })
})

it('refuses to subscribe an address of an internal network', async () => {
  const client = harness.client({ tenantId: 'inside', roles: ['ADMIN'] })
  const refused = await client.webhooks.save({ url: 'https://169.254.169.254/latest' })
  expect(refused.ok ? null : refused.refusal.code).toBe('URL_NOT_ALLOWED')
})

it('keeps a provider event once however often it comes at once, and works it once (D6)', async () => {
  const post = (good: string, id = 'evt-1') =>
    harness.send(null, '/webhooks/stripe/inbox', {
      method: 'POST',
      headers: { 'x-good': good },
      body: JSON.stringify({ id }),
    })
  expect((await Promise.all(Array.from({ length: 10 }, () => post('yes')))).map((answer) => answer.status)).toEqual(
    Array(10).fill(200),
  )
  expect((await post('no')).status).toBe(401)
  await harness.recon.drain()
  const rows = await harness.store.db
    .selectFrom('webhook_inbox')
    .select(['event_id', 'status'])
    .where('tenant_id', '=', 'inbox')
    .execute()
  expect(rows).toEqual([{ event_id: 'evt-1', status: 'NOT_OURS' }])
  const large = await harness.send(null, '/webhooks/stripe/inbox', {
    method: 'POST',
    headers: { 'x-good': 'yes' },
    body: 'x'.repeat(2_000_000),
  })
  expect(large.status).toBe(413)
})

it.each([
  ['a key twice', '{"id":"one","id":"two"}', 400],
  ['__proto__', '{"id":"x","__proto__":{"role":"ADMIN"}}', 400],
  ['a depth of 10,000', `{"id":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, 400],
  ['10 MB', `{"id":"${'x'.repeat(10 * 1024 * 1024)}"}`, 413],
])('refuses a webhook with %s before anybody reads it (D10)', async (_name, body, status) => {
  const answer = await harness.send(null, '/webhooks/stripe/strict', {
    method: 'POST',
    headers: { 'x-good': 'yes', 'content-type': 'application/json; charset=utf-8' },
    body,
  })
  expect(answer.status).toBe(status)
  const kept = await harness.store.db
    .selectFrom('webhook_inbox')
    .select('event_id')
    .where('tenant_id', '=', 'strict')
    .execute()
  expect(kept).toEqual([])
})
