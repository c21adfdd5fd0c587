import * as z from 'zod'
import type { ProviderHttp } from '../http.ts'

/** The most a list returns at once. */
const pageSize = 100

export const payoutSchema = z.object({
  id: z.string(),
  amount: z.string(),
  currency: z.string(),
  status: z.string().nullish(),
  automatic: z.boolean().nullish(),
  arrival_date: z.string().nullish(),
  created: z.string().nullish(),
  reconciliation_status: z.string().nullish(),
  statement_descriptor: z.string().nullish(),
  trace_id: z.object({ value: z.string().nullish() }).nullish(),
})
export type StripePayout = z.infer<typeof payoutSchema>

export const balanceTransactionSchema = z.object({
  id: z.string(),
  amount: z.string(),
  fee: z.string(),
  net: z.string(),
  currency: z.string(),
  type: z.string(),
  reporting_category: z.string().nullish(),
  source: z.union([z.string(), z.object({ id: z.string() })]).nullish(),
  created: z.string(),
  description: z.string().nullish(),
})
export type StripeBalanceTransaction = z.infer<typeof balanceTransactionSchema>

const transferSchema = z.object({ id: z.string(), amount: z.string().nullish(), reversed: z.boolean().nullish() })
const list = <Schema extends z.ZodType>(schema: Schema) =>
  z.object({ data: z.array(schema), has_more: z.boolean().nullish() })

export interface StripePage<Row> {
  readonly rows: readonly Row[]
  readonly hasMore: boolean
}

type Signal = AbortSignal | undefined

export interface StripeApi {
  readonly listPayouts: (
    filter: { readonly since?: number; readonly until?: number; readonly after?: string | undefined },
    signal: Signal,
  ) => Promise<StripePage<StripePayout>>
  readonly payoutTransactions: (payoutId: string, signal: Signal) => Promise<readonly StripeBalanceTransaction[]>
  readonly createTransfer: (
    form: Record<string, string>,
    key: string,
    signal: Signal,
  ) => Promise<{ readonly id: string; readonly requestId: string | undefined }>
  readonly reverseTransfer: (
    id: string,
    amount: string,
    key: string,
    signal: Signal,
  ) => Promise<{ readonly id: string; readonly requestId: string | undefined }>
}

export function createStripeApi(http: ProviderHttp): StripeApi {
  const post = async (path: string, form: Record<string, string>, key: string, signal: Signal) => {
    const headers = { 'Idempotency-Key': key, 'Content-Type': 'application/x-www-form-urlencoded' }
    const sent = await http.send({
      method: 'POST',
      path,
      body: new URLSearchParams(form),
      headers,
      schema: transferSchema,
      repeatable: true,
      signal,
    })
    return { id: sent.value.id, requestId: sent.requestId }
  }
  return {
    listPayouts: async (filter, signal) => {
      const query = {
        limit: pageSize,
        'arrival_date[gte]': filter.since,
        'arrival_date[lte]': filter.until,
        starting_after: filter.after,
      }
      const { value } = await http.send({
        method: 'GET',
        path: 'payouts',
        query,
        schema: list(payoutSchema),
        repeatable: true,
        signal,
      })
      return { rows: value.data, hasMore: value.has_more === true }
    },
    payoutTransactions: async (payoutId, signal) => {
      const rows: StripeBalanceTransaction[] = []
      for (let more = true; more; ) {
        const query = { payout: payoutId, limit: pageSize, starting_after: rows.at(-1)?.id }
        const { value } = await http.send({
          method: 'GET',
          path: 'balance_transactions',
          query,
          schema: list(balanceTransactionSchema),
          repeatable: true,
          signal,
        })
        rows.push(...value.data)
        more = value.has_more === true && value.data.length > 0
      }
      return rows
    },
    createTransfer: (form, key, signal) => post('transfers', form, key, signal),
    reverseTransfer: (id, amount, key, signal) =>
      post(`transfers/${encodeURIComponent(id)}/reversals`, { amount }, key, signal),
  }
}
