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
import { signModernTreasuryWebhook } from './modern-treasury-webhook.ts'
import {
  addTransactable,
  type NewTransactable,
  type NewTransaction,
  nextId,
  postPriorDay,
  reconcile,
  report,
  type State,
  type Transactable,
  type Transaction,
  transactableJson,
  transactionJson,
} from './simulated-treasury.ts'

export interface ModernTreasurySimulator extends Simulator {
  readonly transactables: ReadonlyMap<string, Readonly<Transactable>>
  readonly transactions: ReadonlyMap<string, Readonly<Transaction>>
  readonly lineItems: readonly {
    readonly id: string
    readonly transactionId: string
    readonly expectedPaymentId: string
    readonly amount: bigint
  }[]
  readonly addPaymentOrder: (order: NewTransactable) => string
  readonly addExpectedPayment: (payment: NewTransactable) => string
  readonly addIncomingPaymentDetail: (detail: NewTransactable) => string
  readonly addReturn: (given: NewTransactable) => string
  /** As organizations of old have them: not part of the current API. */
  readonly addPaperItem: (item: NewTransactable) => string
  /** A same-day transaction. Where a transactable fits it, that is reconciled tentatively: its own state does not change. */
  readonly reportPending: (transaction: NewTransaction) => string
  /** The prior-day file: pending transactions are discarded and posted ones created under new ids. */
  readonly postPriorDay: (changes?: Readonly<Record<string, { amount?: bigint; withheld?: boolean }>>) => string[]
  readonly reportPosted: (transaction: NewTransaction) => string
  readonly takeWebhooks: () => Promise<QueuedWebhook[]>
  /** Puts an empty page with a cursor in front of every list. */
  readonly emptyPagesFirst: (on: boolean) => void
  readonly remember: () => SimulatorMemory
}

/** Modern Treasury as the adapter meets it: new ids for posted transactions, cursors with empty pages, keys shared by all routes. */
export function createModernTreasurySimulator(options: {
  readonly clock: ProviderClock
  readonly webhookKey: string
  readonly resume?: SimulatorMemory
}): ModernTreasurySimulator {
  const state: State = {
    clock: options.clock,
    webhookKey: options.webhookKey,
    transactions: new Map(),
    transactables: new Map(),
    lineItems: [],
    answers: new Map(),
    raised: [],
    emptyFirst: false,
    sequence: 0,
    ...structuredClone(options.resume ?? {}),
  }
  return {
    ...createSimulator((request) => handle(state, request)),
    transactables: state.transactables,
    transactions: state.transactions,
    lineItems: state.lineItems,
    addPaymentOrder: (order) => addTransactable(state, 'payment_order', order),
    addExpectedPayment: (payment) => addTransactable(state, 'expected_payment', payment),
    addIncomingPaymentDetail: (detail) => addTransactable(state, 'incoming_payment_detail', detail),
    addReturn: (given) => addTransactable(state, 'return', given),
    addPaperItem: (item) => addTransactable(state, 'paper_item', item),
    reportPending: (transaction) => report(state, transaction, false),
    reportPosted: (transaction) => report(state, transaction, true),
    postPriorDay: (changes) => postPriorDay(state, changes ?? {}),
    takeWebhooks: () => takeWebhooks(state),
    emptyPagesFirst: (on) => {
      state.emptyFirst = on
    },
    remember: () => memoryOf(state, ['clock', 'webhookKey']),
  }
}

async function takeWebhooks(state: State): Promise<QueuedWebhook[]> {
  return Promise.all(
    state.raised.splice(0).map(async ({ id, body }) => {
      const bytes = new TextEncoder().encode(body)
      return {
        body: bytes,
        headers: { 'x-signature': await signModernTreasuryWebhook(bytes, state.webhookKey), 'x-webhook-id': id },
      }
    }),
  )
}

function problem(status: number, code: string, message: string, parameter?: string): SimulatedResponse {
  return jsonResponse({ errors: { code, message, parameter } }, status)
}

