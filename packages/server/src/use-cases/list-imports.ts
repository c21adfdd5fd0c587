import { sql } from 'kysely'
import { readCursor, writeCursor } from './cursor.ts'
import type { ImportSummary } from './import-records.ts'
import type { ItemReader } from './item-filter.ts'

/** Imports, newest first. */
export async function listImports(
  reader: ItemReader,
  query: { readonly cursor?: string; readonly limit?: number },
): Promise<{ rows: Omit<ImportSummary, 'rejected'>[]; nextCursor: string | null }> {
  const limit = query.limit ?? 50
  let imports = reader.db
    .selectFrom('import')
    .selectAll()
    .where('tenant_id', '=', reader.tenantId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit + 1)
  const cursor = readCursor(query.cursor, 'import')
  if (cursor !== undefined) {
    imports = imports.where(
      sql<boolean>`(created_at < ${cursor.value}::timestamptz or (created_at = ${cursor.value}::timestamptz and id > ${cursor.id}))`,
    )
  }
  const found = await imports.execute()
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return {
    rows: page.map((row) => ({
      id: row.id,
      createdAt: row.created_at,
      createdBy: row.created_by,
      fileName: row.file_name,
      format: row.format,
      bankLines: row.bank_lines,
      bookEntries: row.book_entries,
      statements: row.statements,
      known: row.known,
      rejectedCount: row.rejected_count,
    })),
    nextCursor: found.length > limit && last !== undefined ? writeCursor('import', last.created_at, last.id) : null,
  }
}
