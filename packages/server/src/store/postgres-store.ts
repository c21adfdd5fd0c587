import { ReconError } from '@recon/core'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { columnReaders } from './column-values.ts'
import { activityChannel } from './pglite-store.ts'
import type { Store } from './store.ts'
import type { Tables } from './tables.ts'

export interface PostgresStoreOptions {
  readonly url: string
  /** Connections of this process, 10 by default. */
  readonly connections?: number
}

const statementTimeout = 60_000

/**
 * A real Postgres.
 * @throws ReconError STORE_UNAVAILABLE when it does not answer
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store & { pool: pg.Pool }> {
  const types: pg.CustomTypesConfig = {
    getTypeParser: (id: number, format?: 'text' | 'binary') =>
      columnReaders[id] ?? pg.types.getTypeParser(id, format as 'text'),
  }
  const settings: pg.PoolConfig = {
    connectionString: options.url,
    max: options.connections ?? 10,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    options: `-c timezone=UTC -c statement_timeout=${statementTimeout} -c idle_in_transaction_session_timeout=60000`,
    application_name: 'recon',
    types,
  }
  const pool = new pg.Pool(settings)
  // A broken idle connection is replaced by the pool; without a listener the event would end the process.
  pool.on('error', () => undefined)
  // The same for one that breaks while a transaction holds it between two statements: its next statement fails and is told.
  pool.on('connect', (client) => client.on('error', () => undefined))
  try {
    await pool.query('select 1')
  } catch (error) {
    await pool.end().catch(() => undefined)
    throw new ReconError(
      'STORE_UNAVAILABLE',
      'Postgres does not answer. Check the database URL and that the server runs.',
      {
        cause: error,
      },
    )
  }
  return {
    kind: 'postgres',
    pool,
    db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }).withSchema('recon'),
    jobs: { connectionString: options.url, max: 4, application_name: 'recon-jobs' },
    listen: (onMessage) => listenWith(settings, onMessage),
    close: () => pool.end(),
  }
}

/** A connection of its own, re-made when it breaks. Listeners re-read after a gap, so a lost message costs only delay. */
async function listenWith(settings: pg.PoolConfig, onMessage: (payload: string) => void): Promise<() => Promise<void>> {
  let closed = false
  let client: pg.Client | undefined
  const connect = async (): Promise<void> => {
    const next = new pg.Client(settings)
    next.on('notification', (message) => onMessage(message.payload ?? ''))
    next.on('error', () => {
      if (closed || client !== next) return
      client = undefined
      setTimeout(() => void connect().catch(() => undefined), 1000).unref()
    })
    await next.connect()
    await next.query(`listen ${activityChannel}`)
    client = next
  }
  await connect()
  return async () => {
    closed = true
    await client?.end()
  }
}
