import {
  type BankLine,
  type BankStatement,
  type BookEntry,
  balanceKinds,
  bankLineStatuses,
  bookEntryKinds,
  instruments,
} from '@recon/core'
import * as z from 'zod'
import { boundedText, idSchema, isoDateSchema, moneySchema } from './money-schema.ts'

const reference = boundedText(500).exactOptional()

export const counterpartySchema = z.strictObject({
  name: boundedText(500).exactOptional(),
  account: boundedText(100).exactOptional(),
})

export const bankLineSchema = z.strictObject({
  id: idSchema,
  account: boundedText(100).exactOptional(),
  bookingDate: isoDateSchema,
  valueDate: isoDateSchema.exactOptional(),
  amount: moneySchema,
  status: z.enum(bankLineStatuses),
  instrument: z.enum(instruments).exactOptional(),
  transactionCode: boundedText(100).exactOptional(),
  references: z.strictObject({
    endToEndId: reference,
    checkNumber: reference,
    bankReference: reference,
    customerReference: reference,
    structuredReference: reference,
    mandateId: reference,
    batchId: reference,
    structureId: reference,
    remittanceText: boundedText(10_000).exactOptional(),
  }),
  counterparty: counterpartySchema.exactOptional(),
  returnCode: boundedText(50).exactOptional(),
  originalAmount: moneySchema.exactOptional(),
  supersedes: idSchema.exactOptional(),
  sourceStatus: z.enum(['RECONCILED', 'UNRECONCILED']).exactOptional(),
  sourceEntryIds: z.array(idSchema).max(1000).exactOptional(),
  raw: boundedText(20_000).exactOptional(),
}) satisfies z.ZodType<BankLine>

export const bookEntrySchema = z.strictObject({
  id: idSchema,
  account: boundedText(100).exactOptional(),
  date: isoDateSchema,
  amount: moneySchema,
  kind: z.enum(bookEntryKinds),
  instrument: z.enum(instruments).exactOptional(),
  references: z.strictObject({
    paymentReference: reference,
    transactionNumber: reference,
    documentNumber: reference,
    checkNumber: reference,
    batchId: reference,
    structureId: reference,
    description: boundedText(10_000).exactOptional(),
  }),
  counterparty: counterpartySchema.exactOptional(),
  openAmount: moneySchema.exactOptional(),
  amountBounds: z.strictObject({ minimum: moneySchema, maximum: moneySchema }).exactOptional(),
  dateBounds: z.strictObject({ earliest: isoDateSchema, latest: isoDateSchema }).exactOptional(),
  originalAmount: moneySchema.exactOptional(),
  source: boundedText(100).exactOptional(),
  sourceStatus: z.enum(['RECONCILED', 'UNRECONCILED']).exactOptional(),
  status: z.enum(['OPEN', 'CLOSED']).exactOptional(),
  reverses: idSchema.exactOptional(),
  raw: boundedText(20_000).exactOptional(),
}) satisfies z.ZodType<BookEntry>

const balanceSchema = z.strictObject({
  kind: z.enum(balanceKinds),
  amount: moneySchema,
  date: isoDateSchema.exactOptional(),
  code: boundedText(50).exactOptional(),
})

/** A statement without its lines: those travel as bank lines and name their account. */
export const statementHeadSchema = z.strictObject({
  id: idSchema,
  account: boundedText(100),
  currency: z.string().length(3),
  openingBalance: balanceSchema.exactOptional(),
  closingBalance: balanceSchema.exactOptional(),
  balances: z.array(balanceSchema).max(100),
  sequence: boundedText(100).exactOptional(),
  page: z.int().exactOptional(),
  lastPage: z.boolean().exactOptional(),
  periodStart: isoDateSchema.exactOptional(),
  periodEnd: isoDateSchema.exactOptional(),
  provisional: z.boolean(),
  /** Ids of the statement's lines, when they arrive in the same request or came before. */
  lineIds: z.array(idSchema).max(20_000).exactOptional(),
}) satisfies z.ZodType<Omit<BankStatement, 'lines'>>
