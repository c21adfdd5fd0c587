import type { TransactableRow } from '@recon/client'
import { fromMinorUnits, type Money, missingPermission, ReconError } from '@recon/core'
import { sql } from 'kysely'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { readTransactable, transactableRow, withParts } from '../treasury/transactable-rows.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { listActivity } from './list-activity.ts'
import { readTreasuryLines } from './list-treasury-lines.ts'

export interface TransactableQuery {
  readonly kind?: string
  readonly certainty?: string
  readonly overdue?: boolean
  readonly account?: string
  readonly currency?: string
  readonly search?: string
  readonly cursor?: string
  readonly limit?: number
}

/** @throws ReconError FORBIDDEN for who may not open the desk */
export function requireTreasury(unit: UnitOfWork): void {
  const missing = missingPermission(unit.actor, 'item.view', 'TREASURY')
  if (missing) throw new ReconError('FORBIDDEN', missing.message)
}

const day = sql<string>`coalesce(due_by, date)`

/** Transactables, the nearest last day first. */
export async function listTransactables(
  unit: UnitOfWork,
  query: TransactableQuery,
): Promise<{ rows: TransactableRow[]; nextCursor: string | null }> {
  requireTreasury(unit)
  const limit = query.limit ?? 100
  let found = unit.db
    .selectFrom('transactable')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .orderBy(day)
    .orderBy('id')
    .limit(limit + 1)
  for (const column of ['kind', 'certainty', 'overdue', 'account', 'currency'] as const) {
    const value = query[column]
    if (value !== undefined) found = found.where(column, '=', value)
  }
  if (query.search !== undefined && query.search.trim() !== '') {
    const text = query.search.trim().toLowerCase()
    found = found.where('search_text', 'like', `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`)
  }
  const cursor = readCursor(query.cursor, 'transactable')
  if (cursor !== undefined) {
    found = found.where(sql<boolean>`(${day} > ${cursor.value} or (${day} = ${cursor.value} and id > ${cursor.id}))`)
  }
  const rows = await found.execute()
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    rows: (await withParts(unit, page)).map(transactableRow),
    nextCursor:
      rows.length > limit && last !== undefined ? writeCursor('transactable', last.due_by ?? last.date, last.id) : null,
  }
}

export interface TransactableTotal {
  readonly kind: TransactableRow['kind']
  readonly certainty: TransactableRow['certainty']
  readonly items: number
  readonly overdue: number
  readonly amount: Money
}

/** Counts and amounts by kind, certainty and currency. */
export async function sumTransactables(unit: UnitOfWork): Promise<{ rows: TransactableTotal[] }> {
  requireTreasury(unit)
  const rows = await unit.db
    .selectFrom('transactable')
    .select(({ fn }) => [
      'kind',
      'certainty',
      'currency',
      fn.countAll<bigint>().as('items'),
      sql<bigint>`count(*) filter (where overdue)`.as('late'),
      sql<string>`sum(amount_minor)::text`.as('minor'),
    ])
    .where('tenant_id', '=', unit.tenantId)
    .groupBy(['kind', 'certainty', 'currency'])
    .orderBy('kind')
    .orderBy('certainty')
    .orderBy('currency')
    .execute()
  return {
    rows: rows.map((row) => ({
      kind: row.kind as TransactableRow['kind'],
      certainty: row.certainty as TransactableRow['certainty'],
      items: Number(row.items),
      overdue: Number(row.late),
      amount: fromMinorUnits(BigInt(row.minor), row.currency),
    })),
  }
}

/** One transactable with every line it was ever linked with and its history. */
export async function getTransactable(unit: UnitOfWork, transactableId: string) {
  requireTreasury(unit)
  const stored = await readTransactable(unit, transactableId)
  const ever = await unit.db
    .selectFrom('transactable_link')
    .select('bank_line_id')
    .distinct()
    .where('tenant_id', '=', unit.tenantId)
    .where('transactable_id', '=', transactableId)
    .limit(500)
    .execute()
  const lines = await readTreasuryLines(
    unit,
    ever.map((row) => row.bank_line_id),
  )
  const history = await listActivity(unit, { subjectKind: 'transactable', subjectId: transactableId, limit: 200 })
  return { row: transactableRow(stored), lines, history: history.rows }
}
