import { compareMoney, money, subtractMoney } from '@recon/core'
import { parseExactJson } from '../exact-json.ts'
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
import {
  invoiceJson,
  issue,
  nextId,
  paymentJson,
  type QuickbooksChange,
  removePayment,
  type SimulatedInvoice,
  type SimulatedPayment,
  type State,
  storePayment,
  touch,
} from './simulated-books.ts'
import { quickbooksWebhooks } from './simulated-webhooks.ts'

export interface QuickbooksSimulator extends Simulator {
  readonly invoices: ReadonlyMap<string, SimulatedInvoice>
  readonly payments: ReadonlyMap<string, SimulatedPayment>
  readonly journals: ReadonlyMap<string, unknown>
  /** What a webhook would tell, in order. */
  readonly changes: readonly QuickbooksChange[]
  readonly addInvoice: (invoice: { id: string; number?: string; customerId?: string; total: string }) => void
  /** Somebody works in the books directly: a payment that is not ours. */
  readonly recordPayment: (payment: { invoiceId: string; amount: string; note?: string }) => string
  readonly deletePayment: (id: string) => void
  readonly deposit: (paymentId: string) => void
  readonly editInvoiceBalance: (id: string, balance: string) => void
  readonly expireAccessTokens: () => void
  readonly revokeRefreshTokens: () => void
  readonly issueTokens: () => { accessToken: string; refreshToken: string }
  /** Signed webhooks of the changes not yet told, at most 100 events in each. Needs `webhookVerifierToken`. */
  readonly takeWebhooks: () => Promise<QueuedWebhook[]>
  readonly remember: () => SimulatorMemory
}

export interface QuickbooksSimulatorOptions {
  readonly clock: ProviderClock
  readonly currency?: string
  readonly realmId?: string
  readonly webhookVerifierToken?: string
  /** The switch in the developer portal. CloudEvents where absent. */
  readonly webhookFormat?: 'CLOUD_EVENTS' | 'NOTIFICATIONS'
  readonly resume?: SimulatorMemory
}

/**
 * QuickBooks Online as the adapter meets it: balances that move, sync tokens that go stale, requestids that replay the first
 * answer, access tokens that expire and refresh tokens that rotate. In process through `fetch`, or over HTTP with `serve`.
 */
export function createQuickbooksSimulator(options: QuickbooksSimulatorOptions): QuickbooksSimulator {
  const state: State = {
    clock: options.clock,
    currency: options.currency ?? 'USD',
    invoices: new Map(),
    payments: new Map(),
    journals: new Map(),
    changes: [],
    told: 0,
    answers: new Map(),
    accessTokens: new Map(),
    refreshToken: '',
    sequence: 100,
    ...structuredClone(options.resume ?? {}),
  }
  const simulator = createSimulator((request) => handle(state, request))
  return {
    ...simulator,
    invoices: state.invoices,
    payments: state.payments,
    journals: state.journals,
    changes: state.changes,
    addInvoice: (invoice) => {
      state.invoices.set(invoice.id, {
        id: invoice.id,
        number: invoice.number ?? `INV-${invoice.id}`,
        customerId: invoice.customerId ?? '58',
        total: money(invoice.total, state.currency).amount,
        balance: money(invoice.total, state.currency).amount,
        syncToken: 0,
        updatedAt: state.clock.now(),
        deleted: false,
      })
    },
    recordPayment: (payment) =>
      storePayment(state, {
        ...payment,
        note: payment.note ?? '',
        reference: '',
        date: '2026-11-20',
        customerId: '58',
      }),
    deletePayment: (id) => void removePayment(state, id, 'deleted'),
    deposit: (id) => {
      const payment = state.payments.get(id)
      if (payment) payment.deposited = true
    },
    editInvoiceBalance: (id, balance) => {
      const invoice = state.invoices.get(id)
      if (invoice)
        touch(state, invoice, 'invoice', 'updated', () => (invoice.balance = money(balance, state.currency).amount))
    },
    expireAccessTokens: () => state.accessTokens.clear(),
    revokeRefreshTokens: () => {
      state.refreshToken = ''
    },
    issueTokens: () => issue(state),
    takeWebhooks: () => quickbooksWebhooks(state, options),
    remember: () => memoryOf(state, ['clock', 'currency']),
  }
}

