import { type IsoInstant, ReconError } from '@recon/core'
import { type Kysely, sql, type Transaction } from 'kysely'
import { fromKysely, type Job, PgBoss } from 'pg-boss'
import type { Logger } from '../logger.ts'
import type { Store } from '../store/store.ts'
import type { Tables } from '../store/tables.ts'
import type { JobOrder } from '../store/unit-of-work.ts'
import type { Telemetry } from '../telemetry.ts'
import { type JobQueue, jobQueues, parkedQueue, parkedSeconds } from './job-queues.ts'

export const jobSchema = 'recon_jobs'

export interface JobTask {
  readonly id: string
  readonly data: Readonly<Record<string, unknown>>
  readonly signal: AbortSignal
}
export type JobHandler = (task: JobTask) => Promise<void>
export type JobHandlers = { readonly [Queue in JobQueue]?: JobHandler }

/** The same handlers with a span around each job. */
export function traced(telemetry: Telemetry, handlers: JobHandlers): JobHandlers {
  return Object.fromEntries(
    Object.entries(handlers).map(([queue, handler]) => [
      queue,
      (task: JobTask) => telemetry.span(`recon.job ${queue}`, { 'recon.queue': queue }, () => handler(task)),
    ]),
  )
}

export interface WorkSettings {
  /** Jobs of one queue at once in this process, 2 by default. */
  readonly concurrency?: number
  /** Seconds between looks at an empty queue, 1 by default. */
  readonly pollSeconds?: number
}

/** pg-boss on the store's database: orders go in with the caller's transaction, workers take them out anywhere. */
export class JobSystem {
  readonly #store: Store
  readonly #logger: Logger
  #boss: PgBoss | undefined
  #starting: Promise<PgBoss> | undefined

  constructor(store: Store, logger: Logger) {
    this.#store = store
    this.#logger = logger
  }

  /** Creates the job schema and the queues where they are missing. */
  async migrate(): Promise<void> {
    await this.#start(true, false)
  }

