import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Provider, ReconError } from '@recon/core'
import type { Authorize } from './configuration.ts'
import type { FileStorage, ScanFile } from './files/file-storage.ts'
import { folderStorage, memoryStorage } from './files/folder-storage.ts'
import type { Logger } from './logger.ts'
import type { MailTransport } from './outbox/mail-transport.ts'
import { type Sealer, sealer } from './outbox/sealed-secret.ts'
import type { UploadRoom } from './portal/upload-limits.ts'
import type { Store } from './store/store.ts'
import type { Ambience } from './store/unit-of-work.ts'
import type { Telemetry } from './telemetry.ts'
import type { Engine } from './use-cases/plan-run.ts'
import type { PostWebhook } from './webhooks/webhook-post.ts'

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
  /** Open records of one account above which a run in the background is cut by reference hash, too; 400,000 by default. */
  readonly splitAbove?: number
  readonly logger?: Logger
  /** How mails leave; without it they wait in the outbox. */
  readonly mail?: MailTransport
  /** What the client portal needs; without it a run cannot be dispatched. */
  readonly portal?: {
    /** Public address of the handler's mount, `https://books.example/recon`. */
    readonly url: string
    /** The host's portal page, where a signed-in client lands. */
    readonly page: string
  }
  /** At least 32 characters: seals links in the outbox and signs download addresses. An embedded database makes its own. */
  readonly secret?: string
  /** Where uploads and reports are kept; a folder by default. */
  readonly files?: FileStorage
  /** Looks at every uploaded file before anybody sees it. */
  readonly scan?: ScanFile
  /** Room for uploads in bytes; 25 MB a file, 250 MB a contact and request, 2 GB a client by default. */
  readonly uploads?: Partial<UploadRoom>
  /** Spans around requests, use cases and jobs: see `openTelemetry`. */
  readonly telemetry?: Telemetry
  readonly providers?: readonly Provider[]
  /** How webhooks leave; over https to public addresses by default. */
  readonly postWebhook?: PostWebhook
  /** The caller's network address as the host knows it; used for limits alone. */
  readonly clientAddress?: (request: Request) => string | undefined
}

function embeddedFolder({ database = 'pglite://./recon-data' }: ReconOptions): string | undefined {
  if (typeof database !== 'string' || !database.startsWith('pglite://')) return undefined
  const folder = database.slice('pglite://'.length)
  return folder === 'memory' ? undefined : folder
}

/** The host's secret. An embedded database keeps one of its own beside the data, readable by its owner alone. */
export function openSealer(options: ReconOptions): Sealer {
  if (options.secret !== undefined) return sealer(options.secret)
  const folder = embeddedFolder(options)
  if (folder !== undefined) return sealer(ownSecret(folder))
  const embedded =
    options.database === 'pglite://memory' ||
    (typeof options.database === 'object' && options.database.kind === 'pglite')
  if (embedded) return sealer(randomBytes(48).toString('base64url'))
  const missing = (): never => {
    throw new ReconError(
      'CONFIGURATION_INVALID',
      'Give createRecon a secret of at least 32 characters: openssl rand -base64 48',
      {
        place: 'secret',
      },
    )
  }
  return { seal: missing, open: missing, sign: missing, verify: missing }
}

function ownSecret(folder: string): string {
  const path = join(folder, 'recon.secret')
  if (existsSync(path)) return readFileSync(path, 'utf8').trim()
  mkdirSync(folder, { recursive: true })
  const secret = randomBytes(48).toString('base64url')
  writeFileSync(path, `${secret}\n`, { mode: 0o600, flag: 'wx' })
  return secret
}

export function openFiles(options: ReconOptions): FileStorage {
  if (options.files !== undefined) return options.files
  const folder = embeddedFolder(options)
  if (folder !== undefined) return folderStorage(join(folder, 'files'))
  const persistent = typeof options.database === 'string' && options.database.startsWith('postgres')
  return persistent ? folderStorage('recon-files') : memoryStorage()
}
