import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { importRecordLimit } from './import-contract.ts'
import { boundedText, idSchema, isoInstantSchema } from './money-schema.ts'
import { activityEventSchema } from './review-item-schema.ts'

export const depositSourceSchema = z.object({
  id: z.string(),
  version: z.int(),
  name: z.string(),
  kind: z.enum(['FEED', 'UPLOAD']),
  status: z.string(),
  provider: z.string().nullable(),
  /** When deposits really came in last: a failed try never moves it. */
  lastFetchedAt: isoInstantSchema.nullable(),
  lastTriedAt: isoInstantSchema.nullable(),
  failures: z.int(),
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  reconcileUniqueMatches: z.boolean(),
  /** Nothing came in for longer than it should take. */
  stale: z.boolean(),
  /** What a screen must say before anything else, worst first; null when all is well. */
  banner: z.enum(['CREDENTIALS_INVALID', 'FAILING', 'STALE']).nullable(),
})
export type DepositSourceRow = z.output<typeof depositSourceSchema>

const name = boundedText(200).min(1)

const fetchTickSchema = z.object({
  /** Number of the quarter of an hour; negative for a fetch by hand. */
  tick: z.string(),
  outcome: z.enum(['RUNNING', 'FETCHED', 'FAILED', 'CREDENTIALS_INVALID', 'SKIPPED', 'LOST']),
  lines: z.int(),
  startedAt: isoInstantSchema,
  finishedAt: isoInstantSchema.nullable(),
  reason: z.string().nullable(),
})

export const depositSourceContract = {
  create: endpoint({
    summary: 'A new source of deposits: a bank feed that is fetched every 15 minutes, or a place for uploads.',
    audience: 'STAFF',
    status: 201,
    body: z.strictObject({
      name,
      kind: z.enum(['FEED', 'UPLOAD']),
      provider: boundedText(100).exactOptional(),
      account: boundedText(100).exactOptional(),
      reconcileUniqueMatches: z.boolean().exactOptional(),
    }),
    response: depositSourceSchema,
  }),
  list: endpoint({
    summary: 'Sources with when they were fetched last.',
    audience: 'STAFF',
    response: z.object({ rows: z.array(depositSourceSchema) }),
  }),
  get: endpoint({
    summary: 'One source with its last 100 fetches and what people changed, newest first.',
    audience: 'STAFF',
    params: z.strictObject({ sourceId: idSchema }),
    response: z.object({
      row: depositSourceSchema,
      ticks: z.array(fetchTickSchema),
      history: z.array(activityEventSchema),
    }),
  }),
  upload: endpoint({
    summary:
      'Takes in a file a person read with @recon/formats, as the source would have fetched it: stored, matched, and the source is fresh again.',
    audience: 'STAFF',
    params: z.strictObject({ sourceId: idSchema }),
    status: 201,
    body: z.strictObject({
      fileName: boundedText(300),
      format: boundedText(50).exactOptional(),
      /** Each is checked by itself against the bank line schema. */
      bankLines: z.array(z.unknown()).min(1).max(importRecordLimit),
    }),
    response: z.object({
      row: depositSourceSchema,
      bankLines: z.int(),
      known: z.int(),
      rejected: z.array(z.object({ index: z.int(), id: z.string().nullable(), code: z.string(), message: z.string() })),
      /** The run that matched what came in; null where nothing was new. */
      runId: z.string().nullable(),
    }),
  }),
  act: endpoint({
    summary: 'Fetches now, tries new credentials, or changes whether unique matches are reconciled automatically.',
    audience: 'STAFF',
    params: z.strictObject({ sourceId: idSchema }),
    body: z.strictObject({
      do: z.discriminatedUnion('action', [
        z.strictObject({ action: z.literal('refresh') }),
        z.strictObject({ action: z.literal('updateCredentials') }),
        z.strictObject({ action: z.literal('setReconcileUniqueMatches'), on: z.boolean() }),
      ]),
    }),
    response: depositSourceSchema,
  }),
}
