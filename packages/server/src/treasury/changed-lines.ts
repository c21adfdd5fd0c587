import { type BankLine, toMinorUnits } from '@recon/core'
import { bankLineRow } from '../store/record-rows.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { LineMove } from './absorb-lines.ts'
import { lineNow } from './settle-parts.ts'

export interface ToldLine {
  readonly record: BankLine
  readonly hash: string
}

export interface ChangedLines {
  /** Lines whose content moved on under their own id. */
  readonly moves: readonly LineMove[]
  /** Ids the bank takes back by telling them again as withdrawn. */
  readonly withdrawnIds: readonly string[]
  /** Ids that are dealt with here: changed, withdrawn, or an older telling of a line that moved on. */
  readonly handled: ReadonlySet<string>
}

const mayChange = new Set(['PENDING', 'WITHDRAWN'])

/**
 * Lines the bank tells again under the same id with other content. As long as a line is not posted it may change, post or be
 * taken back; what it said before is kept beside it. Everything else stays a conflict of ids.
 */
export async function changeLines(
  unit: UnitOfWork,
  told: readonly ToldLine[],
  importId: string,
): Promise<ChangedLines> {
  const byId = new Map(told.map((one) => [one.record.id, one]))
  const moves: LineMove[] = []
  const withdrawnIds: string[] = []
  const handled = new Set<string>()
  const ids = [...byId.keys()].sort()
  for (let start = 0; start < ids.length; start += 5000) {
    const part = ids.slice(start, start + 5000)
    const known = await unit.db
      .selectFrom('bank_line')
      .select(['id', 'body_hash'])
      .where('tenant_id', '=', unit.tenantId)
      .where('id', 'in', part)
      .execute()
    const differing = await lockRows(
      unit,
      known.filter((row) => byId.get(row.id)?.hash !== row.body_hash).map((row) => row.id),
    )
    const older = await olderTellings(
      unit,
      differing.map((row) => row.id),
    )
    for (const row of differing) {
      const next = byId.get(row.id)
      if (next === undefined) continue
      if (older.has(`${row.id} ${next.hash}`)) {
        handled.add(row.id)
        continue
      }
      const before = lineNow(row)
      const { record } = next
      const same = before.account === record.account && before.amount.currency === record.amount.currency
      if (!mayChange.has(row.status) || !same || record.status === 'SUPERSEDED') continue
      handled.add(row.id)
      if (record.status === 'WITHDRAWN') withdrawnIds.push(row.id)
      else {
        await replaceBody(unit, row, next, importId)
        const change = toMinorUnits(record.amount) - toMinorUnits(before.amount)
        moves.push({ superseded: before, successor: record, foundBy: 'POINTER', change })
      }
    }
  }
  return { moves, withdrawnIds, handled }
}

async function lockRows(unit: UnitOfWork, ids: readonly string[]) {
  if (ids.length === 0) return []
  return unit.db
    .selectFrom('bank_line')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('id', 'in', [...ids].sort())
    .orderBy('id')
    .forUpdate()
    .execute()
}

async function olderTellings(unit: UnitOfWork, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await unit.db
    .selectFrom('bank_line_history')
    .select(['id', 'body_hash'])
    .where('tenant_id', '=', unit.tenantId)
    .where('id', 'in', [...ids])
    .execute()
  return new Set(rows.map((row) => `${row.id} ${row.body_hash}`))
}

async function replaceBody(
  unit: UnitOfWork,
  row: {
    readonly id: string
    readonly body_hash: string
    readonly status: string
    readonly body: unknown
    readonly client_id: string | null
  },
  next: ToldLine,
  importId: string,
): Promise<void> {
  await unit.db
    .insertInto('bank_line_history')
    .values({
      tenant_id: unit.tenantId,
      id: row.id,
      body_hash: row.body_hash,
      status: row.status,
      body: JSON.stringify(row.body),
      replaced_at: unit.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const {
    tenant_id: _tenant,
    id: _id,
    import_id: _import,
    client_id: _client,
    link_id: _link,
    statement_id: _statement,
    ...columns
  } = bankLineRow(next.record, { tenantId: unit.tenantId, importId })
  await unit.db
    .updateTable('bank_line')
    .set(columns)
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', row.id)
    .execute()
}
