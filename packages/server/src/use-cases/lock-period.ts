import type { PeriodRow } from '@recon/client'
import {
  allow,
  type Decision,
  missingPermission,
  periodActions,
  type ReconciliationStatement,
  ReconError,
} from '@recon/core'
import { recordActivity } from '../store/activity-chain.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { type DrawnPeriod, periodFacts, periodOf, periodRow } from './draw-period.ts'

function requireView(unit: UnitOfWork): void {
  const missing = missingPermission(unit.actor, 'item.view')
  if (missing) throw new ReconError('FORBIDDEN', missing.message)
}

async function findPeriod(unit: UnitOfWork, id: string) {
  const row = await unit.db
    .selectFrom('accounting_period')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw new ReconError('NOT_FOUND', 'There is no such period.', { place: 'periodId' })
  return row
}

/** Locks a proved period, or opens it again. */
export async function actOnPeriod(
  unit: UnitOfWork,
  input: {
    readonly periodId: string
    readonly version: number
    readonly action: 'lock' | 'unlock'
    readonly reason: string
  },
): Promise<Decision<PeriodRow>> {
  const row = await findPeriod(unit, input.periodId)
  if (row.version !== input.version) {
    throw new ReconError('VERSION_CONFLICT', `The period was changed meanwhile: it has version ${row.version}.`, {
      place: 'version',
      details: { current: await periodRow(unit, row, unit.actor) },
    })
  }
  const actions = periodActions(periodOf(row), unit.actor, await periodFacts(unit, row), unit.now)
  const action = actions[input.action]
  if (action === null) {
    const refusal = actions.whyNot[input.action] ?? { code: 'NOT_POSSIBLE', message: 'Not possible now.' }
    return { ok: false, refusal }
  }
  const changed = action(input.reason)
  if (!changed.ok) return changed
  const { status, version } = changed.value.subject
  const after = await unit.db
    .updateTable('accounting_period')
    .set({ status, version, updated_at: unit.now })
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await recordActivity(unit, changed.value.events)
  unit.announce(`period:${row.id}`)
  return allow(await periodRow(unit, after, unit.actor))
}

/** Periods, newest first. */
export async function listPeriods(
  unit: UnitOfWork,
  query: { readonly account?: string },
): Promise<{ rows: PeriodRow[] }> {
  requireView(unit)
  let periods = unit.db
    .selectFrom('accounting_period')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .orderBy('to_day', 'desc')
    .orderBy('id')
    .limit(200)
  if (query.account !== undefined) periods = periods.where('account', '=', query.account)
  const rows: PeriodRow[] = []
  for (const row of await periods.execute()) rows.push(await periodRow(unit, row, unit.actor))
  return { rows }
}

export async function getPeriod(unit: UnitOfWork, periodId: string): Promise<DrawnPeriod> {
  requireView(unit)
  const row = await findPeriod(unit, periodId)
  const { statement } = row.body as { statement: ReconciliationStatement }
  return { period: await periodRow(unit, row, unit.actor), statement }
}
