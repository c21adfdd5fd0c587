import type { TransactableInput, TreasuryLineRow } from '@recon/client'
import { type BankLine, fromMinorUnits, toMinorUnits } from '@recon/core'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { lineNow } from '../treasury/settle-parts.ts'
import { listBankLines, type RecordQuery } from './list-records.ts'
import { requireTreasury } from './list-transactables.ts'

export type TreasuryLine = Omit<TreasuryLineRow, 'line'> & { readonly line: BankLine }

/** Bank lines with what they are matched with and what replaced them, newest first. */
export async function listTreasuryLines(
  unit: UnitOfWork,
  query: RecordQuery & { readonly status?: BankLine['status'] },
): Promise<{ rows: TreasuryLine[]; nextCursor: string | null }> {
  requireTreasury(unit)
  const page = await listBankLines(unit, query)
  return { rows: await describeLines(unit, page.rows), nextCursor: page.nextCursor }
}

/** The same for lines that are named, by id. */
export async function readTreasuryLines(unit: UnitOfWork, ids: readonly string[]): Promise<TreasuryLine[]> {
  if (ids.length === 0) return []
  const rows = await unit.db
    .selectFrom('bank_line')
    .select(['id', 'status', 'body'])
    .where('tenant_id', '=', unit.tenantId)
    .where('id', 'in', [...ids])
    .orderBy('id')
    .execute()
  return describeLines(unit, rows.map(lineNow))
}

async function describeLines(unit: UnitOfWork, lines: readonly BankLine[]): Promise<TreasuryLine[]> {
  if (lines.length === 0) return []
  const ids = lines.map((line) => line.id)
  const links = await unit.db
    .selectFrom('transactable_link')
    .innerJoin('transactable', (join) =>
      join
        .onRef('transactable.tenant_id', '=', 'transactable_link.tenant_id')
        .onRef('transactable.id', '=', 'transactable_link.transactable_id'),
    )
    .select(['bank_line_id', 'transactable_link.amount_minor', 'active', 'transactable.id', 'transactable.body'])
    .where('transactable_link.tenant_id', '=', unit.tenantId)
    .where('bank_line_id', 'in', ids)
    .orderBy('transactable.id')
    .execute()
  const moves = await unit.db
    .selectFrom('line_supersession')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where((where) => where.or([where('superseded_id', 'in', ids), where('successor_id', 'in', ids)]))
    .orderBy('superseded_id')
    .execute()
  const linksOf = Map.groupBy(links, (link) => link.bank_line_id)
  const movedFrom = new Map(moves.map((move) => [move.superseded_id, move]))
  const replacedBy = Map.groupBy(moves, (move) => move.successor_id)
  return lines.map((line) => {
    const own = linksOf.get(line.id) ?? []
    const active = own.filter((link) => link.active)
    // A line that is gone shows what it was matched with while it counted.
    const gone = line.status === 'SUPERSEDED' || line.status === 'WITHDRAWN'
    const shown = gone ? lastOfEach(own) : active
    const replaces = replacedBy.get(line.id) ?? []
    const change = movedFrom.get(line.id)?.amount_change_minor ?? replaces[0]?.amount_change_minor ?? null
    return {
      line,
      certainty: certaintyOf(
        line,
        active.map((link) => link.amount_minor),
      ),
      matchedWith: shown.map((link) => {
        const told = link.body as TransactableInput
        return {
          id: told.id,
          kind: told.kind,
          label: told.label ?? told.counterparty?.name ?? told.id,
          amount: fromMinorUnits(link.amount_minor, line.amount.currency),
        }
      }),
      supersededBy: movedFrom.get(line.id)?.successor_id ?? null,
      replaces: replaces.map((move) => move.superseded_id),
      amountChange: change === null || change === 0n ? null : fromMinorUnits(change, line.amount.currency),
    }
  })
}

function lastOfEach<Row extends { readonly id: string }>(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()]
}

function certaintyOf(line: BankLine, parts: readonly bigint[]): TreasuryLineRow['certainty'] {
  if (parts.length === 0 || line.status === 'SUPERSEDED' || line.status === 'WITHDRAWN') return 'UNRECONCILED'
  if (line.status === 'PENDING') return 'TENTATIVE'
  const sum = parts.reduce((total, part) => total + part, 0n)
  return sum === toMinorUnits(line.amount) ? 'RECONCILED' : 'PARTIALLY_RECONCILED'
}
