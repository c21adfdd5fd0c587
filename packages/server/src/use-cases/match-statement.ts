import type { RunRow, RunState } from '@recon/client'
import { allow, type Decision, type ReconciliationRun, type RunActions, refuse, runActions } from '@recon/core'
import { loadClient, loadStatementRun, statementRunState, storeStatementRun } from '../portal/statement-run.ts'
import { type RecordedEvent, recordActivity } from '../store/activity-chain.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { insertRun, matchScope, type RunInput, type RunPlan, runRow } from './start-run.ts'
import { storeRunItems } from './store-run-items.ts'

const noFacts = { proposedMatchIds: [], unreconciledItemIds: [], unresolvedItemIds: [], contacts: [] }

/** A run of one statement of one client: at most one is open per statement. */
export async function startStatementRun(
  unit: UnitOfWork,
  input: RunInput & { readonly clientId: string },
  plan: RunPlan,
): Promise<Decision<RunRow>> {
  const client = await loadClient(unit, input.clientId)
  const { statementId } = input
  if (statementId === undefined) return refuse('STATEMENT_MISSING', 'Name the statement the run is of.')
  const open = await unit.db
    .selectFrom('run')
    .select('id')
    .where('tenant_id', '=', unit.tenantId)
    .where('statement_id', '=', statementId)
    .where('status', 'not in', ['COMPLETE', 'FAILED'])
    .execute()
  const facts = { ...noFacts, otherOpenRunIds: open.map((run) => run.id) }
  const pending: ReconciliationRun = {
    id: '',
    version: 1,
    clientId: client.id,
    clientLegalName: client.legalName,
    statementId,
    periodStart: '',
    periodEnd: '',
    status: 'PENDING',
    generation: 0,
  }
  const started = take(runActions(pending, unit.actor, { now: unit.now, facts }), 'startMatching')
  if (!started.ok) return started
  const matched = await matchScope(unit, input, plan)
  if (!matched.ok) return matched
  const finished = take(runActions(started.value.subject, unit.actor, { now: unit.now, facts }), 'finishMatching')
  if (!finished.ok) return finished
  const row = await insertRun(unit, input, plan, matched.value.result, finished.value.subject.version)
  await storeRunItems(unit, row.id, matched.value.result, matched.value.records)
  const events = [...started.value.events, ...finished.value.events]
  await recordActivity(
    unit,
    events.map((event) => ofRun(event, row.id)),
  )
  return allow(runRow(row))
}

function take(actions: RunActions, name: 'startMatching' | 'finishMatching' | 'rematch' | 'rerun') {
  const action = actions[name]
  return action === null ? { ok: false as const, refusal: actions.whyNot[name] ?? notNow } : action({})
}

const notNow = { code: 'EVENT_NOT_ALLOWED', message: 'The run does not allow this now.' }

function ofRun(event: RecordedEvent, runId: string): RecordedEvent {
  return { ...event, subject: { ...event.subject, id: runId }, runId }
}

/** Matches again what is open, keeping what people decided. */
export async function rematchRun(
  unit: UnitOfWork,
  input: { readonly runId: string; readonly version: number },
  planOf: (policyName: string) => RunPlan,
): Promise<Decision<RunState>> {
  const loaded = await loadStatementRun(unit, input.runId)
  const actions = runActions(loaded.run, unit.actor, { now: unit.now, facts: loaded.facts })
  if (actions.rematch === null) return { ok: false, refusal: actions.whyNot.rematch ?? notNow }
  const started = actions.rematch({ expectedVersion: input.version })
  if (!started.ok) return started
  const scope = (loaded.row.body as { scope?: RunInput }).scope ?? {}
  const matched = await matchScope(unit, scope, planOf(loaded.row.policy_name))
  if (!matched.ok) return matched
  await storeRunItems(unit, loaded.run.id, matched.value.result, matched.value.records)
  const finished = take(
    runActions(started.value.subject, unit.actor, { now: unit.now, facts: loaded.facts }),
    'finishMatching',
  )
  if (!finished.ok) return finished
  await storeStatementRun(unit, loaded.row, finished.value.subject)
  const events = [...started.value.events, ...finished.value.events]
  await recordActivity(
    unit,
    events.map((event) => ofRun(event, loaded.run.id)),
  )
  return allow(await statementRunState(unit, await loadStatementRun(unit, input.runId)))
}
