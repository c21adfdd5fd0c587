import { reconcilingKinds } from '@recon/core'
import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { boundedText, idSchema, isoDateSchema, isoInstantSchema, moneySchema } from './money-schema.ts'
import { refusalSchema } from './problem.ts'

const statementSchema = z.object({
  account: z.string(),
  currency: z.string(),
  asOf: isoDateSchema,
  balancePerBank: moneySchema,
  depositsInTransit: moneySchema,
  outstandingPayments: moneySchema,
  unrecorded: moneySchema,
  bankErrors: moneySchema,
  bookErrors: moneySchema,
  computedBalancePerBooks: moneySchema,
  balancePerBooks: moneySchema,
  difference: moneySchema,
  reconciled: z.boolean(),
  causes: z.array(z.object({ code: z.string(), amount: moneySchema, ids: z.array(z.string()) })),
  items: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(reconcilingKinds),
      date: isoDateSchema,
      amount: moneySchema,
      description: z.string(),
      /** The first statement it stood on. */
      firstSeen: isoDateSchema,
      ageDays: z.int(),
      carriedForward: z.boolean(),
    }),
  ),
})

export const periodSchema = z.object({
  id: z.string(),
  version: z.int(),
  account: z.string(),
  currency: z.string(),
  from: isoDateSchema,
  to: isoDateSchema,
  status: z.enum(['OPEN', 'LOCKED']),
  /** SHA-256 over the canonical statement, lower-case hexadecimal. */
  hash: z.string(),
  updatedAt: isoInstantSchema,
  reconciled: z.boolean(),
  difference: moneySchema,
  /** Why it cannot be locked or unlocked now; what is missing here is possible. */
  whyNot: z.object({ lock: refusalSchema.exactOptional(), unlock: refusalSchema.exactOptional() }),
})
export type PeriodRow = z.output<typeof periodSchema>

const account = boundedText(100).min(1)

export const periodContract = {
  draw: endpoint({
    summary:
      'Draws up the reconciliation statement of an account as of the last day of a period: balance per bank, what is on its way, balance per books. What was open before is carried forward.',
    audience: 'STAFF',
    status: 201,
    body: z.strictObject({
      account,
      currency: z.string().length(3),
      from: isoDateSchema,
      to: isoDateSchema,
      /** What the books say the account held on the last day. */
      balancePerBooks: moneySchema,
      /** What the bank says; the closing balance of the stored statement where absent. */
      balancePerBank: moneySchema.exactOptional(),
    }),
    response: z.object({ period: periodSchema, statement: statementSchema }),
  }),
  list: endpoint({
    summary: 'Periods, newest first.',
    audience: 'STAFF',
    query: z.strictObject({ account: account.exactOptional() }),
    response: z.object({ rows: z.array(periodSchema) }),
  }),
  get: endpoint({
    summary: 'One period with its statement.',
    audience: 'STAFF',
    params: z.strictObject({ periodId: idSchema }),
    response: z.object({ period: periodSchema, statement: statementSchema }),
  }),
  act: endpoint({
    summary: 'Locks a proved period, or opens it again, with the reason in the log. Locked, nothing in it changes.',
    audience: 'STAFF',
    params: z.strictObject({ periodId: idSchema }),
    body: z.strictObject({
      version: z.int(),
      action: z.enum(['lock', 'unlock']),
      reason: boundedText(1000).min(1),
    }),
    response: periodSchema,
  }),
}
