import { exactNumber } from '../exact-json.ts'
import type { ProviderClock } from '../rate-limit.ts'
import {
  createSimulator,
  jsonResponse,
  type SimulatedRequest,
  type SimulatedResponse,
  type Simulator,
} from '../testing/simulator.ts'
import type { QueuedWebhook } from '../testing/webhook-queue.ts'
import { signStripeWebhook } from './stripe-webhook.ts'

interface BalanceRow {
  readonly id: string
  readonly amount: bigint
  readonly fee: bigint
  readonly type: string
  readonly category: string
  readonly source: string
  readonly created: number
  payout: string | undefined
}

interface Payment {
  readonly id: string
  readonly charge: string
  readonly amount: bigint
  readonly metadata: Readonly<Record<string, string>>
}

interface Dispute {
  readonly id: string
  readonly payment: Payment
  readonly amount: bigint
  withdrawn: boolean
}

interface Transfer {
  readonly id: string
  readonly amount: bigint
  readonly destination: string
  reversed: bigint
}

interface Payout {
  readonly id: string
  readonly amount: bigint
  readonly automatic: boolean
  readonly arrival: number
  status: string
  reconciliation: 'in_progress' | 'completed' | 'not_applicable'
}

export interface StripeSimulator extends Simulator {
  /** What Stripe has of the platform's money, in minor units. */
  readonly balance: () => bigint
  readonly transfers: ReadonlyMap<string, Readonly<Transfer>>
  /** Signed webhooks that were raised and not yet taken, in order. */
  readonly takeWebhooks: () => Promise<QueuedWebhook[]>
  readonly succeedPayment: (payment: {
    amount: bigint
    fee?: bigint
    metadata?: Readonly<Record<string, string>>
  }) => string
  /** Opens a dispute; money moves only where `inquiry` is not set. */
  readonly openDispute: (paymentId: string, options?: { amount?: bigint; inquiry?: boolean }) => string
  readonly closeDispute: (disputeId: string, outcome: 'won' | 'lost') => void
  readonly refund: (paymentId: string, amount: bigint) => string
  /** Pays out everything not yet paid out. It can be reconciled once completed. */
  readonly createPayout: (options?: { automatic?: boolean }) => string
  readonly completePayout: (payoutId: string) => void
  readonly failPayout: (payoutId: string) => void
}

interface State {
  readonly clock: ProviderClock
  readonly currency: string
  readonly secret: string
  readonly payments: Map<string, Payment>
  readonly disputes: Map<string, Dispute>
  readonly transfers: Map<string, Transfer>
  readonly payouts: Map<string, Payout>
  readonly rows: BalanceRow[]
  readonly answers: Map<string, { readonly body: string; readonly response: SimulatedResponse }>
  readonly raised: unknown[]
  sequence: number
}

/** Stripe as the adapter meets it: idempotency keys with parameter checks, disputes that move money, payouts that complete. */
export function createStripeSimulator(options: {
  readonly clock: ProviderClock
  readonly webhookSecret: string
  readonly currency?: string
}): StripeSimulator {
  const state: State = {
    clock: options.clock,
    currency: options.currency ?? 'usd',
    secret: options.webhookSecret,
    payments: new Map(),
    disputes: new Map(),
    transfers: new Map(),
    payouts: new Map(),
    rows: [],
    answers: new Map(),
    raised: [],
    sequence: 0,
  }
  return {
    ...createSimulator((request) => handle(state, request)),
    balance: () => state.rows.reduce((sum, row) => sum + row.amount - row.fee, 0n),
    transfers: state.transfers,
    takeWebhooks: () => takeWebhooks(state),
    succeedPayment: (payment) => succeedPayment(state, payment.amount, payment.fee ?? 0n, payment.metadata ?? {}),
    openDispute: (paymentId, dispute) => openDispute(state, paymentId, dispute?.amount, dispute?.inquiry === true),
    closeDispute: (disputeId, outcome) => closeDispute(state, disputeId, outcome),
    refund: (paymentId, amount) => refund(state, paymentId, amount),
    createPayout: (payout) => createPayout(state, payout?.automatic ?? true),
    completePayout: (payoutId) => {
      const payout = known(state.payouts, payoutId)
      payout.reconciliation = 'completed'
      payout.status = 'paid'
      raise(state, 'payout.reconciliation_completed', payoutJson(state, payout))
    },
    failPayout: (payoutId) => {
      const payout = known(state.payouts, payoutId)
      payout.status = 'failed'
      addRow(state, payout.amount, 0n, 'payout_failure', 'payout_reversal', payout.id)
      raise(state, 'payout.failed', payoutJson(state, payout))
    },
  }
}

const seconds = (state: State): number => Math.floor(state.clock.now() / 1000)

function nextId(state: State, prefix: string): string {
  state.sequence += 1
  return `${prefix}_${String(state.sequence).padStart(6, '0')}`
}