const faultStatus: Readonly<Record<string, number>> = { '3200': 401, '3001': 429 }

export function quickbooksFault(code: string, message: string, detail = message): SimulatedResponse {
  if (code === '3200') {
    const error = [{ message: `message=${message}; errorCode=003200; statusCode=401`, detail, code, element: null }]
    return jsonResponse(
      { warnings: null, intuitObject: null, fault: { error, type: 'AUTHENTICATION' }, requestId: null },
      401,
    )
  }
  const type = code === '3001' ? 'SERVICE' : 'ValidationFault'
  return jsonResponse(
    { Fault: { Error: [{ Message: message, Detail: detail, code, element: '' }], type } },
    faultStatus[code] ?? 400,
  )
}

function handle(state: State, request: SimulatedRequest): SimulatedResponse {
  const { pathname, searchParams } = request.url
  if (pathname.endsWith('/tokens/bearer')) return refresh(state, request)
  const token = request.headers.get('authorization')?.replace(/^Bearer /, '') ?? ''
  if ((state.accessTokens.get(token) ?? 0) <= state.clock.now())
    return quickbooksFault('3200', 'AuthenticationFailed', 'Token expired')
  const requestId = searchParams.get('requestid')
  const replay = requestId === null ? undefined : state.answers.get(requestId)
  if (replay) return replay
  const response = route(state, request, pathname.split('/').slice(4))
  const answer = { ...response, headers: { ...response.headers, intuit_tid: `1-${nextId(state)}` } }
  if (requestId !== null && response.status === 200) state.answers.set(requestId, answer)
  return answer
}

function refresh(state: State, request: SimulatedRequest): SimulatedResponse {
  const given = new URLSearchParams(request.text).get('refresh_token')
  if (given === null || given === '' || given !== state.refreshToken)
    return jsonResponse({ error: 'invalid_grant' }, 400)
  const { accessToken, refreshToken } = issue(state)
  return jsonResponse({
    access_token: accessToken,
    refresh_token: refreshToken,
    token_type: 'bearer',
    expires_in: 3600,
    x_refresh_token_expires_in: 8_640_000,
  })
}

function route(state: State, request: SimulatedRequest, [entity = '', id = '']: string[]): SimulatedResponse {
  if (request.method === 'GET' && entity === 'invoice')
    return readRecord(state.invoices.get(id), (invoice) => ({ Invoice: invoiceJson(state, invoice) }))
  if (request.method === 'GET' && entity === 'payment')
    return readRecord(state.payments.get(id), (payment) => ({ Payment: paymentJson(state, payment) }))
  if (request.method === 'GET' && entity === 'query') return query(state, request.url.searchParams.get('query') ?? '')
  if (request.method === 'GET' && entity === 'cdc')
    return changesSince(state, Date.parse(request.url.searchParams.get('changedSince') ?? ''))
  const body = parseExactJson(request.text || '{}', 'simulator') as Record<string, unknown>
  if (entity === 'payment') return writePayment(state, request.url.searchParams, body)
  if (entity === 'journalentry') {
    const journalId = nextId(state)
    state.journals.set(journalId, body)
    state.changes.push({ entity: 'journalentry', id: journalId, operation: 'created', at: state.clock.now() })
    return jsonResponse({ JournalEntry: { Id: journalId, SyncToken: '0' } })
  }
  return quickbooksFault('500', 'Unsupported Operation')
}

function readRecord<Row extends { deleted: boolean }>(
  row: Row | undefined,
  json: (row: Row) => unknown,
): SimulatedResponse {
  return row === undefined || row.deleted ? quickbooksFault('610', 'Object Not Found') : jsonResponse(json(row))
}

interface PaymentBody {
  readonly CustomerRef?: { readonly value: string }
  readonly TotalAmt?: string
  readonly TxnDate?: string
  readonly PrivateNote?: string
  readonly PaymentRefNum?: string
  readonly Line?: readonly { readonly Amount: string; readonly LinkedTxn: readonly { readonly TxnId: string }[] }[]
  readonly Id?: string
  readonly SyncToken?: string
}

