import { type BankLine, type BookEntry, parseMoney, toMinorUnits } from '@recon/core'
import { sql } from 'kysely'
import { readCursor, writeCursor } from './cursor.ts'
import type { ItemReader } from './item-filter.ts'

export interface RecordQuery {
  readonly open?: boolean
  readonly account?: string
  readonly currency?: string
  readonly from?: string
  readonly to?: string
  readonly status?: BankLine['status']
  readonly search?: string
  readonly cursor?: string
  readonly limit?: number
}

export interface RecordPage<Value> {
  readonly rows: readonly Value[]
  readonly nextCursor: string | null
}

/** Bank lines, newest first. */
export function listBankLines(reader: ItemReader, query: RecordQuery): Promise<RecordPage<BankLine>> {
  return listRecords<BankLine>(reader, 'bank_line', query)
}

/** Book entries, newest first; closed ones only when all are asked for. */
export function listBookEntries(reader: ItemReader, query: RecordQuery): Promise<RecordPage<BookEntry>> {
  return listRecords<BookEntry>(reader, 'book_entry', query)
}

async function listRecords<Value extends object>(
  reader: ItemReader,
  table: 'bank_line' | 'book_entry',
  query: RecordQuery,
): Promise<RecordPage<Value>> {
  const limit = query.limit ?? 100
  let records = reader.db
    .selectFrom(table)
    .select(['id', 'date', 'body', ...(table === 'bank_line' ? (['status'] as const) : [])])
    .where('tenant_id', '=', reader.tenantId)
    .orderBy('date', 'desc')
    .orderBy('id')
    .limit(limit + 1)
  if (query.open === true) {
    records = records.where('link_id', 'is', null)
    if (table === 'book_entry') records = records.where(sql<boolean>`not closed`)
  }
  if (query.status !== undefined) records = records.where(sql<boolean>`status = ${query.status}`)
  if (query.account !== undefined) records = records.where('account', '=', query.account)
  if (query.currency !== undefined) records = records.where('currency', '=', query.currency)
  if (query.from !== undefined) records = records.where('date', '>=', query.from)
  if (query.to !== undefined) records = records.where('date', '<=', query.to)
  if (query.search !== undefined && query.search.trim() !== '') {
    const text = query.search.trim().toLowerCase()
    const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
    const amount = parseMoney(text, { currency: query.currency ?? 'USD', decimalMark: '.', groupMarks: [','] })
    records = amount.ok
      ? records.where(sql<boolean>`(search_text like ${pattern} or amount_minor = ${toMinorUnits(amount.value)})`)
      : records.where('search_text', 'like', pattern)
  }
  const cursor = readCursor(query.cursor, table)
  if (cursor !== undefined) {
    records = records.where(sql<boolean>`(date < ${cursor.value} or (date = ${cursor.value} and id > ${cursor.id}))`)
  }
  const found = await records.execute()
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return {
    rows: page.map(({ body, ...row }) => ({ ...(body as Value), ...('status' in row ? { status: row.status } : {}) })),
    nextCursor: found.length > limit && last !== undefined ? writeCursor(table, last.date, last.id) : null,
  }
}
