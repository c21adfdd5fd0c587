import {
  allow,
  createMatchingEngine,
  type Decision,
  defaultPolicy,
  type MatchPolicy,
  matchPolicy,
  type PairExplanation,
  type PairVerdict,
  type Reason,
  ReconError,
  type ReviewItem,
} from '@recon/core'
import { loadRecords } from '../store/load-records.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'

export interface ExplainedPair extends Omit<PairExplanation, 'verdict' | 'bits'> {
  readonly verdict: 'LINKED' | 'PROPOSED' | 'POSSIBLE' | 'EXCLUDED'
  readonly engineVerdict: PairVerdict
  readonly reason: Reason
  readonly weight: number
  readonly threshold: number | null
}

const mostNeighbours = 500

/**
 * Why two records match, or why not. The pair is matched again together with the records that stand between them (the other
 * proposals of the line, and whatever one of the two is linked with), so that "somebody else won" is an answer, too.
 */
export async function explainRecords(
  unit: UnitOfWork,
  input: { readonly bankLineId: string; readonly bookEntryId: string; readonly runId?: string },
): Promise<Decision<ExplainedPair>> {
  const { bankLineId, bookEntryId } = input
  const item = await itemOfLine(unit, bankLineId)
  const linked = await linkedWith(unit, bankLineId, bookEntryId)
  const matches = item?.body.matches ?? []
  const records = await loadRecords(unit.db, unit.tenantId, {
    bankLineIds: [
      bankLineId,
      ...[...matches.flatMap((one) => one.bankLineIds), ...linked.bank].slice(0, mostNeighbours),
    ],
    bookEntryIds: [
      bookEntryId,
      ...[...matches.flatMap((one) => one.bookEntryIds), ...linked.book].slice(0, mostNeighbours),
    ],
  })
  if (!records.bankLines.has(bankLineId) || !records.bookEntries.has(bookEntryId)) {
    throw new ReconError('NOT_FOUND', 'There is no such record.', {
      place: records.bankLines.has(bankLineId) ? 'bookEntryId' : 'bankLineId',
    })
  }
  const policy = await policyOfRun(unit, input.runId ?? item?.runId)
  const engine = createMatchingEngine(policy)
  engine.match({ bankLines: [...records.bankLines.values()], bookEntries: [...records.bookEntries.values()] })
  const { verdict, bits, ...explained } = engine.explain(bankLineId, bookEntryId)
  return allow({
    ...explained,
    verdict: linked.together ? 'LINKED' : shown[verdict],
    engineVerdict: verdict,
    reason: explained.reasons[0] ?? { code: 'NO_COMMON_SIGNAL' },
    weight: bits,
    threshold: policy.scored.minimumScore,
  })
}

const shown: Readonly<Record<PairVerdict, ExplainedPair['verdict']>> = {
  LINKED: 'PROPOSED',
  PROPOSED: 'PROPOSED',
  FLAGGED: 'POSSIBLE',
  OUTRANKED: 'POSSIBLE',
  WEAK: 'POSSIBLE',
  EXCLUDED: 'EXCLUDED',
}

async function itemOfLine(unit: UnitOfWork, bankLineId: string) {
  const row = await unit.db
    .selectFrom('item_subject')
    .innerJoin('item', (join) =>
      join.onRef('item.tenant_id', '=', 'item_subject.tenant_id').onRef('item.id', '=', 'item_subject.item_id'),
    )
    .select(['item.run_id', 'item.body'])
    .where('item_subject.tenant_id', '=', unit.tenantId)
    .where('item_subject.side', '=', 'BANK')
    .where('item_subject.record_id', '=', bankLineId)
    .executeTakeFirst()
  return row === undefined ? undefined : { runId: row.run_id, body: row.body as ReviewItem }
}

/** What either record is actively linked with. */
async function linkedWith(unit: UnitOfWork, bankLineId: string, bookEntryId: string) {
  const rows = await unit.db
    .selectFrom('link_member as own')
    .innerJoin('link_member as other', (join) =>
      join.onRef('other.tenant_id', '=', 'own.tenant_id').onRef('other.link_id', '=', 'own.link_id'),
    )
    .select(['own.link_id', 'other.side', 'other.record_id'])
    .where('own.tenant_id', '=', unit.tenantId)
    .where('own.active', '=', true)
    .where((where) =>
      where.or([
        where.and([where('own.side', '=', 'BANK'), where('own.record_id', '=', bankLineId)]),
        where.and([where('own.side', '=', 'BOOK'), where('own.record_id', '=', bookEntryId)]),
      ]),
    )
    .limit(mostNeighbours)
    .execute()
  const ids = (side: string) => rows.filter((row) => row.side === side).map((row) => row.record_id)
  const groups = [...Map.groupBy(rows, (row) => row.link_id).values()]
  const together = groups.some(
    (group) =>
      group.some((row) => row.side === 'BANK' && row.record_id === bankLineId) &&
      group.some((row) => row.side === 'BOOK' && row.record_id === bookEntryId),
  )
  return { bank: ids('BANK'), book: ids('BOOK'), together }
}

async function policyOfRun(unit: UnitOfWork, runId: string | undefined): Promise<MatchPolicy> {
  if (runId === undefined) return defaultPolicy
  const run = await unit.db
    .selectFrom('run')
    .select('policy')
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', runId)
    .executeTakeFirst()
  if (run === undefined) throw new ReconError('NOT_FOUND', 'There is no such run.', { place: 'runId' })
  return matchPolicy(run.policy as Parameters<typeof matchPolicy>[0])
}