function writePayment(state: State, parameters: URLSearchParams, body: PaymentBody): SimulatedResponse {
  const operation = parameters.get('operation')
  if (operation !== null) return changePayment(state, operation, parameters.get('include'), body)
  if (!body.TotalAmt || !body.CustomerRef)
    return quickbooksFault('2020', 'Required param missing, need to supply the required value for the API')
  const invoiceId = body.Line?.[0]?.LinkedTxn[0]?.TxnId ?? ''
  const invoice = state.invoices.get(invoiceId)
  if (!invoice || invoice.deleted) return quickbooksFault('2500', 'Invalid Reference Id')
  const amount = money(body.TotalAmt, state.currency)
  if (compareMoney(amount, money(invoice.balance, state.currency)) > 0) {
    return quickbooksFault(
      '6000',
      'A business validation error has occurred',
      `The amount exceeds the balance ${subtractMoney(amount, money(invoice.balance, state.currency)).amount}`,
    )
  }
  const id = storePayment(state, {
    invoiceId,
    amount: amount.amount,
    note: body.PrivateNote ?? '',
    reference: body.PaymentRefNum ?? '',
    date: body.TxnDate ?? '2026-11-20',
    customerId: body.CustomerRef.value,
  })
  const payment = state.payments.get(id)
  return payment ? jsonResponse({ Payment: paymentJson(state, payment) }) : quickbooksFault('610', 'Object Not Found')
}

function changePayment(state: State, operation: string, include: string | null, body: PaymentBody): SimulatedResponse {
  const payment = state.payments.get(body.Id ?? '')
  if (!payment || payment.deleted) return quickbooksFault('610', 'Object Not Found')
  if (body.SyncToken !== String(payment.syncToken)) return quickbooksFault('5010', 'Stale Object Error')
  if (payment.deposited) return quickbooksFault('6540', 'Deposited Transaction cannot be changed')
  if (operation === 'update' && include === 'void') {
    removePayment(state, payment.id, 'voided')
    return jsonResponse({ Payment: paymentJson(state, payment) })
  }
  if (operation !== 'delete') return quickbooksFault('2170', 'Invalid Enumeration')
  removePayment(state, payment.id, 'deleted')
  return jsonResponse({ Payment: { Id: payment.id, status: 'Deleted', domain: 'QBO' } })
}

function query(state: State, statement: string): SimulatedResponse {
  const parts =
    /^select \* from (Invoice|Payment)(?: where .*?)?(?: orderby Id)?(?: startposition (\d+))?(?: maxresults (\d+))?$/.exec(
      statement,
    )
  if (!parts) return quickbooksFault('4000', 'Error parsing query')
  const since = /LastUpdatedTime > '([^']+)'/.exec(statement)?.[1]
  const from = Number(parts[2] ?? 1) - 1
  const rows = parts[1] === 'Invoice' ? [...state.invoices.values()] : [...state.payments.values()]
  const live = rows.filter((row) => !row.deleted && (since === undefined || row.updatedAt > Date.parse(since)))
  const page = live.slice(from, from + Number(parts[3] ?? 100))
  if (page.length === 0) return jsonResponse({ QueryResponse: {} })
  const json = page.map((row) => ('number' in row ? invoiceJson(state, row) : paymentJson(state, row)))
  return jsonResponse({ QueryResponse: { [parts[1] ?? '']: json, startPosition: from + 1, maxResults: page.length } })
}

function changesSince(state: State, since: number): SimulatedResponse {
  const invoices = [...state.invoices.values()]
    .filter((row) => row.updatedAt > since)
    .map((row) => invoiceJson(state, row))
  const payments = [...state.payments.values()]
    .filter((row) => row.updatedAt > since)
    .map((row) => paymentJson(state, row))
  return jsonResponse({
    CDCResponse: [
      { QueryResponse: [invoices.length ? { Invoice: invoices } : {}, payments.length ? { Payment: payments } : {}] },
    ],
  })
}
