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
import {
  addRow,
  closeDispute,
  createPayout,
  type Dispute,
  known,
  nextId,
  openDispute,
  type Payment,
  payoutJson,
  raise,
  refund,
  rowJson,
  type State,
  seconds,
  succeedPayment,
  type Transfer,
  transferJson,
} from './simulated-account.ts'
import { signStripeWebhook } from './stripe-webhook.ts'

export interface StripeSimulator extends Simulator {
  /** What Stripe has of the platform's money, in minor units. */
  readonly balance: () => bigint
  readonly payments: ReadonlyMap<string, Readonly<Payment>>
  readonly disputes: ReadonlyMap<string, Readonly<Dispute>>
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
  readonly remember: () => SimulatorMemory
}

/** Stripe as the adapter meets it: idempotency keys with parameter checks, disputes that move money, payouts that complete. */
export function createStripeSimulator(options: {
  readonly clock: ProviderClock
  readonly webhookSecret: string
  readonly currency?: string
  readonly resume?: SimulatorMemory
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
    ...structuredClone(options.resume ?? {}),
  }
  return {
    ...createSimulator((request) => handle(state, request)),
    balance: () => state.rows.reduce((sum, row) => sum + row.amount - row.fee, 0n),
    payments: state.payments,
    disputes: state.disputes,
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
    remember: () => memoryOf(state, ['clock', 'currency', 'secret']),
  }
}

async function takeWebhooks(state: State): Promise<QueuedWebhook[]> {
  const events = state.raised.splice(0)
  return Promise.all(
    events.map(async (event) => {
      const body = new TextEncoder().encode(event)
      // Stripe signs every try anew: an old timestamp would be refused.
      const sign = async () => ({ 'stripe-signature': await signStripeWebhook(body, state.secret, seconds(state)) })
      return { body, headers: await sign(), sign }
    }),
  )
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

function transferAnswer(state: State, transfer: Transfer, event: string): SimulatedResponse {
  raise(state, event, transferJson(state, transfer))
  return jsonResponse(transferJson(state, transfer))
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
