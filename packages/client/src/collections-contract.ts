import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { boundedText, idSchema, isoDateSchema, isoInstantSchema, moneySchema } from './money-schema.ts'
import { pageOf, pagingQuery } from './paging-schema.ts'
import { refusalSchema } from './problem.ts'
import { activityEventSchema } from './review-item-schema.ts'

const text = (maximum: number) => boundedText(maximum).min(1)
const reasons = z.record(z.string(), refusalSchema)

export const creditorSchema = z.object({
  id: z.string(),
  version: z.int(),
  name: z.string(),
  /** The provider whose books payments are written back to; none where the creditor reconciles by export. */
  booksProvider: z.string().nullable(),
  /** The connected account transfers go to; without one every remittance is paid by hand. */
  transferDestination: z.string().nullable(),
  /** Account strings for journals in the creditor's books. */
  accounts: z.object({
    deposit: z.string().exactOptional(),
    receivable: z.string().exactOptional(),
    clearing: z.string().exactOptional(),
    feeExpense: z.string().exactOptional(),
  }),
})

export const remittanceSchema = z.object({
  id: z.string(),
  version: z.int(),
  placementId: z.string(),
  creditorId: z.string(),
  paymentId: z.string(),
  kind: z.enum(['PAYMENT', 'REVERSAL', 'REINSTATEMENT']),
  status: z.enum(['pending', 'paid', 'manual_required', 'failed', 'reversed']),
  recovered: moneySchema,
  fee: moneySchema,
  net: moneySchema,
  /** The contingency rate as it was at the payment. */
  rate: z.string(),
  occurredAt: isoInstantSchema,
  parentRemittanceId: z.string().exactOptional(),
  installment: z.int().exactOptional(),
  transferReference: z.string().exactOptional(),
  paidAt: isoInstantSchema.exactOptional(),
  failure: z.string().exactOptional(),
})
export type RemittanceRow = z.output<typeof remittanceSchema>

export const placementSchema = z.object({
  id: z.string(),
  version: z.int(),
  creditorId: z.string(),
  invoiceNumber: z.string(),
  invoiceId: z.string().exactOptional(),
  invoiceAmount: moneySchema,
  status: z.enum(['open', 'paid', 'closed_uncollected', 'recalled']),
  rates: z.array(z.object({ rate: z.string(), from: isoInstantSchema })),
  totals: z.object({
    recovered: moneySchema,
    fee: moneySchema,
    net: moneySchema,
    outstanding: moneySchema,
    overRecovered: moneySchema,
  }),
})
export type PlacementRow = z.output<typeof placementSchema>

const placementDetail = placementSchema.extend({
  remittances: z.array(remittanceSchema),
  /** Why each action is not possible now, by name; an action that is missing here is possible. */
  whyNot: reasons,
})
export type PlacementDetail = z.output<typeof placementDetail>

/** What was or will be written to the creditor's books for one remittance row. */
export const writebackSchema = z.object({
  id: z.string(),
  version: z.int(),
  provider: z.string(),
  placementId: z.string(),
  remittanceId: z.string(),
  invoiceId: z.string(),
  /** What people call the invoice, and the payment the write is about; given in lists. */
  invoiceNumber: z.string().exactOptional(),
  paymentId: z.string().exactOptional(),
  amount: moneySchema,
  status: z.string(),
  generation: z.int(),
  attempts: z.int(),
  externalId: z.string().exactOptional(),
  failure: z.object({ code: z.string(), message: z.string() }).exactOptional(),
  updatedAt: isoInstantSchema,
})
export type WritebackRow = z.output<typeof writebackSchema>

export const driftSchema = z.object({
  id: z.string(),
  version: z.int(),
  placementId: z.string(),
  invoiceId: z.string(),
  /** What people call the invoice; given in lists. */
  invoiceNumber: z.string().exactOptional(),
  status: z.enum(['open', 'explained', 'resolved']),
  cached: moneySchema,
  live: moneySchema,
  amount: moneySchema,
  seenAt: isoInstantSchema,
  explanation: z.string().exactOptional(),
})
export type DriftRow = z.output<typeof driftSchema>

