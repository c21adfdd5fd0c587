import { createHash } from 'node:crypto'
import type { CreditorStatementRow } from '@recon/client'
import {
  addDays,
  allow,
  type CreditorStatement,
  creditorStatement,
  type Decision,
  fromMinorUnits,
  type Money,
  missingPermission,
  type Payout,
  ReconError,
  refuse,
  toMinorUnits,
} from '@recon/core'
import { loadCreditor } from '../collections/creditor-rows.ts'
import { remittanceOf } from '../collections/placement-rows.ts'
import { recordActivity } from '../store/activity-chain.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'

export interface AdjustmentInput {
  readonly creditorId: string
  readonly date: string
  readonly amount: Money
  readonly reason: string
}

/** Adds a correction to a creditor's account; it is never changed, only followed by another. */
export async function adjustAccount(unit: UnitOfWork, input: AdjustmentInput): Promise<Decision<{ id: string }>> {
  const missing = missingPermission(unit.actor, 'placement.close', 'COLLECTIONS')
  if (missing) return { ok: false, refusal: missing }
  const creditor = await loadCreditor(unit, input.creditorId)
  const last = await lastStatement(unit, creditor.id, input.amount.currency)
  if (last !== undefined && input.date <= last.to_date) {
    return refuse('PERIOD_CLOSED', `The statement to ${last.to_date} is closed: date the correction after it.`)
  }
  const id = unit.newId()
  const row = {
    creditor_id: creditor.id,
    date: input.date,
    currency: input.amount.currency,
    amount_minor: toMinorUnits(input.amount),
    reason: input.reason,
  }
  await unit.db
    .insertInto('statement_adjustment')
    .values({ tenant_id: unit.tenantId, id, ...row })
    .execute()
  const subject = { kind: 'statement_adjustment', id }
  await recordActivity(unit, [
    {
      name: 'collections.adjustment.added',
      at: unit.now,
      actorId: unit.actor.id,
      subject,
      version: 1,
      data: { changes: input },
    },
  ])
  return allow({ id })
}

