import { PGlite, type PGliteOptions } from '@electric-sql/pglite'
import { ReconError } from '@recon/core'
import { Kysely, PGliteDialect, type PGliteDialectConfig } from 'kysely'
import { fromPglite } from 'pg-boss'
import { columnReaders } from './column-values.ts'
import type { Store } from './store.ts'
import { lockStore } from './store-lock.ts'
import type { Tables } from './tables.ts'

export interface PgliteStoreOptions {
  /** Folder of the data; in memory where absent. */
  readonly directory?: string
  /** A `dumpDataDir` image to start from: 0.5 s instead of the 3 s of a new cluster. */
  readonly image?: Blob
}

export const activityChannel = 'recon_activity'

/**
 * An embedded Postgres in this process. It survives a killed process, not a power cut, and serves one process at a time:
 * for trying out, tests and single-user use.
 * @throws ReconError STORE_LOCKED, STORE_UNAVAILABLE
 */
export async function openPgliteStore(options: PgliteStoreOptions = {}): Promise<Store & { pglite: PGlite }> {
  const lock = options.directory === undefined ? undefined : lockStore(options.directory)
  const settings: PGliteOptions = {
    ...(options.directory === undefined ? {} : { dataDir: `${options.directory}/pgdata` }),
    ...(options.image === undefined ? {} : { loadDataDir: options.image }),
  }
  let pglite: PGlite
  try {
    pglite = await PGlite.create(settings)
    await pglite.query(`set time zone 'UTC'`)
  } catch (error) {
    lock?.release()
    throw new ReconError(
      'STORE_UNAVAILABLE',
      'The embedded database does not open. Restore the folder from a backup.',
      {
        cause: error,
      },
    )
  }
  return {
    kind: 'pglite',
    pglite,
    db: new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: withColumnReaders(pglite) }) }).withSchema('recon'),
    jobs: { db: fromPglite(pglite), backend: 'pglite' },
    listen: async (onMessage) => {
      const stop = await pglite.listen(activityChannel, onMessage)
      return async () => {
        if (!pglite.closed) await stop()
      }
    },
    close: async () => {
      if (!pglite.closed) await pglite.close()
      lock?.release()
    },
  }
}

/** The same database with our reading of column values; pg-boss keeps the driver's own. */
function withColumnReaders(pglite: PGlite): PGliteDialectConfig['pglite'] {
  const parsers = { ...columnReaders }
  return {
    close: () => pglite.close(),
    get closed() {
      return pglite.closed
    },
    get ready() {
      return pglite.ready
    },
    waitReady: pglite.waitReady,
    query: (query, params, options) => pglite.query(query, params, { ...options, parsers }),
    transaction: (work) =>
      pglite.transaction((tx) =>
        work({
          query: (query, params, options) => tx.query(query, params, { ...options, parsers }),
          rollback: () => tx.rollback(),
        }),
      ),
  }
}
