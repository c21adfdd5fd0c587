import { ReconError } from '@recon/core'
import { openPgliteStore } from './pglite-store.ts'
import { openPostgresStore } from './postgres-store.ts'
import type { Store } from './store.ts'

/**
 * Opens a database by its URL: `pglite://FOLDER`, `pglite://memory` or `postgres://...`.
 * @throws ReconError CONFIGURATION_INVALID, STORE_LOCKED, STORE_UNAVAILABLE
 */
export async function openStore(url: string): Promise<Store> {
  if (url.startsWith('postgres://') || url.startsWith('postgresql://')) return openPostgresStore({ url })
  if (url.startsWith('pglite://')) {
    const directory = url.slice('pglite://'.length)
    if (directory === 'memory') return openPgliteStore()
    if (directory !== '') return openPgliteStore({ directory })
  }
  throw new ReconError(
    'CONFIGURATION_INVALID',
    'The database URL is not understood. Give pglite://FOLDER, pglite://memory or postgres://USER:PASSWORD@HOST/DATABASE.',
    { place: 'database' },
  )
}
