import {
  allow,
  type BankLine,
  type BookEntry,
  type Decision,
  type Evidence,
  type MatchRun,
  type Reason,
  ReconError,
} from '@recon/core'
import { loadRecords } from '../store/load-records.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'

export interface PairExplanation {
  readonly bankLineId: string
  readonly bookEntryId: string
  readonly verdict: 'LINKED' | 'PROPOSED' | 'POSSIBLE' | 'EXCLUDED'
  readonly reason: Reason
  readonly evidence: readonly Evidence[]
  readonly weight: number
  readonly threshold: number | null
}

/** Matches one line and one entry as if nothing else existed. */
export type PairMatch = (line: BankLine, entry: BookEntry) => MatchRun

/** Why two records match, or why not: the pair is matched by itself, so that no competitor hides the reason. */
export async function explainRecords(
  unit: UnitOfWork,
  input: { readonly bankLineId: string; readonly bookEntryId: string },
  matchPair: PairMatch,
): Promise<Decision<PairExplanation>> {
  const { bankLineId, bookEntryId } = input
  const records = await loadRecords(unit.db, unit.tenantId, { bankLineIds: [bankLineId], bookEntryIds: [bookEntryId] })
  const line = records.bankLines.get(bankLineId)
  const entry = records.bookEntries.get(bookEntryId)
  if (line === undefined || entry === undefined) {
    throw new ReconError('NOT_FOUND', 'There is no such record.', {
      place: line === undefined ? 'bankLineId' : 'bookEntryId',
    })
  }
  const run = matchPair(line, entry)
  const match = run.matches.find(
    (one) => one.bankLineIds.includes(bankLineId) && one.bookEntryIds.includes(bookEntryId),
  )
  const item = run.items[0]
  const linked = await areLinked(unit, bankLineId, bookEntryId)
  const evidence = match?.evidence ?? []
  return allow({
    bankLineId,
    bookEntryId,
    verdict: linked
      ? 'LINKED'
      : match === undefined
        ? 'EXCLUDED'
        : match.status === 'PROPOSED'
          ? 'POSSIBLE'
          : 'PROPOSED',
    reason: match?.reason ?? item?.reason ?? { code: 'NO_COMMON_SIGNAL' },
    evidence,
    weight: evidence.reduce((sum, one) => sum + one.weight, 0),
    threshold: null,
  })
}

async function areLinked(unit: UnitOfWork, bankLineId: string, bookEntryId: string): Promise<boolean> {
  const rows = await unit.db
    .selectFrom('bank_line')
    .innerJoin('book_entry', (join) =>
      join
        .onRef('book_entry.tenant_id', '=', 'bank_line.tenant_id')
        .onRef('book_entry.link_id', '=', 'bank_line.link_id'),
    )
    .select('bank_line.id')
    .where('bank_line.tenant_id', '=', unit.tenantId)
    .where('bank_line.id', '=', bankLineId)
    .where('book_entry.id', '=', bookEntryId)
    .execute()
  return rows.length > 0
}
