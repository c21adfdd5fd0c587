import { exactNumber } from '../exact-json.ts'
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
import { signLeanWebhook } from './lean-webhook.ts'

interface Payment {
  readonly id: string
  readonly intentId: string
  readonly amount: string
  readonly description: string
  readonly sender: string
  readonly at: number
  status: string
  reconciliation: 'OUTSTANDING' | 'RECONCILED' | 'UNRECEIVED'
}

interface Deposit {
  readonly id: string
  readonly amount: string
  readonly reference: string
  readonly sender: string
  readonly at: number
}

export interface LeanSimulator extends Simulator {
  readonly payments: ReadonlyMap<string, Readonly<Payment>>
  readonly deposits: readonly Readonly<Deposit>[]
  readonly pay: (payment: { amount: string; description: string; sender?: string }) => string
  readonly failPayment: (id: string) => void
  readonly deposit: (deposit: { amount: string; reference?: string; sender?: string }) => string
  /** In Lean's own dashboard; the payment's status stays as it is. */
  readonly reconcile: (paymentId: string, status: 'OUTSTANDING' | 'RECONCILED' | 'UNRECEIVED') => void
  /** The bank's password was changed: deposits cannot be fetched. */
  readonly breakBankCredentials: (broken: boolean) => void
  readonly expireTokens: () => void
  readonly takeWebhooks: () => Promise<QueuedWebhook[]>
  readonly remember: () => SimulatorMemory
}

interface State {
  readonly clock: ProviderClock
  readonly secret: string
  readonly currency: string
  readonly payments: Map<string, Payment>
  readonly deposits: Deposit[]
  /** Deliveries not yet taken, as they will be sent. */
  readonly raised: string[]
  token: string
  broken: boolean
  sequence: number
}

/** Lean as the adapter meets it: payments with a reconciliation of their own, fetched deposits, client-credential tokens. */
export function createLeanSimulator(options: {
  readonly clock: ProviderClock
  readonly webhookSecret: string
  readonly currency?: string
  readonly resume?: SimulatorMemory
}): LeanSimulator {
  const state: State = {
    clock: options.clock,
    secret: options.webhookSecret,
    currency: options.currency ?? 'AED',
    payments: new Map(),
    deposits: [],
    raised: [],
    token: '',
    broken: false,
    sequence: 0,
    ...structuredClone(options.resume ?? {}),
  }
  return {
    ...createSimulator((request) => handle(state, request)),
    payments: state.payments,
    deposits: state.deposits,
    pay: (given) => {
      const id = nextId(state, 'pay')
      const payment: Payment = {
        id,
        intentId: nextId(state, 'intent'),
        amount: given.amount,
        description: given.description,
        sender: given.sender ?? '',
        at: state.clock.now(),
        status: 'ACCEPTED_BY_BANK',
        reconciliation: 'OUTSTANDING',
      }
      state.payments.set(id, payment)
      raise(state, 'payment.created', { ...paymentJson(state, payment), intent_id: payment.intentId })
      return id
    },
    failPayment: (id) => {
      const payment = state.payments.get(id)
      if (!payment) return
      payment.status = 'FAILED'
      raise(state, 'payment.updated', { ...paymentJson(state, payment), intent_id: payment.intentId })
    },
    deposit: (given) => {
      const deposit = {
        id: nextId(state, 'dep'),
        amount: given.amount,
        reference: given.reference ?? '',
        sender: given.sender ?? '',
        at: state.clock.now(),
      }
      state.deposits.push(deposit)
      return deposit.id
    },
    reconcile: (paymentId, status) => {
      const payment = state.payments.get(paymentId)
      if (!payment) return
      payment.reconciliation = status
      raise(state, 'payment.reconciliation.updated', {
        amount: exactNumber(payment.amount),
        status,
        currency: state.currency,
        payment_id: payment.id,
        payment_intent_id: payment.intentId,
        payment_description: payment.description,
        reference: null,
      })
    },
    breakBankCredentials: (broken) => {
      state.broken = broken
    },
    expireTokens: () => {
      state.token = ''
    },
    takeWebhooks: async () =>
      Promise.all(
        state.raised.splice(0).map(async (body) => {
          const bytes = new TextEncoder().encode(body)
          return { body: bytes, headers: { 'lean-signature': await signLeanWebhook(bytes, state.secret) } }
        }),
      ),
    remember: () => memoryOf(state, ['clock', 'currency', 'secret']),
  }
}

