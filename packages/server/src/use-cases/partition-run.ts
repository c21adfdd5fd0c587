import type { RunRow } from '@recon/client'
import {
  addMoney,
  allow,
  type Decision,
  type MatchRun,
  missingPermission,
  ReconError,
  type RunProof,
  refuse,
} from '@recon/core'
import { type Selectable, sql } from 'kysely'
import { recordActivity } from '../store/activity-chain.ts'
import type { RunPartitionTable, RunTable } from '../store/tables.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { PlanRun } from './plan-run.ts'
import { blocksOf, matchBlock } from './reference-blocks.ts'
import { insertRun, type MatchedScope, matchScope, type RunInput, type RunPlan, runRow } from './start-run.ts'
import { storeRunItems } from './store-run-items.ts'

type Stats = MatchRun['stats']
type Part = Pick<Selectable<RunPartitionTable>, 'id' | 'stage' | 'status'>

const nothing: Stats = {
  bankLines: 0,
  bookEntries: 0,
  automatic: 0,
  proposed: 0,
  flagged: 0,
  unmatched: 0,
  byScenario: {},
  byPass: {},
}

/** Orders a run that workers match in parts. It answers at once, with status MATCHING. */
export async function orderRun(unit: UnitOfWork, input: RunInput, plan: RunPlan): Promise<Decision<RunRow>> {
  const missing = missingPermission(unit.actor, 'item.reconcile')
  if (missing) return { ok: false, refusal: missing }
  if (input.clientId !== undefined) return refuse('NOT_PARTITIONED', 'A statement run is small: start it with wait.')
  const row = await insertRun(unit, input, plan, { stats: nothing, proofs: [] } as unknown as MatchRun)
  await unit.db
    .updateTable('run')
    .set({ status: 'MATCHING', progress: 0, matched_at: null })
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', row.id)
    .execute()
  unit.enqueue({ queue: 'run-match', data: { tenantId: unit.tenantId, runId: row.id } })
  await recordActivity(unit, [runEvent(unit, row.id, 'reconciliation_run.ordered', 1, { policy: plan.policyName })])
  return allow(runRow({ ...row, status: 'MATCHING', progress: 0, matched_at: null }))
}

function runEvent(unit: UnitOfWork, id: string, name: string, version: number, data: Record<string, unknown>) {
  return {
    name,
    at: unit.now,
    actorId: unit.actor.id,
    subject: { kind: 'reconciliation_run', id },
    version,
    data,
    runId: id,
  }
}

/**
 * Cuts a run into parts that no link can cross: accounts of one currency, or the currency as a whole where a record names no
 * account or a cash-concentration structure spans accounts. The plan depends on the records alone, so it is the same whoever
 * makes it.
 */
export async function planPartitions(unit: UnitOfWork, runId: string, limit?: number): Promise<number> {
  const run = await lockRun(unit, runId)
  if (run.status !== 'MATCHING') return 0
  const planned = await unit.db
    .selectFrom('run_partition')
    .select('id')
    .where('tenant_id', '=', unit.tenantId)
    .where('run_id', '=', runId)
    .execute()
  if (planned.length > 0) return planned.length
  const found = await sql<{ currency: string; account: string | null; crosses: boolean }>`
    select currency, account, bool_or(account is null or sweeps) as crosses from (
      select currency, account, (body ->> 'instrument') = 'SWEEP' or (body ->> 'transactionCode') in ('275', '575') as sweeps
        from recon.bank_line where tenant_id = ${unit.tenantId} and link_id is null and client_id is null
          and status in ('PENDING', 'POSTED')
      union all
      select currency, account, (body -> 'references' ->> 'structureId') is not null
        from recon.book_entry where tenant_id = ${unit.tenantId} and link_id is null and client_id is null and not closed
    ) as open_records group by currency, account order by currency, account`.execute(unit.db)
  const crossing = new Set(found.rows.filter((row) => row.crosses === true).map((row) => row.currency))
  const parts = new Map<string, { currency: string; account: string | null }>()
  for (const { currency, account } of found.rows) {
    const own = crossing.has(currency) ? null : account
    parts.set(`${currency}:${own ?? '*'}`, { currency, account: own })
  }
  for (const [id, part] of parts) {
    const blocks = await blocksOf(unit, part, run.policy, limit)
    const cut = Array.from({ length: blocks > 1 ? blocks : 0 }, (_, block) => ({
      ...part,
      id: `${id}#${String(block).padStart(2, '0')}`,
      stage: 'REFERENCE',
      block,
      blocks,
      status: 'QUEUED',
    }))
    // What no block could decide alone comes after all of them.
    const rest = { ...part, id, stage: cut.length > 0 ? 'REST' : 'WHOLE', block: 0, blocks: 1 }
    const rows = [...cut, { ...rest, status: cut.length > 0 ? 'WAITING' : 'QUEUED' }]
    for (const row of rows) {
      await unit.db
        .insertInto('run_partition')
        .values({ tenant_id: unit.tenantId, run_id: runId, ...row, stats: null, proofs: null, finished_at: null })
        .execute()
      if (row.status === 'QUEUED') orderPart(unit, runId, row.id)
    }
  }
  if (parts.size === 0) await failRun(unit, run, 'There is no open record in this scope.')
  return parts.size
}

