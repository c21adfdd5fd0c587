import * as z from 'zod'
import { isoInstantSchema, moneySchema } from '../activity-schema.ts'
import type { Machine } from '../transition-table.ts'
import { makerCheckerMachine } from './maker-checker.ts'
import { matchDecisionMachine } from './match-decision.ts'
import { reviewItemMachine } from './review-item-machine.ts'

const ids = z.array(z.string().min(1))
const adjustment = z.strictObject({ kind: z.enum(['FEE', 'FX', 'TOLERANCE', 'ROUNDING']), amount: moneySchema })
const decision = z.strictObject({
  id: z.string(),
  state: z.enum(['EXACT', 'CONFIRMED', 'MANUAL']),
  bankLineIds: ids,
  bookEntryIds: ids,
  reference: z.string().optional(),
  matchId: z.string().optional(),
  reason: z.string().optional(),
  adjustments: z.array(adjustment),
  amount: moneySchema.optional(),
  actorId: z.string(),
  at: isoInstantSchema.optional(),
  approvedBy: z.string().optional(),
})
const note = z.strictObject({
  reason: z.string(),
  actorId: z.string(),
  at: isoInstantSchema,
  bankLineIds: ids,
  bookEntryIds: ids,
})

const approval = { decision, requestedBy: z.string(), at: isoInstantSchema }

function step<const Name extends string>(machine: Machine & { readonly name: Name }) {
  const state = z.enum(Object.keys(machine.states) as [string, ...string[]])
  const event = z.enum(Object.keys(machine.events) as [string, ...string[]])
  return z.strictObject({ machine: z.literal(machine.name), id: z.string(), from: state, event, to: state })
}

/** The part of an item that decisions change, as stored. */
export const itemStateSchema = z.strictObject({
  status: z.enum(['OUTSTANDING', 'RECONCILED', 'UNRECEIVED', 'FLAGGED', 'ESCALATED', 'AWAITING_JOURNAL']),
  bucket: z.enum(['UNIQUE', 'PARTIAL', 'NO_MATCH']),
  bankLineIds: ids,
  bookEntryIds: ids,
  decision: decision.optional(),
  flag: note.optional(),
  escalation: note.optional(),
  journal: z
    .strictObject({
      journalEntryId: z.string(),
      amount: moneySchema,
      settledAmount: moneySchema.optional(),
      actorId: z.string(),
      at: isoInstantSchema,
    })
    .optional(),
  approval: z.strictObject(approval).optional(),
  closedApproval: z
    .strictObject({
      ...approval,
      status: z.enum(['DECLINED', 'OUTDATED']),
      reason: z.string(),
      closedBy: z.string(),
      closedAt: isoInstantSchema,
    })
    .optional(),
  rejectedMatchIds: ids.optional(),
})

/** What an event of an item carries, as stored. */
export const itemEventDataSchema = z.strictObject({
  cause: z.enum([...(Object.keys(reviewItemMachine.events) as [string, ...string[]]), 'undo']),
  before: itemStateSchema,
  after: itemStateSchema,
  reason: z.string().optional(),
  warnings: z.array(z.string()).optional(),
  steps: z.array(z.union([step(matchDecisionMachine), step(makerCheckerMachine)])).optional(),
  undoes: z.int().min(1).optional(),
  splitOff: z.array(z.looseObject({ id: z.string(), version: z.int() })).optional(),
  mergedIds: ids.optional(),
})
