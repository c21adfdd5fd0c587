import type { RunRow } from '@recon/client'
import {
  allow,
  type BankLine,
  type BankStatement,
  type BookEntry,
  type Decision,
  type MatchInput,
  type MatchRun,
  missingPermission,
  type ReviewSettings,
  refuse,
} from '@recon/core'
import type { Selectable } from 'kysely'
import { recordActivity } from '../store/activity-chain.ts'
import type { RunTable } from '../store/tables.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { startStatementRun } from './match-statement.ts'
import { storeRunItems } from './store-run-items.ts'

export interface RunPlan {
  readonly policyName: string
  readonly policy: unknown
  readonly settings: Partial<ReviewSettings>
  readonly match: (input: MatchInput) => MatchRun
  readonly perspective: 'BANK' | 'BOOK'
}

export interface RunInput {
  readonly clientId?: string
  readonly name?: string
  readonly statementId?: string
  readonly accounts?: readonly string[]
  readonly from?: string
  readonly to?: string
  /** One currency: a partition of a run. */
  readonly currency?: string
}

/**
 * Matches everything open in the scope and puts each subject into one item. Records in an active link stay where they are;
 * items a person holds keep their hold and get the new proposals.
 */
export async function startRun(unit: UnitOfWork, input: RunInput, plan: RunPlan): Promise<Decision<RunRow>> {
  if (input.clientId !== undefined) return startStatementRun(unit, { ...input, clientId: input.clientId }, plan)
  const missing = missingPermission(unit.actor, 'item.reconcile')
  if (missing) return { ok: false, refusal: missing }
  const matched = await matchScope(unit, input, plan)
  if (!matched.ok) return matched
  const { result, records } = matched.value
  const run = await insertRun(unit, input, plan, result)
  const counts = await storeRunItems(unit, run.id, result, records)
  await recordActivity(unit, [
    {
      name: 'reconciliation_run.matched',
      at: unit.now,
      actorId: unit.actor.id,
      subject: { kind: 'reconciliation_run', id: run.id },
      version: run.version,
      data: { policy: plan.policyName, stats: result.stats, ...counts },
      runId: run.id,
    },
  ])
  return allow(runRow(run))
}

export interface MatchedScope {
  readonly result: MatchRun
  readonly records: { readonly bankLines: readonly BankLine[]; readonly bookEntries: readonly BookEntry[] }
}

/** Runs the engine over what is open in the scope. */
export async function matchScope(unit: UnitOfWork, scope: RunInput, plan: RunPlan): Promise<Decision<MatchedScope>> {
  const bankLines = await openBankLines(unit, scope)
  const bookEntries = await openBookEntries(unit, scope)
  if (bankLines.length === 0 && bookEntries.length === 0) {
    return refuse(
      'NOTHING_TO_MATCH',
      'There is no open record in this scope. Import a bank file and a ledger file first.',
    )
  }
  const statements = await statementsOf(unit, scope, bankLines)
  return allow({ result: plan.match({ bankLines, bookEntries, statements }), records: { bankLines, bookEntries } })
}

async function openBankLines(unit: UnitOfWork, scope: RunInput): Promise<BankLine[]> {
  let query = unit.db
    .selectFrom('bank_line')
    .select('body')
    .where('tenant_id', '=', unit.tenantId)
    .where('client_id', scope.clientId === undefined ? 'is' : '=', scope.clientId ?? null)
    .where('link_id', 'is', null)
    .where('status', 'in', ['PENDING', 'POSTED'])
    .orderBy('id')
  if (scope.statementId !== undefined) query = query.where('statement_id', '=', scope.statementId)
  if (scope.accounts !== undefined) query = query.where('account', 'in', [...scope.accounts])
  if (scope.currency !== undefined) query = query.where('currency', '=', scope.currency)
  if (scope.from !== undefined) query = query.where('date', '>=', scope.from)
  if (scope.to !== undefined) query = query.where('date', '<=', scope.to)
  return (await query.execute()).map((row) => row.body as BankLine)
}

async function openBookEntries(unit: UnitOfWork, scope: RunInput): Promise<BookEntry[]> {
  let query = unit.db
    .selectFrom('book_entry')
    .select('body')
    .where('tenant_id', '=', unit.tenantId)
    .where('client_id', scope.clientId === undefined ? 'is' : '=', scope.clientId ?? null)
    .where('link_id', 'is', null)
    .where('closed', '=', false)
    .orderBy('id')
  if (scope.accounts !== undefined) {
    const accounts = [...scope.accounts]
    query = query.where((where) => where.or([where('account', 'is', null), where('account', 'in', accounts)]))
  }
  if (scope.currency !== undefined) query = query.where('currency', '=', scope.currency)
  return (await query.execute()).map((row) => row.body as BookEntry)
}

/** The statements of the lines' accounts, whole, so that the proof can check their balances. */
async function statementsOf(unit: UnitOfWork, scope: RunInput, lines: readonly BankLine[]): Promise<BankStatement[]> {
  let query = unit.db.selectFrom('statement').select(['id', 'body']).where('tenant_id', '=', unit.tenantId)
  if (scope.statementId !== undefined) query = query.where('id', '=', scope.statementId)
  const heads = await query.orderBy('id').limit(5000).execute()
  if (heads.length === 0) return []
  const owners = await unit.db
    .selectFrom('bank_line')
    .select(['id', 'statement_id'])
    .where('tenant_id', '=', unit.tenantId)
    .where('link_id', 'is', null)
    .where('statement_id', 'is not', null)
    .execute()
  const statementOf = new Map(owners.map((row) => [row.id, row.statement_id]))
  const linesOf = new Map<string, BankLine[]>()
  for (const line of lines) {
    const id = statementOf.get(line.id)
    if (id === undefined || id === null) continue
    const own = linesOf.get(id)
    if (own === undefined) linesOf.set(id, [line])
    else own.push(line)
  }
  return heads.flatMap((row) => {
    const own = linesOf.get(row.id)
    return own === undefined ? [] : [{ ...(row.body as Omit<BankStatement, 'lines'>), lines: own }]
  })
}

export async function insertRun(
  unit: UnitOfWork,
  input: RunInput,
  plan: RunPlan,
  result: MatchRun,
  version = 1,
): Promise<Selectable<RunTable>> {
  return unit.db
    .insertInto('run')
    .values({
      tenant_id: unit.tenantId,
      id: unit.newId(),
      name: input.name ?? `Run of ${unit.now.slice(0, 10)}`,
      status: 'AWAITING_REVIEW',
      perspective: plan.perspective,
      policy_name: plan.policyName,
      policy: JSON.stringify(plan.policy),
      statement_id: input.statementId ?? null,
      client_id: input.clientId ?? null,
      created_at: unit.now,
      created_by: unit.actor.id,
      matched_at: unit.now,
      completed_at: null,
      failure: null,
      progress: 1,
      version,
      stats: JSON.stringify(result.stats),
      proofs: JSON.stringify(result.proofs),
      body: JSON.stringify({ settings: plan.settings, scope: input }),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

export function runRow(row: Selectable<RunTable>): RunRow {
  return {
    id: row.id,
    name: row.name,
    status: row.status as RunRow['status'],
    perspective: row.perspective as RunRow['perspective'],
    policy: row.policy_name,
    createdAt: row.created_at,
    createdBy: row.created_by,
    matchedAt: row.matched_at,
    completedAt: row.completed_at,
    failure: row.failure,
    statementId: row.statement_id,
    version: row.version,
    progress: row.progress,
    stats: row.stats as RunRow['stats'],
  }
}