function known<Row>(rows: ReadonlyMap<string, Row>, id: string): Row {
  const row = rows.get(id)
  if (row === undefined) throw new Error(`The simulator has no ${id}.`)
  return row
}

function addRow(state: State, amount: bigint, fee: bigint, type: string, category: string, source: string): void {
  state.rows.push({
    id: nextId(state, 'txn'),
    amount,
    fee,
    type,
    category,
    source,
    created: seconds(state),
    payout: undefined,
  })
}

function raise(state: State, type: string, object: unknown): void {
  state.raised.push({ id: nextId(state, 'evt'), object: 'event', type, created: seconds(state), data: { object } })
}

async function takeWebhooks(state: State): Promise<QueuedWebhook[]> {
  const events = state.raised.splice(0)
  return Promise.all(
    events.map(async (event) => {
      const body = new TextEncoder().encode(JSON.stringify(event))
      return { body, headers: { 'stripe-signature': await signStripeWebhook(body, state.secret, seconds(state)) } }
    }),
  )
}

function succeedPayment(state: State, amount: bigint, fee: bigint, metadata: Readonly<Record<string, string>>): string {
  const payment: Payment = { id: nextId(state, 'pi'), charge: nextId(state, 'ch'), amount, metadata }
  state.payments.set(payment.id, payment)
  addRow(state, amount, fee, 'charge', 'charge', payment.charge)
  raise(state, 'payment_intent.succeeded', {
    id: payment.id,
    object: 'payment_intent',
    amount: exactNumber(amount.toString()),
    amount_received: exactNumber(amount.toString()),
    currency: state.currency,
    latest_charge: payment.charge,
    metadata,
    status: 'succeeded',
  })
  return payment.id
}

function disputeJson(state: State, dispute: Dispute, status: string): unknown {
  return {
    id: dispute.id,
    object: 'dispute',
    amount: exactNumber(dispute.amount.toString()),
    currency: state.currency,
    charge: dispute.payment.charge,
    payment_intent: dispute.payment.id,
    status,
  }
}

function openDispute(state: State, paymentId: string, amount: bigint | undefined, inquiry: boolean): string {
  const payment = known(state.payments, paymentId)
  const dispute: Dispute = { id: nextId(state, 'dp'), payment, amount: amount ?? payment.amount, withdrawn: !inquiry }
  state.disputes.set(dispute.id, dispute)
  raise(
    state,
    'charge.dispute.created',
    disputeJson(state, dispute, inquiry ? 'warning_needs_response' : 'needs_response'),
  )
  if (inquiry) return dispute.id
  addRow(state, -dispute.amount, 1500n, 'adjustment', 'dispute', dispute.id)
  raise(state, 'charge.dispute.funds_withdrawn', disputeJson(state, dispute, 'needs_response'))
  return dispute.id
}

function closeDispute(state: State, disputeId: string, outcome: 'won' | 'lost'): void {
  const dispute = known(state.disputes, disputeId)
  raise(state, 'charge.dispute.closed', disputeJson(state, dispute, outcome))
  if (outcome === 'lost' || !dispute.withdrawn) return
  dispute.withdrawn = false
  addRow(state, dispute.amount, 0n, 'adjustment', 'dispute_reversal', dispute.id)
  raise(state, 'charge.dispute.funds_reinstated', disputeJson(state, dispute, 'won'))
}

function refund(state: State, paymentId: string, amount: bigint): string {
  const payment = known(state.payments, paymentId)
  const id = nextId(state, 're')
  addRow(state, -amount, 0n, 'refund', 'refund', id)
  raise(state, 'refund.created', {
    id,
    object: 'refund',
    amount: exactNumber(amount.toString()),
    currency: state.currency,
    status: 'succeeded',
    charge: payment.charge,
    payment_intent: payment.id,
  })
  return id
}

function createPayout(state: State, automatic: boolean): string {
  const rows = state.rows.filter((row) => row.payout === undefined && row.type !== 'payout')
  const amount = rows.reduce((sum, row) => sum + row.amount - row.fee, 0n)
  const payout: Payout = {
    id: nextId(state, 'po'),
    amount,
    automatic,
    arrival: seconds(state) + 86_400,
    status: 'in_transit',
    reconciliation: automatic ? 'in_progress' : 'not_applicable',
  }
  state.payouts.set(payout.id, payout)
  for (const row of rows) row.payout = payout.id
  addRow(state, -amount, 0n, 'payout', 'payout', payout.id)
  const own = state.rows.at(-1)
  if (own) own.payout = payout.id
  raise(state, 'payout.created', payoutJson(state, payout))
  return payout.id
}

function payoutJson(state: State, payout: Payout): unknown {
  return {
    id: payout.id,
    object: 'payout',
    amount: exactNumber(payout.amount.toString()),
    currency: state.currency,
    automatic: payout.automatic,
    arrival_date: payout.arrival,
    created: payout.arrival - 86_400,
    status: payout.status,
    reconciliation_status: payout.reconciliation,
  }
}