  async #start(migrate: boolean, supervise: boolean): Promise<PgBoss> {
    await this.#boss?.stop({ graceful: false })
    const boss = new PgBoss({
      ...this.#store.jobs,
      schema: jobSchema,
      migrate,
      supervise,
      schedule: false,
      // The store stops the clock of idle sessions; maintenance is rare and cheap here.
      maintenanceIntervalSeconds: 300,
    })
    boss.on('error', (error) => this.#logger.error('jobs', { error: error.message }))
    await boss.start()
    const known = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]))
    if (!known.has(parkedQueue)) {
      await boss.createQueue(parkedQueue, { retentionSeconds: parkedSeconds, deleteAfterSeconds: 7 * 86_400 })
    }
    for (const [name, options] of Object.entries(jobQueues)) {
      const settings = { ...options, deadLetter: parkedQueue, deleteAfterSeconds: 7 * 86_400 }
      const before = known.get(name)
      if (before === undefined) await boss.createQueue(name, settings)
      else if (before.deadLetter !== parkedQueue) await boss.updateQueue(name, settings)
      // Reads the queue into the cache: a first look inside a transaction would wait for it on a single connection.
      await boss.findJobs(name, { id: '00000000-0000-0000-0000-000000000000' })
    }
    this.#boss = boss
    return boss
  }

  async #ready(): Promise<PgBoss> {
    if (this.#boss !== undefined) return this.#boss
    this.#starting ??= this.#start(false, false)
    try {
      return await this.#starting
    } finally {
      this.#starting = undefined
    }
  }

  /** Called before the first transaction, never inside one. */
  async prepare(): Promise<void> {
    await this.#ready()
  }

  async send(db: Transaction<Tables>, orders: readonly JobOrder[]): Promise<void> {
    const boss = await this.#ready()
    for (const order of orders) {
      if (!Object.hasOwn(jobQueues, order.queue)) throw new ReconError('INTERNAL', `There is no queue ${order.queue}.`)
      await boss.send(order.queue, order.data, {
        db: fromKysely(db),
        ...(order.singletonKey === undefined ? {} : { singletonKey: order.singletonKey }),
        ...(order.startAfter === undefined ? {} : { startAfter: order.startAfter }),
      })
    }
  }

  /** Takes jobs until `stop`. A handler that throws fails its job, which is retried as its queue says. */
  async work(handlers: JobHandlers, settings: WorkSettings = {}): Promise<void> {
    const boss = await this.#start(false, true)
    for (const [queue, handler] of Object.entries(handlers)) {
      await boss.work(
        queue,
        {
          pollingIntervalSeconds: settings.pollSeconds ?? 1,
          localConcurrency: settings.concurrency ?? 2,
          batchSize: 1,
        },
        async (jobs: Job<object>[]) => {
          for (const job of jobs) await this.#run(queue, handler, job)
        },
      )
    }
  }

  async #run(queue: string, handler: JobHandler, job: Job<object>): Promise<void> {
    const started = performance.now()
    try {
      await handler({ id: job.id, data: job.data as Record<string, unknown>, signal: job.signal })
      this.#logger.info('job done', { queue, job: job.id, milliseconds: Math.round(performance.now() - started) })
    } catch (error) {
      this.#logger.warn('job failed', { queue, job: job.id, error: error instanceof Error ? error.message : 'unknown' })
      throw error
    }
  }

  /** Runs what is due now, once, in this process: for tests and for `recon work --once`. */
  async drain(handlers: JobHandlers, limit = 1000): Promise<number> {
    const boss = await this.#ready()
    let done = 0
    for (let found = true; found && done < limit; ) {
      found = false
      for (const [queue, handler] of Object.entries(handlers)) {
        const [job] = await boss.fetch<object>(queue)
        if (job === undefined) continue
        found = true
        done += 1
        try {
          await handler({ id: job.id, data: job.data as Record<string, unknown>, signal: new AbortController().signal })
          await boss.complete(queue, job.id)
        } catch (error) {
          await boss.fail(queue, job.id, { message: error instanceof Error ? error.message : 'unknown' })
        }
      }
    }
    return done
  }

  /** Jobs that were given up, newest first: of one tenant, or of all for the operator. */
  async parked(tenantId?: string, db: Kysely<Tables> = this.#store.db): Promise<readonly ParkedJob[]> {
    await this.#ready()
    const found = await sql<ParkedRow>`
      select id, source_name, source_created_on, created_on, source_retry_count, source_output
      from ${sql.table(`${jobSchema}.job`)} where name = ${parkedQueue} and state = 'created'
        and (${tenantId ?? null}::text is null or data ->> 'tenantId' = ${tenantId ?? null})
      order by created_on desc limit 500`.execute(db)
    return found.rows.map((row) => ({
      id: row.id,
      queue: row.source_name ?? 'unknown',
      createdAt: String(row.source_created_on ?? row.created_on),
      parkedAt: String(row.created_on),
      attempts: (row.source_retry_count ?? 0) + 1,
      reason: messageOf(row.source_output),
    }))
  }

  /** Gives parked jobs another try, each in the queue it came from; how many there were. */
  async redrive(filter: { readonly tenantId?: string; readonly ids?: readonly string[] }, db?: Transaction<Tables>) {
    const boss = await this.#ready()
    return boss.redrive(parkedQueue, {
      ...(filter.ids === undefined ? {} : { ids: [...filter.ids] }),
      ...(filter.tenantId === undefined ? {} : { data: { tenantId: filter.tenantId } }),
      ...(db === undefined ? {} : { db: fromKysely(db) }),
    })
  }

  async stop(): Promise<void> {
    const boss = this.#boss
    this.#boss = undefined
    await boss?.stop({ graceful: true, timeout: 25_000 })
  }
}

interface ParkedRow {
  readonly id: string
  readonly source_name: string | null
  readonly source_created_on: IsoInstant | null
  readonly created_on: IsoInstant
  readonly source_retry_count: number | null
  readonly source_output: unknown
}

export interface ParkedJob {
  readonly id: string
  readonly queue: string
  readonly createdAt: IsoInstant
  readonly parkedAt: IsoInstant
  readonly attempts: number
  readonly reason: string
}

function messageOf(output: unknown): string {
  const message = typeof output === 'object' && output !== null ? (output as { message?: unknown }).message : undefined
  return typeof message === 'string' ? message.slice(0, 500) : 'unknown'
}
