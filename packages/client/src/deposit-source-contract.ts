import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { boundedText, idSchema, isoInstantSchema } from './money-schema.ts'

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
})
export type DepositSourceRow = z.output<typeof depositSourceSchema>

const name = boundedText(200).min(1)

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
