import * as z from 'zod'
import type { ProviderHttp } from '../http.ts'

const text = z.string().nullish()

export const invoiceSchema = z.object({
  InvoiceID: z.string(),
  InvoiceNumber: text,
  Type: text,
  Reference: text,
  Status: text,
  Date: text,
  DateString: text,
  Total: text,
  AmountDue: text,
  CurrencyCode: text,
  UpdatedDateUTC: text,
  Contact: z.object({ ContactID: text, Name: text }).nullish(),
})
export type XeroInvoice = z.infer<typeof invoiceSchema>

export const paymentSchema = z.object({
  PaymentID: z.string(),
  Date: text,
  Amount: text,
  Reference: text,
  Status: text,
  IsReconciled: z.boolean().nullish(),
  PaymentType: text,
  CurrencyRate: text,
  Invoice: z.object({ InvoiceID: text, InvoiceNumber: text, CurrencyCode: text }).nullish(),
})
export type XeroPayment = z.infer<typeof paymentSchema>

const invoices = z.object({ Invoices: z.array(invoiceSchema) })
const payments = z.object({ Payments: z.array(paymentSchema) })

/** What a page holds at most. */
export const pageSize = 100

type Signal = AbortSignal | undefined

export interface XeroSent {
  readonly payment: XeroPayment
  readonly requestId: string | undefined
}

export interface XeroApi {
  readonly listInvoices: (
    page: number,
    modifiedSince: string | undefined,
    signal: Signal,
  ) => Promise<readonly XeroInvoice[]>
  readonly listPayments: (
    page: number,
    modifiedSince: string | undefined,
    signal: Signal,
  ) => Promise<readonly XeroPayment[]>
  readonly readInvoice: (id: string, signal: Signal) => Promise<XeroInvoice>
  readonly readPayment: (id: string, signal: Signal) => Promise<XeroPayment>
  readonly createPayment: (body: unknown, key: string, signal: Signal) => Promise<XeroSent>
  readonly deletePayment: (id: string, key: string, signal: Signal) => Promise<XeroSent>
}

export function createXeroApi(http: ProviderHttp): XeroApi {
  const list = async <Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    page: number,
    modifiedSince: string | undefined,
    signal: Signal,
  ) => {
    const headers = modifiedSince === undefined ? {} : { 'If-Modified-Since': modifiedSince }
    const order = path === 'Invoices' ? 'InvoiceID' : 'PaymentID'
    return (
      await http.send({
        method: 'GET',
        path,
        query: { page, pageSize, order },
        headers,
        schema,
        repeatable: true,
        signal,
      })
    ).value
  }
  const read = async <Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    signal: Signal,
  ): Promise<z.infer<Schema>> => (await http.send({ method: 'GET', path, schema, repeatable: true, signal })).value
  const first = <Row>(rows: readonly Row[], path: string): Row => {
    const [row] = rows
    if (row === undefined) throw new TypeError(`xero: ${path} answered without a record.`)
    return row
  }
  const write = async (path: string, payment: unknown, key: string, signal: Signal): Promise<XeroSent> => {
    const sent = await http.send({
      method: 'POST',
      path,
      json: { Payments: [payment] },
      headers: { 'Idempotency-Key': key },
      schema: payments,
      repeatable: true,
      signal,
    })
    return { payment: first(sent.value.Payments, path), requestId: sent.requestId }
  }
  return {
    listInvoices: async (page, modifiedSince, signal) =>
      (await list('Invoices', invoices, page, modifiedSince, signal)).Invoices,
    listPayments: async (page, modifiedSince, signal) =>
      (await list('Payments', payments, page, modifiedSince, signal)).Payments,
    readInvoice: async (id, signal) =>
      first((await read(`Invoices/${encodeURIComponent(id)}`, invoices, signal)).Invoices, 'Invoices'),
    readPayment: async (id, signal) =>
      first((await read(`Payments/${encodeURIComponent(id)}`, payments, signal)).Payments, 'Payments'),
    createPayment: (body, key, signal) => write('Payments', body, key, signal),
    deletePayment: (id, key, signal) =>
      write(`Payments/${encodeURIComponent(id)}`, { PaymentID: id, Status: 'DELETED' }, key, signal),
  }
}
