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

/** What a person may do with an item. Which of these are possible now is decided by `itemActions` of the core. */
export const itemActionSchema = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('RECONCILE'),
    bookEntryIds: z.array(idSchema).max(2000),
    /** The deposits, where the item is a payment (perspective BOOK); the item's own lines where absent. */
    bankLineIds: z.array(idSchema).max(2000).exactOptional(),
    /** For an FX wire: the journal entry that records the difference. */
    journalReference: boundedText(200).exactOptional(),
    note: boundedText(2000).exactOptional(),
  }),
  z.strictObject({ action: z.literal('RECONCILE_WITH_REFERENCE'), reference: boundedText(200).min(1) }),
  z.strictObject({ action: z.literal('MARK_UNRECEIVED'), note: boundedText(2000).exactOptional() }),
  z.strictObject({ action: z.literal('REVERT'), note: boundedText(2000).exactOptional() }),
  z.strictObject({ action: z.literal('FLAG'), reason: boundedText(2000).exactOptional() }),
  z.strictObject({ action: z.literal('UNFLAG'), note: boundedText(2000).exactOptional() }),
  z.strictObject({ action: z.literal('ESCALATE'), note: boundedText(2000).exactOptional() }),
  z.strictObject({ action: z.literal('AWAIT_JOURNAL'), note: boundedText(2000).exactOptional() }),
  z.strictObject({ action: z.literal('RECORD_JOURNAL'), journalReference: boundedText(200).min(1) }),
  z.strictObject({
    action: z.literal('CLOSE_SWEEP'),
    bankLineIds: z.array(idSchema).max(5000),
    bookEntryIds: z.array(idSchema).max(5000),
  }),
])
export type ItemActionRequest = z.output<typeof itemActionSchema>

const versioned = z.object({ version: z.int() })

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
    body: z.intersection(itemActionSchema, versioned),
    response: actionAnswer,
  }),
  actOnMany: endpoint({
    summary: 'Does the same with many items: those named, or all that a filter gives. Each is decided by itself.',
    audience: 'STAFF',
    body: z.strictObject({
      action: z.enum([
        'RECONCILE_PROPOSED',
        'MARK_UNRECEIVED',
        'FLAG',
        'UNFLAG',
        'ESCALATE',
        'AWAIT_JOURNAL',
        'REVERT',
      ]),
      note: boundedText(2000).exactOptional(),
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
