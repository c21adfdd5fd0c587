import { addMoney, compareMoney, money, subtractMoney } from '@recon/core'
import { exactNumber, parseExactJson } from '../exact-json.ts'
import type { ProviderClock } from '../rate-limit.ts'
import {
  createSimulator,
  jsonResponse,
  memoryOf,
  type SimulatedRequest,
  type SimulatedResponse,
  type Simulator,
  type SimulatorMemory,
} from '../testing/simulator.ts'
import type { QueuedWebhook } from '../testing/webhook-queue.ts'
import { signXeroWebhook } from './xero-webhook.ts'

interface Invoice {
  readonly id: string
  readonly number: string
  readonly total: string
  due: string
  updatedAt: number
}

interface Payment {
  readonly id: string
  readonly invoiceId: string
  readonly amount: string
  readonly reference: string
  readonly date: string
  status: 'AUTHORISED' | 'DELETED'
  updatedAt: number
}

export interface XeroSimulator extends Simulator {
  readonly invoices: ReadonlyMap<string, Readonly<Invoice>>
  readonly payments: ReadonlyMap<string, Readonly<Payment>>
  readonly addInvoice: (invoice: { id: string; number?: string; total: string }) => void
  readonly issueTokens: () => { accessToken: string; refreshToken: string }
  readonly takeWebhooks: () => Promise<QueuedWebhook[]>
  readonly remember: () => SimulatorMemory
}

interface State {
  readonly clock: ProviderClock
  readonly webhookKey: string
  readonly currency: string
  readonly invoices: Map<string, Invoice>
  readonly payments: Map<string, Payment>
  readonly answers: Map<string, SimulatedResponse>
  readonly changed: { id: string; type: 'CREATE' | 'UPDATE' }[]
  accessToken: string
  refreshToken: string
  sequence: number
}

/** Xero as the adapter meets it: payments that are never edited, refresh tokens used once, invoices that say a payment came. */
export function createXeroSimulator(options: {
  readonly clock: ProviderClock
  readonly webhookKey: string
  readonly currency?: string
  readonly resume?: SimulatorMemory
}): XeroSimulator {
  const state: State = {
    clock: options.clock,
    webhookKey: options.webhookKey,
    currency: options.currency ?? 'USD',
    invoices: new Map(),
    payments: new Map(),
    answers: new Map(),
    changed: [],
    accessToken: '',
    refreshToken: '',
    sequence: 0,
    ...structuredClone(options.resume ?? {}),
  }
  return {
    ...createSimulator((request) => handle(state, request)),
    invoices: state.invoices,
    payments: state.payments,
    addInvoice: (given) => {
      const total = money(given.total, state.currency).amount
      state.invoices.set(given.id, {
        id: given.id,
        number: given.number ?? given.id,
        total,
        due: total,
        updatedAt: state.clock.now(),
      })
      state.changed.push({ id: given.id, type: 'CREATE' })
    },
    issueTokens: () => issue(state),
    takeWebhooks: async () => {
      const changed = state.changed.splice(0)
      if (changed.length === 0) return []
      const events = changed.map((change) => ({
        resourceUrl: `https://api.xero.com/api.xro/2.0/Invoices/${change.id}`,
        resourceId: change.id,
        eventDateUtc: new Date(state.clock.now()).toISOString().slice(0, 23),
        eventType: change.type,
        eventCategory: 'INVOICE',
        tenantId: 'tenant-1',
        tenantType: 'ORGANISATION',
      }))
      state.sequence += events.length
      const body = new TextEncoder().encode(
        JSON.stringify({
          events,
          firstEventSequence: state.sequence - events.length + 1,
          lastEventSequence: state.sequence,
          entropy: 'x',
        }),
      )
      return [{ body, headers: { 'x-xero-signature': await signXeroWebhook(body, state.webhookKey) } }]
    },
    remember: () => memoryOf(state, ['clock', 'currency', 'webhookKey']),
  }
}

function nextId(state: State, prefix: string): string {
  state.sequence += 1
  return `${prefix}-${String(state.sequence).padStart(6, '0')}`
}

function issue(state: State) {
  state.accessToken = nextId(state, 'access')
  state.refreshToken = nextId(state, 'refresh')
  return { accessToken: state.accessToken, refreshToken: state.refreshToken }
}

function validationProblem(message: string): SimulatedResponse {
  return jsonResponse(
    {
      ErrorNumber: 10,
      Type: 'ValidationException',
      Message: 'A validation exception occurred',
      Elements: [{ ValidationErrors: [{ Message: message }] }],
    },
    400,
  )
}

function handle(state: State, request: SimulatedRequest): SimulatedResponse {
  if (request.url.pathname.endsWith('/connect/token')) {
    if (new URLSearchParams(request.text).get('refresh_token') !== state.refreshToken)
      return jsonResponse({ error: 'invalid_grant' }, 400)
    const { accessToken, refreshToken } = issue(state)
    return jsonResponse({
      access_token: accessToken,
      refresh_token: refreshToken,
      expires_in: 1800,
      token_type: 'Bearer',
    })
  }
  if (state.accessToken === '' || request.headers.get('authorization') !== `Bearer ${state.accessToken}`)
    return jsonResponse({ Title: 'Unauthorized', Detail: 'AuthenticationUnsuccessful' }, 401)
  if (!request.headers.get('xero-tenant-id'))
    return jsonResponse({ Title: 'Forbidden', Detail: 'AuthenticationUnsuccessful' }, 403)
  const key = request.method === 'POST' ? request.headers.get('idempotency-key') : null
  const replay = key === null ? undefined : state.answers.get(key)
  if (replay) return replay
  const answer = route(state, request)
  const response = { ...answer, headers: { ...answer.headers, 'xero-correlation-id': nextId(state, 'correlation') } }
  if (key !== null) state.answers.set(key, response)
  return response
}

