import { reviewItemStatuses, scenarios } from '@recon/core'
import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { boundedText, idSchema, isoDateSchema, moneySchema } from './money-schema.ts'
import { flagQuery, pageOf, pagingQuery } from './paging-schema.ts'
import { activityEventSchema, itemRowSchema } from './review-item-schema.ts'

/** Working lists across scenarios. OPEN is everything that still waits for a person; AGED is open for five days or more. */
export const queues = [
  'OPEN',
  'AP_ESCALATIONS',
  'FLAGGED',
  'AWAITING_JOURNAL',
  'AGED',
  'RECONCILED',
  'UNRECEIVED',
] as const
export const itemSorts = ['severity', '-date', 'date', '-amount', 'amount'] as const

export const itemFilter = {
  runId: idSchema.exactOptional(),
  scenario: z.enum(scenarios).exactOptional(),
  status: z.enum(reviewItemStatuses).exactOptional(),
  bucket: z.enum(['UNIQUE', 'PARTIAL', 'NO_MATCH']).exactOptional(),
  queue: z.enum(queues).exactOptional(),
  perspective: z.enum(['BANK', 'BOOK']).exactOptional(),
  account: boundedText(100).exactOptional(),
  currency: z.string().length(3).exactOptional(),
  from: isoDateSchema.exactOptional(),
  to: isoDateSchema.exactOptional(),
  /** Part of a reference, name, id or remittance text; or an exact amount such as `-12.50`. */
  search: boundedText(200).exactOptional(),
}

const ids = (maximum: number) => z.array(idSchema).max(maximum)
const noteText = boundedText(2000)
const reason = noteText.min(1)
const note = { reason: noteText.exactOptional() }
const adjustment = z.strictObject({ kind: z.enum(['FEE', 'FX', 'TOLERANCE', 'ROUNDING']), amount: moneySchema })

/** What a person may do with an item, by the names of `itemActions` of the core, which decides what is possible now. */
export const itemActionSchema = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('reconcile'),
    bookEntryIds: ids(2000).exactOptional(),
    /** The deposits, where the item is a payment; the item's own lines where absent. */
    bankLineIds: ids(2000).exactOptional(),
    adjustments: z.array(adjustment).max(20).exactOptional(),
    ...note,
  }),
  z.strictObject({ action: z.literal('confirm'), matchId: idSchema.exactOptional() }),
  z.strictObject({ action: z.literal('reject'), matchId: idSchema.exactOptional(), reason }),
  z.strictObject({ action: z.literal('closeBatch'), bankLineIds: ids(5000), bookEntryIds: ids(5000) }),
  z.strictObject({ action: z.literal('reconcileWithReference'), reference: boundedText(500).min(1) }),
  z.strictObject({ action: z.literal('markUnreceived'), ...note }),
  z.strictObject({ action: z.literal('flag'), reason }),
  z.strictObject({ action: z.literal('unflag'), ...note }),
  z.strictObject({ action: z.literal('escalate'), ...note }),
  z.strictObject({ action: z.literal('withdrawEscalation'), ...note }),
  z.strictObject({ action: z.literal('awaitJournal'), ...note }),
  z.strictObject({
    action: z.literal('recordJournal'),
    journalEntryId: boundedText(200).min(1),
    amount: moneySchema,
    settledAmount: moneySchema.exactOptional(),
  }),
  z.strictObject({ action: z.literal('withdrawJournal'), reason }),
  z.strictObject({ action: z.literal('releaseJournal'), ...note }),
  z.strictObject({ action: z.literal('revert'), ...note }),
  z.strictObject({ action: z.literal('approve') }),
  z.strictObject({ action: z.literal('declineApproval'), reason }),
  z.strictObject({ action: z.literal('reopenApproval') }),
])
export type ItemActionRequest = z.output<typeof itemActionSchema>

/** The body of an action: `version` is the version the person saw. */
export const versionedActionSchema = z.object({ version: z.int(), do: itemActionSchema })

/** Actions that need no more than a reason, so that many items can take them at once. */
export const bulkActions = [
  'confirm',
  'markUnreceived',
  'flag',
  'unflag',
  'escalate',
  'awaitJournal',
  'revert',
  'approve',
] as const

const actionAnswer = z.object({
  row: itemRowSchema,
  /** Other items the action changed: the rest of a sweep batch, an item that lost its candidate. */
  alsoChanged: z.array(itemRowSchema),
  /** Pass its id to undo. */
  event: activityEventSchema,
})

export const itemContract = {
  list: endpoint({
    summary: 'Items of a queue, in the asked order, with counts per scenario and queue under the same filters.',
    audience: 'STAFF',
    query: z.strictObject({
      ...pagingQuery,
      ...itemFilter,
      sort: z.enum(itemSorts).exactOptional(),
      counts: flagQuery,
    }),
    response: pageOf(itemRowSchema).extend({
      /** Present unless `counts=false`. Each is counted without its own filter, so that a tab shows its number. */
      counts: z
        .object({
          total: z.int(),
          byScenario: z.record(z.string(), z.int()),
          byStatus: z.record(z.string(), z.int()),
          byBucket: z.record(z.string(), z.int()),
          byQueue: z.record(z.string(), z.int()),
        })
        .nullable(),
    }),
  }),
  get: endpoint({
    summary: 'One item with its lines, its candidates with their evidence, and its history, newest first.',
    audience: 'STAFF',
    params: z.strictObject({ itemId: idSchema }),
    response: itemRowSchema.extend({ history: z.array(activityEventSchema) }),
  }),
  act: endpoint({
    summary: 'Does one thing with an item. `version` is the version the person saw.',
    audience: 'STAFF',
    params: z.strictObject({ itemId: idSchema }),
    body: versionedActionSchema,
    response: actionAnswer,
  }),
  actOnMany: endpoint({
    summary: 'Does the same with many items: those named, or all that a filter gives. Each is decided by itself.',
    audience: 'STAFF',
    body: z.strictObject({
      action: z.enum(bulkActions),
      reason: noteText.exactOptional(),
      items: z
        .array(z.strictObject({ id: idSchema, version: z.int() }))
        .max(1000)
        .exactOptional(),
      filter: z.strictObject(itemFilter).exactOptional(),
      /** The total the person saw; refused when the filter now gives another number. */
      expected: z.int().exactOptional(),
    }),
    response: z.object({
      done: z.array(z.object({ id: z.string(), version: z.int(), eventId: z.string() })),
      refused: z.array(z.object({ id: z.string(), code: z.string(), message: z.string() })),
    }),
  }),
}

export const insightContract = {
  scenarios: endpoint({
    summary:
      'Counts and amounts per scenario and day, week or month, share automatic, hours from arrival to resolution.',
    audience: 'STAFF',
    query: z.strictObject({
      by: z.enum(['day', 'week', 'month']).exactOptional(),
      from: isoDateSchema.exactOptional(),
      to: isoDateSchema.exactOptional(),
    }),
    response: z.object({
      rows: z.array(
        z.object({
          period: z.string(),
          scenario: z.string(),
          currency: z.string(),
          items: z.int(),
          automatic: z.int(),
          resolved: z.int(),
          amount: moneySchema,
          medianHoursToResolve: z.number().nullable(),
        }),
      ),
    }),
  }),
}
