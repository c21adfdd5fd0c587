import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { boundedText, idSchema, isoInstantSchema } from './money-schema.ts'
import { pageOf, pagingQuery } from './paging-schema.ts'
import { statementHeadSchema } from './record-schema.ts'

/** Records of one request. The host parses files; larger files are sent in several requests with the same `fileName`. */
export const importRecordLimit = 20_000

const importSummarySchema = z.object({
  id: z.string(),
  createdAt: isoInstantSchema,
  createdBy: z.string(),
  fileName: z.string().nullable(),
  format: z.string().nullable(),
  /** New records stored. */
  bankLines: z.int(),
  bookEntries: z.int(),
  statements: z.int(),
  /** Records that were already there with the same content. */
  known: z.int(),
  rejectedCount: z.int(),
})

export const importContract = {
  create: endpoint({
    summary:
      'Stores bank lines, book entries and statements. A bad record is refused by itself, with its index; a record already known is counted, not stored twice.',
    audience: 'STAFF',
    status: 201,
    body: z.strictObject({
      /** The client of a bookkeeping firm the records belong to; its runs see no other's. */
      clientId: boundedText(200).min(1).exactOptional(),
      fileName: boundedText(300).exactOptional(),
      format: boundedText(50).exactOptional(),
      /** Each is checked by itself against the bank line schema. */
      bankLines: z.array(z.unknown()).max(importRecordLimit).exactOptional(),
      /** Each is checked by itself against the book entry schema. */
      bookEntries: z.array(z.unknown()).max(importRecordLimit).exactOptional(),
      statements: z.array(statementHeadSchema).max(1000).exactOptional(),
      /** Pending lines the bank took back: withdrawn, still readable, their links released. */
      withdrawnLineIds: z.array(idSchema).max(importRecordLimit).exactOptional(),
    }),
    response: importSummarySchema.extend({
      rejected: z.array(
        z.object({
          collection: z.enum(['bankLines', 'bookEntries']),
          index: z.int(),
          id: z.string().nullable(),
          code: z.string(),
          message: z.string(),
        }),
      ),
    }),
  }),
  list: endpoint({
    summary: 'Imports, newest first.',
    audience: 'STAFF',
    query: z.strictObject(pagingQuery),
    response: pageOf(importSummarySchema),
  }),
}
