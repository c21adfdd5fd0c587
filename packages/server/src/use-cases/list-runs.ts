import type { RunRow } from '@recon/client'
import { fromMinorUnits, type Money, ReconError, type RunProof } from '@recon/core'
import { sql } from 'kysely'
import { readCursor, writeCursor } from './cursor.ts'
import type { ItemReader } from './item-filter.ts'
import { runRow } from './start-run.ts'

export interface RunQuery {
  readonly status?: string
  readonly cursor?: string
  readonly limit?: number
}

/** Runs, newest first. */
export async function listRuns(
  reader: ItemReader,
  query: RunQuery,
): Promise<{ rows: RunRow[]; nextCursor: string | null }> {
  const limit = query.limit ?? 50
  let runs = reader.db
    .selectFrom('run')
    .selectAll()
    .where('tenant_id', '=', reader.tenantId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit + 1)
  if (query.status !== undefined) runs = runs.where('status', '=', query.status)
  const cursor = readCursor(query.cursor, 'run')
  if (cursor !== undefined) {
    runs = runs.where(
      sql<boolean>`(created_at < ${cursor.value}::timestamptz or (created_at = ${cursor.value}::timestamptz and id > ${cursor.id}))`,
    )
  }
  const found = await runs.execute()
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return {
    rows: page.map(runRow),
    nextCursor: found.length > limit && last !== undefined ? writeCursor('run', last.created_at, last.id) : null,
  }
}

export interface RunTotal {
  readonly scenario: string
  readonly status: string
  readonly currency: string
  readonly items: number
  readonly amount: Money
}

/** One run with what its items add up to now. */
export async function getRun(reader: ItemReader, runId: string): Promise<RunRow & { totals: RunTotal[] }> {
  const run = await findRun(reader, runId)
  const totals = await reader.db
    .selectFrom('item')
    .select(['scenario', 'status', 'currency'])
    .select([sql<bigint>`count(*)`.as('items'), sql<string>`sum(amount_minor)::text`.as('amount')])
    .where('tenant_id', '=', reader.tenantId)
    .where('run_id', '=', runId)
    .groupBy(['scenario', 'status', 'currency'])
    .orderBy('scenario')
    .orderBy('status')
    .orderBy('currency')
    .execute()
  return {
    ...runRow(run),
    totals: totals.map((row) => ({
      scenario: row.scenario,
      status: row.status,
      currency: row.currency,
      items: Number(row.items),
      amount: fromMinorUnits(BigInt(row.amount), row.currency),
    })),
  }
}

/** The proof as the run left it. */
export async function getProof(reader: ItemReader, runId: string): Promise<{ runId: string; proofs: RunProof[] }> {
  const run = await findRun(reader, runId)
  return { runId, proofs: run.proofs as RunProof[] }
}

async function findRun(reader: ItemReader, runId: string) {
  const run = await reader.db
    .selectFrom('run')
    .selectAll()
    .where('tenant_id', '=', reader.tenantId)
    .where('id', '=', runId)
    .executeTakeFirst()
  if (run === undefined) throw new ReconError('NOT_FOUND', 'There is no such run.', { place: 'runId' })
  return run
}