function stripeProblem(status: number, type: string, message: string, code?: string): SimulatedResponse {
  return jsonResponse({ error: { type, message, code } }, status)
}

function handle(state: State, request: SimulatedRequest): SimulatedResponse {
  if (!/^Bearer .{8,}/.test(request.headers.get('authorization') ?? ''))
    return stripeProblem(401, 'invalid_request_error', 'Invalid API Key provided')
  const key = request.method === 'POST' ? request.headers.get('idempotency-key') : null
  const remembered = key === null ? undefined : state.answers.get(key)
  const fingerprint = `${request.url.pathname} ${request.text}`
  if (remembered) {
    if (remembered.body === fingerprint) return remembered.response
    return stripeProblem(
      400,
      'idempotency_error',
      'Keys for idempotent requests can only be used with the same parameters they were first used with.',
    )
  }
  const answer = route(state, request)
  const response = { ...answer, headers: { ...answer.headers, 'request-id': nextId(state, 'req') } }
  if (key !== null) state.answers.set(key, { body: fingerprint, response })
  return response
}

function route(state: State, request: SimulatedRequest): SimulatedResponse {
  const path = request.url.pathname.replace(/^\/v1\//, '')
  const form = new URLSearchParams(request.text)
  if (request.method === 'GET' && path === 'payouts')
    return page(
      request,
      [...state.payouts.values()].reverse().map((payout) => payoutJson(state, payout)),
    )
  if (request.method === 'GET' && path === 'balance_transactions') {
    const payout = request.url.searchParams.get('payout')
    return page(
      request,
      state.rows.filter((row) => row.payout === payout).map((row) => rowJson(state, row)),
    )
  }
  if (request.method === 'POST' && path === 'transfers') {
    const amount = BigInt(form.get('amount') ?? '0')
    if (amount <= 0n)
      return stripeProblem(
        400,
        'invalid_request_error',
        'This value must be greater than or equal to 1.',
        'parameter_invalid_integer',
      )
    const transfer: Transfer = {
      id: nextId(state, 'tr'),
      amount,
      destination: form.get('destination') ?? '',
      reversed: 0n,
    }
    state.transfers.set(transfer.id, transfer)
    addRow(state, -amount, 0n, 'transfer', 'transfer', transfer.id)
    return transferAnswer(state, transfer, 'transfer.created')
  }
  const reversal = /^transfers\/([^/]+)\/reversals$/.exec(path)
  if (request.method === 'POST' && reversal)
    return reverseTransfer(state, reversal[1] ?? '', BigInt(form.get('amount') ?? '0'))
  return stripeProblem(
    404,
    'invalid_request_error',
    `Unrecognized request URL (${request.method}: ${request.url.pathname}).`,
  )
}

function reverseTransfer(state: State, id: string, amount: bigint): SimulatedResponse {
  const transfer = state.transfers.get(id)
  if (!transfer) return stripeProblem(404, 'invalid_request_error', `No such transfer: '${id}'`, 'resource_missing')
  if (amount > transfer.amount - transfer.reversed)
    return stripeProblem(400, 'invalid_request_error', 'Reversal amount exceeds what is left of the transfer.')
  transfer.reversed += amount
  addRow(state, amount, 0n, 'transfer_refund', 'transfer_reversal', id)
  raise(state, 'transfer.reversed', transferJson(state, transfer))
  return jsonResponse({
    id: nextId(state, 'trr'),
    object: 'transfer_reversal',
    amount: exactNumber(amount.toString()),
    transfer: id,
  })
}

function transferJson(state: State, transfer: Transfer): unknown {
  return {
    id: transfer.id,
    object: 'transfer',
    amount: exactNumber(transfer.amount.toString()),
    amount_reversed: exactNumber(transfer.reversed.toString()),
    currency: state.currency,
    destination: transfer.destination,
    reversed: transfer.reversed === transfer.amount,
  }
}

function transferAnswer(state: State, transfer: Transfer, event: string): SimulatedResponse {
  raise(state, event, transferJson(state, transfer))
  return jsonResponse(transferJson(state, transfer))
}

function rowJson(state: State, row: BalanceRow): { id: string } {
  const json = {
    id: row.id,
    object: 'balance_transaction',
    amount: exactNumber(row.amount.toString()),
    fee: exactNumber(row.fee.toString()),
    net: exactNumber((row.amount - row.fee).toString()),
    currency: state.currency,
    type: row.type,
    reporting_category: row.category,
    source: row.source,
    created: row.created,
  }
  return json
}

function page(request: SimulatedRequest, rows: readonly unknown[]): SimulatedResponse {
  const limit = Number(request.url.searchParams.get('limit') ?? 10)
  const after = request.url.searchParams.get('starting_after')
  const from = after === null ? 0 : rows.findIndex((row) => (row as { id: string }).id === after) + 1
  return jsonResponse({
    object: 'list',
    url: request.url.pathname,
    has_more: rows.length > from + limit,
    data: rows.slice(from, from + limit),
  })
}
