import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { fileURLToPath } from 'node:url'
import { openPostgresStore } from '../../../server/src/store/postgres-store.ts'
import { browser } from '../../../server/src/testing/browser.ts'
import { type EmbeddedServer, startEmbeddedServer } from '../../../server/src/testing/embedded-server.ts'
import { dispatchFirm, firmWorld } from '../../../server/src/testing/firm-world.ts'
import { type AcknowledgedSave, assertInvariants } from '../../../server/src/testing/invariants.ts'
import { harnessUrl, type ReconHarness, reconHarness } from '../../../server/src/testing/recon-harness.ts'

interface ServerState {
  readonly heap: number
  readonly rss: number
  readonly cpu: number
}

interface Visitor {
  readonly tenantId: string
  readonly cookie: string
  /** The item it writes on, and the version it knows. */
  readonly itemId: string
  version: number
}

const secret = 'p'.repeat(40)

/**
 * Clients of as many firms as there are connections write on their answers at once, each saving again as soon as the save before
 * is answered, over HTTP against a server process on a real Postgres that writes through to the disk.
 */
export async function serverPortalBench(connections: number, seconds: number): Promise<string> {
  const postgres = await startEmbeddedServer({ durable: true })
  const database = await postgres.newDatabase()
  const mails = new Map<string, string>()
  const harness = reconHarness(await openPostgresStore({ url: database }), {
    portal: { url: harnessUrl, page: 'https://books.example/portal' },
    secret,
    ambience: {},
    mail: {
      from: 'Firm <firm@firm.example>',
      send: async (mail) => {
        mails.set(mail.messageId, mail.text)
        return { ok: true }
      },
    },
  })
  let server: ChildProcess | undefined
  try {
    const visitors: Visitor[] = []
    for (let at = 0; at < connections; at++) visitors.push(await signIn(harness, mails, `firm-${at}`))
    server = fork(
      fileURLToPath(new URL('./portal-server.ts', import.meta.url)),
      [JSON.stringify({ database, secret, connections: 10 })],
      { execArgv: ['--conditions=recon-source', '--expose-gc'] },
    )
    const { port } = await answerOf<{ port: number }>(server)
    await load(port, visitors, Math.min(5, seconds))
    const heaps = [await heapOf(server)]
    const latencies: number[] = []
    const saves: AcknowledgedSave[] = []
    const failures: number[] = []
    const slices = Math.max(1, Math.round(seconds / 60))
    for (let slice = 0; slice < slices; slice++) {
      const part = await load(port, visitors, seconds / slices)
      latencies.push(...part.latencies)
      failures.push(...part.failures)
      saves.push(...part.last)
      heaps.push(await heapOf(server))
    }
    await assertInvariants(harness.store.db, { saves })
    return table(connections, seconds, latencies, failures, heaps)
  } finally {
    server?.kill('SIGKILL')
    await harness.close()
    await stop(postgres)
  }
}

const stop = (server: EmbeddedServer): Promise<void> => server.stop()

async function signIn(harness: ReconHarness, mails: Map<string, string>, tenantId: string): Promise<Visitor> {
  await dispatchFirm(await firmWorld(harness, tenantId))
  const { id, message_id: messageId } = await harness.store.db
    .selectFrom('outbox')
    .select(['id', 'message_id'])
    .where('tenant_id', '=', tenantId)
    .executeTakeFirstOrThrow()
  await harness.recon.deliverMail(tenantId, id)
  const link = /\S+\/portal\/enter\/\S+/.exec(mails.get(messageId) ?? '')?.[0] ?? ''
  const phone = browser(harness)
  const entered = await phone.enter(link)
  if (entered.status !== 303) throw new Error(`No session for ${tenantId}: ${entered.status}`)
  const [item] = (await phone.client.portal.request()).items
  if (item === undefined) throw new Error(`No item for ${tenantId}`)
  const cookie = [...phone.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  return { tenantId, cookie, itemId: item.id, version: item.version }
}

async function load(port: number, visitors: readonly Visitor[], seconds: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: visitors.length })
  const until = performance.now() + seconds * 1000
  const latencies: number[] = []
  const failures: number[] = []
  const last: AcknowledgedSave[] = []
  await Promise.all(
    visitors.map(async (visitor) => {
      let note = ''
      while (performance.now() < until) {
        note = `written ${visitor.version} of ${visitor.tenantId}`
        const start = performance.now()
        const status = await save(agent, port, visitor, note)
        latencies.push(performance.now() - start)
        if (status === 200) visitor.version += 1
        else failures.push(status)
      }
      last.push({ tenantId: visitor.tenantId, itemId: visitor.itemId, version: visitor.version, note })
    }),
  )
  agent.destroy()
  return { latencies, failures, last }
}

function save(agent: Agent, port: number, visitor: Visitor, note: string): Promise<number> {
  const body = JSON.stringify({ version: visitor.version, submit: false, kind: 'NO_SUPPORTING', note })
  const headers = {
    cookie: visitor.cookie,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'sec-fetch-site': 'same-origin',
    'idempotency-key': `${visitor.tenantId}-${visitor.version}`,
  }
  const path = `/recon/portal/items/${visitor.itemId}/answer`
  return new Promise((resolve, reject) => {
    const sent = request({ agent, port, host: '127.0.0.1', method: 'POST', path, headers }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** After a collection: megabytes, and milliseconds of processor time so far. */
function heapOf(server: ChildProcess): Promise<ServerState> {
  server.send('heap')
  return answerOf<ServerState>(server)
}

async function answerOf<Answer>(server: ChildProcess): Promise<Answer> {
  const ended = once(server, 'exit').then(([code]) => Promise.reject(new Error(`The server ended with ${code}.`)))
  const [answer] = (await Promise.race([once(server, 'message'), ended])) as [Answer]
  return answer
}

function table(
  connections: number,
  seconds: number,
  latencies: readonly number[],
  failures: readonly number[],
  heaps: readonly ServerState[],
): string {
  const sorted = Float64Array.from(latencies).sort()
  const at = (share: number) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0)
  const first = heaps[0]
  const end = heaps.at(-1)
  const half = heaps[Math.floor(heaps.length / 2)]
  return [
    '| connections | seconds | saves/s | p50 ms | p95 ms | p99 ms | longest ms | not 200 | server cpu ms a save | heap MB start, middle, end | resident MB start, end |',
    '|---|---|---|---|---|---|---|---|---|---|---|',
    `| ${connections} | ${seconds} | ${Math.round(latencies.length / seconds)} | ${at(0.5)} | ${at(0.95)} | ${at(0.99)} | ${at(1)} | ${failures.length} | ${(((end?.cpu ?? 0) - (first?.cpu ?? 0)) / latencies.length).toFixed(1)} | ` +
      `${first?.heap.toFixed(1)}, ${half?.heap.toFixed(1)}, ${end?.heap.toFixed(1)} | ${first?.rss.toFixed(0)}, ${end?.rss.toFixed(0)} |`,
  ].join('\n')
}
