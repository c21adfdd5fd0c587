import * as z from 'zod'

/** Cursor paging: pass `nextCursor` of one answer as `cursor` of the next request, with the same filters. */
export const pagingQuery = {
  cursor: z.string().max(1000).exactOptional(),
  limit: z.coerce.number<number | string>().int().min(1).max(500).exactOptional(),
}

export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.object({ rows: z.array(row), nextCursor: z.string().nullable() })
}

/** A yes-or-no search parameter. */
export const flagQuery = z.union([z.boolean(), z.stringbool()]).exactOptional()
