import {
  defaultReviewSettings,
  type ItemEvent,
  type ItemEventData,
  type ItemEventName,
  type ItemSelection,
  type ReviewContext,
  type ReviewItem,
  type ReviewSettings,
} from '@recon/core'
import type { Kysely, Selectable } from 'kysely'
import type { ItemPlace, LoadedRecords } from '../store/item-rows.ts'
import { loadRecords, lockRecords } from '../store/load-records.ts'
import type { ActivityTable, Tables } from '../store/tables.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'

/** An item under lock with everything its rules look at. */
export interface LoadedReview {
  readonly item: ReviewItem
  readonly place: ItemPlace
  readonly records: LoadedRecords
  readonly context: ReviewContext
  readonly lastEvent: Selectable<ActivityTable> | undefined
}

/**
 * Locks the item, then the records it and the selection name, then reads who holds them: in that order for everybody.
 * Undefined when the tenant has no such item.
 */
export async function loadReview(
  unit: UnitOfWork,
  itemId: string,
  selection: Partial<ItemSelection> = {},
): Promise<LoadedReview | undefined> {
  const row = await unit.db
    .selectFrom('item')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', itemId)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) return undefined
  const item = row.body as ReviewItem
  const named = recordsNamed(item, selection)
  await lockRecords(unit.db, unit.tenantId, named)
  const records = await loadRecords(unit.db, unit.tenantId, named)
  const holders = await loadHolders(unit, named)
  const acted = actedOn(item, selection)
  const lastEvent = await loadLastEvent(unit, itemId)
  const parts = await loadParts(unit, item, lastEvent)
  const place: ItemPlace = {
    tenantId: unit.tenantId,
    runId: row.run_id,
    arrivedAt: row.arrived_at,
    updatedAt: row.updated_at,
  }
  const context: ReviewContext = {
    now: unit.now,
    settings: await withLock(unit, await loadSettings(unit, row.run_id), records, acted),
    bankLine: (id) => records.bankLines.get(id),
    bookEntry: (id) => records.bookEntries.get(id),
    holder: (side, id) => {
      const holder = holders.get(`${side} ${id}`)
      return holder === itemId ? undefined : holder
    },
    item: (id) => (id === itemId ? item : parts.get(id)),
    ...(lastEvent === undefined ? {} : { lastEvent: itemEvent(lastEvent) }),
  }
  return { item, place, records, context, lastEvent }
}

function recordsNamed(item: ReviewItem, selection: Partial<ItemSelection>) {
  const decided = item.decision
  const bankLineIds = [
    ...item.bankLineIds,
    ...item.matches.flatMap((match) => match.bankLineIds),
    ...(decided?.bankLineIds ?? []),
    ...(selection.bankLineIds ?? []),
  ]
  const bookEntryIds = [
    ...item.bookEntryIds,
    ...item.matches.flatMap((match) => match.bookEntryIds),
    ...(decided?.bookEntryIds ?? []),
    ...(selection.bookEntryIds ?? []),
  ]
  return { bankLineIds: [...new Set(bankLineIds)], bookEntryIds: [...new Set(bookEntryIds)] }
}

/** The records an action is about: what is selected with the item's own, or what it is linked with. */
function actedOn(item: ReviewItem, selection: Partial<ItemSelection>): ItemSelection {
  const { decision } = item
  return {
    bankLineIds: [...item.bankLineIds, ...(decision?.bankLineIds ?? []), ...(selection.bankLineIds ?? [])],
    bookEntryIds: [...item.bookEntryIds, ...(decision?.bookEntryIds ?? []), ...(selection.bookEntryIds ?? [])],
  }
}

/**
 * The last locked day of the accounts concerned. What was open on a statement is carried forward: a link that reaches into a
 * later period belongs to that one and is not held back.
 */
