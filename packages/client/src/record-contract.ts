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
    summary: 'Why two records match, or why not: every signal of the pair, the verdict, and who won instead.',
    audience: 'STAFF',
    body: z.strictObject({
      bankLineId: idSchema,
      bookEntryId: idSchema,
      /** The run whose policy judges; the default policy where absent. */
      runId: idSchema.exactOptional(),
    }),
    response: z.object({
      bankLineId: z.string(),
      bookEntryId: z.string(),
      /** LINKED now; PROPOSED or POSSIBLE (flagged, outranked or too weak); EXCLUDED by a rule. */
      verdict: z.enum(['LINKED', 'PROPOSED', 'POSSIBLE', 'EXCLUDED']),
      /** The engine's own word for it: OUTRANKED and WEAK tell the POSSIBLE apart. */
      engineVerdict: z.enum(['LINKED', 'PROPOSED', 'FLAGGED', 'EXCLUDED', 'OUTRANKED', 'WEAK']),
      reason: reasonSchema,
      /** Most telling first: what was decided, then who won instead. */
      reasons: z.array(reasonSchema),
      evidence: z.array(evidenceSchema),
      /** Total weight in bits, and the policy's bound for a proposal. */
      weight: z.number(),
      threshold: z.number().nullable(),
      /** The links that hold both or one of them in this comparison. */
      matchIds: z.array(z.string()),
    }),
  }),
}
