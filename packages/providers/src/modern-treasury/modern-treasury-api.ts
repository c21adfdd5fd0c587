import * as z from 'zod'
import type { ProviderHttp } from '../http.ts'

const text = z.string().nullish()

export const transactionSchema = z.object({
  id: z.string(),
  amount: z.string(),
  amount_string: text,
  currency: z.string(),
  direction: z.string(),
  posted: z.boolean(),
  as_of_date: text,
  created_at: text,
  discarded_at: text,
  internal_account_id: text,
  vendor_id: text,
  vendor_customer_id: text,
  vendor_code: text,
  vendor_code_type: text,
  vendor_description: text,
  type: text,
  reconciled: z.boolean().nullish(),
})
export type ModernTreasuryTransaction = z.infer<typeof transactionSchema>

const ruleVariables = z.object({
  amount_lower_bound: text,
  amount_upper_bound: text,
  currency: text,
  date_lower_bound: text,
  date_upper_bound: text,
  direction: text,
  internal_account_id: text,
})

/** The union of what the transactables carry; each kind uses its part. */
export const transactableSchema = z.object({
  id: z.string(),
  object: text,
  amount: text,
  amount_lower_bound: text,
  amount_upper_bound: text,
  as_of_date: text,
  code: text,
  created_at: text,
  currency: text,
  date_lower_bound: text,
  date_upper_bound: text,
  description: text,
  direction: text,
  effective_date: text,
  external_id: text,
  internal_account_id: text,
  originating_account_id: text,
  receiving_account_name: text,
  reconciliation_rule_variables: z.array(ruleVariables).nullish(),
  reconciliation_status: text,
  remittance_information: text,
  returnable_id: text,
  returnable_type: text,
  statement_descriptor: text,
  status: text,
  type: text,
  vendor_id: text,
})
export type ModernTreasuryTransactable = z.infer<typeof transactableSchema>
export type RuleVariables = z.infer<typeof ruleVariables>

const lineItemSchema = z.object({ id: z.string(), amount: text, transaction_id: text, expected_payment_id: text })

/** Paper items come last: the current API has none, they are listed only where they are asked for. */
export const transactablePaths = [
  'payment_orders',
  'expected_payments',
  'incoming_payment_details',
  'returns',
  'paper_items',
] as const
export type TransactablePath = (typeof transactablePaths)[number]

export interface ModernTreasuryPage<Row> {
  readonly rows: readonly Row[]
  /** Absent on the last page. A page may be empty and still have one. */
  readonly cursor: string | undefined
}

type Signal = AbortSignal | undefined
type Query = Readonly<Record<string, string | number | undefined>>

export interface ModernTreasuryApi {
  readonly listTransactions: (query: Query, signal: Signal) => Promise<ModernTreasuryPage<ModernTreasuryTransaction>>
  readonly readTransaction: (id: string, signal: Signal) => Promise<ModernTreasuryTransaction>
  readonly listTransactables: (
    path: TransactablePath,
    query: Query,
    signal: Signal,
  ) => Promise<ModernTreasuryPage<ModernTreasuryTransactable>>
  readonly readTransactable: (path: TransactablePath, id: string, signal: Signal) => Promise<ModernTreasuryTransactable>
  readonly createLineItem: (
    body: { readonly amount: unknown; readonly transaction_id: string; readonly expected_payment_id: string },
    key: string,
    signal: Signal,
  ) => Promise<{ readonly id: string; readonly requestId: string | undefined }>
}

const pageSize = 100

/** Lists have a lower limit than other calls, so they come through their own door. */
export function createModernTreasuryApi(http: ProviderHttp, lists: ProviderHttp): ModernTreasuryApi {
  const list = async <Schema extends z.ZodType>(path: string, schema: Schema, query: Query, signal: Signal) => {
    const answer = await lists.send({
      method: 'GET',
      path,
      query: { per_page: pageSize, ...query },
      schema: z.array(schema),
      repeatable: true,
      signal,
    })
    return { rows: answer.value, cursor: answer.headers.get('x-after-cursor') || undefined }
  }
  const read = async <Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    signal: Signal,
  ): Promise<z.infer<Schema>> => (await http.send({ method: 'GET', path, schema, repeatable: true, signal })).value
  return {
    listTransactions: (query, signal) => list('transactions', transactionSchema, query, signal),
    readTransaction: (id, signal) => read(`transactions/${encodeURIComponent(id)}`, transactionSchema, signal),
    listTransactables: (path, query, signal) => list(path, transactableSchema, query, signal),
    readTransactable: (path, id, signal) => read(`${path}/${encodeURIComponent(id)}`, transactableSchema, signal),
    createLineItem: async (json, key, signal) => {
      // A key is not tied to a route there: the same key elsewhere would echo another record, so the route is part of it.
      const headers = { 'Idempotency-Key': `line-item:${key}` }
      const sent = await http.send({
        method: 'POST',
        path: 'transaction_line_items',
        json,
        headers,
        schema: lineItemSchema,
        repeatable: true,
        signal,
      })
      return { id: sent.value.id, requestId: sent.requestId }
    },
  }
}
