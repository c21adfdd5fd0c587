import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { bankLine } from './desk-world.ts'

const examples = resolve(fileURLToPath(import.meta.url), '../../../../../examples')
const token = 'a-token-of-the-test'
const started: ChildProcess[] = []
afterAll(() => {
  for (const child of started) child.kill('SIGKILL')
})

type Ask = (path: string, init?: RequestInit) => Promise<Response>

/** What every host must do: answer, keep strangers out, and take one write exactly once. */
async function works(ask: Ask): Promise<void> {
  const health = await ask('/recon/health')
  expect([health.status, await health.json()]).toEqual([200, expect.objectContaining({ status: 'ok' })])
  expect((await ask('/recon/imports')).status).toBe(401)
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'idempotency-key': 'the-first-write',
  }
  const body = JSON.stringify({ fileName: 'day.csv', bankLines: [bankLine('B1', '12.50'), { id: 'bad' }] })
  const write = () => ask('/recon/imports', { method: 'POST', headers, body })
  const [first, again] = [await write(), await write()]
  expect([first.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true'])
  expect(await first.json()).toMatchObject({ bankLines: 1, rejectedCount: 1 })
  const listed = await ask('/recon/imports', { headers: { authorization: headers.authorization } })
  expect(((await listed.json()) as { rows: unknown[] }).rows).toHaveLength(1)
  expect((await ask('/recon/nowhere', { headers })).status).toBe(404)
}

async function startHost(name: string): Promise<{ child: ChildProcess; ask: Ask; errors: () => string }> {
  const port = randomInt(20_000, 60_000)
  const child = spawn(process.execPath, ['--conditions=recon-source', 'server.ts'], {
    cwd: resolve(examples, name),
    env: { ...process.env, PORT: String(port), DATABASE_URL: 'pglite://memory', DEMO_TOKEN: token, NODE_OPTIONS: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  started.push(child)
  let errors = ''
  child.stderr?.on('data', (part: Buffer) => {
    errors += part.toString()
  })
  const ask: Ask = (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init)
  for (let tries = 0; tries < 150; tries++) {
    if (child.exitCode !== null) throw new Error(`${name} ended: ${errors}`)
    const up = await ask('/').then(
      (response) => response.text(),
      () => '',
    )
    if (up === 'the host application') return { child, ask, errors: () => errors }
    await new Promise((later) => setTimeout(later, 200))
  }
  throw new Error(`${name} does not answer: ${errors}`)
}

describe('the example hosts', { timeout: 120_000 }, () => {
  it.each(['express-host', 'hono-host'])(
    '%s starts, serves the handler and stops when it is asked to',
    async (name) => {
      const { child, ask } = await startHost(name)
      await works(ask)
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      expect((await ended)[0]).toBe(0)
    },
  )

  it('next-host passes every method of its route on', async () => {
    process.env.DATABASE_URL = 'pglite://memory'
    process.env.DEMO_TOKEN = token
    const route = (await import(
      pathToFileURL(resolve(examples, 'next-host/app/recon/[[...path]]/route.ts')).href
    )) as Record<'GET' | 'HEAD' | 'POST', (request: Request) => Promise<Response>> & {
      dynamic: string
      runtime: string
    }
    expect([route.dynamic, route.runtime]).toEqual(['force-dynamic', 'nodejs'])
    await works((path, init = {}) => {
      const request = new Request(`http://next.test${path}`, init)
      return (init.method === 'POST' ? route.POST : route.GET)(request)
    })
    const { recon } = globalThis as unknown as { recon: { close: () => Promise<void> } }
    await recon.close()
  })
})
