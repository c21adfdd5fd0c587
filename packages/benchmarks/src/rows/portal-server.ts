import { createServer } from 'node:http'
import { createRecon } from '@recon/server'

/** The backend on a port of its own, as a process of its own; tells its port, and its heap after a collection when asked. */
const settings = JSON.parse(process.argv[2] ?? '{}') as { database: string; secret: string; connections: number }
const { openPostgresStore } = await import('../../../server/src/store/postgres-store.ts')
const recon = createRecon({
  database: await openPostgresStore({ url: settings.database, connections: settings.connections }),
  authorize: () => null,
  portal: { url: 'http://recon.test/recon', page: 'https://books.example/portal' },
  secret: settings.secret,
  logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
})
await recon.ready()
const server = createServer(async (incoming, outgoing) => {
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part as Buffer)
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) if (typeof value === 'string') headers.set(name, value)
  const method = incoming.method ?? 'GET'
  const request = new Request(`http://recon.test${incoming.url}`, {
    method,
    headers,
    ...(method === 'GET' ? {} : { body: Buffer.concat(parts) }),
  })
  const response = await recon.handler(request)
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  outgoing.end(Buffer.from(await response.arrayBuffer()))
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' && address !== null ? address.port : 0 })
})
process.on('message', () => {
  ;(globalThis as { gc?: () => void }).gc?.()
  const { heapUsed, rss } = process.memoryUsage()
  const { user, system } = process.cpuUsage()
  process.send?.({ heap: heapUsed / 2 ** 20, rss: rss / 2 ** 20, cpu: (user + system) / 1000 })
})
process.on('disconnect', () => process.exit(0))
