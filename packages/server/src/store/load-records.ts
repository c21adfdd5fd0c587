import type { BankLine, BookEntry } from '@recon/core'
import type { Kysely } from 'kysely'
import type { LoadedRecords } from './item-rows.ts'
import type { Tables } from './tables.ts'

const chunk = 5000

function* chunksOf(ids: Iterable<string>): Generator<string[]> {
  const all = [...new Set(ids)]
  for (let start = 0; start < all.length; start += chunk) yield all.slice(start, start + chunk)
}

/** Records by their ids; unknown ids are left out. */
export async function loadRecords(
  db: Kysely<Tables>,
  tenantId: string,
  ids: { bankLineIds: Iterable<string>; bookEntryIds: Iterable<string> },
): Promise<LoadedRecords> {
  const bankLines = new Map<string, BankLine>()
  const bookEntries = new Map<string, BookEntry>()
  for (const part of chunksOf(ids.bankLineIds)) {
    const rows = await db
      .selectFrom('bank_line')
      .select(['id', 'body', 'status'])
      .where('tenant_id', '=', tenantId)
      .where('id', 'in', part)
      .execute()
    for (const row of rows)
      bankLines.set(row.id, { ...(row.body as BankLine), status: row.status as BankLine['status'] })
  }
  for (const part of chunksOf(ids.bookEntryIds)) {
    const rows = await db
      .selectFrom('book_entry')
      .select(['id', 'body'])
      .where('tenant_id', '=', tenantId)
      .where('id', 'in', part)
      .execute()
    for (const row of rows) bookEntries.set(row.id, row.body as BookEntry)
  }
  return { bankLines, bookEntries }
}

/** Locks records until the end of the transaction, in one order for everybody, so that two people never wait in a ring. */
export async function lockRecords(
  db: Kysely<Tables>,
  tenantId: string,
  ids: { bankLineIds: Iterable<string>; bookEntryIds: Iterable<string> },
): Promise<void> {
  for (const [table, side] of [
    ['bank_line', ids.bankLineIds],
    ['book_entry', ids.bookEntryIds],
  ] as const) {
    for (const part of chunksOf([...side].sort())) {
      await db
        .selectFrom(table)
        .select('id')
        .where('tenant_id', '=', tenantId)
        .where('id', 'in', part)
        .orderBy('id')
        .forUpdate()
        .execute()
    }
  }
}
