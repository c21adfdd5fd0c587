import type { RunState } from '@recon/client'
import {
  type ClientContact,
  eligibleContacts,
  type Money,
  type ReconciliationRun,
  ReconError,
  type ReviewItem,
  type RunFacts,
  runActions,
  type UnreconciledItem,
} from '@recon/core'
import type { Selectable } from 'kysely'
import type { ClientTable } from '../store/bookkeeping-tables.ts'
import type { RunTable } from '../store/tables.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { runRow } from '../use-cases/start-run.ts'
import { openProposals, syncUnreconciled } from './unreconciled-rows.ts'

export interface FirmClient {
  readonly id: string
  readonly version: number
  readonly legalName: string
  readonly accounts: readonly string[]
  readonly materiality: readonly Money[]
  readonly categories: readonly string[]
}

/** A bookkeeping run under lock, with everything its rules look at. */
export interface StatementRun {
  readonly row: Selectable<RunTable>
  readonly run: ReconciliationRun
  readonly client: FirmClient
  readonly facts: RunFacts
  readonly unreconciled: readonly UnreconciledItem[]
}

/** The part of a run's body that its machine moves. */
type Moved = Pick<ReconciliationRun, 'generation'> & Partial<Pick<ReconciliationRun, 'contactId' | 'dispatchedAt'>>

/** @throws ReconError NOT_FOUND for a run that is not there or is no statement run */
export async function loadStatementRun(unit: UnitOfWork, runId: string): Promise<StatementRun> {
  const row = await unit.db
    .selectFrom('run')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', runId)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined || row.client_id === null) {
    throw new ReconError('NOT_FOUND', 'There is no such statement run.', { place: 'runId' })
  }
  const client = await loadClient(unit, row.client_id)
  const run = runOf(row, client, await periodOf(unit, row.statement_id))
  const items = await itemsOf(unit, runId)
  const unreconciled = await syncUnreconciled(unit, runId, items)
  const facts: RunFacts = {
    proposedMatchIds: items.flatMap((item) => openProposals(item).map((match) => match.id)).sort(),
    unreconciledItemIds: unreconciled.filter((item) => item.status !== 'RESOLVED').map((item) => item.id),
    unresolvedItemIds: unreconciled.filter((item) => item.status !== 'RESOLVED').map((item) => item.id),
    otherOpenRunIds: [],
    contacts: await loadContacts(unit, row.client_id),
  }
  return { row, run, client, facts, unreconciled }
}

export async function loadClient(unit: UnitOfWork, clientId: string): Promise<FirmClient> {
  const row = await unit.db
    .selectFrom('client')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', clientId)
    .executeTakeFirst()
  if (row === undefined) throw new ReconError('NOT_FOUND', 'There is no such client.', { place: 'clientId' })
  return clientOf(row)
}

export function clientOf(row: Pick<Selectable<ClientTable>, 'id' | 'version' | 'legal_name' | 'body'>): FirmClient {
  const body = row.body as Partial<FirmClient>
  return {
    id: row.id,
    version: row.version,
    legalName: row.legal_name,
    accounts: body.accounts ?? [],
    materiality: body.materiality ?? [],
    categories: body.categories ?? [],
  }
}

export async function loadContacts(unit: UnitOfWork, clientId: string): Promise<ClientContact[]> {
  const rows = await unit.db
    .selectFrom('contact')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('client_id', '=', clientId)
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    clientId: row.client_id,
    name: row.name,
    email: row.email,
    active: row.active,
    canSubmitIntake: row.can_submit_intake,
  }))
}

export function runOf(row: Selectable<RunTable>, client: FirmClient, period: Period): ReconciliationRun {
  const moved = (row.body as { moved?: Moved }).moved ?? { generation: 0 }
  return {
    id: row.id,
    version: row.version,
    clientId: client.id,
    clientLegalName: client.legalName,
    statementId: row.statement_id ?? '',
    periodStart: period.start,
    periodEnd: period.end,
    status: row.status as ReconciliationRun['status'],
    generation: moved.generation,
    ...(moved.contactId === undefined ? {} : { contactId: moved.contactId }),
    ...(moved.dispatchedAt === undefined ? {} : { dispatchedAt: moved.dispatchedAt }),
    ...(row.completed_at === null ? {} : { completedAt: row.completed_at }),
    ...(row.failure === null ? {} : { failure: row.failure }),
  }
}

/** Writes a run back after one of its actions; the version guards against another writer. */
export async function storeStatementRun(
  unit: UnitOfWork,
  row: Selectable<RunTable>,
  run: ReconciliationRun,
): Promise<void> {
  const moved: Moved = {
    generation: run.generation,
    ...(run.contactId === undefined ? {} : { contactId: run.contactId }),
    ...(run.dispatchedAt === undefined ? {} : { dispatchedAt: run.dispatchedAt }),
  }
  const changed = await unit.db
    .updateTable('run')
    .set({
      status: run.status,
      version: run.version,
      completed_at: run.completedAt ?? null,
      failure: run.failure ?? null,
      body: JSON.stringify({ ...(row.body as object), moved }),
    })
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', run.id)
    .where('version', '=', row.version)
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) {
    throw new ReconError('VERSION_CONFLICT', 'The run was changed by someone else. Load it again.', { place: run.id })
  }
  unit.announce(`run:${run.id}`)
}

interface Period {
  readonly start: string
  readonly end: string
}

async function periodOf(unit: UnitOfWork, statementId: string | null): Promise<Period> {
  const statement =
    statementId === null
      ? undefined
      : await unit.db
          .selectFrom('statement')
          .select(['period_start', 'period_end'])
          .where('tenant_id', '=', unit.tenantId)
          .where('id', '=', statementId)
          .executeTakeFirst()
  return { start: statement?.period_start ?? '', end: statement?.period_end ?? '' }
}

async function itemsOf(unit: UnitOfWork, runId: string): Promise<ReviewItem[]> {
  const rows = await unit.db
    .selectFrom('item')
    .select('body')
    .where('tenant_id', '=', unit.tenantId)
    .where('run_id', '=', runId)
    .orderBy('id')
    .execute()
  return rows.map((row) => row.body as ReviewItem)
}

/** What the page of a run shows. */
export async function statementRunState(unit: UnitOfWork, loaded: StatementRun): Promise<RunState> {
  const { row, run, client, facts, unreconciled } = loaded
  const live = await unit.db
    .selectFrom('dispatch')
    .select('expires_at')
    .where('tenant_id', '=', unit.tenantId)
    .where('run_id', '=', run.id)
    .where('status', '=', 'LIVE')
    .executeTakeFirst()
  const actions = runActions(run, unit.actor, { now: unit.now, facts })
  const itemCounts: Record<string, number> = {}
  for (const item of unreconciled) itemCounts[item.status] = (itemCounts[item.status] ?? 0) + 1
  return {
    ...runRow({ ...row, status: run.status, version: run.version, completed_at: run.completedAt ?? null }),
    clientId: client.id,
    clientLegalName: client.legalName,
    periodStart: run.periodStart === '' ? null : run.periodStart,
    periodEnd: run.periodEnd === '' ? null : run.periodEnd,
    generation: run.generation,
    contactId: run.contactId ?? null,
    dispatchedAt: run.dispatchedAt ?? null,
    linkExpiresAt: live?.expires_at ?? null,
    proposedMatchIds: [...facts.proposedMatchIds],
    unresolvedItemIds: [...facts.unresolvedItemIds],
    recipients: eligibleContacts(run, facts.contacts).map((contact) => ({ ...contact })),
    whyNot: actions.whyNot as RunState['whyNot'],
    itemCounts,
  }
}