async function lastStatement(unit: UnitOfWork, creditorId: string, currency: string) {
  return unit.db
    .selectFrom('creditor_statement')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('creditor_id', '=', creditorId)
    .where('currency', '=', currency)
    .orderBy('from_date', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export interface StatementInput {
  readonly creditorId: string
  readonly currency: string
  readonly from: string
  readonly to: string
}

/** Draws up a period's statement and keeps it under its hash. The first one opens at zero; each later one joins the last. */
export async function closeStatement(unit: UnitOfWork, input: StatementInput): Promise<Decision<CreditorStatementRow>> {
  const missing = missingPermission(unit.actor, 'placement.close', 'COLLECTIONS')
  if (missing) return { ok: false, refusal: missing }
  const creditor = await loadCreditor(unit, input.creditorId)
  if (input.to >= unit.now.slice(0, 10))
    return refuse('PERIOD_OPEN', 'The period is not over yet: money may still move in it.')
  const last = await lastStatement(unit, creditor.id, input.currency)
  const opening = fromMinorUnits(last?.closing_minor ?? 0n, input.currency)
  const drawn = creditorStatement({
    ...input,
    opening,
    remittances: await remittancesOfPeriod(unit, input),
    payouts: await payoutsOfPeriod(unit, input),
    adjustments: await adjustmentsOfPeriod(unit, input),
    sha256: (text) => createHash('sha256').update(text, 'utf8').digest('hex'),
    ...(last === undefined ? {} : { previous: { to: last.to_date, closing: opening } }),
  })
  if (!drawn.ok) return drawn
  const statement = drawn.value
  await keepStatement(unit, statement)
  return allow(statementRow(statement))
}

async function keepStatement(unit: UnitOfWork, statement: CreditorStatement): Promise<void> {
  const { canonical, hash, ...body } = statement
  const inserted = await unit.db
    .insertInto('creditor_statement')
    .values({
      tenant_id: unit.tenantId,
      creditor_id: statement.creditorId,
      currency: statement.currency,
      from_date: statement.from,
      to_date: statement.to,
      closing_minor: toMinorUnits(statement.closing),
      body: JSON.stringify(body),
      canonical,
      hash,
      created_at: unit.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('hash')
    .executeTakeFirst()
  if (inserted === undefined)
    throw new ReconError('VERSION_CONFLICT', 'That statement was drawn up at the same moment. Load the list again.')
  const subject = { kind: 'creditor_statement', id: `${statement.creditorId}:${statement.currency}:${statement.from}` }
  const changes = { from: statement.from, to: statement.to, closing: statement.closing, hash }
  await recordActivity(unit, [
    {
      name: 'collections.statement.closed',
      at: unit.now,
      actorId: unit.actor.id,
      subject,
      version: 1,
      data: { changes },
    },
  ])
}

async function remittancesOfPeriod(unit: UnitOfWork, { creditorId, currency, from, to }: StatementInput) {
  const rows = await unit.db
    .selectFrom('remittance')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('creditor_id', '=', creditorId)
    .where('currency', '=', currency)
    .where('occurred_at', '>=', `${from}T00:00:00Z`)
    .where('occurred_at', '<', `${addDays(to, 1)}T00:00:00Z`)
    .execute()
  return rows.map(remittanceOf)
}

/** A transfer counts in the period it was made in, whenever its payment came in. */
async function payoutsOfPeriod(
  unit: UnitOfWork,
  { creditorId, currency, from, to }: StatementInput,
): Promise<Payout[]> {
  const rows = await unit.db
    .selectFrom('remittance')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('creditor_id', '=', creditorId)
    .where('currency', '=', currency)
    .where('status', '=', 'paid')
    .where('net_minor', '>', 0n)
    .where('paid_at', '>=', `${from}T00:00:00Z`)
    .where('paid_at', '<', `${addDays(to, 1)}T00:00:00Z`)
    .execute()
  return rows.map((row) => ({
    id: `payout:${row.id}`,
    date: (row.paid_at ?? row.occurred_at).slice(0, 10),
    amount: fromMinorUnits(row.net_minor, row.currency),
    ...(row.transfer_reference === null ? {} : { reference: row.transfer_reference }),
  }))
}

async function adjustmentsOfPeriod(unit: UnitOfWork, { creditorId, currency, from, to }: StatementInput) {
  const rows = await unit.db
    .selectFrom('statement_adjustment')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('creditor_id', '=', creditorId)
    .where('currency', '=', currency)
    .where('date', '>=', from)
    .where('date', '<=', to)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    date: row.date,
    amount: fromMinorUnits(row.amount_minor, row.currency),
    reason: row.reason,
  }))
}

function statementRow(statement: Omit<CreditorStatement, 'canonical'>): CreditorStatementRow {
  const { creditorId, currency, from, to, opening, collected, fees, paidOut, adjusted, closing, hash } = statement
  return {
    ...{ creditorId, currency, from, to, opening, collected, fees, paidOut, adjusted, closing, hash },
    remittances: [...statement.remittances],
    payouts: [...statement.payouts],
    adjustments: [...statement.adjustments],
  }
}

/** Statements of a creditor, the newest first. A stored text that no longer gives its hash is not shown: it was tampered with. */
export async function listStatements(unit: UnitOfWork, creditorId: string): Promise<{ rows: CreditorStatementRow[] }> {
  const missing = missingPermission(unit.actor, 'placement.view', 'COLLECTIONS')
  if (missing) throw new ReconError('FORBIDDEN', missing.message)
  const rows = await unit.db
    .selectFrom('creditor_statement')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('creditor_id', '=', creditorId)
    .orderBy('from_date', 'desc')
    .limit(120)
    .execute()
  for (const row of rows) {
    if (createHash('sha256').update(row.canonical, 'utf8').digest('hex') !== row.hash) {
      throw new ReconError(
        'INTERNAL',
        `The statement from ${row.from_date} does not give its hash any more. It is not shown.`,
        { place: row.from_date },
      )
    }
  }
  return {
    rows: rows.map((row) =>
      statementRow({ ...(row.body as Omit<CreditorStatement, 'canonical' | 'hash'>), hash: row.hash }),
    ),
  }
}
