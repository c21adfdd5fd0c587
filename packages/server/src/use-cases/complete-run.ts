import type { RunState } from '@recon/client'
import { allow, type Decision, runActions } from '@recon/core'
import { revokeAccess } from '../portal/issue-link.ts'
import { loadStatementRun, statementRunState, storeStatementRun } from '../portal/statement-run.ts'
import { recordActivity } from '../store/activity-chain.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { orderReport } from './order-report.ts'

/** Closes a run: nothing proposed, every item resolved. Portal access ends, and the report is ordered, as CSV and as PDF. */
export async function completeRun(
  unit: UnitOfWork,
  input: { readonly runId: string; readonly version: number },
): Promise<Decision<{ run: RunState; exportIds: string[] }>> {
  const loaded = await loadStatementRun(unit, input.runId)
  const actions = runActions(loaded.run, unit.actor, { now: unit.now, facts: loaded.facts })
  if (actions.complete === null) {
    return {
      ok: false,
      refusal: actions.whyNot.complete ?? { code: 'EVENT_NOT_ALLOWED', message: 'Not possible now.' },
    }
  }
  const done = actions.complete({ expectedVersion: input.version })
  if (!done.ok) return done
  await storeStatementRun(unit, loaded.row, done.value.subject)
  await revokeAccess(unit, loaded.run.id)
  await unit.db
    .updateTable('dispatch')
    .set({ status: 'CLOSED' })
    .where('tenant_id', '=', unit.tenantId)
    .where('run_id', '=', loaded.run.id)
    .where('status', 'in', ['LIVE', 'EXPIRED'])
    .execute()
  const csv = await orderReport(unit, { kind: 'run-report-csv', params: { runId: loaded.run.id } })
  const pdf = await orderReport(unit, { kind: 'run-report-pdf', params: { runId: loaded.run.id, mail: true } })
  await recordActivity(
    unit,
    done.value.events.map((event) => ({ ...event, runId: loaded.run.id })),
  )
  const after = await loadStatementRun(unit, input.runId)
  return allow({ run: await statementRunState(unit, after), exportIds: [csv.id, pdf.id] })
}
