import { connect, createServer, type Server, type Socket } from 'node:net'
import type { Client } from '@recon/client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bankLine } from '../testing/desk-world.ts'
import { type EmbeddedServer, startEmbeddedServer } from '../testing/embedded-server.ts'
import { type ReconHarness, reconHarness } from '../testing/recon-harness.ts'
import { openPostgresStore } from './postgres-store.ts'

/** A proxy to Postgres that can swallow the answer to a COMMIT and cut the line: the client cannot know what happened. */
class CommitProxy {
  swallow = false
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  constructor(port: number) {
    this.#server = createServer((client) => {
      const upstream = connect(port, '127.0.0.1')
      let cut = false
      for (const socket of [client, upstream]) {
        this.#sockets.add(socket)
        socket.on('error', () => socket.destroy())
      }
      client.on('data', (part: Buffer) => {
        if (this.swallow && /\bcommit\b/i.test(part.toString('latin1'))) {
          this.swallow = false
          cut = true
        }
        upstream.write(part)
      })
      upstream.on('data', (part: Buffer) => {
        if (cut) client.destroy()
        else client.write(part)
      })
      client.on('close', () => upstream.end())
      upstream.on('close', () => client.destroy())
    })
  }
  listen(): Promise<number> {
    return new Promise((done) => {
      this.#server.listen(0, '127.0.0.1', () => {
        const address = this.#server.address()
        done(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
  }
  close(): void {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
  }
}

let server: EmbeddedServer
let proxy: CommitProxy
let harness: ReconHarness
let hold: { entered: () => void; release: Promise<void> } | undefined

beforeAll(async () => {
  server = await startEmbeddedServer()
  const url = new URL(await server.newDatabase())
  const direct = reconHarness(await openPostgresStore({ url: url.href }))
  await direct.recon.ready()
  await direct.close()
  proxy = new CommitProxy(Number(url.port))
  url.port = String(await proxy.listen())
  harness = reconHarness(await openPostgresStore({ url: url.href }), {
    ambience: {
      now: () => '2026-11-21T09:00:00.000Z',
      fault: async (point) => {
        if (point !== 'commit.before' || hold === undefined) return
        const held = hold
        hold = undefined
        held.entered()
        await held.release
      },
    },
  })
  await harness.recon.ready()
})
afterAll(async () => {
  await harness.close()
  proxy.close()
  await server.stop()
})

async function importsOf(client: Client): Promise<number> {
  return (await client.imports.list()).rows.length
}

it('says it does not know when the answer to a COMMIT is lost, and a repeat with the same key finds the outcome (B4)', async () => {
  const client = harness.client({ tenantId: 'lost' })
  await client.imports.create({ bankLines: [bankLine('B0', '1.00')] })
  const send = () =>
    client.imports.create({ bankLines: [bankLine('B1', '10.00')] }, { idempotencyKey: 'once-and-only' })
  proxy.swallow = true
  await expect(send()).rejects.toMatchObject({ code: expect.stringMatching(/^(STORE_UNAVAILABLE|INTERNAL)$/) })
  await expect.poll(() => importsOf(client)).toBe(2)
  const again = await send()
  expect(again).toMatchObject({ ok: true, value: { bankLines: 1, known: 0 } })
  expect(await importsOf(client)).toBe(2)
  expect(await client.activity.verify()).toMatchObject({ events: 2, intact: true })
})

it('answers 409 while the first request with a key runs, and the same bytes after it (C15)', async () => {
  const post = (body: unknown) =>
    harness.send({ tenantId: 'flight' }, '/imports', {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', 'idempotency-key': 'in-flight' },
    })
  const body = { bankLines: [bankLine('B1', '10.00')] }
  let release: () => void = () => undefined
  const entered = new Promise<void>((reached) => {
    hold = { entered: reached, release: new Promise((done) => (release = done)) }
  })
  const first = post(body)
  await entered
  const second = await post(body)
  expect([second.status, ((await second.json()) as { code: string }).code]).toEqual([409, 'IDEMPOTENCY_IN_FLIGHT'])
  release()
  const done = await first
  expect(done.status).toBe(201)
  const third = await post(body)
  expect([third.headers.get('idempotency-replayed'), await third.text()]).toEqual(['true', await done.text()])
  expect((await post({ bankLines: [] })).status).toBe(422)
})
