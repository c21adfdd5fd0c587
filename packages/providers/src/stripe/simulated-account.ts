import { exactNumber } from '../exact-json.ts'
import type { ProviderClock } from '../rate-limit.ts'
import type { SimulatedResponse } from '../testing/simulator.ts'

export interface BalanceRow {
  readonly id: string
  readonly amount: bigint
  readonly fee: bigint
  readonly type: string
  readonly category: string
  readonly source: string
  readonly created: number
  payout: string | undefined
}

export interface Payment {
  readonly id: string
  readonly charge: string
  readonly amount: bigint
  readonly metadata: Readonly<Record<string, string>>
}

export interface Dispute {
  readonly id: string
  readonly payment: Payment
  readonly amount: bigint
  withdrawn: boolean
}

export interface Transfer {
  readonly id: string
  readonly amount: bigint
  readonly destination: string
  reversed: bigint
}

export interface Payout {
  readonly id: string
  readonly amount: bigint
  readonly automatic: boolean
  readonly arrival: number
  status: string
  reconciliation: 'in_progress' | 'completed' | 'not_applicable'
}

export interface State {
  readonly clock: ProviderClock
  readonly currency: string
  readonly secret: string
  readonly payments: Map<string, Payment>
  readonly disputes: Map<string, Dispute>
  readonly transfers: Map<string, Transfer>
  readonly payouts: Map<string, Payout>
  readonly rows: BalanceRow[]
  readonly answers: Map<string, { readonly body: string; readonly response: SimulatedResponse }>
  /** Events not yet taken, as they will be sent. */
  readonly raised: string[]
  sequence: number
}

export const seconds = (state: State): number => Math.floor(state.clock.now() / 1000)

export function nextId(state: State, prefix: string): string {
  state.sequence += 1
  return `${prefix}_${String(state.sequence).padStart(6, '0')}`
}

export function known<Row>(rows: ReadonlyMap<string, Row>, id: string): Row {
  const row = rows.get(id)
  if (row === undefined) throw new Error(`The simulator has no ${id}.`)
  return row
}

export function addRow(
  state: State,
  amount: bigint,
  fee: bigint,
  type: string,
  category: string,
  source: string,
): void {
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

export function raise(state: State, type: string, object: unknown): void {
  const event = { id: nextId(state, 'evt'), object: 'event', type, created: seconds(state), data: { object } }
  state.raised.push(JSON.stringify(event))
}

export function succeedPayment(
  state: State,
  amount: bigint,
  fee: bigint,
  metadata: Readonly<Record<string, string>>,
): string {
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

export function disputeJson(state: State, dispute: Dispute, status: string): unknown {
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

export function openDispute(state: State, paymentId: string, amount: bigint | undefined, inquiry: boolean): string {
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

export function closeDispute(state: State, disputeId: string, outcome: 'won' | 'lost'): void {
  const dispute = known(state.disputes, disputeId)
  raise(state, 'charge.dispute.closed', disputeJson(state, dispute, outcome))
  if (outcome === 'lost' || !dispute.withdrawn) return
  dispute.withdrawn = false
  addRow(state, dispute.amount, 0n, 'adjustment', 'dispute_reversal', dispute.id)
  raise(state, 'charge.dispute.funds_reinstated', disputeJson(state, dispute, 'won'))
}

export function refund(state: State, paymentId: string, amount: bigint): string {
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

export function createPayout(state: State, automatic: boolean): string {
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

export function payoutJson(state: State, payout: Payout): unknown {
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

export function transferJson(state: State, transfer: Transfer): unknown {
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

export function rowJson(state: State, row: BalanceRow): { id: string } {
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
