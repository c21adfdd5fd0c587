import { problemSchema } from '@recon/client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bankLine } from '../testing/desk-world.ts'
import { type ReconHarness, reconHarness } from '../testing/recon-harness.ts'
import { openTestStore } from '../testing/test-store.ts'

let harness: ReconHarness
const logs: string[] = []
const ann = { tenantId: 'http' }

beforeAll(async () => {
  const log = (message: string, fields: unknown = {}) => logs.push(`${message} ${JSON.stringify(fields)}`)
  harness = reconHarness(await openTestStore(), { logger: { info: log, warn: log, error: log } })
})
afterAll(() => harness.close())

const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  harness.send(ann, path, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), ...headers },
  })
async function problem(answer: Promise<Response>) {
  const response = await answer
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  return problemSchema.parse(await response.json())
}

it('answers everything wrong with a problem that has a stable code and a request id', async () => {
  const cases: [Promise<Response>, number, string][] = [
    [harness.send(null, '/items'), 401, 'UNAUTHENTICATED'],
    [harness.send(ann, '/nowhere'), 404, 'NOT_FOUND'],
    [harness.send(ann, '/items?sort=up'), 400, 'REQUEST_INVALID'],
    [harness.send(ann, '/items?limit=1&limit=2'), 400, 'REQUEST_INVALID'],
    [harness.send(ann, '/items?colour=red'), 400, 'REQUEST_INVALID'],
    [post('/runs', '{"policy":"nonsense"}'), 400, 'REQUEST_INVALID'],
    [post('/runs', '{"policy":{"automatic":{"passes":["GUESS"]}}}'), 422, 'POLICY_INVALID'],
    [post('/imports', '{"bankLines":[],"bankLines":[]}'), 400, 'REQUEST_INVALID'],
    [post('/imports', '{"__proto__":{"role":"ADMIN"}}'), 400, 'REQUEST_INVALID'],
    [post('/imports', `{"fileName":"${'['.repeat(10)}"`), 400, 'REQUEST_INVALID'],
    [post('/imports', '{}', { 'content-type': 'text/plain' }), 400, 'REQUEST_INVALID'],
    [post('/imports', '{}', { 'content-length': '999999999' }), 413, 'INPUT_TOO_LARGE'],
    [harness.send(ann, `/items?search=${'x'.repeat(9000)}`), 413, 'INPUT_TOO_LARGE'],
  ]
  for (const [answer, status, code] of cases) {
    const found = await problem(answer)
    expect([found.status, found.code]).toEqual([status, code])
    expect(found.requestId).toMatch(/^[\w-]{8,64}$/)
  }
})

it('takes roles from the host alone (A19, P14)', async () => {
  const answer = await problem(post('/imports', '{"tenantId":"other","role":"ADMIN"}'))
  expect(answer.code).toBe('REQUEST_INVALID')
  const guest = harness.client({ tenantId: 'http', roles: ['GUEST', 'SYSTEM', 'CLIENT_CONTACT'] })
  expect((await guest.system.session()).roles).toEqual([])
})

it('tells open screens what was committed, and its own tenant only', async () => {
  const stop = new AbortController()
  const open = await harness.send(ann, '/events', { signal: stop.signal })
  expect(open.headers.get('content-type')).toBe('text/event-stream')
  const reader = open.body?.pipeThrough(new TextDecoderStream()).getReader()
  let heard = ''
  const listening = (async () => {
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) heard += part.value
  })()
  await harness.client({ tenantId: 'elsewhere' }).imports.create({ bankLines: [bankLine('B1', '1.00')] })
  await harness.client(ann).imports.create({ bankLines: [bankLine('B2', '1.00')] })
  await expect.poll(() => heard).toContain('event: change')
  stop.abort()
  await listening.catch(() => undefined)
  expect(heard.match(/event: change/g)).toHaveLength(1)
})

it('logs route patterns and durations, and nothing a person wrote', async () => {
  await harness.client(ann).items.list({ search: 'a-very-private-search' })
  await harness
    .client(ann)
    .items.get({ itemId: 'a-very-private-id' })
    .catch(() => undefined)
  const text = logs.join('\n')
  expect(text).toContain('"path":"/items/{itemId}"')
  expect(text).not.toContain('very-private')
})

it('says it is ready when the database answers with the right schema', async () => {
  const ready = await harness.client(ann).system.ready()
  expect(ready).toMatchObject({ status: 'ready', database: 'pglite', checks: [{ name: 'database', ok: true }] })
})