function route(state: State, request: SimulatedRequest): SimulatedResponse {
  const [entity = '', id] = request.url.pathname.replace(/^\/api\.xro\/2\.0\//, '').split('/')
  if (request.method === 'POST' && entity === 'Payments')
    return id === undefined ? createPayment(state, request) : deletePayment(state, id)
  const since = Date.parse(`${request.headers.get('if-modified-since') ?? '1970-01-01T00:00:00'}Z`)
  const page = Number(request.url.searchParams.get('page') ?? 1)
  const size = Number(request.url.searchParams.get('pageSize') ?? 100)
  const cut = <Row extends { readonly id: string; readonly updatedAt: number }>(rows: Iterable<Row>): Row[] =>
    id === undefined
      ? [...rows].filter((row) => row.updatedAt > since).slice((page - 1) * size, page * size)
      : [...rows].filter((row) => row.id === id)
  if (entity === 'Invoices') {
    const rows = cut(state.invoices.values())
    return id !== undefined && rows.length === 0
      ? jsonResponse({ Title: 'NotFound' }, 404)
      : jsonResponse({ Invoices: rows.map((row) => invoiceJson(state, row)) })
  }
  const rows = cut(state.payments.values())
  return id !== undefined && rows.length === 0
    ? jsonResponse({ Title: 'NotFound' }, 404)
    : jsonResponse({ Payments: rows.map((row) => paymentJson(state, row)) })
}

interface PaymentBody {
  readonly Payments?: readonly {
    readonly Invoice?: { readonly InvoiceID?: string }
    readonly Amount?: string
    readonly Date?: string
    readonly Reference?: string
  }[]
}

function createPayment(state: State, request: SimulatedRequest): SimulatedResponse {
  const given = (parseExactJson(request.text, 'simulator') as PaymentBody).Payments?.[0]
  const invoice = state.invoices.get(given?.Invoice?.InvoiceID ?? '')
  if (!invoice) return validationProblem('Invoice could not be found')
  const amount = money(given?.Amount ?? '0', state.currency)
  const due = money(invoice.due, state.currency)
  if (compareMoney(amount, due) > 0)
    return validationProblem('Payment amount exceeds the amount outstanding on this document')
  const payment: Payment = {
    id: nextId(state, 'payment'),
    invoiceId: invoice.id,
    amount: amount.amount,
    reference: given?.Reference ?? '',
    date: given?.Date ?? '2026-11-20',
    status: 'AUTHORISED',
    updatedAt: state.clock.now(),
  }
  state.payments.set(payment.id, payment)
  settle(state, invoice, subtractMoney(due, amount).amount)
  return jsonResponse({ Payments: [paymentJson(state, payment)] })
}

function deletePayment(state: State, id: string): SimulatedResponse {
  const payment = state.payments.get(id)
  const invoice = state.invoices.get(payment?.invoiceId ?? '')
  if (!payment || !invoice) return jsonResponse({ Title: 'NotFound' }, 404)
  if (payment.status === 'DELETED') return validationProblem('Payment has already been deleted')
  payment.status = 'DELETED'
  payment.updatedAt = state.clock.now()
  settle(state, invoice, addMoney(money(invoice.due, state.currency), money(payment.amount, state.currency)).amount)
  return jsonResponse({ Payments: [paymentJson(state, payment)] })
}

function settle(state: State, invoice: Invoice, due: string): void {
  invoice.due = due
  invoice.updatedAt = state.clock.now()
  state.changed.push({ id: invoice.id, type: 'UPDATE' })
}

function invoiceJson(state: State, invoice: Invoice): unknown {
  return {
    InvoiceID: invoice.id,
    InvoiceNumber: invoice.number,
    Type: 'ACCREC',
    Status: 'AUTHORISED',
    Date: '/Date(1790812800000+0000)/',
    Total: exactNumber(invoice.total),
    AmountDue: exactNumber(invoice.due),
    CurrencyCode: state.currency,
    Contact: { ContactID: 'contact-1', Name: 'Calder & Finch LLP' },
  }
}

function paymentJson(state: State, payment: Payment): unknown {
  return {
    PaymentID: payment.id,
    Date: `/Date(${Date.parse(payment.date)}+0000)/`,
    Amount: exactNumber(payment.amount),
    Reference: payment.reference,
    Status: payment.status,
    PaymentType: 'ACCRECPAYMENT',
    IsReconciled: false,
    Invoice: {
      InvoiceID: payment.invoiceId,
      InvoiceNumber: state.invoices.get(payment.invoiceId)?.number,
      CurrencyCode: state.currency,
    },
  }
}
