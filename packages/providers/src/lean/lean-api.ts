import * as z from 'zod'
import type { ProviderHttp } from '../http.ts'

const text = z.string().nullish()

export const paymentSchema = z.object({
  id: z.string(),
  amount: z.string(),
  currency: z.string(),
  status: z.string(),
  created_at: text,
  updated_at: text,
  intent_id: text,
  payment_intent_id: text,
  bank_transaction_reference: text,
  sender_name: text,
  reconciliation: z.object({ status: text, reference: text }).nullish(),
})
export type LeanPayment = z.infer<typeof paymentSchema>

export const intentSchema = z.object({
  payment_intent_id: text,
  id: text,
  customer_id: text,
  amount: text,
  currency: text,
  description: text,
  created_at: text,
  payments: z.array(paymentSchema).nullish(),
})
export type LeanIntent = z.infer<typeof intentSchema>

/** A deposit Lean has fetched from the bank. The public documentation does not give its full shape. */
export const depositSchema = z.object({
  id: z.string(),
  amount: z.string(),
  currency: z.string(),
  date: text,
  timestamp: text,
  description: text,
  reference: text,
  sender_name: text,
  sender_account: text,
  account_id: text,
})
export type LeanDeposit = z.infer<typeof depositSchema>

const paging = z.object({ number: text, total_pages: text }).nullish()
const intentPage = z.object({ data: z.array(intentSchema), page: paging })
const depositPage = z.object({ data: z.array(depositSchema), page: paging, last_fetched_at: text })

type Signal = AbortSignal | undefined

export interface LeanPage<Row> {
  readonly rows: readonly Row[]
  readonly hasMore: boolean
  readonly lastFetchedAt?: string
}

export interface LeanApi {
  readonly listIntents: (
    page: number,
    filter: { readonly from?: string | undefined; readonly to?: string | undefined },
    signal: Signal,
  ) => Promise<LeanPage<LeanIntent>>
  readonly readPayment: (id: string, signal: Signal) => Promise<LeanPayment>
  readonly listDeposits: (
    page: number,
    filter: {
      readonly from?: string | undefined
      readonly to?: string | undefined
      readonly account?: string | undefined
    },
    signal: Signal,
  ) => Promise<LeanPage<LeanDeposit>>
}

const pageSize = 50

export function createLeanApi(http: ProviderHttp, depositsPath: string): LeanApi {
  const more = (page: z.infer<typeof paging>, number: number, rows: readonly unknown[]): boolean =>
    rows.length > 0 && (page?.total_pages ? number + 1 < Number(page.total_pages) : rows.length >= pageSize)
  return {
    listIntents: async (number, filter, signal) => {
      const query = { page: number, size: pageSize, from: filter.from, to: filter.to }
      const { value } = await http.send({
        method: 'GET',
        path: 'payments/v1/intents',
        query,
        schema: intentPage,
        repeatable: true,
        signal,
      })
      return { rows: value.data, hasMore: more(value.page, number, value.data) }
    },
    readPayment: async (id, signal) =>
      (
        await http.send({
          method: 'GET',
          path: `payments/v1/${encodeURIComponent(id)}`,
          schema: paymentSchema,
          repeatable: true,
          signal,
        })
      ).value,
    listDeposits: async (number, filter, signal) => {
      const query = { page: number, size: pageSize, from: filter.from, to: filter.to, account_id: filter.account }
      const { value } = await http.send({
        method: 'GET',
        path: depositsPath,
        query,
        schema: depositPage,
        repeatable: true,
        signal,
      })
      return {
        rows: value.data,
        hasMore: more(value.page, number, value.data),
        ...(value.last_fetched_at ? { lastFetchedAt: value.last_fetched_at } : {}),
      }
    },
  }
}