function orderPart(unit: UnitOfWork, runId: string, partitionId: string): void {
  unit.enqueue({ queue: 'match-partition', data: { tenantId: unit.tenantId, runId, partitionId } })
}

async function lockRun(unit: UnitOfWork, runId: string): Promise<Selectable<RunTable>> {
  const run = await unit.db
    .selectFrom('run')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', runId)
    .forUpdate()
    .executeTakeFirst()
  if (run === undefined) throw new ReconError('NOT_FOUND', 'There is no such run.', { place: 'runId' })
  return run
}

/**
 * Matches one part, once: items, links and the part's outcome are one transaction, so a worker that is killed leaves the part as
 * it was for the next one. The last part finishes the run.
 */
export async function matchPartition(
  unit: UnitOfWork,
  runId: string,
  partitionId: string,
  planRun: PlanRun,
): Promise<string> {
  const part = await unit.db
    .selectFrom('run_partition')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('run_id', '=', runId)
    .where('id', '=', partitionId)
    .forUpdate()
    .executeTakeFirst()
  if (part === undefined || part.status !== 'QUEUED') return 'SKIPPED'
  const run = await unit.db
    .selectFrom('run')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', runId)
    .executeTakeFirstOrThrow()
  if (run.status !== 'MATCHING') return 'SKIPPED'
  const scope = (run.body as { scope?: RunInput }).scope ?? {}
  const own = part.account === null ? {} : { accounts: [part.account] }
  const plan = planOf(run, planRun)
  const matched =
    part.stage === 'REFERENCE'
      ? await matchBlock(unit, part, { number: part.block, of: part.blocks }, plan)
      : await matchedRest(unit, { ...scope, ...own, currency: part.currency }, plan)
  const result = matched?.result
  if (matched !== undefined) await storeRunItems(unit, runId, matched.result, matched.records)
  await unit.db
    .updateTable('run_partition')
    .set({
      status: 'DONE',
      stats: JSON.stringify(result?.stats ?? nothing),
      proofs: JSON.stringify(result?.proofs ?? []),
      finished_at: unit.now,
    })
    .where('tenant_id', '=', unit.tenantId)
    .where('run_id', '=', runId)
    .where('id', '=', partitionId)
    .execute()
  await advance(unit, runId)
  await recordActivity(unit, [
    {
      ...runEvent(unit, runId, 'reconciliation_run.part_matched', 1, {
        part: partitionId,
        stats: result?.stats ?? nothing,
      }),
      subject: { kind: 'run_partition', id: `${runId} ${partitionId}` },
    },
  ])
  return 'DONE'
}

async function matchedRest(unit: UnitOfWork, scope: RunInput, plan: RunPlan): Promise<MatchedScope | undefined> {
  const matched = await matchScope(unit, scope, plan)
  return matched.ok ? matched.value : undefined
}

/** The second stage of a part begins when its last block is done. */
async function releaseRests(unit: UnitOfWork, runId: string, parts: readonly Part[]): Promise<void> {
  for (const rest of parts.filter((part) => part.status === 'WAITING')) {
    const blocks = parts.filter((part) => part.stage === 'REFERENCE' && part.id.startsWith(`${rest.id}#`))
    if (blocks.some((block) => block.status !== 'DONE')) continue
    await unit.db
      .updateTable('run_partition')
      .set({ status: 'QUEUED' })
      .where('tenant_id', '=', unit.tenantId)
      .where('run_id', '=', runId)
      .where('id', '=', rest.id)
      .execute()
    orderPart(unit, runId, rest.id)
  }
}

function planOf(run: Selectable<RunTable>, planRun: PlanRun): RunPlan {
  return planRun(run.policy as Readonly<Record<string, unknown>>)
}