function handle(state: State, request: SimulatedRequest): SimulatedResponse {
  if (!request.headers.get('authorization')?.startsWith('Basic '))
    return problem(401, 'invalid_key', 'The API key is invalid.')
  const key = request.method === 'POST' ? request.headers.get('idempotency-key') : null
  const replay = key === null ? undefined : state.answers.get(key)
  if (replay) return replay
  const answer = route(state, request)
  const response = { ...answer, headers: { ...answer.headers, 'x-request-id': nextId(state, 'req') } }
  // Only successes are remembered, and not by route.
  if (key !== null && answer.status < 300) state.answers.set(key, response)
  return response
}

function route(state: State, request: SimulatedRequest): SimulatedResponse {
  const [path = '', id] = request.url.pathname.replace(/^\/api\//, '').split('/')
  if (request.method === 'POST' && path === 'transaction_line_items') return createLineItem(state, request)
  if (request.method !== 'GET') return problem(404, 'not_found', 'There is nothing here.')
  if (path === 'transactions') {
    const rows = [...state.transactions.values()].map(transactionJson)
    return id === undefined ? page(state, request, rows) : one(rows, id)
  }
  const objects: Readonly<Record<string, string>> = {
    payment_orders: 'payment_order',
    expected_payments: 'expected_payment',
    incoming_payment_details: 'incoming_payment_detail',
    returns: 'return',
    paper_items: 'paper_item',
  }
  const rows = [...state.transactables.values()].filter((row) => row.object === objects[path]).map(transactableJson)
  if (objects[path] === undefined) return problem(404, 'not_found', 'There is nothing here.')
  return id === undefined ? page(state, request, rows) : one(rows, id)
}

function one(rows: readonly { id: string }[], id: string): SimulatedResponse {
  const row = rows.find((candidate) => candidate.id === id)
  return row ? jsonResponse(row) : problem(404, 'resource_not_found', `Resource ${id} not found.`)
}

function page(state: State, request: SimulatedRequest, rows: readonly { id: string }[]): SimulatedResponse {
  const size = Number(request.url.searchParams.get('per_page') ?? 25)
  const after = request.url.searchParams.get('after_cursor')
  if (state.emptyFirst && after === null)
    return jsonResponse([], 200, { 'X-After-Cursor': 'start', 'X-Per-Page': String(size) })
  const from = after === null || after === 'start' ? 0 : rows.findIndex((row) => row.id === after) + 1
  const part = rows.slice(from, from + size)
  const last = part.at(-1)
  return jsonResponse(part, 200, {
    'X-Per-Page': String(size),
    ...(last !== undefined && from + size < rows.length ? { 'X-After-Cursor': last.id } : {}),
  })
}

function createLineItem(state: State, request: SimulatedRequest): SimulatedResponse {
  const body = parseExactJson(request.text, 'simulator') as {
    amount?: string
    transaction_id?: string
    expected_payment_id?: string
  }
  const transaction = state.transactions.get(body.transaction_id ?? '')
  const payment = state.transactables.get(body.expected_payment_id ?? '')
  if (!transaction) return problem(422, 'parameter_invalid', 'The transaction does not exist.', 'transaction_id')
  if (payment?.object !== 'expected_payment')
    return problem(422, 'parameter_invalid', 'The expected payment does not exist.', 'expected_payment_id')
  const amount = BigInt(body.amount ?? '0')
  const used = state.lineItems
    .filter((item) => item.transactionId === transaction.id)
    .reduce((sum, item) => sum + item.amount, 0n)
  if (amount <= 0n || used + amount > transaction.amount)
    return problem(422, 'parameter_invalid', 'The amount is more than is left of the transaction.', 'amount')
  const item = { id: nextId(state, 'tli'), transactionId: transaction.id, expectedPaymentId: payment.id, amount }
  state.lineItems.push(item)
  reconcile(state, payment, transaction, 'manual')
  const json = {
    id: item.id,
    object: 'transaction_line_item',
    type: 'receiving',
    amount: exactNumber(amount.toString()),
    transaction_id: transaction.id,
    expected_payment_id: payment.id,
  }
  return jsonResponse(json, 201)
}
