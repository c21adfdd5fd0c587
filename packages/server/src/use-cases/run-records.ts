import { type BankLine, type BookEntry, type MatchPolicy, matchPolicy, ReconError } from '@recon/core'
import { sql } from 'kysely'
import { loadRecords } from '../store/load-records.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { RunInput } from './start-run.ts'

/** Records of a run that are looked at together while somebody waits, at most. */
const mostRecords = 50_000

export interface RunRecords {
  readonly policyName: string
  readonly policy: MatchPolicy
  readonly bankLines: readonly BankLine[]
  readonly bookEntries: readonly BookEntry[]
}

/**
 * What a stored run was about: the lines of its items and the entries in its links, and the entries of its scope that are open.
 * @throws ReconError NOT_FOUND, INPUT_TOO_LARGE
 */
export async function runRecords(unit: UnitOfWork, runId: string): Promise<RunRecords> {
  const run = await unit.db
    .selectFrom('run')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', runId)
    .executeTakeFirst()
  if (run === undefined) throw new ReconError('NOT_FOUND', 'There is no such run.', { place: 'runId' })
  const scope = (run.body as { scope?: RunInput }).scope ?? {}
  const mine = sql`tenant_id = ${unit.tenantId}`
  const named = await sql<{ side: string; record_id: string }>`
    select side, record_id from recon.item_subject where ${mine}
      and item_id in (select id from recon.item where ${mine} and run_id = ${runId})
    union
    select side, record_id from recon.link_member where ${mine} and active
      and link_id in (select id from recon.link where ${mine} and run_id = ${runId})
    limit ${mostRecords + 1}`.execute(unit.db)
  let open = unit.db
    .selectFrom('book_entry')
    .select('id')
    .where('tenant_id', '=', unit.tenantId)
    .where('client_id', run.client_id === null ? 'is' : '=', run.client_id)
    .where('link_id', 'is', null)
    .where('closed', '=', false)
    .limit(mostRecords + 1)
  if (scope.accounts !== undefined) {
    const accounts = [...scope.accounts]
    open = open.where((where) => where.or([where('account', 'is', null), where('account', 'in', accounts)]))
  }
  const openIds = (await open.execute()).map((row) => row.id)
  if (named.rows.length + openIds.length > mostRecords) {
    throw new ReconError('INPUT_TOO_LARGE', `A run of more than ${mostRecords} records is not compared while you wait.`)
  }
  const idsOf = (side: string) => named.rows.filter((row) => row.side === side).map((row) => row.record_id)
  const records = await loadRecords(unit.db, unit.tenantId, {
    bankLineIds: idsOf('BANK'),
    bookEntryIds: [...idsOf('BOOK'), ...openIds],
  })
  return {
    policyName: run.policy_name,
    policy: matchPolicy(run.policy as Parameters<typeof matchPolicy>[0]),
    bankLines: byId([...records.bankLines.values()]),
    bookEntries: byId([...records.bookEntries.values()]),
  }
}

function byId<Row extends { readonly id: string }>(rows: Row[]): Row[] {
  return rows.sort((left, right) => (left.id < right.id ? -1 : 1))
}
