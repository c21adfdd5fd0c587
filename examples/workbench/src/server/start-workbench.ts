import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { serve } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { createRecon, jsonLogger, type Logger, localOperator, smtp } from '@recon/server'
import { Hono } from 'hono'
import { freePort } from './listening-port.ts'
import { localGuard } from './local-guard.ts'
import { startMailCatcher } from './mail-catcher.ts'
import { deskOf, directClient, fillWorlds } from './sample-world.ts'
import { pumpWebhooks } from './simulators/pump-webhooks.ts'
import { openSimulatedWorld } from './simulators/simulated-world.ts'
import { simulatorRoutes } from './simulators/simulator-routes.ts'

const root = join(import.meta.dirname, '../..')
const defaultPort = 4471
const hostname = '127.0.0.1'

/** Problems only: a line per request would bury them. */
const logger: Logger = {
  ...jsonLogger(
    (line) => process.stderr.write(`${line}\n`),
    () => new Date().toISOString(),
  ),
  info: () => undefined,
}

export interface Workbench {
  readonly address: string
  readonly close: () => Promise<void>
}

interface Settings {
  readonly data: string
  readonly port: number
  /** The moment a new data folder begins at; now where absent. */
  readonly now: number | undefined
}

function settingsOf(argv: readonly string[], environment: Readonly<Record<string, string | undefined>>): Settings {
  const { values } = parseArgs({
    args: [...argv],
    options: { port: { type: 'string' }, data: { type: 'string' }, now: { type: 'string' } },
  })
  const port = Number(values.port ?? environment.PORT ?? defaultPort)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('--port takes a number from 0 to 65535.')
  const now = values.now === undefined ? undefined : Date.parse(values.now)
  if (Number.isNaN(now)) throw new Error('--now takes a moment such as 2026-11-21T09:00:00Z.')
  return { now, data: values.data ?? environment.RECON_WORKBENCH_DATA ?? join(root, 'data'), port }
}

function workbenchApp(handler: (request: Request) => Promise<Response> | Response, own: readonly Hono[]): Hono {
  const app = new Hono()
  app.use(localGuard)
  for (const routes of own) app.route('/workbench', routes)
  app.all('/recon', (context) => handler(context.req.raw))
  app.all('/recon/*', (context) => handler(context.req.raw))
  app.use('/assets/*', async (context, next) => {
    await next()
    if (context.res.ok) context.header('cache-control', 'public, max-age=31536000, immutable')
  })
  app.use('*', serveStatic({ root: join(root, 'dist') }))
  app.get('*', serveStatic({ path: join(root, 'dist/index.html') }))
  return app
}

/** Opens the database, fills it on the first start, and serves until the process is asked to stop. */
export async function startWorkbench(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  say: (text: string) => void = (text) => console.log(text),
): Promise<Workbench> {
  const settings = settingsOf(argv, environment)
  if (!existsSync(join(root, 'dist/index.html'))) {
    throw new Error('The browser part is not built. Run: pnpm --filter @recon/example-workbench build')
  }
  mkdirSync(settings.data, { recursive: true })
  const port = await freePort(settings.port, hostname)
  const address = `http://localhost:${port}/`
  const catcher = await startMailCatcher()
  const world = openSimulatedWorld(settings.data, settings.now)
  const recon = createRecon({
    database: `pglite://${settings.data}`,
    authorize: (request) => localOperator(deskOf(request))(request),
    logger,
    ambience: { now: world.clock.instant },
    providers: world.providers,
    mail: smtp(catcher.url, { from: 'Ledger & Co <desk@ledger.example>' }),
    portal: { url: `${address}recon`, page: `${address}portal` },
  })
  const handler = (request: Request) => recon.handler(request)
  await fillWorlds(handler, join(root, 'samples'), world, say)
  // one of each kind at a time: the embedded database is one thread
  await recon.work({ concurrency: 1 })
  const pump = pumpWebhooks(world, { handler, drain: recon.drain }, (problem) =>
    logger.error('simulators', { problem }),
  )
  const panel = simulatorRoutes({ world, client: (desk) => directClient(handler, desk) })
  const app = workbenchApp(handler, [catcher.routes, panel])
  const server = serve({ fetch: app.fetch, port, hostname })
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  if (settings.port !== 0 && port !== settings.port) say(`workbench: port ${settings.port} is taken, using ${port}`)
  say(`workbench: ${address} (data in ${settings.data}, stop with Ctrl+C)`)
  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    if ('closeAllConnections' in server) server.closeAllConnections()
    await closed
    await pump.stop()
    await recon.close()
    await catcher.stop()
  }
  const stop = () => {
    // what hangs must not keep the person waiting: the database survives being left
    setTimeout(() => process.exit(1), 5000).unref()
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  return { address, close }
}
