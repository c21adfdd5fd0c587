import { ReconError } from '@recon/core'
import { JobSystem } from './jobs/job-system.ts'
import type { Logger } from './logger.ts'
import type { ReconOptions } from './recon-options.ts'
import { expectedSchemaVersion, migrateStore, readSchemaVersion } from './store/migrate-store.ts'
import { openStore } from './store/open-store.ts'
import type { Store } from './store/store.ts'

export interface OpenedStore {
  readonly store: Store
  readonly jobs: JobSystem
}

/** The database, opened once by whoever needs it first; a failed opening is tried again by the next one. */
export class StoreOpening {
  readonly #options: ReconOptions
  readonly #logger: Logger
  #opened: Promise<OpenedStore> | undefined
  #ready: Promise<OpenedStore> | undefined

  constructor(options: ReconOptions, logger: Logger) {
    this.#options = options
    this.#logger = logger
  }

  open(): Promise<OpenedStore> {
    if (this.#opened === undefined) {
      this.#opened = this.#open()
      this.#opened.catch(() => {
        this.#opened = undefined
      })
    }
    return this.#opened
  }

  async #open(): Promise<OpenedStore> {
    const { database = 'pglite://./recon-data' } = this.#options
    const store = typeof database === 'string' ? await openStore(database) : database
    return { store, jobs: new JobSystem(store, this.#logger) }
  }

  ready(): Promise<OpenedStore> {
    if (this.#ready === undefined) {
      this.#ready = this.#prepare()
      this.#ready.catch(() => {
        this.#ready = undefined
      })
    }
    return this.#ready
  }

  async #prepare(): Promise<OpenedStore> {
    const opened = await this.open()
    const { store, jobs } = opened
    if (this.#options.migrate ?? store.kind === 'pglite') await this.migrate()
    const version = await readSchemaVersion(store.db)
    if (version !== expectedSchemaVersion) {
      throw new ReconError(
        'STORE_UNAVAILABLE',
        `The schema is at ${version ?? 'nothing'}, this version needs ${expectedSchemaVersion}. Run "recon migrate".`,
      )
    }
    await jobs.prepare()
    return opened
  }

  async migrate(): Promise<string[]> {
    const { store, jobs } = await this.open()
    const ran = await migrateStore(store.db)
    await jobs.migrate()
    return ran
  }

  async close(): Promise<void> {
    const opened = await this.#opened?.catch(() => undefined)
    this.#opened = undefined
    this.#ready = undefined
    await opened?.jobs.stop()
    await opened?.store.close()
  }
}
