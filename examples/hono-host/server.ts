import { serve } from '@hono/node-server'
import { createRecon } from '@recon/server'
import { Hono } from 'hono'

const recon = createRecon({
  database: process.env.DATABASE_URL ?? 'pglite://./recon-data',
  // your own session: who is calling, for which tenant, with which roles; null when nobody is signed in
  authorize: (request) =>
    request.headers.get('authorization') === `Bearer ${process.env.DEMO_TOKEN}`
      ? { tenantId: 'demo', actorId: 'demo-user', roles: ['FINANCE'] }
      : null,
})
await recon.ready()

const app = new Hono()
app.get('/', (context) => context.text('the host application'))
app.all('/recon/*', (context) => recon.handler(context.req.raw))

const server = serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) })
process.once('SIGTERM', () => {
  server.close()
  void recon.close()
})
