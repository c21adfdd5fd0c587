import * as z from 'zod'
import type { ProviderHttp } from '../http.ts'

/** QuickBooks ignores every lower value since August 2025. */
const minorVersion = 75
/** The most a query returns at once. */
export const largestPage = 1000

const reference = z.object({ value: z.string(), name: z.string().nullish() })
const metaData = z.object({ CreateTime: z.string().nullish(), LastUpdatedTime: z.string().nullish() }).nullish()
const linkedTransaction = z.object({ TxnId: z.string(), TxnType: z.string() })

export const invoiceSchema = z.object({
  Id: z.string(),
  SyncToken: z.string().nullish(),
  status: z.string().nullish(),
  DocNumber: z.string().nullish(),
  TxnDate: z.string().nullish(),
  TotalAmt: z.string().nullish(),
  Balance: z.string().nullish(),
  CustomerRef: reference.nullish(),
  CurrencyRef: reference.nullish(),
  MetaData: metaData,
})
export type QuickbooksInvoice = z.infer<typeof invoiceSchema>

export const paymentSchema = z.object({
  Id: z.string(),
  SyncToken: z.string().nullish(),
  status: z.string().nullish(),
  TxnDate: z.string().nullish(),
  TotalAmt: z.string().nullish(),
  UnappliedAmt: z.string().nullish(),
  PrivateNote: z.string().nullish(),
  PaymentRefNum: z.string().nullish(),
  CustomerRef: reference.nullish(),
  CurrencyRef: reference.nullish(),
  Line: z.array(z.object({ Amount: z.string().nullish(), LinkedTxn: z.array(linkedTransaction).nullish() })).nullish(),
  MetaData: metaData,
})
export type QuickbooksPayment = z.infer<typeof paymentSchema>

const journalSchema = z.object({ Id: z.string(), SyncToken: z.string().nullish() })

const queryPage = z.object({
  QueryResponse: z.object({ Invoice: z.array(invoiceSchema).nullish(), Payment: z.array(paymentSchema).nullish() }),
})

const changesSchema = z.object({
  CDCResponse: z.array(
    z.object({
      QueryResponse: z.array(
        z.object({ Invoice: z.array(invoiceSchema).nullish(), Payment: z.array(paymentSchema).nullish() }),
      ),
    }),
  ),
  time: z.string().nullish(),
})

export interface QuickbooksRecords {
  readonly invoices: readonly QuickbooksInvoice[]
  readonly payments: readonly QuickbooksPayment[]
}

export interface Sent<Value> {
  readonly value: Value
  readonly requestId: string | undefined
}

type Signal = AbortSignal | undefined

/** The few calls of the QuickBooks Online accounting API that are used, with amounts as literal text. */
export interface QuickbooksApi {
  readonly readInvoice: (id: string, signal: Signal) => Promise<QuickbooksInvoice>
  readonly readPayment: (id: string, signal: Signal) => Promise<QuickbooksPayment>
  readonly createPayment: (body: unknown, requestId: string, signal: Signal) => Promise<Sent<QuickbooksPayment>>
  readonly voidPayment: (
    id: string,
    syncToken: string,
    requestId: string,
    signal: Signal,
  ) => Promise<Sent<QuickbooksPayment>>
  readonly deletePayment: (
    id: string,
    syncToken: string,
    requestId: string,
    signal: Signal,
  ) => Promise<Sent<QuickbooksPayment>>
  readonly createJournal: (body: unknown, requestId: string, signal: Signal) => Promise<Sent<{ Id: string }>>
  readonly query: (statement: string, signal: Signal) => Promise<QuickbooksRecords>
  readonly changes: (changedSince: string, signal: Signal) => Promise<QuickbooksRecords>
}

export function createQuickbooksApi(http: ProviderHttp): QuickbooksApi {
  const version = { minorversion: minorVersion }
  const invoice = z.object({ Invoice: invoiceSchema })
  const payment = z.object({ Payment: paymentSchema })
  const post = async <Schema extends z.ZodType>(
    path: string,
    query: Record<string, string>,
    json: unknown,
    schema: Schema,
    signal: Signal,
  ) =>
    // Every write carries a requestid: QuickBooks answers a replay with the first result.
    http.send({ method: 'POST', path, query: { ...version, ...query }, json, schema, repeatable: true, signal })

  return {
    readInvoice: async (id, signal) =>
      (
        await http.send({
          method: 'GET',
          path: `invoice/${encodeURIComponent(id)}`,
          query: version,
          schema: invoice,
          repeatable: true,
          signal,
        })
      ).value.Invoice,
    readPayment: async (id, signal) =>
      (
        await http.send({
          method: 'GET',
          path: `payment/${encodeURIComponent(id)}`,
          query: version,
          schema: payment,
          repeatable: true,
          signal,
        })
      ).value.Payment,
    createPayment: async (body, requestid, signal) => {
      const sent = await post('payment', { requestid }, body, payment, signal)
      return { value: sent.value.Payment, requestId: sent.requestId }
    },
    voidPayment: async (id, syncToken, requestid, signal) => {
      // `operation=void` is for invoices; a payment is voided by an update that includes void.
      const sent = await post(
        'payment',
        { operation: 'update', include: 'void', requestid },
        { Id: id, SyncToken: syncToken, sparse: true },
        payment,
        signal,
      )
      return { value: sent.value.Payment, requestId: sent.requestId }
    },
    deletePayment: async (id, syncToken, requestid, signal) => {
      const sent = await post(
        'payment',
        { operation: 'delete', requestid },
        { Id: id, SyncToken: syncToken },
        payment,
        signal,
      )
      return { value: sent.value.Payment, requestId: sent.requestId }
    },
    createJournal: async (body, requestid, signal) => {
      const sent = await post('journalentry', { requestid }, body, z.object({ JournalEntry: journalSchema }), signal)
      return { value: sent.value.JournalEntry, requestId: sent.requestId }
    },
    query: async (statement, signal) => {
      const { value } = await http.send({
        method: 'GET',
        path: 'query',
        query: { ...version, query: statement },
        schema: queryPage,
        repeatable: true,
        signal,
      })
      return { invoices: value.QueryResponse.Invoice ?? [], payments: value.QueryResponse.Payment ?? [] }
    },
    changes: async (changedSince, signal) => {
      const query = { ...version, entities: 'Invoice,Payment', changedSince }
      const { value } = await http.send({
        method: 'GET',
        path: 'cdc',
        query,
        schema: changesSchema,
        repeatable: true,
        signal,
      })
      const parts = value.CDCResponse.flatMap((response) => response.QueryResponse)
      return {
        invoices: parts.flatMap((part) => part.Invoice ?? []),
        payments: parts.flatMap((part) => part.Payment ?? []),
      }
    },
  }
}

/** A literal inside a query: quotes are escaped with a backslash. */
export function queryLiteral(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
