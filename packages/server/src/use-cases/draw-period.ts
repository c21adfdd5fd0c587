import type { PeriodRow } from '@recon/client'
import {
  type AccountingPeriod,
  type Actor,
  allow,
  type BankLine,
  type BankStatement,
  type BookEntry,
  canonicalJson,
  type Decision,
  type Money,
  missingPermission,
  type PeriodFacts,
  periodActions,
  type ReconciliationStatement,
  type ReconcilingItem,
  ReconError,
  reconciliationStatement,
  refuse,
  toMinorUnits,
} from '@recon/core'
import { type Selectable, sql } from 'kysely'
import { recordActivity } from '../store/activity-chain.ts'
import type { AccountingPeriodTable } from '../store/bookkeeping-tables.ts'
import { sha256 } from '../store/digest.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'

export interface PeriodRequest {
  readonly account: string
  readonly currency: string
  readonly from: string
  readonly to: string
  readonly balancePerBooks: Money
  readonly balancePerBank?: Money
}

export interface DrawnPeriod {
  readonly period: PeriodRow
  readonly statement: ReconciliationStatement
}

const mostItems = 20_000
type Row = Selectable<AccountingPeriodTable>

export function periodOf(row: Row): AccountingPeriod {
  const { id, version, account, from_day: from, to_day: to } = row
  return { id, version, account, from, to, status: row.status as AccountingPeriod['status'] }
}

/**
 * Draws up the statement of a period from what is open on its last day, and keeps it under its hash. Drawn again, it says what is
 * true then; a locked one stays as it is.
 */
export async function drawPeriod(unit: UnitOfWork, input: PeriodRequest): Promise<Decision<DrawnPeriod>> {
  const missing = missingPermission(unit.actor, 'period.lock')
  if (missing) return { ok: false, refusal: missing }
  if (input.from > input.to) return refuse('DATE_OUT_OF_ORDER', 'A period begins before it ends.')
  const others = await periodsOf(unit, input.account, input.currency)
  const known = others.find((row) => row.from_day === input.from && row.to_day === input.to)
  if (known?.status === 'LOCKED') return refuse('PERIOD_LOCKED', 'This period is locked.', { ids: [known.id] })
  const overlap = others.find((row) => row !== known && row.from_day <= input.to && row.to_day >= input.from)
  if (overlap !== undefined) {
    return refuse('PERIOD_OVERLAPS', `It overlaps the period ${overlap.from_day} to ${overlap.to_day}.`, {
      ids: [overlap.id],
    })
  }
  const drawn = await statementOf(unit, input, others)
  if (!drawn.ok) return drawn
  const row = await storePeriod(unit, input, drawn.value, known)
  return allow({ period: await periodRow(unit, row, unit.actor), statement: drawn.value })
}

/** Everything of the account that is open on the day, as the classic statement names it. */
async function statementOf(
  unit: UnitOfWork,
  input: PeriodRequest,
  others: readonly Row[],
): Promise<Decision<ReconciliationStatement>> {
  const { account, currency, to, balancePerBooks } = input
  const balancePerBank = input.balancePerBank ?? (await closingBalance(unit, account, currency, to))
  if (balancePerBank === undefined) {
    return refuse('BALANCE_UNKNOWN', `No statement of ${account} closes by ${to}: give the balance per bank.`)
  }
  const items = await openItems(unit, input)
  const before = others.filter((row) => row.to_day < input.from).at(-1)
  const previous = (before?.body as { statement?: ReconciliationStatement } | undefined)?.statement
  const here = new Set(items.map((item) => item.id))
  const settledIds = (previous?.items ?? []).filter((item) => !here.has(item.id)).map((item) => item.id)
  return reconciliationStatement({
    account,
    currency,
    asOf: to,
    balancePerBank,
    balancePerBooks,
    items,
    settledIds,
    ...(previous === undefined ? {} : { previous }),
  })
}

