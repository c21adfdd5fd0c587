import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { boundedText, idSchema, isoDateSchema, isoInstantSchema, moneySchema } from './money-schema.ts'
import { pageOf, pagingQuery } from './paging-schema.ts'
import { runProofSchema } from './review-item-schema.ts'

export const presetNames = ['cash-management', 'payments-desk', 'treasury', 'bookkeeping', 'collections'] as const

const countAndAmount = z.object({
  scenario: z.string(),
  status: z.string(),
  currency: z.string(),
  items: z.int(),
  /** Sum of the items' own lines, money in positive. */
  amount: moneySchema,
})

export const runSchema = z.object({
  id: z.string(),
  name: z.string(),
  status: z.enum(['PENDING', 'MATCHING', 'AWAITING_REVIEW', 'AWAITING_CLIENT', 'COMPLETE', 'FAILED']),
  perspective: z.enum(['BANK', 'BOOK']),
  policy: z.string(),
  createdAt: isoInstantSchema,
  createdBy: z.string(),
  matchedAt: isoInstantSchema.nullable(),
  completedAt: isoInstantSchema.nullable(),
  failure: z.string().nullable(),
  statementId: z.string().nullable(),
  version: z.int(),
  /** Share of the work done while matching, 0 to 1. */
  progress: z.number(),
  stats: z.object({
    bankLines: z.int(),
    bookEntries: z.int(),
    automatic: z.int(),
    proposed: z.int(),
    flagged: z.int(),
    unmatched: z.int(),
    byScenario: z.record(z.string(), z.int()),
    byPass: z.record(z.string(), z.int()),
  }),
})
export type RunRow = z.output<typeof runSchema>

export const runContract = {
  create: endpoint({
    summary: 'Matches the open records under a policy and puts every bank line into one item.',
    audience: 'STAFF',
    status: 201,
    body: z.strictObject({
      name: boundedText(200).exactOptional(),
      /** A preset's name, or a whole policy as JSON. */
      policy: z.union([z.enum(presetNames), z.record(z.string(), z.unknown())]).exactOptional(),
      /** The client of a bookkeeping firm the statement belongs to. */
      clientId: idSchema.exactOptional(),
      /** One statement: a run of a bookkeeping firm. Everything open where absent. */
      statementId: idSchema.exactOptional(),
      accounts: z.array(boundedText(100)).max(1000).exactOptional(),
      from: isoDateSchema.exactOptional(),
      to: isoDateSchema.exactOptional(),
      /** Wait for the result (small runs) or match in a job: the answer then has status MATCHING. */
      wait: z.boolean().exactOptional(),
    }),
    response: runSchema,
  }),
  list: endpoint({
    summary: 'Runs, newest first.',
    audience: 'STAFF',
    query: z.strictObject({ ...pagingQuery, status: z.string().max(30).exactOptional() }),
    response: pageOf(runSchema),
  }),
  get: endpoint({
    summary: 'One run with its counts and amounts as they are now.',
    audience: 'STAFF',
    params: z.strictObject({ runId: idSchema }),
    response: runSchema.extend({ totals: z.array(countAndAmount) }),
  }),
  proof: endpoint({
    summary: 'What became of the money: both sides, their difference, and its causes, which add up to it.',
    audience: 'STAFF',
    params: z.strictObject({ runId: idSchema }),
    response: z.object({ runId: z.string(), proofs: z.array(runProofSchema) }),
  }),
  proofNow: endpoint({
    summary: 'The same proof as the links stand at this moment: what people linked since explains it too.',
    audience: 'STAFF',
    params: z.strictObject({ runId: idSchema }),
    response: z.object({ runId: z.string(), at: isoInstantSchema, proofs: z.array(runProofSchema) }),
  }),
  cancel: endpoint({
    summary: 'Breaks off a run that is being matched; nothing of it is kept.',
    audience: 'STAFF',
    params: z.strictObject({ runId: idSchema }),
    body: z.strictObject({}),
    response: runSchema,
  }),
}