export const creditorStatementSchema = z.object({
  creditorId: z.string(),
  currency: z.string(),
  from: isoDateSchema,
  to: isoDateSchema,
  opening: moneySchema,
  collected: moneySchema,
  fees: moneySchema,
  paidOut: moneySchema,
  adjusted: moneySchema,
  closing: moneySchema,
  remittances: z.array(remittanceSchema.omit({ creditorId: true })),
  payouts: z.array(
    z.object({ id: z.string(), date: z.string(), amount: moneySchema, reference: z.string().exactOptional() }),
  ),
  adjustments: z.array(z.object({ id: z.string(), date: z.string(), amount: moneySchema, reason: z.string() })),
  /** SHA-256 of the canonical content, lower-case hexadecimal. */
  hash: z.string(),
})
export type CreditorStatementRow = z.output<typeof creditorStatementSchema>

const paymentBody = z.strictObject({
  /** The processor's id of the payment: recorded once, whatever arrives twice. */
  paymentId: idSchema,
  amount: moneySchema,
  occurredAt: isoInstantSchema,
  installment: z.int().min(1).max(1000).exactOptional(),
})

const takeBackBody = z.strictObject({
  /** The dispute's, refund's or reinstatement's id. */
  paymentId: idSchema,
  parentRemittanceId: idSchema,
  /** All that is left when absent. */
  amount: moneySchema.exactOptional(),
  occurredAt: isoInstantSchema,
})

const placementParams = z.strictObject({ placementId: idSchema })

