import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { boundedText, idSchema, isoDateSchema } from './money-schema.ts'
import { flagQuery, pageOf, pagingQuery } from './paging-schema.ts'
import { bankLineSchema, bookEntrySchema } from './record-schema.ts'
import { evidenceSchema, reasonSchema } from './review-item-schema.ts'

const recordQuery = z.strictObject({
  ...pagingQuery,
  /** Only records in no active match. */
  open: flagQuery,
  account: boundedText(100).exactOptional(),
  currency: z.string().length(3).exactOptional(),
  from: isoDateSchema.exactOptional(),
  to: isoDateSchema.exactOptional(),
  /** Part of a reference, name, id or description; or an exact amount such as `-12.50`. */
  search: boundedText(200).exactOptional(),
})

export const recordContract = {
  bankLines: endpoint({
    summary: 'Bank lines, newest first: what "show all deposits" lists.',
    audience: 'STAFF',
    query: recordQuery,
    response: pageOf(bankLineSchema),
  }),
  bookEntries: endpoint({
    summary: 'Book entries, newest first: the candidates a person may pick beyond the proposed ones.',
    audience: 'STAFF',
    query: recordQuery,
    response: pageOf(bookEntrySchema),
  }),
  explain: endpoint({
    summary: 'Why two records match, or why not: every signal of the pair and the verdict.',
    audience: 'STAFF',
    body: z.strictObject({ bankLineId: idSchema, bookEntryId: idSchema, runId: idSchema.exactOptional() }),
    response: z.object({
      bankLineId: z.string(),
      bookEntryId: z.string(),
      verdict: z.enum(['LINKED', 'PROPOSED', 'POSSIBLE', 'EXCLUDED']),
      reason: reasonSchema,
      evidence: z.array(evidenceSchema),
      /** Total weight in bits, and the policy's bound for a proposal. */
      weight: z.number(),
      threshold: z.number().nullable(),
    }),
  }),
}