/** Progress, and the end of the run when its last part is done: sums in the order of the parts, whoever finished first. */
async function advance(unit: UnitOfWork, runId: string): Promise<void> {
  const run = await lockRun(unit, runId)
  const parts = await unit.db
    .selectFrom('run_partition')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('run_id', '=', runId)
    .orderBy('id')
    .execute()
  await releaseRests(unit, runId, parts)
  const done = parts.filter((part) => part.status === 'DONE')
  const finished = done.length === parts.length
  const stats = done.map((part) => part.stats as Stats).reduce(addStats, nothing)
  const proofs = addProofs(done.flatMap((part) => part.proofs as RunProof[]))
  await unit.db
    .updateTable('run')
    .set({
      progress: done.length / parts.length,
      stats: JSON.stringify(stats),
      proofs: JSON.stringify(proofs),
      ...(finished ? { status: 'AWAITING_REVIEW', matched_at: unit.now, version: run.version + 1 } : {}),
    })
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', runId)
    .execute()
  unit.announce(`run:${runId}`)
  if (finished)
    await recordActivity(unit, [
      runEvent(unit, runId, 'reconciliation_run.matched', run.version + 1, { stats, parts: parts.length }),
    ])
}

function addStats(left: Stats, right: Stats): Stats {
  const counts = (one: Readonly<Record<string, number>>, two: Readonly<Record<string, number>>) => {
    const sum: Record<string, number> = { ...one }
    for (const [name, value] of Object.entries(two)) sum[name] = (sum[name] ?? 0) + value
    return sum
  }
  return {
    bankLines: left.bankLines + right.bankLines,
    bookEntries: left.bookEntries + right.bookEntries,
    automatic: left.automatic + right.automatic,
    proposed: left.proposed + right.proposed,
    flagged: left.flagged + right.flagged,
    unmatched: left.unmatched + right.unmatched,
    byScenario: counts(left.byScenario, right.byScenario),
    byPass: counts(left.byPass, right.byPass),
  }
}

/** Proofs of one currency add up: each side, the difference, and every cause. */
export function addProofs(proofs: readonly RunProof[]): RunProof[] {
  const sums = new Map<string, RunProof>()
  for (const proof of proofs) {
    const before = sums.get(proof.currency)
    sums.set(proof.currency, before === undefined ? proof : addProof(before, proof))
  }
  return [...sums.values()].sort((left, right) => (left.currency < right.currency ? -1 : 1))
}

function addProof(left: RunProof, right: RunProof): RunProof {
  const causes = new Map(left.causes.map((cause) => [cause.cause, cause]))
  for (const cause of right.causes) {
    const before = causes.get(cause.cause)
    causes.set(
      cause.cause,
      before === undefined
        ? cause
        : { cause: cause.cause, amount: addMoney(before.amount, cause.amount), count: before.count + cause.count },
    )
  }
  return {
    currency: left.currency,
    bankTotal: addMoney(left.bankTotal, right.bankTotal),
    bookTotal: addMoney(left.bookTotal, right.bookTotal),
    difference: addMoney(left.difference, right.difference),
    causes: [...causes.values()].sort((one, two) => (one.cause < two.cause ? -1 : 1)),
    unexplained: addMoney(left.unexplained, right.unexplained),
  }
}

/** Breaks a run off while it matches: parts that wait are dropped and nothing of the run is kept. */
export async function cancelRun(unit: UnitOfWork, input: { readonly runId: string }): Promise<Decision<RunRow>> {
  const missing = missingPermission(unit.actor, 'item.reconcile')
  if (missing) return { ok: false, refusal: missing }
  const run = await lockRun(unit, input.runId)
  if (run.status !== 'MATCHING') return refuse('RUN_NOT_MATCHING', 'Only a run that is being matched can be cancelled.')
  const mine = sql`tenant_id = ${unit.tenantId} and run_id = ${run.id}`
  await sql`update recon.run_partition set status = 'CANCELLED' where ${mine}`.execute(unit.db)
  for (const table of ['bank_line', 'book_entry']) {
    await sql`update ${sql.table(`recon.${table}`)} set link_id = null where tenant_id = ${unit.tenantId}
      and link_id in (select id from recon.link where ${mine})`.execute(unit.db)
  }
  await sql`delete from recon.link_member where tenant_id = ${unit.tenantId}
    and link_id in (select id from recon.link where ${mine})`.execute(unit.db)
  await sql`delete from recon.link where ${mine}`.execute(unit.db)
  await sql`delete from recon.item_subject where tenant_id = ${unit.tenantId}
    and item_id in (select id from recon.item where ${mine})`.execute(unit.db)
  await sql`delete from recon.item where ${mine}`.execute(unit.db)
  return allow(runRow(await failRun(unit, run, 'CANCELLED')))
}

async function failRun(unit: UnitOfWork, run: Selectable<RunTable>, failure: string): Promise<Selectable<RunTable>> {
  const after = { status: 'FAILED', failure, version: run.version + 1 }
  await unit.db.updateTable('run').set(after).where('tenant_id', '=', unit.tenantId).where('id', '=', run.id).execute()
  await recordActivity(unit, [runEvent(unit, run.id, 'reconciliation_run.failed', after.version, { failure })])
  return { ...run, ...after }
}
