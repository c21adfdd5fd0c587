import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { boundedText, idSchema, isoInstantSchema, moneySchema } from './money-schema.ts'
import { flagQuery, pageOf, pagingQuery } from './paging-schema.ts'
import { refusalSchema } from './problem.ts'
import { bankLineSchema } from './record-schema.ts'
import { runSchema } from './run-contract.ts'

export const contactSchema = z.object({
  id: z.string(),
  clientId: z.string(),
  name: z.string(),
  email: z.string(),
  active: z.boolean(),
  canSubmitIntake: z.boolean(),
})

export const clientSchema = z.object({
  id: z.string(),
  legalName: z.string(),
  /** Bank accounts of the client; a file of another account is refused. Any account where empty. */
  accounts: z.array(z.string()),
  /** "No supporting document" at or above one of these goes to a senior accountant. */
  materiality: z.array(moneySchema),
  /** What the client may tag a line with. */
  categories: z.array(z.string()),
  version: z.int(),
})

export const responseSchema = z.object({
  status: z.string(),
  kind: z.enum(['UPLOADED_SUPPORTING', 'NO_SUPPORTING']).exactOptional(),
  category: z.string().exactOptional(),
  note: z.string().exactOptional(),
  attachmentIds: z.array(z.string()),
  contactId: z.string(),
  at: isoInstantSchema,
})

export const attachmentSchema = z.object({
  id: z.string(),
  itemId: z.string(),
  fileName: z.string(),
  contentType: z.string(),
  size: z.int(),
  received: z.int(),
  status: z.enum(['UPLOADING', 'STORED', 'QUARANTINED', 'REFUSED']),
  sha256: z.string(),
  refusal: z.string().nullable(),
})

export const unreconciledItemSchema = z.object({
  id: z.string(),
  version: z.int(),
  runId: z.string(),
  bankLineId: z.string(),
  date: z.string(),
  amount: moneySchema,
  description: z.string(),
  status: z.enum(['UNDISPATCHED', 'PENDING', 'CLIENT_RESPONDED', 'RESOLVED']),
  response: responseSchema.exactOptional(),
  question: z.string().exactOptional(),
  exception: z.object({ reason: z.string(), at: isoInstantSchema }).exactOptional(),
  resolution: z
    .object({
      how: z.enum(['APPLIED', 'BY_STAFF']),
      reason: z.string().exactOptional(),
      journalEntryId: z.string().exactOptional(),
      actorId: z.string(),
      at: isoInstantSchema,
      from: z.enum(['UNDISPATCHED', 'PENDING', 'CLIENT_RESPONDED']),
    })
    .exactOptional(),
})

const unreconciledRow = z.object({
  item: unreconciledItemSchema,
  bankLine: bankLineSchema,
  attachments: z.array(attachmentSchema),
  /** Why each action is not possible now, by name; an action that is missing here is possible. */
  whyNot: z.record(z.string(), refusalSchema),
})
export type UnreconciledRow = z.output<typeof unreconciledRow>

const runStateSchema = runSchema.extend({
  clientId: z.string().nullable(),
  clientLegalName: z.string().nullable(),
  periodStart: z.string().nullable(),
  periodEnd: z.string().nullable(),
  generation: z.int(),
  contactId: z.string().nullable(),
  dispatchedAt: isoInstantSchema.nullable(),
  linkExpiresAt: isoInstantSchema.nullable(),
  proposedMatchIds: z.array(z.string()),
  unresolvedItemIds: z.array(z.string()),
  /** Contacts that may receive the link; empty: "No submitter contacts configured". */
  recipients: z.array(contactSchema),
  whyNot: z.record(z.string(), refusalSchema),
  itemCounts: z.record(z.string(), z.int()),
})
export type RunState = z.output<typeof runStateSchema>

const text = (maximum: number) => boundedText(maximum).min(1)
const runParams = z.strictObject({ runId: idSchema })