async function withLock(
  unit: UnitOfWork,
  settings: ReviewSettings,
  records: LoadedRecords,
  acted: ItemSelection,
): Promise<ReviewSettings> {
  const lines = acted.bankLineIds.flatMap((id) => records.bankLines.get(id) ?? [])
  const entries = acted.bookEntryIds.flatMap((id) => records.bookEntries.get(id) ?? [])
  const accounts = [...new Set([...lines, ...entries].flatMap((record) => record.account ?? []))]
  const days = [...lines.map((line) => line.bookingDate), ...entries.map((entry) => entry.date)].sort()
  const latest = days.at(-1)
  if (accounts.length === 0 || latest === undefined) return settings
  const locked = await unit.db
    .selectFrom('accounting_period')
    .select('to_day')
    .where('tenant_id', '=', unit.tenantId)
    .where('account', 'in', accounts)
    .where('status', '=', 'LOCKED')
    .orderBy('to_day', 'desc')
    .limit(1)
    .executeTakeFirst()
  return locked === undefined || locked.to_day < latest ? settings : { ...settings, lockedThrough: locked.to_day }
}

/** The item that holds each record by an active link. */
async function loadHolders(
  unit: UnitOfWork,
  ids: { bankLineIds: readonly string[]; bookEntryIds: readonly string[] },
): Promise<Map<string, string>> {
  const holders = new Map<string, string>()
  for (const [side, all] of [
    ['BANK', ids.bankLineIds],
    ['BOOK', ids.bookEntryIds],
  ] as const) {
    for (let start = 0; start < all.length; start += 5000) {
      const rows = await unit.db
        .selectFrom('link_member')
        .innerJoin('link', (join) =>
          join.onRef('link.tenant_id', '=', 'link_member.tenant_id').onRef('link.id', '=', 'link_member.link_id'),
        )
        .select(['link_member.record_id', 'link.item_id'])
        .where('link_member.tenant_id', '=', unit.tenantId)
        .where('link_member.side', '=', side)
        .where('link_member.active', '=', true)
        .where('link_member.record_id', 'in', all.slice(start, start + 5000))
        .execute()
      for (const row of rows) holders.set(`${side} ${row.record_id}`, row.item_id)
    }
  }
  return holders
}

async function loadLastEvent(unit: UnitOfWork, itemId: string): Promise<Selectable<ActivityTable> | undefined> {
  return unit.db
    .selectFrom('activity')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('subject_kind', '=', 'review_item')
    .where('subject_id', '=', itemId)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** The items that were split off by the last event, which an undo takes back in. */
async function loadParts(
  unit: UnitOfWork,
  item: ReviewItem,
  lastEvent: Selectable<ActivityTable> | undefined,
): Promise<Map<string, ReviewItem>> {
  const data = lastEvent === undefined ? undefined : (JSON.parse(lastEvent.data) as Partial<ItemEventData>)
  const ids = (data?.splitOff ?? []).map((part) => part.id).filter((id) => id !== item.id)
  if (ids.length === 0) return new Map()
  const rows = await unit.db
    .selectFrom('item')
    .select(['id', 'body'])
    .where('tenant_id', '=', unit.tenantId)
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute()
  return new Map(rows.map((row) => [row.id, row.body as ReviewItem]))
}

/** The review settings the run was started with. */
export async function loadSettings(
  reader: { db: Kysely<Tables>; tenantId: string },
  runId: string,
): Promise<ReviewSettings> {
  const run = await reader.db
    .selectFrom('run')
    .select('body')
    .where('tenant_id', '=', reader.tenantId)
    .where('id', '=', runId)
    .executeTakeFirst()
  const settings = (run?.body as { settings?: Partial<ReviewSettings> } | undefined)?.settings
  return { ...defaultReviewSettings, ...settings }
}

export function itemEvent(row: Selectable<ActivityTable>): ItemEvent {
  return {
    name: row.name as ItemEventName,
    at: row.at,
    actorId: row.actor_id,
    subject: { kind: row.subject_kind, id: row.subject_id },
    version: row.subject_version,
    data: JSON.parse(row.data) as ItemEventData,
  }
}
