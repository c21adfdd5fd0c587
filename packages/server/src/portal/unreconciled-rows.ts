import { type BankLine, type Match, ReconError, type ReviewItem, type UnreconciledItem } from '@recon/core'
import { loadRecords } from '../store/load-records.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'

/**
 * The unreconciled items of a run: one for every bank line that no match covers and nothing is proposed for. Lines that were
 * matched meanwhile leave the list, unless the client was already asked: then the item stays until somebody resolves it.
 */
export async function syncUnreconciled(
  unit: UnitOfWork,
  runId: string,
  items: readonly ReviewItem[],
): Promise<UnreconciledItem[]> {
  const stored = new Map<string, UnreconciledItem>()
  const rows = await unit.db
    .selectFrom('unreconciled_item')
    .select(['bank_line_id', 'body'])
    .where('tenant_id', '=', unit.tenantId)
    .where('run_id', '=', runId)
    .execute()
  for (const row of rows) stored.set(row.bank_line_id, row.body as UnreconciledItem)
  const open = items.filter((item) => item.status !== 'RECONCILED' && openProposals(item).length === 0)
  const itemOf = new Map(open.flatMap((item) => item.bankLineIds.map((id) => [id, item.id] as const)))
  const missing = [...itemOf.keys()].filter((id) => !stored.has(id))
  for (const item of await createRows(unit, runId, missing, itemOf)) stored.set(item.bankLineId, item)
  const settled = [...stored.values()].filter((item) => !itemOf.has(item.bankLineId) && item.version === 1)
  if (settled.length > 0) {
    await unit.db
      .deleteFrom('unreconciled_item')
      .where('tenant_id', '=', unit.tenantId)
      .where(
        'id',
        'in',
        settled.map((item) => item.id),
      )
      .execute()
    for (const item of settled) stored.delete(item.bankLineId)
  }
  return [...stored.values()].sort((left, right) => (sortKey(left) < sortKey(right) ? -1 : 1))
}

function sortKey(item: UnreconciledItem): string {
  return `${item.date} ${item.id}`
}

async function createRows(
  unit: UnitOfWork,
  runId: string,
  lineIds: readonly string[],
  itemOf: ReadonlyMap<string, string>,
): Promise<UnreconciledItem[]> {
  if (lineIds.length === 0) return []
  const { bankLines } = await loadRecords(unit.db, unit.tenantId, { bankLineIds: lineIds, bookEntryIds: [] })
  const made = [...bankLines.values()].map(
    (line): UnreconciledItem => ({
      id: unit.newId(),
      version: 1,
      runId,
      bankLineId: line.id,
      date: line.bookingDate,
      amount: line.amount,
      description: describeLine(line),
      status: 'UNDISPATCHED',
    }),
  )
  for (let start = 0; start < made.length; start += 500) {
    const part = made.slice(start, start + 500)
    await unit.db
      .insertInto('unreconciled_item')
      .values(part.map((item) => ({ ...columnsOf(unit, item), item_id: itemOf.get(item.bankLineId) ?? '' })))
      .execute()
  }
  return made
}

/** What a client recognises a line by. */
function describeLine(line: BankLine): string {
  const { remittanceText, bankReference, endToEndId, checkNumber } = line.references
  const text = [line.counterparty?.name, remittanceText ?? checkNumber ?? endToEndId ?? bankReference]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ')
  return text === '' ? line.id : text.slice(0, 500)
}

function columnsOf(unit: UnitOfWork, item: UnreconciledItem) {
  return {
    tenant_id: unit.tenantId,
    id: item.id,
    run_id: item.runId,
    bank_line_id: item.bankLineId,
    status: item.status,
    exception: item.exception !== undefined,
    version: item.version,
    updated_at: unit.now,
    body: JSON.stringify(item),
  }
}

/** @throws ReconError VERSION_CONFLICT when the item moved on */
export async function storeUnreconciled(
  unit: UnitOfWork,
  before: UnreconciledItem,
  after: UnreconciledItem,
): Promise<void> {
  const { tenant_id, id, ...columns } = columnsOf(unit, after)
  const changed = await unit.db
    .updateTable('unreconciled_item')
    .set(columns)
    .where('tenant_id', '=', tenant_id)
    .where('id', '=', id)
    .where('version', '=', before.version)
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) {
    throw new ReconError('VERSION_CONFLICT', 'The item was changed by someone else. Load it again.', { place: id })
  }
}

/** An item under lock; undefined when the tenant or the run has none with this id. */
export async function lockUnreconciled(
  unit: UnitOfWork,
  runId: string,
  itemId: string,
): Promise<{ item: UnreconciledItem; reviewItemId: string } | undefined> {
  const row = await unit.db
    .selectFrom('unreconciled_item')
    .select(['body', 'item_id'])
    .where('tenant_id', '=', unit.tenantId)
    .where('run_id', '=', runId)
    .where('id', '=', itemId)
    .forUpdate()
    .executeTakeFirst()
  return row === undefined ? undefined : { item: row.body as UnreconciledItem, reviewItemId: row.item_id }
}

/** Proposals a person still has to confirm or reject. */
export function openProposals(item: ReviewItem): Match[] {
  if (item.status === 'RECONCILED') return []
  return item.matches.filter((match) => match.status === 'PROPOSED' && !item.rejectedMatchIds?.includes(match.id))
}
