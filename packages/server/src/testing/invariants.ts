import { type Money, toMinorUnits } from '@recon/core'
import { type Kysely, sql } from 'kysely'
import type { FileStorage } from '../files/file-storage.ts'
import { storageKey } from '../files/folder-storage.ts'
import { sha256 } from '../store/digest.ts'
import type { Tables } from '../store/tables.ts'
import { accessInvariants, deskInvariants, restInvariants } from './access-invariants.ts'
import { logBroken, logInvariants } from './log-invariants.ts'
import { recordInvariants, type StoredInvariant } from './record-invariants.ts'
import { tenantInvariants } from './tenant-invariants.ts'

/** An answer of a client the backend took with 2xx. */
export interface AcknowledgedSave {
  readonly tenantId: string
  readonly itemId: string
  readonly version: number
  readonly note: string
}

/** What the world outside the database saw. */
export interface Outside {
  /** Message ids the mail server took; a second copy of one id is the same mail. */
  readonly mails?: ReadonlySet<string>
  /** Payments that stand in the books, by their id there. */
  readonly payments?: ReadonlyMap<string, Money>
  readonly saves?: readonly AcknowledgedSave[]
  readonly files?: FileStorage
  /** Nothing is left to do: no job waits, no lease is out, no provider fails. */
  readonly atRest?: boolean
  /** Leave the replay of the log for later: it costs most. */
  readonly withoutReplay?: boolean
}

const always = [...recordInvariants, ...accessInvariants, ...deskInvariants, ...logInvariants, ...tenantInvariants]

/**
 * The promises N1 to N13 that stored rows can break, over all tenants of a database: what is broken, in words; empty when all
 * holds. N11, export then import, is a journey of the conformance suite.
 */
export async function brokenInvariants(db: Kysely<Tables>, outside: Outside = {}): Promise<string[]> {
  return [
    ...(await storedBroken(db, outside.atRest === true ? [...always, ...restInvariants] : always)),
    ...(outside.withoutReplay === true ? [] : await logBroken(db)),
    ...(await outsideBroken(db, outside)),
  ]
}

/** @throws Error naming every broken promise */
export async function assertInvariants(db: Kysely<Tables>, outside: Outside = {}, when = ''): Promise<void> {
  const broken = await brokenInvariants(db, outside)
  if (broken.length > 0) throw new Error(`Broken ${when}:\n${broken.slice(0, 12).join('\n')}`)
}

/** One statement for all of them, planned once per connection: planning is most of its cost on small tables. */
async function storedBroken(db: Kysely<Tables>, invariants: readonly StoredInvariant[]): Promise<string[]> {
  const parts = invariants.map(
    ({ found }, index) =>
      sql`select ${sql.lit(index)}::int as at, left(found, 120) as found from (select * from (${found}) part limit 3) named`,
  )
  const name = sql.raw(`invariants_${invariants.length}`)
  const broken = await db.connection().execute(async (own) => {
    const known = await sql<{ n: bigint }>`select count(*) as n from pg_prepared_statements
      where name = ${`invariants_${invariants.length}`}`.execute(own)
    if (known.rows[0]?.n === 0n) await sql`prepare ${name} as ${sql.join(parts, sql` union all `)}`.execute(own)
    return sql<{ at: number; found: string }>`execute ${name}`.execute(own)
  })
  return broken.rows.map(({ at, found }) => {
    const { name: label, says } = invariants[at] as StoredInvariant
    return `${label} ${says}: ${found}`
  })
}

async function outsideBroken(db: Kysely<Tables>, outside: Outside): Promise<string[]> {
  return [
    ...(outside.mails === undefined ? [] : await mailsBroken(db, outside.mails)),
    ...(outside.payments === undefined ? [] : await booksBroken(db, outside.payments, outside.atRest === true)),
    ...(await savesBroken(db, outside.saves ?? [])),
    ...(outside.files === undefined ? [] : await filesBroken(db, outside.files)),
  ]
}

/** N5: what is out was sent, and nothing was sent that no committed transaction ordered. */
async function mailsBroken(db: Kysely<Tables>, mails: ReadonlySet<string>): Promise<string[]> {
  const rows = await db.selectFrom('outbox').select(['message_id', 'status']).execute()
  const ordered = new Set(rows.map((row) => row.message_id))
  const unsent = rows.filter((row) => row.status === 'DISPATCHED' && !mails.has(row.message_id))
  return [
    ...[...mails].filter((id) => !ordered.has(id)).map((id) => `N5 a mail of nothing that was committed: ${id}`),
    ...unsent.map((row) => `N5 a mail is said to be out and never came: ${row.message_id}`),
  ]
}

/** N8: what stands in the books is what the mappings say, one for one. */
async function booksBroken(
  db: Kysely<Tables>,
  payments: ReadonlyMap<string, Money>,
  atRest: boolean,
): Promise<string[]> {
  const rows = await db.selectFrom('writeback_mapping').select(['id', 'status', 'body']).execute()
  const posted = new Map<string, Money>()
  const broken: string[] = []
  for (const row of rows) {
    const { externalId, amount, partOf } = row.body as { externalId?: string; amount: Money; partOf?: string }
    if (row.status !== 'posted' || partOf !== undefined || externalId === undefined) continue
    posted.set(externalId, amount)
    const standing = payments.get(externalId)
    if (standing === undefined) broken.push(`N8 a posted write stands in the books: ${row.id} as ${externalId}`)
    else if (toMinorUnits(standing) !== toMinorUnits(amount)) broken.push(`N8 with its own amount: ${row.id}`)
  }
  if (!atRest) return broken
  const stray = [...payments.keys()].filter((id) => !posted.has(id))
  return [...broken, ...stray.map((id) => `N8 a payment in the books nobody knows of: ${id}`)]
}

/** N6: a save that was answered is in the log with its version and text, and the item has moved on from there or stayed. */
async function savesBroken(db: Kysely<Tables>, saves: readonly AcknowledgedSave[]): Promise<string[]> {
  if (saves.length === 0) return []
  const events = await db
    .selectFrom('activity')
    .select(['tenant_id', 'subject_id', 'subject_version', 'data'])
    .where('subject_kind', '=', 'unreconciled_item')
    .execute()
  const said = new Map(events.map((row) => [`${row.tenant_id} ${row.subject_id} ${row.subject_version}`, row.data]))
  return saves
    .filter(({ tenantId, itemId, version, note }) => {
      const data = said.get(`${tenantId} ${itemId} ${version}`)
      return data === undefined || !data.includes(JSON.stringify(note))
    })
    .map(({ itemId, version }) => `N6 an answered save is lost: ${itemId} at ${version}`)
}

/** N10: a file that is shown has the bytes that were announced; one that was refused is gone. */
async function filesBroken(db: Kysely<Tables>, files: FileStorage): Promise<string[]> {
  const broken: string[] = []
  for (const row of await db.selectFrom('attachment').selectAll().execute()) {
    const bytes = await files.read(storageKey(row.tenant_id, 'upload', row.id)).catch(() => undefined)
    if (row.status === 'STORED' && (bytes === undefined || sha256(bytes) !== row.sha256))
      broken.push(`N10 a file is shown and is not what was sent: ${row.id}`)
    if (row.status === 'REFUSED' && bytes !== undefined) broken.push(`N10 a refused file is kept: ${row.id}`)
  }
  return broken
}
