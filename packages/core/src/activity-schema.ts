import * as z from 'zod'
import { isIsoDate, isIsoInstant } from './records/iso-date.ts'

/** The fields of everything that has a history, as schemas: what a stored event may change, checked when it is read back. */

const id = z.string().min(1).max(200)
const text = z.string().max(4000)
export const moneySchema = z.strictObject({
  amount: z.string().regex(/^-?\d{1,20}(?:\.\d{1,4})?$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
})
export const isoDateSchema = z.string().refine(isIsoDate, 'a date as YYYY-MM-DD')
export const isoInstantSchema = z.string().refine(isIsoInstant, 'an instant as YYYY-MM-DDTHH:mm:ssZ')

const failure = z.strictObject({ code: z.string(), message: z.string() })

export const subjectFields = {
  reconciliation_run: z.strictObject({
    status: z.enum(['PENDING', 'MATCHING', 'AWAITING_REVIEW', 'AWAITING_CLIENT', 'COMPLETE', 'FAILED']),
    generation: z.int().min(0),
    contactId: id,
    dispatchedAt: isoInstantSchema,
    completedAt: isoInstantSchema,
    failure: text,
  }),
  unreconciled_item: z.strictObject({
    status: z.enum(['UNDISPATCHED', 'PENDING', 'CLIENT_RESPONDED', 'RESOLVED']),
    response: z.strictObject({
      status: z.enum(['DRAFT', 'SUBMITTED', 'IN_EXCEPTION', 'PUSHED_BACK', 'APPLIED', 'SET_ASIDE']),
      kind: z.enum(['UPLOADED_SUPPORTING', 'NO_SUPPORTING']).optional(),
      category: z.string().optional(),
      note: text.optional(),
      attachmentIds: z.array(id),
      contactId: id,
      at: isoInstantSchema,
    }),
    question: text,
    exception: z.strictObject({ reason: text, at: isoInstantSchema }),
    resolution: z.strictObject({
      how: z.enum(['APPLIED', 'BY_STAFF']),
      reason: text.optional(),
      journalEntryId: id.optional(),
      actorId: id,
      at: isoInstantSchema,
      from: z.enum(['UNDISPATCHED', 'PENDING', 'CLIENT_RESPONDED']),
    }),
  }),
  placement: z.strictObject({
    status: z.enum(['open', 'paid', 'closed_uncollected', 'recalled']),
    rates: z.array(z.strictObject({ rate: z.string(), from: isoInstantSchema })).min(1),
  }),
  remittance: z.strictObject({
    id,
    placementId: id,
    paymentId: id,
    kind: z.enum(['PAYMENT', 'REVERSAL', 'REINSTATEMENT']),
    status: z.enum(['pending', 'paid', 'manual_required', 'failed', 'reversed']),
    recovered: moneySchema,
    fee: moneySchema,
    net: moneySchema,
    rate: z.string(),
    occurredAt: isoInstantSchema,
    parentRemittanceId: id,
    installment: z.int().min(1),
    transferReference: z.string(),
    paidAt: isoInstantSchema,
    failure: text,
  }),
  deposit_source: z.strictObject({
    status: z.enum(['healthy', 'stale', 'failing', 'credentials_invalid', 'reconnecting']),
    lastFetchedAt: isoInstantSchema,
    lastTriedAt: isoInstantSchema,
    failures: z.int().min(0),
    failure,
    reconcileUniqueMatches: z.boolean(),
  }),
  writeback_mapping: z.strictObject({
    status: z.enum([
      'pending',
      'in_flight',
      'posted',
      'failed',
      'abandoned',
      'revert_pending',
      'revert_in_flight',
      'revert_failed',
      'revert_abandoned',
      'reverted',
    ]),
    generation: z.int().min(1),
    attempts: z.int().min(0),
    externalId: id,
    failure,
    revertWanted: z.literal(true),
    reversalSent: z.literal(true),
  }),
  drift: z.strictObject({
    status: z.enum(['open', 'explained', 'resolved']),
    cached: moneySchema,
    live: moneySchema,
    amount: moneySchema,
    seenAt: isoInstantSchema,
    explanation: text,
  }),
  dispatch: z.strictObject({
    id,
    runId: id,
    generation: z.int().min(1),
    contactId: id,
    status: z.enum(['LIVE', 'SUPERSEDED', 'EXPIRED', 'CLOSED']),
    dispatchedAt: isoInstantSchema,
    expiresAt: isoInstantSchema,
    note: text,
    items: z.array(z.strictObject({ itemId: id, date: isoDateSchema, amount: moneySchema, description: text })),
    totals: z.array(moneySchema),
    subject: text,
  }),
  magic_link: z.strictObject({
    id,
    runId: id,
    contactId: id,
    kind: z.enum(['DISPATCH', 'SIGN_IN']),
    generation: z.int().min(1),
    status: z.enum(['ISSUED', 'USED', 'REVOKED', 'EXPIRED']),
    issuedAt: isoInstantSchema,
    expiresAt: isoInstantSchema,
  }),
  portal_session: z.strictObject({
    id,
    runId: id,
    contactId: id,
    generation: z.int().min(1),
    status: z.enum(['ACTIVE', 'ENDED', 'REVOKED', 'EXPIRED']),
    startedAt: isoInstantSchema,
    expiresAt: isoInstantSchema,
  }),
  outbox_message: z.strictObject({
    id,
    template: z.string(),
    messageId: z.string(),
    status: z.enum(['PENDING', 'SENDING', 'DISPATCHED', 'UNKNOWN', 'DEAD', 'CANCELLED']),
    attempts: z.int().min(0),
    createdAt: isoInstantSchema,
    leaseUntil: isoInstantSchema,
    dispatchedAt: isoInstantSchema,
    reason: text,
  }),
  bank_line: z.strictObject({
    id,
    status: z.enum(['PENDING', 'POSTED', 'SUPERSEDED', 'WITHDRAWN']),
    supersededBy: id,
  }),
  transactable: z.strictObject({
    state: z.string(),
    certainty: z.enum(['UNRECONCILED', 'TENTATIVE', 'PARTIALLY_RECONCILED', 'RECONCILED']),
    bankLineIds: z.array(id),
    overdue: z.boolean(),
  }),
  accounting_period: z.strictObject({ status: z.enum(['OPEN', 'LOCKED']) }),
} as const
export type SubjectKind = keyof typeof subjectFields

/** Only the fields that changed; null for a field that went. */
export function changesSchema(kind: SubjectKind): z.ZodType {
  const fields: Record<string, z.ZodType> = {}
  for (const [field, schema] of Object.entries(subjectFields[kind].shape)) fields[field] = z.nullable(schema).optional()
  return z.strictObject(fields)
}
