import type { Kysely } from 'kysely'
import type { ConstructorOptions } from 'pg-boss'
import type { Tables } from './tables.ts'

/** An open database: embedded or a server, spoken to in the same way. */
export interface Store {
  readonly kind: 'pglite' | 'postgres'
  readonly db: Kysely<Tables>
  /** How pg-boss reaches the same database. */
  readonly jobs: ConstructorOptions
  /** Calls back for every committed `notifyTopic` on the channel, from any process. */
  readonly listen: (onMessage: (payload: string) => void) => Promise<() => Promise<void>>
  readonly close: () => Promise<void>
}
