import { getRequestListener } from '@hono/node-server'
import { createRecon } from '@recon/server'
import express from 'express'

const recon = createRecon({
  database: process.env.DATABASE_URL ?? 'pglite://./recon-data',
  authorize: (request) =>
    request.headers.get('authorization') === `Bearer ${process.env.DEMO_TOKEN}`
      ? { tenantId: 'demo', actorId: 'demo-user', roles: ['FINANCE'] }
      : null,
})
await recon.ready()

const app = express()
// before any body parser: signatures and limits are over the raw bytes
const listener = getRequestListener((request) => recon.handler(request))
app.use((request, response, next) => (request.originalUrl.startsWith('/recon') ? listener(request, response) : next()))
app.get('/', (_request, response) => response.send('the host application'))

const server = app.listen(Number(process.env.PORT ?? 3000))
process.once('SIGTERM', () => {
  server.close()
  void recon.close()
})
