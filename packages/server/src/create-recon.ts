import { type Actor, ReconError } from '@recon/core'
import type { Authorize } from './configuration.ts'
import { deskHandlers } from './http/desk-handlers.ts'
import type { Handlers } from './http/handlers.ts'
import { openapiDocument } from './http/openapi-document.ts'
import { reconHandler } from './http/recon-handler.ts'
import { jsonLogger, type Logger } from './logger.ts'
import { expectedSchemaVersion, migrateStore, readSchemaVersion } from './store/migrate-store.ts'
import { openStore } from './store/open-store.ts'
import type { Store } from './store/store.ts'
import { type Ambience, inTransaction, systemAmbience, type UnitOfWork } from './store/unit-of-work.ts'
import { type Engine, planRunWith } from './use-cases/plan-run.ts'
import { bindUseCases, type UseCases } from './use-cases/use-cases.ts'

export const reconVersion = '0.1.0'

export interface ReconOptions {
  /** `pglite://FOLDER`, `pglite://memory`, `postgres://...`, or an open store. `pglite://./recon-data` by default. */
  readonly database?: string | Store
  readonly authorize: Authorize
  /** Where the handler is mounted, `/recon` by default. */
  readonly mount?: string
  /** Clock and ids; the system's by default. */
  readonly ambience?: Partial<Ambience>
  /** Bring the schema up to date when opening; true by default for an embedded database, false for a server. */
  readonly migrate?: boolean
  /** The matching engine; the core's by default. */
  readonly engine?: Engine
  readonly logger?: Logger
}

export interface Recon {
  /** The whole HTTP surface. */
  readonly handler: (request: Request) => Promise<Response>
  /** Library calls: the same rules and transactions without HTTP. */
  readonly useCases: UseCases
  /** Opens the database and checks its schema; the first request does it too. */
  readonly ready: () => Promise<void>
  /** Brings the schema up to date; the names of the migrations that ran. */
  readonly migrate: () => Promise<readonly string[]>
  /** Lets running requests end and closes the database. */
  readonly close: () => Promise<void>
}

/** The host backend: one object, one handler. Opening is lazy, so this never fails; `ready()` does. */
export function createRecon(options: ReconOptions): Recon {
  const ambience: Ambience = { ...systemAmbience, ...options.ambience }
  const logger = options.logger ?? jsonLogger((line) => process.stderr.write(`${line}\n`), ambience.now)
  const opening = new Opening(options)
  const transact = async <Result>(tenantId: string, actor: Actor, work: (unit: UnitOfWork) => Promise<Result>) => {
    const store = await opening.ready()
    return inTransaction(store, { tenantId, actor, ambience, sendJobs: async () => undefined }, work)
  }
  const planRun = planRunWith(options.engine)
  const handlers: Handlers = {
    system: {
      health: async () => ({ status: 'ok', version: reconVersion }),
      ready: () => readiness(opening),
      openapi: async () => openapiDocument(reconVersion),
      session: async ({ unit }) => ({ tenantId: unit.tenantId, actorId: unit.actor.id, roles: [...unit.actor.roles] }),
    },
    ...deskHandlers(planRun),
  }
  return {
    handler: reconHandler({
      mount: options.mount ?? '/recon',
      authorize: options.authorize,
      handlers,
      ambience,
      logger,
      ready: () => opening.ready(),
      transact,
    }),
    useCases: bindUseCases(transact, planRun),
    ready: async () => {
      await opening.ready()
    },
    migrate: async () => migrateStore((await opening.open()).db),
    close: () => opening.close(),
  }
}

/** The database, opened once, by whoever needs it first. */
class Opening {
  readonly #options: ReconOptions
  #store: Promise<Store> | undefined
  #ready: Promise<Store> | undefined

  constructor(options: ReconOptions) {
    this.#options = options
  }

  open(): Promise<Store> {
    const { database = 'pglite://./recon-data' } = this.#options
    this.#store ??= typeof database === 'string' ? openStore(database) : Promise.resolve(database)
    this.#store.catch(() => {
      this.#store = undefined
    })
    return this.#store
  }

  ready(): Promise<Store> {
    this.#ready ??= this.#prepare()
    this.#ready.catch(() => {
      this.#ready = undefined
    })
    return this.#ready
  }

  async #prepare(): Promise<Store> {
    const store = await this.open()
    if (this.#options.migrate ?? store.kind === 'pglite') await migrateStore(store.db)
    const version = await readSchemaVersion(store.db)
    if (version !== expectedSchemaVersion) {
      throw new ReconError(
        'STORE_UNAVAILABLE',
        `The schema is at ${version ?? 'nothing'}, this version needs ${expectedSchemaVersion}. Run "recon migrate".`,
      )
    }
    return store
  }

  async close(): Promise<void> {
    const store = await this.#store?.catch(() => undefined)
    this.#store = undefined
    this.#ready = undefined
    await store?.close()
  }
}

async function readiness(opening: Opening): Promise<Response> {
  const checks: { name: string; ok: boolean; message: string }[] = []
  let database: Store['kind'] = 'pglite'
  let schemaVersion: string | null = null
  try {
    const store = await opening.ready()
    database = store.kind
    schemaVersion = await readSchemaVersion(store.db)
    checks.push({ name: 'database', ok: true, message: 'answers' })
  } catch (error) {
    checks.push({ name: 'database', ok: false, message: ReconError.is(error) ? error.message : 'does not answer' })
  }
  const ok = checks.every((check) => check.ok)
  return Response.json(
    { status: ok ? 'ready' : 'unavailable', database, schemaVersion, checks },
    { status: ok ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  )
}
