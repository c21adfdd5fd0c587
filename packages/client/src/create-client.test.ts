import { expect, it } from 'vitest'
import { contract } from './contract.ts'
import { createClient } from './create-client.ts'
import { problemSchema, problemStatus } from './problem.ts'
import { routes } from './routes.ts'

type Answer = (request: Request) => Response | Promise<Response>

function fake(...answers: Answer[]) {
  const requests: Request[] = []
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init)
    requests.push(request)
    const next = answers.shift()
    if (next === undefined) throw new TypeError('fetch failed')
    return next(request)
  }
  return { requests, fetch }
}

const json =
  (body: unknown, status = 200, type = 'application/json'): Answer =>
  () =>
    new Response(JSON.stringify(body), { status, headers: { 'content-type': type } })
const problem = (code: string, status: number, rest: object = {}) =>
  json(
    { type: 'x', title: 'x', status, detail: `because ${code}`, code, retryable: false, ...rest },
    status,
    'application/problem+json',
  )

it('puts path parameters, search parameters and body fields where they belong', async () => {
  const { requests, fetch } = fake(
    json({ rows: [], nextCursor: null, counts: null }),
    json({ row: {}, alsoChanged: [], event: {} }),
  )
  const client = createClient({
    url: 'https://x.example/recon/',
    fetch,
    headers: () => ({ authorization: 'Bearer t' }),
    newKey: () => 'key-1',
  })
  await client.items.list({ scenario: 'SWEEP', limit: 5, counts: false })
  await client.items.act({ itemId: 'a/b', version: 3, do: { action: 'confirm' } })
  expect(requests.map((request) => [request.method, request.url])).toEqual([
    ['GET', 'https://x.example/recon/items?scenario=SWEEP&limit=5&counts=false'],
    ['POST', 'https://x.example/recon/items/a%2Fb/actions'],
  ])
  expect(await requests[1]?.json()).toEqual({ version: 3, do: { action: 'confirm' } })
  expect(requests[1]?.headers.get('idempotency-key')).toBe('key-1')
  expect(requests[1]?.headers.get('authorization')).toBe('Bearer t')
})

it('repeats a write that failed on the way with the same key', async () => {
  const { requests, fetch } = fake(problem('STORE_UNAVAILABLE', 503), json({ status: 'AWAITING_REVIEW' }, 201))
  const run = await createClient({ url: 'https://x.example/recon', fetch }).runs.create({})
  expect(run.ok).toBe(true)
  expect(new Set(requests.map((request) => request.headers.get('idempotency-key'))).size).toBe(1)
  expect(requests).toHaveLength(2)
})

it('gives a refusal as a value and everything else as an error with the code of the backend', async () => {
  const refusal = { code: 'AMOUNTS_DIFFER', message: 'The selection differs.' }
  const { fetch } = fake(
    problem('REFUSED', 409, { refusal }),
    problem('VERSION_CONFLICT', 409, { current: { version: 4 }, requestId: 'r-1' }),
    () => new Response('<html>', { status: 502 }),
  )
  const client = createClient({ url: 'https://x.example/recon', fetch, retries: 0 })
  const act = () => client.items.act({ itemId: 'i', version: 3, do: { action: 'confirm' } })
  expect(await act()).toEqual({ ok: false, refusal })
  await expect(act()).rejects.toMatchObject({
    code: 'VERSION_CONFLICT',
    requestId: 'r-1',
    details: { current: { version: 4 } },
  })
  await expect(act()).rejects.toMatchObject({ code: 'INTERNAL', details: { status: 502 } })
  await expect(act()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
})

it('ends when it is told to, and when it takes too long', async () => {
  const never: Answer = ({ signal }) =>
    new Promise((_done, fail) => {
      if (signal.aborted) fail(signal.reason)
      signal.addEventListener('abort', () => fail(signal.reason))
    })
  const { fetch } = fake(never, never)
  const client = createClient({ url: 'https://x.example/recon', fetch, retries: 0 })
  const stop = new AbortController()
  const call = client.items.list({}, { signal: stop.signal })
  stop.abort()
  await expect(call).rejects.toMatchObject({ code: 'CANCELLED' })
  await expect(client.items.list({}, { timeout: 20 })).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
})

it('refuses a call without its path parameter before anything is sent', async () => {
  const { requests, fetch } = fake()
  const client = createClient({ url: 'https://x.example/recon', fetch })
  await expect(client.items.get({ itemId: '' })).rejects.toMatchObject({ code: 'REQUEST_INVALID', place: 'itemId' })
  expect(requests).toEqual([])
})

it('has a status for every problem code, and a method for every route', () => {
  const client = createClient({ url: 'https://x.example/recon' }) as unknown as Record<string, Record<string, unknown>>
  for (const code of problemSchema.shape.code.options) expect(problemStatus[code]).toBeGreaterThanOrEqual(400)
  for (const [group, members] of Object.entries(routes)) {
    for (const name of Object.keys(members)) {
      expect(client[group]?.[name], `${group}.${name}`).toBeTypeOf('function')
      expect((contract as Record<string, Record<string, unknown>>)[group]?.[name]).toBeDefined()
    }
  }
})
