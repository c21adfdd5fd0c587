import { createRecon } from '@recon/server'

/** One for the process: development reloads must not open the database again. */
const kept = globalThis as { recon?: ReturnType<typeof createRecon> }

kept.recon ??= createRecon({
  database: process.env.DATABASE_URL ?? 'pglite://./recon-data',
  authorize: (request) =>
    request.headers.get('authorization') === `Bearer ${process.env.DEMO_TOKEN}`
      ? { tenantId: 'demo', actorId: 'demo-user', roles: ['FINANCE'] }
      : null,
})

export const recon = kept.recon
