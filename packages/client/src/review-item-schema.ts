import {
  type Match,
  matchPasses,
  type ReviewItem,
  type ReviewSettings,
  type RunProof,
  reviewItemStatuses,
  scenarios,
} from '@recon/core'
import * as z from 'zod'
import { idSchema, isoInstantSchema, moneySchema } from './money-schema.ts'
import { bankLineSchema, bookEntrySchema } from './record-schema.ts'

export const reasonSchema = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional(),
})

export const evidenceSchema = z.object({
  signal: z.string(),
  bankField: z.string().exactOptional(),
  bookField: z.string().exactOptional(),
  bank: z.string().exactOptional(),
  book: z.string().exactOptional(),
  bankNormalized: z.string().exactOptional(),
  bookNormalized: z.string().exactOptional(),
  step: z.string().exactOptional(),
  verdict: z.enum(['AGREES', 'CLOSE', 'NEUTRAL', 'DISAGREES', 'MISSING']),
  reason: reasonSchema,
  weight: z.number(),
})

const adjustmentSchema = z.object({ kind: z.enum(['FEE', 'FX', 'TOLERANCE', 'ROUNDING']), amount: moneySchema })

export const matchSchema = z.object({
  id: z.string(),
  bankLineIds: z.array(z.string()),
  bookEntryIds: z.array(z.string()),
  kind: z.enum(['UNIQUE', 'PARTIAL', 'GROUP']),
  status: z.enum(['AUTO', 'PROPOSED', 'FLAGGED']),
  certainty: z.enum(['TENTATIVE', 'POSTED']),
  pass: z.enum(matchPasses),
  confidence: z.number(),
  difference: moneySchema,
  adjustments: z.array(adjustmentSchema),
  reason: reasonSchema,
  evidence: z.array(evidenceSchema as z.ZodType<Match['evidence'][number]>),
  runnerUp: z
    .object({ bankLineIds: z.array(z.string()), bookEntryIds: z.array(z.string()), margin: z.number() })
    .exactOptional(),
}) satisfies z.ZodType<Match>

export const matchDecisionSchema = z.object({
  id: z.string(),
  state: z.enum(['EXACT', 'CONFIRMED', 'MANUAL']),
  bankLineIds: z.array(z.string()),
  bookEntryIds: z.array(z.string()),
  reference: z.string().exactOptional(),
  matchId: z.string().exactOptional(),
  reason: z.string().exactOptional(),
  adjustments: z.array(adjustmentSchema),
  amount: moneySchema.exactOptional(),
  actorId: z.string(),
  at: isoInstantSchema.exactOptional(),
  approvedBy: z.string().exactOptional(),
})

const itemNoteSchema = z.object({
  reason: z.string(),
  actorId: z.string(),
  at: isoInstantSchema,
  bankLineIds: z.array(z.string()),
  bookEntryIds: z.array(z.string()),
})

const approvalFields = { decision: matchDecisionSchema, requestedBy: z.string(), at: isoInstantSchema }

export const reviewItemSchema = z.object({
  id: z.string(),
  bankLineIds: z.array(z.string()),
  bookEntryIds: z.array(z.string()),
  perspective: z.enum(['BANK', 'BOOK']),
  scenario: z.enum(scenarios),
  bucket: z.enum(['UNIQUE', 'PARTIAL', 'NO_MATCH']),
  status: z.enum(reviewItemStatuses),
  matches: z.array(matchSchema),
  reason: reasonSchema,
  severity: z.number(),
  version: z.int(),
  decision: matchDecisionSchema.exactOptional(),
  flag: itemNoteSchema.exactOptional(),
  escalation: itemNoteSchema.exactOptional(),
  journal: z
    .object({
      journalEntryId: z.string(),
      amount: moneySchema,
      settledAmount: moneySchema.exactOptional(),
      actorId: z.string(),
      at: isoInstantSchema,
    })
    .exactOptional(),
  approval: z.object(approvalFields).exactOptional(),
  closedApproval: z
    .object({
      ...approvalFields,
      status: z.enum(['DECLINED', 'OUTDATED']),
      reason: z.string(),
      closedBy: z.string(),
      closedAt: isoInstantSchema,
    })
    .exactOptional(),
  rejectedMatchIds: z.array(z.string()).exactOptional(),
  splitFrom: z.string().exactOptional(),
}) satisfies z.ZodType<ReviewItem>

/** An item with the records it speaks of. Lists carry at most 200 records a side and say how many there are. */
export const itemRowSchema = z.object({
  item: reviewItemSchema,
  bankLines: z.array(bankLineSchema),
  bookEntries: z.array(bookEntrySchema),
  bankLineCount: z.int(),
  bookEntryCount: z.int(),
  /** Sum of the item's own lines, or of its entries where it has none. */
  total: moneySchema,
  date: z.string(),
  runId: z.string(),
  arrivedAt: isoInstantSchema,
  updatedAt: isoInstantSchema,
  /** Settings of the item's desk, for `itemActions` on the client's side. */
  settings: z.custom<ReviewSettings>().exactOptional(),
})
export type ItemRow = z.output<typeof itemRowSchema>

export const runProofSchema = z.object({
  currency: z.string(),
  bankTotal: moneySchema,
  bookTotal: moneySchema,
  difference: moneySchema,
  causes: z.array(z.object({ cause: z.string(), amount: moneySchema, count: z.int() })),
  unexplained: moneySchema,
}) satisfies z.ZodType<RunProof>

export const activityEventSchema = z.object({
  id: idSchema,
  sequence: z.int(),
  at: isoInstantSchema,
  actorId: z.string(),
  name: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  data: z.record(z.string(), z.unknown()),
  previousHash: z.string(),
  hash: z.string(),
  /** Whether an undo is possible now: the event changed items and was not undone. */
  undoable: z.boolean(),
  /** The event that took this one back, and the one this took back. */
  undoneBy: z.string().exactOptional(),
  undoes: z.string().exactOptional(),
})
export type ActivityEventRow = z.output<typeof activityEventSchema>