function nextId(state: State, prefix: string): string {
  state.sequence += 1
  return `${prefix}-${String(state.sequence).padStart(5, '0')}`
}

function raise(state: State, type: string, payload: unknown): void {
  const timestamp = new Date(state.clock.now()).toISOString().replace('Z', '000000Z')
  state.raised.push(JSON.stringify({ type, message: type, payload, event_id: nextId(state, 'evt'), timestamp }))
}

function paymentJson(state: State, payment: Payment) {
  return {
    id: payment.id,
    amount: exactNumber(payment.amount),
    currency: state.currency,
    status: payment.status,
    created_at: new Date(payment.at).toISOString(),
    sender_name: payment.sender || null,
    bank_transaction_reference: null,
    reconciliation: { status: payment.reconciliation, reference: null },
  }
}

function handle(state: State, request: SimulatedRequest): SimulatedResponse {
  const { pathname, searchParams } = request.url
  if (pathname.endsWith('/oauth2/token')) {
    if (!new URLSearchParams(request.text).get('client_secret')) return jsonResponse({ error: 'invalid_client' }, 401)
    state.token = nextId(state, 'token')
    return jsonResponse({ access_token: state.token, expires_in: 3599, token_type: 'bearer', scope: 'api' })
  }
  if (state.token === '' || request.headers.get('authorization') !== `Bearer ${state.token}`)
    return jsonResponse({ status: 'UNAUTHORIZED', message: 'The token is not valid' }, 401)
  if (pathname.endsWith('/payments/v1/intents'))
    return page(
      searchParams,
      [...state.payments.values()].map((payment) => intentJson(state, payment)),
    )
  if (pathname.endsWith('/deposits')) {
    if (state.broken)
      return jsonResponse({ status: 'INVALID_CREDENTIALS', message: 'The bank does not accept the credentials' }, 400)
    return page(
      searchParams,
      state.deposits.map((deposit) => depositJson(state, deposit)),
    )
  }
  const payment = state.payments.get(/\/payments\/v1\/([^/]+)$/.exec(pathname)?.[1] ?? '')
  return payment
    ? jsonResponse(paymentJson(state, payment))
    : jsonResponse({ status: 'NOT_FOUND', message: 'There is nothing here' }, 404)
}

function page(parameters: URLSearchParams, rows: readonly unknown[]): SimulatedResponse {
  const size = Number(parameters.get('size') ?? 50)
  const number = Number(parameters.get('page') ?? 0)
  return jsonResponse({
    data: rows.slice(number * size, (number + 1) * size),
    page: { number, size, total_pages: Math.ceil(rows.length / size) },
  })
}

function intentJson(state: State, payment: Payment) {
  return {
    payment_intent_id: payment.intentId,
    customer_id: 'customer-1',
    amount: exactNumber(payment.amount),
    currency: state.currency,
    description: payment.description,
    created_at: new Date(payment.at).toISOString(),
    payments: [paymentJson(state, payment)],
  }
}

function depositJson(state: State, deposit: Deposit) {
  return {
    id: deposit.id,
    amount: exactNumber(deposit.amount),
    currency: state.currency,
    timestamp: new Date(deposit.at).toISOString(),
    reference: deposit.reference || null,
    description: deposit.reference || null,
    sender_name: deposit.sender || null,
    account_id: 'acc-1',
  }
}
