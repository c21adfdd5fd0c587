import {
  type BankLine,
  type BookEntry,
  fromMinorUnits,
  type IsoInstant,
  type Match,
  type Money,
  type ReviewItem,
  toMinorUnits,
} from '@recon/core'
import type { Insertable } from 'kysely'
import { bankLineSearchText, bookEntrySearchText } from './record-rows.ts'
import type { ItemSubjectTable, ItemTable, LinkMemberTable, LinkTable } from './tables.ts'

/** Records by id, as far as they are loaded. */
export interface LoadedRecords {
  readonly bankLines: ReadonlyMap<string, BankLine>
  readonly bookEntries: ReadonlyMap<string, BookEntry>
}

export interface ItemPlace {
  readonly tenantId: string
  readonly runId: string
  readonly arrivedAt: IsoInstant
  readonly updatedAt: IsoInstant
}

const settledStatuses = new Set(['RECONCILED', 'UNRECEIVED'])
const searchLimit = 2000

/** An item's subject: its bank lines, or its entries where it is a payment of the books. */
export function itemSubjects(item: ReviewItem): { side: 'BANK' | 'BOOK'; ids: readonly string[] } {
  return item.perspective === 'BANK'
    ? { side: 'BANK', ids: item.bankLineIds }
    : { side: 'BOOK', ids: item.bookEntryIds }
}

/** The columns that lists filter and sort by, beside the item itself. */
export function itemRow(item: ReviewItem, place: ItemPlace, records: LoadedRecords): Insertable<ItemTable> {
  const { side, ids } = itemSubjects(item)
  const lines = side === 'BANK' ? ids.flatMap((id) => records.bankLines.get(id) ?? []) : []
  const entries = side === 'BOOK' ? ids.flatMap((id) => records.bookEntries.get(id) ?? []) : []
  const total = totalOf([...lines, ...entries])
  const dates = [...lines.map((line) => line.bookingDate), ...entries.map((entry) => entry.date)].sort()
  return {
    tenant_id: place.tenantId,
    id: item.id,
    run_id: place.runId,
    perspective: item.perspective,
    scenario: item.scenario,
    bucket: item.bucket,
    status: item.status,
    severity: item.severity,
    version: item.version,
    account: lines[0]?.account ?? entries[0]?.account ?? null,
    currency: total.currency,
    amount_minor: toMinorUnits(total),
    date: dates[0] ?? place.arrivedAt.slice(0, 10),
    arrived_at: place.arrivedAt,
    updated_at: place.updatedAt,
    resolved_at: settledStatuses.has(item.status) ? place.updatedAt : null,
    automatic: item.decision?.state === 'EXACT',
    search_text: [...lines.map(bankLineSearchText), ...entries.map(bookEntrySearchText)]
      .join(' ')
      .slice(0, searchLimit),
    body: JSON.stringify(item),
  }
}

/** Sum in the currency of the first record; records of other currencies are not added. */
function totalOf(records: readonly { readonly amount: Money }[]): Money {
  const currency = records[0]?.amount.currency ?? 'USD'
  const minor = records
    .filter((record) => record.amount.currency === currency)
    .reduce((sum, record) => sum + toMinorUnits(record.amount), 0n)
  return fromMinorUnits(minor, currency)
}

export function subjectRows(tenantId: string, item: ReviewItem): Insertable<ItemSubjectTable>[] {
  const { side, ids } = itemSubjects(item)
  return ids.map((record_id) => ({ tenant_id: tenantId, side, record_id, item_id: item.id }))
}

/** An automatic link of the engine as a decision: a person's decisions come with the item. */
export function withEngineDecision(item: ReviewItem, at: IsoInstant): ReviewItem {
  const match = item.matches[0]
  if (item.status !== 'RECONCILED') return item
  if (item.decision !== undefined) return { ...item, decision: { at, ...item.decision } }
  if (match === undefined) return item
  return {
    ...item,
    decision: {
      id: `${item.id}@${item.version}`,
      state: 'EXACT',
      bankLineIds: match.bankLineIds,
      bookEntryIds: match.bookEntryIds,
      matchId: match.id,
      adjustments: match.adjustments,
      actorId: 'engine',
      at,
    },
  }
}

export function linkRows(
  tenantId: string,
  runId: string,
  item: ReviewItem,
): { link: Insertable<LinkTable>; members: Insertable<LinkMemberTable>[] } | undefined {
  const decision = item.decision
  if (decision === undefined) return undefined
  const match: Match | undefined = item.matches.find((one) => one.id === decision.matchId)
  const difference = match?.difference ?? decision.amount
  const members = [
    ...decision.bankLineIds.map((record_id) => ({ side: 'BANK' as const, record_id })),
    ...decision.bookEntryIds.map((record_id) => ({ side: 'BOOK' as const, record_id })),
  ]
  return {
    link: {
      tenant_id: tenantId,
      id: decision.id,
      item_id: item.id,
      run_id: runId,
      state: decision.state,
      made_by: decision.actorId,
      made_at: decision.at ?? new Date(0).toISOString(),
      reversed_at: null,
      currency: difference?.currency ?? 'USD',
      difference_minor: match === undefined ? 0n : toMinorUnits(match.difference),
      body: JSON.stringify(decision),
    },
    members: members.map((member) => ({ tenant_id: tenantId, link_id: decision.id, active: true, ...member })),
  }
}