/** What staff decide on one item the client was asked about. */
export const resolutionSchema = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('apply'),
    journalEntryId: text(200).exactOptional(),
    note: boundedText(2000).exactOptional(),
  }),
  z.strictObject({ action: z.literal('pushBack'), question: text(2000) }),
  z.strictObject({ action: z.literal('escalate'), reason: text(2000) }),
  z.strictObject({ action: z.literal('resolveByStaff'), reason: text(2000) }),
  z.strictObject({ action: z.literal('reopen') }),
])
export type ResolutionRequest = z.output<typeof resolutionSchema>

export const clientContract = {
  save: endpoint({
    summary: 'Creates a client of the firm, or changes it: give its version then.',
    audience: 'STAFF',
    body: z.strictObject({
      id: idSchema.exactOptional(),
      version: z.int().exactOptional(),
      legalName: text(300),
      accounts: z.array(boundedText(100)).max(100).exactOptional(),
      materiality: z.array(moneySchema).max(20).exactOptional(),
      categories: z.array(text(100)).max(100).exactOptional(),
    }),
    response: clientSchema,
  }),
  list: endpoint({
    summary: 'Clients by name.',
    audience: 'STAFF',
    query: z.strictObject({ ...pagingQuery, search: boundedText(200).exactOptional() }),
    response: pageOf(clientSchema),
  }),
  saveContact: endpoint({
    summary: 'Creates a contact of a client, or changes it. Taking a right away ends open portal access at once.',
    audience: 'STAFF',
    params: z.strictObject({ clientId: idSchema }),
    body: z.strictObject({
      id: idSchema.exactOptional(),
      name: text(200),
      email: text(254),
      active: z.boolean().exactOptional(),
      canSubmitIntake: z.boolean().exactOptional(),
    }),
    response: contactSchema,
  }),
  contacts: endpoint({
    summary: 'Contacts of a client.',
    audience: 'STAFF',
    params: z.strictObject({ clientId: idSchema }),
    query: z.strictObject({ eligible: flagQuery }),
    response: z.object({ rows: z.array(contactSchema) }),
  }),
}

export const bookkeepingContract = {
  state: endpoint({
    summary: 'A statement run with everything its page shows: facts, recipients, and why an action is not possible.',
    audience: 'STAFF',
    params: runParams,
    response: runStateSchema,
  }),
  unreconciled: endpoint({
    summary: 'Lines no match covers, with the answers of the client.',
    audience: 'STAFF',
    params: runParams,
    query: z.strictObject({ status: z.string().max(30).exactOptional(), exceptions: flagQuery }),
    response: z.object({ rows: z.array(unreconciledRow) }),
  }),
  exceptions: endpoint({
    summary: 'Answers that wait for a senior accountant, over all runs.',
    audience: 'STAFF',
    query: z.strictObject({ ...pagingQuery }),
    response: pageOf(unreconciledItemSchema),
  }),
  rematch: endpoint({
    summary: 'Matches a run again, for example after a late document, or takes a failed run up again.',
    audience: 'STAFF',
    params: runParams,
    body: z.strictObject({ version: z.int() }),
    response: runStateSchema,
  }),
  dispatch: endpoint({
    summary:
      'Sends the unreconciled items to the client by magic link. Again while the client has them: the old link dies.',
    audience: 'STAFF',
    params: runParams,
    body: z.strictObject({ contactId: idSchema, note: boundedText(2000).exactOptional(), version: z.int() }),
    response: z.object({ run: runStateSchema, expiresAt: isoInstantSchema, messageId: z.string() }),
  }),
  resolve: endpoint({
    summary:
      'Decides one unreconciled item: apply the answer, push back, escalate, resolve without the client, reopen.',
    audience: 'STAFF',
    params: z.strictObject({ runId: idSchema, itemId: idSchema }),
    body: z.strictObject({ version: z.int(), do: resolutionSchema }),
    response: z.object({ row: unreconciledRow, eventId: z.string() }),
  }),
  complete: endpoint({
    summary: 'Completes a run when every match is confirmed and every item resolved; orders the report.',
    audience: 'STAFF',
    params: runParams,
    body: z.strictObject({ version: z.int() }),
    response: z.object({ run: runStateSchema, exportIds: z.array(z.string()) }),
  }),
}
