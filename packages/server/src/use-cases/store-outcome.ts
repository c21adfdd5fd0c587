import type { ItemOutcome, ReviewItem } from '@recon/core'
import { ReconError } from '@recon/core'
import { type ItemPlace, itemRow, type LoadedRecords, linkRows, subjectRows } from '../store/item-rows.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'

/** Writes what a rule led to: items, subjects and links. The events are recorded by the caller, last. */
export async function storeOutcome(
  unit: UnitOfWork,
  before: ReviewItem,
  outcome: ItemOutcome,
  place: ItemPlace,
  records: LoadedRecords,
): Promise<void> {
  const { item, created, removedIds } = outcome
  await moveLink(unit, before, item, place.runId)
  const { tenant_id, id, ...columns } = itemRow(item, { ...place, updatedAt: unit.now }, records)
  const updated = await unit.db
    .updateTable('item')
    .set(columns)
    .where('tenant_id', '=', tenant_id)
    .where('id', '=', id)
    .where('version', '=', before.version)
    .executeTakeFirst()
  if (updated.numUpdatedRows !== 1n) {
    throw new ReconError('VERSION_CONFLICT', 'The item was changed by someone else. Load it again.', { place: item.id })
  }
  const sameSubjects = created.length === 0 && removedIds.length === 0
  if (!sameSubjects) await moveSubjects(unit, outcome, place, records)
}

async function moveSubjects(
  unit: UnitOfWork,
  { item, created, removedIds }: ItemOutcome,
  place: ItemPlace,
  records: LoadedRecords,
): Promise<void> {
  await unit.db
    .deleteFrom('item_subject')
    .where('tenant_id', '=', unit.tenantId)
    .where('item_id', 'in', [item.id, ...removedIds])
    .execute()
  if (removedIds.length > 0) {
    await unit.db
      .deleteFrom('item')
      .where('tenant_id', '=', unit.tenantId)
      .where('id', 'in', [...removedIds])
      .execute()
  }
  if (created.length > 0) {
    const rows = created.map((part) => itemRow(part, { ...place, updatedAt: unit.now }, records))
    await unit.db.insertInto('item').values(rows).execute()
  }
  const subjects = [item, ...created].flatMap((part) => subjectRows(unit.tenantId, part))
  if (subjects.length > 0) await unit.db.insertInto('item_subject').values(subjects).execute()
}

/** The link in the tables follows the item's decision: reversed when it goes, made (or made active again) when it comes. */
async function moveLink(unit: UnitOfWork, before: ReviewItem, after: ReviewItem, runId: string): Promise<void> {
  if (before.decision?.id === after.decision?.id) return
  if (before.decision !== undefined) await endLink(unit, before.decision.id)
  const rows = linkRows(unit.tenantId, runId, after)
  if (rows === undefined) return
  await unit.db
    .insertInto('link')
    .values(rows.link)
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'id']).doUpdateSet({ state: rows.link.state, reversed_at: null }),
    )
    .execute()
  if (rows.members.length === 0) return
  await unit.db
    .insertInto('link_member')
    .values(rows.members)
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'link_id', 'side', 'record_id']).doUpdateSet({ active: true }),
    )
    .execute()
  await pointRecords(unit, rows.members, rows.link.id)
}

const recordTables = [
  ['bank_line', 'BANK'],
  ['book_entry', 'BOOK'],
] as const

async function endLink(unit: UnitOfWork, linkId: string): Promise<void> {
  await unit.db
    .updateTable('link')
    .set({ state: 'REVERSED', reversed_at: unit.now })
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', linkId)
    .execute()
  const members = await unit.db
    .updateTable('link_member')
    .set({ active: false })
    .where('tenant_id', '=', unit.tenantId)
    .where('link_id', '=', linkId)
    .returning(['side', 'record_id'])
    .execute()
  await pointRecords(unit, members, null)
}

/** Notes on the records themselves which active link holds them, for lists of open records. */
async function pointRecords(
  unit: UnitOfWork,
  members: readonly { readonly side: 'BANK' | 'BOOK'; readonly record_id: string }[],
  linkId: string | null,
): Promise<void> {
  for (const [table, side] of recordTables) {
    const ids = members.filter((member) => member.side === side).map((member) => member.record_id)
    if (ids.length === 0) continue
    await unit.db
      .updateTable(table)
      .set({ link_id: linkId })
      .where('tenant_id', '=', unit.tenantId)
      .where('id', 'in', ids)
      .execute()
  }
}
