import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { boundedText, idSchema, isoInstantSchema } from './money-schema.ts'
import { pageOf, pagingQuery } from './paging-schema.ts'

export const outboxMessageSchema = z.object({
  id: z.string(),
  template: z.string(),
  status: z.enum(['PENDING', 'SENDING', 'DISPATCHED', 'UNKNOWN', 'DEAD', 'CANCELLED']),
  recipient: z.string(),
  subject: z.string(),
  runId: z.string().nullable(),
  contactId: z.string().nullable(),
  attempts: z.int(),
  createdAt: isoInstantSchema,
  dispatchedAt: isoInstantSchema.nullable(),
  reason: z.string().nullable(),
  /** Waiting for more than five minutes. */
  alarm: z.boolean(),
})

export const outboxContract = {
  list: endpoint({
    summary: 'Mails, newest first.',
    audience: 'STAFF',
    query: z.strictObject({
      ...pagingQuery,
      status: z.string().max(20).exactOptional(),
      runId: idSchema.exactOptional(),
    }),
    response: pageOf(outboxMessageSchema).extend({ alarms: z.int() }),
  }),
  resend: endpoint({
    summary: 'Sends a mail again. A magic link cannot be sent again once it is out: dispatch the run again.',
    audience: 'STAFF',
    params: z.strictObject({ messageId: idSchema }),
    body: z.strictObject({}),
    response: outboxMessageSchema,
  }),
}

export const reportKinds = [
  'run-report-csv',
  'run-report-pdf',
  'exceptions',
  'escalations',
  'flagged',
  'fx-journal',
  'remittances',
  'creditor-statement-pdf',
] as const

export const exportJobSchema = z.object({
  id: z.string(),
  kind: z.enum(reportKinds),
  status: z.enum(['QUEUED', 'RENDERING', 'DONE', 'FAILED']),
  progress: z.number(),
  fileName: z.string().nullable(),
  size: z.int().nullable(),
  sha256: z.string().nullable(),
  failure: z.string().nullable(),
  createdAt: isoInstantSchema,
  finishedAt: isoInstantSchema.nullable(),
  /** Where the file is, for 10 minutes from this answer on. */
  url: z.string().nullable(),
})
export type ExportJob = z.output<typeof exportJobSchema>

export const exportJobContract = {
  create: endpoint({
    summary: 'Orders a report. It is rendered by a worker; ask for its state, then follow `url`.',
    audience: 'STAFF',
    status: 202,
    body: z.strictObject({
      kind: z.enum(reportKinds),
      params: z.record(z.string().max(50), z.unknown()).exactOptional(),
    }),
    response: exportJobSchema,
  }),
  get: endpoint({
    summary: 'State of a report and, when it is done, a short-lived signed address.',
    audience: 'STAFF',
    params: z.strictObject({ exportId: idSchema }),
    response: exportJobSchema,
  }),
  list: endpoint({
    summary: 'Reports, newest first.',
    audience: 'STAFF',
    query: z.strictObject({ ...pagingQuery, runId: idSchema.exactOptional() }),
    response: pageOf(exportJobSchema),
  }),
  attachment: endpoint({
    summary: 'A signed address of a file the client uploaded.',
    audience: 'STAFF',
    params: z.strictObject({ attachmentId: idSchema }),
    response: z.object({ url: z.string() }),
  }),
  file: endpoint({
    summary: 'The bytes behind a signed address.',
    audience: 'SIGNED',
    params: z.strictObject({ token: z.string().max(1000) }),
    produces: 'application/octet-stream',
  }),
}

const firmSettingsSchema = z.object({
  firmName: z.string(),
  logoUrl: z.string().nullable(),
  /** Where digests and alarms go. */
  notify: z.array(z.string()),
  linkDays: z.int(),
  /** Days after a dispatch on which a client with open items is reminded; none where empty. */
  reminderDays: z.array(z.int()),
  /** Hours between two comparisons of an invoice with the creditor's books; 0 for none. */
  driftHours: z.int(),
  /** Days a pending bank line may wait for its posted one before it is withdrawn. */
  pendingDays: z.int(),
  version: z.int(),
})

export const settingContract = {
  get: endpoint({ summary: 'Settings of the tenant.', audience: 'STAFF', response: firmSettingsSchema }),
  save: endpoint({
    summary: 'Changes the settings of the tenant.',
    audience: 'STAFF',
    body: z.strictObject({
      version: z.int(),
      firmName: boundedText(200).min(1),
      logoUrl: z
        .url({ protocol: /^https$/ })
        .max(500)
        .nullable()
        .exactOptional(),
      notify: z.array(boundedText(254)).max(20).exactOptional(),
      linkDays: z.int().min(1).max(365).exactOptional(),
      reminderDays: z.array(z.int().min(1).max(365)).max(10).exactOptional(),
      driftHours: z.int().min(0).max(720).exactOptional(),
      pendingDays: z.int().min(0).max(60).exactOptional(),
    }),
    response: firmSettingsSchema,
  }),
}

export const jobContract = {
  parked: endpoint({
    summary: 'Jobs that were given up, with their reasons.',
    audience: 'STAFF',
    response: z.object({
      rows: z.array(
        z.object({
          id: z.string(),
          queue: z.string(),
          /** When it was ordered first, and when it was given up. */
          createdAt: z.string(),
          parkedAt: z.string(),
          attempts: z.int(),
          reason: z.string(),
        }),
      ),
    }),
  }),
  redrive: endpoint({
    summary: 'Gives a parked job another try.',
    audience: 'STAFF',
    body: z.strictObject({ id: idSchema, queue: boundedText(50) }),
    response: z.object({ driven: z.boolean() }),
  }),
  events: endpoint({
    summary: 'Server-sent events: a line for every committed change, with its topic. Re-read what you show.',
    audience: 'STAFF',
    produces: 'text/event-stream',
  }),
}
