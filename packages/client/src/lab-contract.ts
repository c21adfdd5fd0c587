import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { idSchema } from './money-schema.ts'
import { presetNames } from './run-contract.ts'

const linkChangeSchema = z.object({
  matchId: z.string(),
  bankLineIds: z.array(z.string()),
  bookEntryIds: z.array(z.string()),
  before: z.string().nullable(),
  after: z.string().nullable(),
})

/** Changes listed of each kind, at most; the counts are whole. */
export const listedChanges = 200

export const labContract = {
  compare: endpoint({
    summary:
      'What another policy would newly match, change or break on the records of a stored run. Nothing is changed by it.',
    audience: 'STAFF',
    body: z.strictObject({
      runId: idSchema,
      /** A preset's name, or a whole policy as JSON. */
      policy: z.union([z.enum(presetNames), z.record(z.string(), z.unknown())]),
    }),
    response: z.object({
      runId: z.string(),
      before: z.object({ policy: z.string(), automatic: z.int(), proposed: z.int(), unmatched: z.int() }),
      after: z.object({ policy: z.string(), automatic: z.int(), proposed: z.int(), unmatched: z.int() }),
      counts: z.object({
        newlyMatched: z.int(),
        broken: z.int(),
        changed: z.int(),
        unchanged: z.int(),
        scenarios: z.int(),
      }),
      newlyMatched: z.array(linkChangeSchema),
      broken: z.array(linkChangeSchema),
      changed: z.array(linkChangeSchema),
      scenarios: z.array(
        z.object({ bankLineId: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
      ),
    }),
  }),
  calibration: endpoint({
    summary:
      'What the stored decisions say: the score above which proposals could be automatic under a promised error rate, and the weights they suggest. Never applied by itself.',
    audience: 'STAFF',
    query: z.strictObject({
      /** Largest share of automatic matches that may be wrong, 0.0005 by default. */
      maxErrorRate: z.coerce.number<number | string>().gt(0).lt(0.5).exactOptional(),
      /** How sure the promise is to hold, 0.95 by default. */
      confidence: z.coerce.number<number | string>().gte(0.5).lt(1).exactOptional(),
    }),
    response: z.object({
      decisions: z.object({ confirmed: z.int(), rejected: z.int() }),
      calibration: z.object({
        outcome: z.enum(['CALIBRATED', 'TOO_FEW_DECISIONS', 'NO_SCORE_IS_SAFE']),
        scoreAbove: z.number().nullable(),
        /** Upper bound of the error rate above the score, at the asked confidence. */
        errorBound: z.number(),
        heldOut: z.int(),
        heldOutErrors: z.int().nullable(),
        heldOutNeeded: z.int().nullable(),
      }),
      /** Weights estimated from the decisions, for the policy's `scored.weights`; null with too few of them. */
      weights: z.record(z.string(), z.number()).nullable(),
      /** How many decided pairs show a level that the weights speak of. */
      observations: z.int(),
    }),
  }),
}
