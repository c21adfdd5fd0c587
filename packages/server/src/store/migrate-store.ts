import { ReconError } from '@recon/core'
import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { deskMigration } from './migrations/0001-desk.ts'
import { fencesMigration } from './migrations/0002-fences.ts'
import { bookkeepingMigration } from './migrations/0003-bookkeeping.ts'
import { moneyDesksMigration } from './migrations/0004-money-desks.ts'
import { collectionsMigration } from './migrations/0005-collections.ts'
import { partitionsMigration } from './migrations/0006-partitions.ts'
import { treasuryMigration } from './migrations/0007-treasury.ts'
import { operationsMigration } from './migrations/0008-operations.ts'
import { queuesMigration } from './migrations/0009-queues.ts'
import { blocksMigration } from './migrations/0010-blocks.ts'
import { unpostedMigration } from './migrations/0011-unposted.ts'
import type { Tables } from './tables.ts'

/** In order, by name. A migration that was published is never edited; a change is a new one. */
const migrations: Readonly<Record<string, string>> = {
  '0001-desk': deskMigration,
  '0002-fences': fencesMigration,
  '0003-bookkeeping': bookkeepingMigration,
  '0004-money-desks': moneyDesksMigration,
  '0005-collections': collectionsMigration,
  '0006-partitions': partitionsMigration,
  '0007-treasury': treasuryMigration,
  '0008-operations': operationsMigration,
  '0009-queues': queuesMigration,
  '0010-blocks': blocksMigration,
  '0011-unposted': unpostedMigration,
}

/** The newest migration this version knows. */
export const expectedSchemaVersion = Object.keys(migrations).at(-1) ?? ''

/**
 * Statements of a migration, one at a time. A semicolon at the end of a line ends one, except inside a `$$` body.
 */
export function splitStatements(script: string): string[] {
  const statements: string[] = []
  let current = ''
  let inBody = false
  for (const line of script.split('\n')) {
    if (line.includes('$$') && line.split('$$').length % 2 === 0) inBody = !inBody
    current += `${line}\n`
    if (!inBody && line.trimEnd().endsWith(';')) {
      statements.push(current.trim())
      current = ''
    }
  }
  if (current.trim() !== '') statements.push(current.trim())
  return statements
}

function asMigration(script: string): Migration {
  return {
    up: async (db) => {
      await sql`set local search_path to recon`.execute(db)
      for (const statement of splitStatements(script)) await sql.raw(statement).execute(db)
    },
  }
}

/**
 * Brings the schema `recon` to this version; returns the names of the migrations that ran. Safe to call from several
 * processes at once: they wait for one another.
 * @throws ReconError STORE_UNAVAILABLE naming the migration that failed
 */
export async function migrateStore(db: Kysely<Tables>): Promise<string[]> {
  const migrator = new Migrator({
    db,
    provider: {
      getMigrations: async () =>
        Object.fromEntries(Object.entries(migrations).map(([name, script]) => [name, asMigration(script)])),
    },
    migrationTableSchema: 'recon',
    migrationTableName: 'schema_migration',
    migrationLockTableName: 'schema_migration_lock',
  })
  const { error, results } = await migrator.migrateToLatest()
  if (error !== undefined) {
    const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'preparation'
    throw new ReconError(
      'STORE_UNAVAILABLE',
      `Migration ${failed} failed: ${error instanceof Error ? error.message : 'unknown'}. The schema is as it was before it.`,
      { cause: error, place: failed },
    )
  }
  return (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName)
}

/** The newest migration the database has, or null before the first. */
export async function readSchemaVersion(db: Kysely<Tables>): Promise<string | null> {
  const found = await sql<{
    present: boolean
  }>`select to_regclass('recon.schema_migration') is not null as present`.execute(db)
  if (found.rows[0]?.present !== true) return null
  const newest = await sql<{
    name: string
  }>`select name from recon.schema_migration order by name desc limit 1`.execute(db)
  return newest.rows[0]?.name ?? null
}

/** Changes when any migration does: what a cached image of the schema is named by. */
export function migrationsFingerprint(): string {
  return JSON.stringify(migrations)
}