async function closingBalance(unit: UnitOfWork, account: string, currency: string, to: string) {
  const row = await unit.db
    .selectFrom('statement')
    .select('body')
    .where('tenant_id', '=', unit.tenantId)
    .where('account', '=', account)
    .where('currency', '=', currency)
    .where('period_end', '<=', to)
    .where(sql<boolean>`body -> 'closingBalance' is not null`)
    .orderBy('period_end', 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return (row?.body as BankStatement | undefined)?.closingBalance?.amount
}

async function openItems(unit: UnitOfWork, { account, currency, to }: PeriodRequest): Promise<ReconcilingItem[]> {
  const lines = await unit.db
    .selectFrom('bank_line')
    .select('body')
    .where('tenant_id', '=', unit.tenantId)
    .where('account', '=', account)
    .where('currency', '=', currency)
    .where('status', '=', 'POSTED')
    .where('link_id', 'is', null)
    .where('date', '<=', to)
    .orderBy('id')
    .limit(mostItems + 1)
    .execute()
  const entries = await unit.db
    .selectFrom('book_entry')
    .select('body')
    .where('tenant_id', '=', unit.tenantId)
    .where('account', '=', account)
    .where('currency', '=', currency)
    .where('link_id', 'is', null)
    .where('closed', '=', false)
    .where('date', '<=', to)
    .orderBy('id')
    .limit(mostItems + 1)
    .execute()
  if (lines.length + entries.length > mostItems) {
    throw new ReconError('INPUT_TOO_LARGE', `More than ${mostItems} items are open: reconcile before closing a period.`)
  }
  return [
    ...lines.map((row) => lineItem(row.body as BankLine)),
    ...entries.flatMap((row) => entryItem(row.body as BookEntry)),
  ]
}

function lineItem(line: BankLine): ReconcilingItem {
  const description =
    line.counterparty?.name ?? line.references.remittanceText ?? line.references.bankReference ?? line.id
  return {
    id: `bank:${line.id}`,
    kind: 'UNRECORDED',
    date: line.bookingDate,
    amount: line.amount,
    description: description.slice(0, 300),
  }
}

function entryItem(entry: BookEntry): ReconcilingItem[] {
  const amount = entry.openAmount ?? entry.amount
  const minor = toMinorUnits(amount)
  if (minor === 0n) return []
  const description =
    entry.counterparty?.name ?? entry.references.description ?? entry.references.documentNumber ?? entry.id
  const kind = minor > 0n ? 'DEPOSIT_IN_TRANSIT' : 'OUTSTANDING_PAYMENT'
  return [{ id: `book:${entry.id}`, kind, date: entry.date, amount, description: description.slice(0, 300) }]
}

async function storePeriod(
  unit: UnitOfWork,
  input: PeriodRequest,
  statement: ReconciliationStatement,
  known: Row | undefined,
): Promise<Row> {
  const hash = sha256(canonicalJson(statement))
  const body = JSON.stringify({ statement, request: input })
  const version = (known?.version ?? 0) + 1
  const row = await unit.db
    .insertInto('accounting_period')
    .values({
      tenant_id: unit.tenantId,
      id: known?.id ?? unit.newId(),
      version,
      account: input.account,
      currency: input.currency,
      from_day: input.from,
      to_day: input.to,
      status: 'OPEN',
      body,
      hash,
      updated_at: unit.now,
    })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'id']).doUpdateSet({ version, body, hash, updated_at: unit.now }),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
  await recordActivity(unit, [
    {
      name: 'accounting_period.drawn',
      at: unit.now,
      actorId: unit.actor.id,
      subject: { kind: 'accounting_period', id: row.id },
      version,
      data: { changes: {}, about: { hash, asOf: input.to, difference: statement.difference } },
    },
  ])
  return row
}

/** Periods of an account and currency, oldest first. */
export function periodsOf(unit: UnitOfWork, account: string, currency: string): Promise<Row[]> {
  return unit.db
    .selectFrom('accounting_period')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('account', '=', account)
    .where('currency', '=', currency)
    .orderBy('from_day')
    .execute()
}

/** What the rules look at before a period is locked: its statement drawn now, lines still pending, and its neighbours. */
export async function periodFacts(unit: UnitOfWork, row: Row): Promise<PeriodFacts> {
  const { request } = row.body as { request: PeriodRequest }
  const all = await periodsOf(unit, row.account, row.currency)
  const now = row.status === 'OPEN' ? await statementOf(unit, request, all) : undefined
  const { statement } = row.body as { statement: ReconciliationStatement }
  const pending = await unit.db
    .selectFrom('bank_line')
    .select('id')
    .where('tenant_id', '=', unit.tenantId)
    .where('account', '=', row.account)
    .where('currency', '=', row.currency)
    .where('status', '=', 'PENDING')
    .where('date', '<=', row.to_day)
    .orderBy('id')
    .limit(100)
    .execute()
  return {
    // What was drawn must still be what is true, or the lock would seal something nobody saw.
    proved: statement.reconciled && (now === undefined || (now.ok && sha256(canonicalJson(now.value)) === row.hash)),
    undecidedItemIds: pending.map((line) => line.id),
    periods: all.map(periodOf),
  }
}

export async function periodRow(unit: UnitOfWork, row: Row, actor: Actor): Promise<PeriodRow> {
  const { statement } = row.body as { statement: ReconciliationStatement }
  const { whyNot } = periodActions(periodOf(row), actor, await periodFacts(unit, row), unit.now)
  return {
    ...periodOf(row),
    currency: row.currency,
    hash: row.hash,
    updatedAt: row.updated_at,
    reconciled: statement.reconciled,
    difference: statement.difference,
    whyNot: whyNot as PeriodRow['whyNot'],
  }
}
