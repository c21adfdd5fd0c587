import { type BankLine, toMinorUnits } from '@recon/core'
import { sql } from 'kysely'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { LineMove } from './absorb-lines.ts'
import { lineNow } from './settle-parts.ts'

interface Told {
  readonly line: BankLine
  readonly importId: string
}

/**
 * A batch that one message books as a whole (camt.053) and another splits into its payments (camt.054) is one movement. The
 * booked line stands; the payments of the other message are superseded by it. Only where the sum proves it.
 */
export async function batchMoves(unit: UnitOfWork, fresh: readonly BankLine[]): Promise<LineMove[]> {
  const ids = [...new Set(fresh.flatMap((line) => line.references.batchId ?? []))].sort()
  if (ids.length === 0) return []
  const rows = await unit.db
    .selectFrom('bank_line')
    .select(['id', 'status', 'body', 'import_id'])
    .where('tenant_id', '=', unit.tenantId)
    .where('status', '=', 'POSTED')
    .where('link_id', 'is', null)
    .where(sql<boolean>`(body -> 'references' ->> 'batchId') = any(${ids}::text[])`)
    .orderBy('id')
    .limit(50_000)
    .execute()
  const told = rows.map((row): Told => ({ line: lineNow(row), importId: row.import_id }))
  const groups = Map.groupBy(told, ({ line }) =>
    JSON.stringify([line.references.batchId, line.account ?? null, line.amount.currency]),
  )
  return [...groups.values()].flatMap(movesOf)
}

function movesOf(group: readonly Told[]): LineMove[] {
  const minor = (one: Told) => toMinorUnits(one.line.amount)
  const total = group.reduce((sum, one) => sum + minor(one), 0n)
  // The line that is the sum of all others: of another import than they, and the only one of its kind.
  const wholes = group.filter((one) => minor(one) * 2n === total)
  const [whole] = wholes
  if (whole === undefined || wholes.length > 1 || group.length < 3) return []
  const payments = group.filter((one) => one !== whole)
  const sameSign = payments.every((one) => minor(one) < 0n === minor(whole) < 0n)
  if (!sameSign || payments.some((one) => one.importId === whole.importId)) return []
  return payments.map((one) => ({ superseded: one.line, successor: whole.line, foundBy: 'BATCH' }))
}
