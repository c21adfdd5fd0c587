import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { boundedText, idSchema, isoInstantSchema } from './money-schema.ts'
import { pageOf, pagingQuery } from './paging-schema.ts'

const endpointSchema = z.object({
  id: z.string(),
  version: z.int(),
  url: z.string(),
  /** Events wanted; all where empty. */
  events: z.array(z.string()),
  /** Kinds of subject wanted (`payment_order`, `payment`, ...); all where empty. */
  topics: z.array(z.string()),
  status: z.enum(['ENABLED', 'DISABLED']),
  reason: z.string().nullable(),
})

const deliverySchema = z.object({
  id: z.string(),
  endpointId: z.string(),
  event: z.string(),
  status: z.enum(['PENDING', 'DELIVERED', 'FAILED']),
  attempts: z.int(),
  createdAt: isoInstantSchema,
  finishedAt: isoInstantSchema.nullable(),
  answerStatus: z.int().nullable(),
  reason: z.string().nullable(),
})

export const webhookContract = {
  save: endpoint({
    summary:
      'Subscribes an address, changes the subscription, or rotates its secret. The secret is in this answer alone.',
    audience: 'STAFF',
    body: z.strictObject({
      id: idSchema.exactOptional(),
      url: boundedText(2000).min(1),
      events: z.array(boundedText(100)).max(100).exactOptional(),
      topics: z.array(boundedText(100)).max(100).exactOptional(),
      enabled: z.boolean().exactOptional(),
      /** A new secret; the old one signs along for a day. */
      rotate: z.boolean().exactOptional(),
    }),
    response: endpointSchema.extend({ secret: z.string().nullable() }),
  }),
  list: endpoint({
    summary: 'Subscriptions.',
    audience: 'STAFF',
    response: z.object({ rows: z.array(endpointSchema) }),
  }),
  catalogue: endpoint({
    summary: 'Every event there is, by topic, with an example of its `data`.',
    audience: 'STAFF',
    response: z.object({
      rows: z.array(
        z.object({
          topic: z.string(),
          event: z.string(),
          about: z.string(),
          example: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
  }),
  deliveries: endpoint({
    summary: 'Deliveries, newest first.',
    audience: 'STAFF',
    query: z.strictObject({ ...pagingQuery, status: z.string().max(20).exactOptional() }),
    response: pageOf(deliverySchema),
  }),
  resend: endpoint({
    summary: 'Tries a delivery again, with the same id.',
    audience: 'STAFF',
    params: z.strictObject({ deliveryId: idSchema }),
    body: z.strictObject({}),
    response: deliverySchema,
  }),
  receive: endpoint({
    summary: 'Events of a provider. The signature over the raw bytes is checked first; the work is done in a job.',
    audience: 'PUBLIC',
    params: z.strictObject({ provider: idSchema, tenantId: idSchema }),
    consumes: 'application/octet-stream',
    produces: 'text/plain',
  }),
}
