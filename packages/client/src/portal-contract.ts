import * as z from 'zod'
import { attachmentSchema, responseSchema } from './bookkeeping-contract.ts'
import { endpoint } from './endpoint.ts'
import { boundedText, idSchema, isoInstantSchema, moneySchema } from './money-schema.ts'

/** Bytes of one part of an upload, at most. */
export const uploadPartLimit = 4 * 1024 * 1024

const portalItemSchema = z.object({
  id: z.string(),
  version: z.int(),
  date: z.string(),
  amount: moneySchema,
  description: z.string(),
  status: z.enum(['UNDISPATCHED', 'PENDING', 'CLIENT_RESPONDED', 'RESOLVED']),
  question: z.string().exactOptional(),
  response: responseSchema.exactOptional(),
  attachments: z.array(attachmentSchema),
})
export type PortalItem = z.output<typeof portalItemSchema>

export const portalContract = {
  request: endpoint({
    summary: 'What the client is asked, as of the dispatch, with the answers so far.',
    audience: 'PORTAL',
    response: z.object({
      firmName: z.string(),
      logoUrl: z.string().nullable(),
      clientLegalName: z.string(),
      contactName: z.string(),
      periodStart: z.string().nullable(),
      periodEnd: z.string().nullable(),
      expiresAt: isoInstantSchema,
      note: z.string().nullable(),
      categories: z.array(z.string()),
      answered: z.int(),
      total: z.int(),
      items: z.array(portalItemSchema),
      limits: z.object({
        fileBytes: z.int(),
        contactBytes: z.int(),
        partBytes: z.int(),
        contentTypes: z.array(z.string()),
      }),
    }),
  }),
  answer: endpoint({
    summary:
      'Saves an answer as it is written, or gives it to the firm (`submit`). A stale version gets the current text back.',
    audience: 'PORTAL',
    params: z.strictObject({ itemId: idSchema }),
    body: z.strictObject({
      version: z.int(),
      submit: z.boolean(),
      kind: z.enum(['UPLOADED_SUPPORTING', 'NO_SUPPORTING']).exactOptional(),
      category: boundedText(100).exactOptional(),
      note: boundedText(5000).exactOptional(),
      attachmentIds: z.array(idSchema).max(50).exactOptional(),
    }),
    response: z.object({ item: portalItemSchema, answered: z.int(), total: z.int() }),
  }),
  beginUpload: endpoint({
    summary: 'Announces a file. Its bytes follow in parts; the file counts when the stored hash is the announced one.',
    audience: 'PORTAL',
    status: 201,
    body: z.strictObject({
      itemId: idSchema,
      fileName: boundedText(255).min(1),
      contentType: boundedText(100),
      size: z.int().min(1).max(1_000_000_000),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
    response: z.object({ attachment: attachmentSchema }),
  }),
  uploadPart: endpoint({
    summary: 'The bytes from `offset` on. 409 with the current state when the offset is not where the upload stands.',
    audience: 'PORTAL',
    params: z.strictObject({ attachmentId: idSchema, offset: z.string().regex(/^\d{1,12}$/) }),
    consumes: 'application/octet-stream',
    response: z.object({ attachment: attachmentSchema }),
  }),
  upload: endpoint({
    summary: 'How far an upload is, to go on after a break.',
    audience: 'PORTAL',
    params: z.strictObject({ attachmentId: idSchema }),
    response: z.object({ attachment: attachmentSchema }),
  }),
  signOut: endpoint({
    summary: "Ends this browser's session.",
    audience: 'PORTAL',
    body: z.strictObject({}),
    response: z.object({ ended: z.boolean() }),
  }),
}
