import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { idSchema } from './money-schema.ts'
import { pageOf, pagingQuery } from './paging-schema.ts'
import { activityEventSchema, itemRowSchema } from './review-item-schema.ts'

export const activityContract = {
  list: endpoint({
    summary: 'What happened, newest first: one event per change.',
    audience: 'STAFF',
    query: z.strictObject({
      ...pagingQuery,
      subjectKind: z.string().max(50).exactOptional(),
      subjectId: idSchema.exactOptional(),
      runId: idSchema.exactOptional(),
      name: z.string().max(100).exactOptional(),
    }),
    response: pageOf(activityEventSchema),
  }),
  previewUndo: endpoint({
    summary: 'What an undo would reopen, without doing it.',
    audience: 'STAFF',
    params: z.strictObject({ eventId: idSchema }),
    response: z.object({
      possible: z.boolean(),
      /** Why not, where not possible. */
      refusal: z.object({ code: z.string(), message: z.string() }).nullable(),
      /** The items as they are now that would go back to an earlier state. */
      reopens: z.array(itemRowSchema),
    }),
  }),
  undo: endpoint({
    summary: 'Takes an event back by a compensating event; nothing is erased.',
    audience: 'STAFF',
    params: z.strictObject({ eventId: idSchema }),
    body: z.strictObject({}),
    response: z.object({ rows: z.array(itemRowSchema), event: activityEventSchema }),
  }),
  verify: endpoint({
    summary: 'Recomputes the hash chain of the activity log.',
    audience: 'STAFF',
    response: z.object({ events: z.int(), intact: z.boolean(), firstBroken: z.int().nullable() }),
  }),
}
