import type { ItemRow } from '@recon/client'
import { fromMinorUnits, type Match, type ReviewItem } from '@recon/core'
import type { Kysely, Selectable } from 'kysely'
import { loadRecords } from '../store/load-records.ts'
import type { ItemTable, Tables } from '../store/tables.ts'
import { loadSettings } from './load-review.ts'

const recordsPerRow = 200

interface Reader {
  readonly db: Kysely<Tables>
  readonly tenantId: string
}

/** Items by id, in the order of the ids, with the records they speak of. */
export async function loadItemRows(reader: Reader, ids: readonly string[]): Promise<ItemRow[]> {
  if (ids.length === 0) return []
  const rows = await reader.db
    .selectFrom('item')
    .selectAll()
    .where('tenant_id', '=', reader.tenantId)
    .where('id', 'in', [...ids])
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  const ordered = ids.flatMap((id) => byId.get(id) ?? [])
  return fillItemRows(reader, ordered)
}

/**
 * Adds records and settings to stored items. Proposals whose records were taken by another link since are left out, so
 * that nobody is offered what is gone.
 */
export async function fillItemRows(
  reader: Reader,
  rows: readonly Selectable<ItemTable>[],
  limit: number = recordsPerRow,
): Promise<ItemRow[]> {
  const items = rows.map((row) => row.body as ReviewItem)
  const taken = await loadTaken(reader, items)
  const shown = items.map((item) => withoutTaken(item, taken))
  const named = shown.map((item) => recordsOf(item, limit))
  const records = await loadRecords(reader.db, reader.tenantId, {
    bankLineIds: named.flatMap((one) => one.bankLineIds),
    bookEntryIds: named.flatMap((one) => one.bookEntryIds),
  })
  const settings = new Map<string, ItemRow['settings']>()
  for (const runId of new Set(rows.map((row) => row.run_id))) settings.set(runId, await loadSettings(reader, runId))
  return rows.map((row, index) => {
    const item = shown[index] as ReviewItem
    const ids = named[index] ?? { bankLineIds: [], bookEntryIds: [], bankLineCount: 0, bookEntryCount: 0 }
    const own = settings.get(row.run_id)
    return {
      item: item as ItemRow['item'],
      bankLines: ids.bankLineIds.flatMap((id) => records.bankLines.get(id) ?? []) as ItemRow['bankLines'],
      bookEntries: ids.bookEntryIds.flatMap((id) => records.bookEntries.get(id) ?? []) as ItemRow['bookEntries'],
      bankLineCount: ids.bankLineCount,
      bookEntryCount: ids.bookEntryCount,
      total: fromMinorUnits(row.amount_minor, row.currency),
      date: row.date,
      runId: row.run_id,
      arrivedAt: row.arrived_at,
      updatedAt: row.updated_at,
      ...(own === undefined ? {} : { settings: own }),
    }
  })
}

function recordsOf(item: ReviewItem, limit: number) {
  const bankLineIds = new Set(item.bankLineIds)
  const bookEntryIds = new Set(item.bookEntryIds)
  for (const match of item.matches) {
    for (const id of match.bankLineIds) bankLineIds.add(id)
    for (const id of match.bookEntryIds) bookEntryIds.add(id)
  }
  for (const id of item.decision?.bankLineIds ?? []) bankLineIds.add(id)
  for (const id of item.decision?.bookEntryIds ?? []) bookEntryIds.add(id)
  return {
    bankLineIds: [...bankLineIds].slice(0, limit),
    bookEntryIds: [...bookEntryIds].slice(0, limit),
    bankLineCount: bankLineIds.size,
    bookEntryCount: bookEntryIds.size,
  }
}

/** Records proposed by open items that an active link of another item holds. */
async function loadTaken(reader: Reader, items: readonly ReviewItem[]): Promise<Set<string>> {
  const open = items.filter((item) => item.decision === undefined)
  const wanted = {
    BANK: [...new Set(open.flatMap((item) => item.matches.flatMap((match) => match.bankLineIds)))],
    BOOK: [...new Set(open.flatMap((item) => item.matches.flatMap((match) => match.bookEntryIds)))],
  }
  const taken = new Set<string>()
  for (const side of ['BANK', 'BOOK'] as const) {
    for (let start = 0; start < wanted[side].length; start += 5000) {
      const rows = await reader.db
        .selectFrom('link_member')
        .select('record_id')
        .where('tenant_id', '=', reader.tenantId)
        .where('side', '=', side)
        .where('active', '=', true)
        .where('record_id', 'in', wanted[side].slice(start, start + 5000))
        .execute()
      for (const row of rows) taken.add(`${side} ${row.record_id}`)
    }
  }
  return taken
}

function withoutTaken(item: ReviewItem, taken: ReadonlySet<string>): ReviewItem {
  if (item.decision !== undefined || taken.size === 0) return item
  const free = (match: Match) =>
    !match.bankLineIds.some((id) => taken.has(`BANK ${id}`)) &&
    !match.bookEntryIds.some((id) => taken.has(`BOOK ${id}`))
  const matches = item.matches.filter(free)
  return matches.length === item.matches.length ? item : { ...item, matches }
}
