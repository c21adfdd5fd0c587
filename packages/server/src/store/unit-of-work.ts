import type { Actor, IsoInstant } from '@recon/core'
import { ReconError } from '@recon/core'
import { type Kysely, sql, type Transaction } from 'kysely'
import { activityChannel } from './pglite-store.ts'
import type { Store } from './store.ts'
import type { Tables } from './tables.ts'

/** Called between steps; a test stops the process there, to see what a crash leaves behind. */
export type Fault = (point: string) => void | Promise<void>

/** Where time and names come from; tests give their own. */
export interface Ambience {
  readonly now: () => IsoInstant
  readonly newId: () => string
  readonly fault?: Fault
}

export const systemAmbience: Ambience = {
  now: () => new Date().toISOString(),
  newId: () => crypto.randomUUID(),
}

/** A job that is enqueued if and only if the transaction commits. */
export interface JobOrder {
  readonly queue: string
  readonly data: Readonly<Record<string, unknown>>
  /** At most one waiting job of the queue has this key. */
  readonly singletonKey?: string
  readonly startAfter?: IsoInstant
}

/** One transaction of one tenant by one actor: everything a use case may touch. */
export interface UnitOfWork {
  readonly db: Transaction<Tables>
  readonly tenantId: string
  readonly actor: Actor
  /** The moment of the transaction: the same for all it writes. */
  readonly now: IsoInstant
  readonly newId: () => string
  readonly enqueue: (order: JobOrder) => void
  /** Tells open screens what changed, after the commit. */
  readonly announce: (topic: string) => void
}

export interface UnitOptions {
  readonly tenantId: string
  readonly actor: Actor
  readonly ambience: Ambience
  readonly sendJobs: (db: Transaction<Tables>, orders: readonly JobOrder[]) => Promise<void>
}

/**
 * Runs `work` in a transaction fenced to the tenant: as the application role, where the database has it, and under row-level
 * security. Jobs and announcements leave with the commit or not at all.
 */
export async function inTransaction<Result>(
  store: Store,
  options: UnitOptions,
  work: (unit: UnitOfWork) => Promise<Result>,
): Promise<Result> {
  try {
    const result = await store.db.transaction().execute(async (transaction) => {
      const db = transaction.withSchema('recon')
      await enterFence(db, options.tenantId)
      const orders: JobOrder[] = []
      const topics = new Set<string>()
      const result = await work({
        db,
        tenantId: options.tenantId,
        actor: options.actor,
        now: options.ambience.now(),
        newId: options.ambience.newId,
        enqueue: (order) => orders.push(order),
        announce: (topic) => topics.add(topic),
      })
      if (orders.length > 0) {
        await sql`set local role none`.execute(db)
        await options.sendJobs(db, orders)
      }
      if (topics.size > 0) {
        const payload = JSON.stringify({ tenantId: options.tenantId, topics: [...topics].slice(0, 50) })
        await sql`select pg_notify(${activityChannel}, ${payload})`.execute(db)
      }
      await options.ambience.fault?.('commit.before')
      return result
    })
    await options.ambience.fault?.('commit.after')
    return result
  } catch (error) {
    throw asReconError(error)
  }
}

async function enterFence(db: Kysely<Tables>, tenantId: string): Promise<void> {
  await sql`select set_config('recon.tenant', ${tenantId}, true), set_config('role', 'recon_app', true)`.execute(db)
}

/** Driver errors in our words; the original stays as the cause. */
export function asReconError(error: unknown): unknown {
  if (ReconError.is(error) || typeof error !== 'object' || error === null) return error
  const code = (error as { code?: unknown }).code
  if (typeof code !== 'string') return error
  if (code === '40001' || code === '40P01' || code === '55P03') {
    return new ReconError('VERSION_CONFLICT', 'Another change was made at the same time. Load again and repeat.', {
      cause: error,
    })
  }
  if (code === '42501') {
    return new ReconError('FORBIDDEN', 'The application role may not do this: the row is written once.', {
      cause: error,
    })
  }
  if (
    code.startsWith('08') ||
    code.startsWith('57P') ||
    code.startsWith('53') ||
    code === 'ECONNREFUSED' ||
    code === 'ECONNRESET'
  ) {
    return new ReconError('STORE_UNAVAILABLE', 'The database is not available. Nothing was changed. Try again.', {
      cause: error,
    })
  }
  return error
}
