import type { BankLine, BookEntry, Match, MatchRun, ReviewItem } from '@recon/core'
import { sql } from 'kysely'
import {
  itemRow,
  itemSubjects,
  type LoadedRecords,
  linkRows,
  subjectRows,
  withEngineDecision,
} from '../store/item-rows.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { announceWebhooks, paymentChanged, type WebhookEvent } from '../webhooks/webhook-event.ts'

const chunk = 500

export interface StoredCounts {
  readonly created: number
  /** Items a person holds, which keep their hold. */
  readonly kept: number
  /** Items of an earlier run that nobody had touched and that this run replaced. */
  readonly replaced: number
}

/** Puts the engine's items into the store: new ones in, untouched earlier ones out, held ones refreshed. */
export async function storeRunItems(
  unit: UnitOfWork,
  runId: string,
  result: MatchRun,
  input: { readonly bankLines: readonly BankLine[]; readonly bookEntries: readonly BookEntry[] },
): Promise<StoredCounts> {
  const records: LoadedRecords = {
    bankLines: new Map(input.bankLines.map((line) => [line.id, line])),
    bookEntries: new Map(input.bookEntries.map((entry) => [entry.id, entry])),
  }
  const earlier = await earlierItems(unit, result.items)
  const held = [...earlier.values()].filter(isHeld)
  const heldSubjects = new Set(held.flatMap((item) => subjectKeys(item)))
  const fresh = result.items
    .filter((item) => !subjectKeys(item).some((key) => heldSubjects.has(key)))
    .map((item) => withEngineDecision(item, unit.now))
  await removeItems(
    unit,
    [...earlier.values()].filter((item) => !isHeld(item)).map((item) => item.id),
  )
  const place = { tenantId: unit.tenantId, runId, arrivedAt: unit.now, updatedAt: unit.now }
  for (let start = 0; start < fresh.length; start += chunk) {
    const part = fresh.slice(start, start + chunk)
    await unit.db
      .insertInto('item')
      .values(part.map((item) => itemRow(item, place, records)))
      .execute()
    await insertAll(
      unit,
      'item_subject',
      part.flatMap((item) => subjectRows(unit.tenantId, item)),
    )
    await insertLinks(unit, runId, part)
  }
  announceWebhooks(
    unit,
    fresh.flatMap((item) => reconciledPayments(item, records)),
  )
  await refreshHeld(unit, held, result.items)
  return { created: fresh.length, kept: held.length, replaced: earlier.size - held.length }
}

/** A payment the engine reconciled as it came: its subscribers hear of it like of one a person did. */
function reconciledPayments(item: ReviewItem, records: LoadedRecords): WebhookEvent[] {
  if (item.status !== 'RECONCILED' || item.perspective !== 'BOOK') return []
  return item.bookEntryIds.flatMap((id) => {
    const entry = records.bookEntries.get(id)
    return entry?.kind === 'PAYMENT'
      ? [paymentChanged(entry, 'RECONCILED', 'OUTSTANDING', null, item.decision?.bankLineIds ?? [])]
      : []
  })
}

function subjectKeys(item: ReviewItem): string[] {
  const { side, ids } = itemSubjects(item)
  return ids.map((id) => `${side} ${id}`)
}

/** A person has done something with it. */
function isHeld(item: ReviewItem): boolean {
  return item.status !== 'OUTSTANDING' || item.version > 1
}

/** Items of earlier runs that have a subject in common with the new ones. */
async function earlierItems(unit: UnitOfWork, items: readonly ReviewItem[]): Promise<Map<string, ReviewItem>> {
  const earlier = new Map<string, ReviewItem>()
  for (const side of ['BANK', 'BOOK'] as const) {
    const ids = items.filter((item) => itemSubjects(item).side === side).flatMap((item) => itemSubjects(item).ids)
    for (let start = 0; start < ids.length; start += 5000) {
      const rows = await unit.db
        .selectFrom('item')
        .innerJoin('item_subject', (join) =>
          join.onRef('item_subject.tenant_id', '=', 'item.tenant_id').onRef('item_subject.item_id', '=', 'item.id'),
        )
        .select(['item.id', 'item.body'])
        .where('item_subject.tenant_id', '=', unit.tenantId)
        .where('item_subject.side', '=', side)
        .where('item_subject.record_id', 'in', ids.slice(start, start + 5000))
        .execute()
      for (const row of rows) earlier.set(row.id, row.body as ReviewItem)
    }
  }
  return earlier
}

async function removeItems(unit: UnitOfWork, ids: readonly string[]): Promise<void> {
  for (let start = 0; start < ids.length; start += 5000) {
    const part = ids.slice(start, start + 5000)
    await unit.db
      .deleteFrom('item_subject')
      .where('tenant_id', '=', unit.tenantId)
      .where('item_id', 'in', part)
      .execute()
    await unit.db.deleteFrom('item').where('tenant_id', '=', unit.tenantId).where('id', 'in', part).execute()
  }
}

async function insertAll<Table extends 'item_subject' | 'link_member' | 'link'>(
  unit: UnitOfWork,
  table: Table,
  rows: readonly Parameters<ReturnType<typeof unit.db.insertInto<Table>>['values']>[0][],
): Promise<void> {
  for (let start = 0; start < rows.length; start += chunk * 4) {
    await unit.db
      .insertInto(table)
      .values(rows.slice(start, start + chunk * 4) as never)
      .execute()
  }
}

async function insertLinks(unit: UnitOfWork, runId: string, items: readonly ReviewItem[]): Promise<void> {
  const made = items.flatMap((item) => linkRows(unit.tenantId, runId, item) ?? [])
  await insertAll(
    unit,
    'link',
    made.map(({ link }) => link),
  )
  const members = made.flatMap((one) => one.members)
  await insertAll(unit, 'link_member', members)
  for (const [table, side] of [
    ['bank_line', 'BANK'],
    ['book_entry', 'BOOK'],
  ] as const) {
    const own = members.filter((member) => member.side === side)
    if (own.length === 0) continue
    await sql`
      update ${sql.table(`recon.${table}`)} as record set link_id = link.id
      from unnest(${own.map((member) => member.record_id)}::text[], ${own.map((member) => member.link_id)}::text[])
        as link (record_id, id)
      where record.tenant_id = ${unit.tenantId} and record.id = link.record_id`.execute(unit.db)
  }
}

/** New proposals for items a person holds. The engine never takes a person's hold away: its links become proposals. */
async function refreshHeld(unit: UnitOfWork, held: readonly ReviewItem[], items: readonly ReviewItem[]): Promise<void> {
  if (held.length === 0) return
  const bySubject = new Map<string, ReviewItem>()
  for (const item of items) for (const key of subjectKeys(item)) bySubject.set(key, item)
  for (const item of held) {
    if (item.decision !== undefined) continue
    const found = new Set(subjectKeys(item).flatMap((key) => bySubject.get(key) ?? []))
    const matches: Match[] = [...found]
      .flatMap((one) => one.matches)
      .map((match) => ({ ...match, status: match.status === 'AUTO' ? 'PROPOSED' : match.status }))
    const next: ReviewItem = { ...item, matches }
    await unit.db
      .updateTable('item')
      .set({ body: JSON.stringify(next), updated_at: unit.now })
      .where('tenant_id', '=', unit.tenantId)
      .where('id', '=', item.id)
      .execute()
  }
}