export const collectionsContract = {
  saveCreditor: endpoint({
    summary: 'Creates a creditor, or changes it: give its version then.',
    audience: 'STAFF',
    body: z.strictObject({
      id: idSchema.exactOptional(),
      version: z.int().exactOptional(),
      name: text(300),
      booksProvider: text(50).nullable().exactOptional(),
      transferDestination: text(200).nullable().exactOptional(),
      accounts: creditorSchema.shape.accounts.exactOptional(),
    }),
    response: creditorSchema,
  }),
  creditors: endpoint({
    summary: 'Creditors by name.',
    audience: 'STAFF',
    query: z.strictObject({ ...pagingQuery }),
    response: pageOf(creditorSchema),
  }),
  place: endpoint({
    summary: 'Places an invoice to be collected at a contingency rate.',
    audience: 'STAFF',
    status: 201,
    body: z.strictObject({
      id: idSchema.exactOptional(),
      creditorId: idSchema,
      invoiceNumber: text(100),
      invoiceId: idSchema.exactOptional(),
      invoiceAmount: moneySchema,
      rate: text(10),
    }),
    response: placementDetail,
  }),
  placements: endpoint({
    summary: 'Placements, the newest first.',
    audience: 'STAFF',
    query: z.strictObject({
      ...pagingQuery,
      creditorId: idSchema.exactOptional(),
      status: text(30).exactOptional(),
      search: boundedText(100).exactOptional(),
    }),
    response: pageOf(placementSchema),
  }),
  placement: endpoint({
    summary: 'A placement with its remittance rows.',
    audience: 'STAFF',
    params: placementParams,
    response: placementDetail,
  }),
  recordPayment: endpoint({
    summary: 'Mints the remittance row of a successful payment and orders its write-back.',
    audience: 'STAFF',
    params: placementParams,
    body: paymentBody,
    response: placementDetail,
  }),
  reverse: endpoint({
    summary: 'Mints the row of a chargeback or refund; the original row stays untouched.',
    audience: 'STAFF',
    params: placementParams,
    body: takeBackBody,
    response: placementDetail,
  }),
  reinstate: endpoint({
    summary: 'Mints the row of a won dispute.',
    audience: 'STAFF',
    params: placementParams,
    body: takeBackBody,
    response: placementDetail,
  }),
  act: endpoint({
    summary: 'Changes the rate of later payments, closes, recalls or reopens a placement.',
    audience: 'STAFF',
    params: placementParams,
    body: z.strictObject({
      version: z.int(),
      do: z.discriminatedUnion('action', [
        z.strictObject({ action: z.literal('changeRate'), rate: text(10), from: isoInstantSchema }),
        z.strictObject({ action: z.literal('closeUncollected') }),
        z.strictObject({ action: z.literal('recall') }),
        z.strictObject({ action: z.literal('reopen') }),
      ]),
    }),
    response: placementDetail,
  }),
  remittances: endpoint({
    summary: 'The remittance ledger, the newest first, with the sums of the whole filter.',
    audience: 'STAFF',
    query: z.strictObject({
      ...pagingQuery,
      creditorId: idSchema.exactOptional(),
      placementId: idSchema.exactOptional(),
      status: text(30).exactOptional(),
      from: isoDateSchema.exactOptional(),
      to: isoDateSchema.exactOptional(),
    }),
    response: pageOf(remittanceSchema).extend({
      sums: z.array(z.object({ recovered: moneySchema, fee: moneySchema, net: moneySchema })),
    }),
  }),
  moveRemittance: endpoint({
    summary: 'Moves the transfer of a row on: paid by hand with a reference, failed, tried again, bounced.',
    audience: 'STAFF',
    params: z.strictObject({ remittanceId: idSchema }),
    body: z.strictObject({
      version: z.int(),
      event: z.enum(['pay', 'requireManual', 'fail', 'retry', 'bounce']),
      reference: boundedText(200).exactOptional(),
      reason: boundedText(500).exactOptional(),
    }),
    response: remittanceSchema,
  }),
  syncLog: endpoint({
    summary: 'What was written to the books, what failed, and where balances drifted.',
    audience: 'STAFF',
    query: z.strictObject({
      ...pagingQuery,
      status: text(30).exactOptional(),
      placementId: idSchema.exactOptional(),
    }),
    response: pageOf(writebackSchema).extend({ drifts: z.array(driftSchema) }),
  }),
  syncEntry: endpoint({
    summary: 'One write with every try, answer and change of it, newest first, and what may be done with it.',
    audience: 'STAFF',
    params: z.strictObject({ mappingId: idSchema }),
    response: z.object({
      row: writebackSchema,
      history: z.array(activityEventSchema),
      actions: z.array(z.enum(['retry', 'abandon'])),
    }),
  }),
  drifts: endpoint({
    summary: 'Balances in the books that were not ours, newest first; the resolved ones too.',
    audience: 'STAFF',
    query: z.strictObject({ ...pagingQuery, status: z.enum(['open', 'explained', 'resolved']).exactOptional() }),
    response: pageOf(driftSchema),
  }),
  retryWriteback: endpoint({
    summary: 'Tries a failed write again, or gives it up.',
    audience: 'STAFF',
    params: z.strictObject({ mappingId: idSchema }),
    body: z.strictObject({ version: z.int(), event: z.enum(['retry', 'abandon']) }),
    response: writebackSchema,
  }),
  checkDrift: endpoint({
    summary: 'Compares the live balance of an invoice with ours now.',
    audience: 'STAFF',
    params: placementParams,
    body: z.strictObject({}),
    response: z.object({ queued: z.boolean() }),
  }),
  explainDrift: endpoint({
    summary: 'Writes down why a balance differs. Nothing is corrected.',
    audience: 'STAFF',
    params: z.strictObject({ driftId: idSchema }),
    body: z.strictObject({ explanation: text(2000) }),
    response: driftSchema,
  }),
  adjust: endpoint({
    summary: "Adds a correction to a creditor's account: positive in the creditor's favour.",
    audience: 'STAFF',
    status: 201,
    body: z.strictObject({ creditorId: idSchema, date: isoDateSchema, amount: moneySchema, reason: text(500) }),
    response: z.object({ id: z.string() }),
  }),
  closeStatement: endpoint({
    summary: 'Draws up the statement of a period and keeps it under its hash. Periods join without a gap.',
    audience: 'STAFF',
    status: 201,
    body: z.strictObject({
      creditorId: idSchema,
      currency: z.string().length(3),
      from: isoDateSchema,
      to: isoDateSchema,
    }),
    response: creditorStatementSchema,
  }),
  statements: endpoint({
    summary: 'Statements of a creditor, the newest first.',
    audience: 'STAFF',
    query: z.strictObject({ creditorId: idSchema }),
    response: z.object({ rows: z.array(creditorStatementSchema) }),
  }),
}
