import { exactNumber } from '../exact-json.ts'
import type { ProviderClock } from '../rate-limit.ts'
import type { SimulatedResponse } from '../testing/simulator.ts'

export interface Transaction {
  readonly id: string
  readonly amount: bigint
  readonly direction: 'credit' | 'debit'
  readonly posted: boolean
  readonly date: string
  readonly vendorId: string
  readonly description: string
  readonly account: string
  discardedAt: string | undefined
}

/** First state of each kind, and the one a posted match makes it. */
export const kinds = {
  payment_order: { prefix: 'po', first: 'sent', done: 'completed' },
  expected_payment: { prefix: 'ep', first: 'unreconciled', done: 'reconciled' },
  incoming_payment_detail: { prefix: 'ipd', first: 'pending', done: 'completed' },
  return: { prefix: 'ret', first: 'processing', done: 'completed' },
  paper_item: { prefix: 'pi', first: 'pending', done: 'completed' },
} as const
export type TransactableObject = keyof typeof kinds

export interface Transactable {
  readonly id: string
  readonly object: TransactableObject
  readonly amount: bigint
  readonly direction: 'credit' | 'debit'
  readonly date: string
  readonly account: string
  readonly externalId: string
  readonly name: string
  status: string
  reconciliation: 'unreconciled' | 'tentatively_reconciled' | 'reconciled'
  method: 'automatic' | 'manual' | null
  transactionIds: string[]
}

export interface NewTransactable {
  readonly amount: bigint
  readonly direction: 'credit' | 'debit'
  readonly externalId?: string
  readonly date?: string
  /** Who is paid or pays. */
  readonly name?: string
}

export interface NewTransaction {
  readonly amount: bigint
  readonly direction: 'credit' | 'debit'
  readonly vendorId?: string
  readonly description?: string
  readonly date?: string
}

export interface State {
  readonly clock: ProviderClock
  readonly webhookKey: string
  readonly transactions: Map<string, Transaction>
  readonly transactables: Map<string, Transactable>
  readonly lineItems: { id: string; transactionId: string; expectedPaymentId: string; amount: bigint }[]
  readonly answers: Map<string, SimulatedResponse>
  /** Deliveries not yet taken, as they will be sent. */
  readonly raised: { id: string; body: string }[]
  emptyFirst: boolean
  sequence: number
}

export const account = 'ia_operating'

export function nextId(state: State, prefix: string): string {
  state.sequence += 1
  return `${prefix}_${String(state.sequence).padStart(6, '0')}`
}

export const today = (state: State): string => new Date(state.clock.now()).toISOString().slice(0, 10)

export function addTransactable(state: State, object: TransactableObject, given: NewTransactable): string {
  const row: Transactable = {
    id: nextId(state, kinds[object].prefix),
    object,
    amount: given.amount,
    direction: given.direction,
    date: given.date ?? today(state),
    account,
    externalId: given.externalId ?? '',
    name: given.name ?? '',
    status: kinds[object].first,
    reconciliation: 'unreconciled',
    method: null,
    transactionIds: [],
  }
  state.transactables.set(row.id, row)
  raise(state, 'created', row)
  return row.id
}

export function raise(state: State, event: string, row: Transactable): void {
  state.raised.push({ id: nextId(state, 'wh'), body: JSON.stringify({ event, data: transactableJson(row) }) })
}

const isIncoming = (row: Transactable): boolean =>
  row.object === 'payment_order' ? row.direction === 'debit' : row.direction === 'credit'

/** A transactable of the same flow and amount whose external id is in the description, or the only one of its amount. */
export function fitting(state: State, transaction: Transaction): Transactable | undefined {
  const incoming = transaction.direction === 'credit'
  const open = [...state.transactables.values()].filter((row) => {
    return row.reconciliation !== 'reconciled' && row.amount === transaction.amount && isIncoming(row) === incoming
  })
  const named = open.filter((row) => row.externalId !== '' && transaction.description.includes(row.externalId))
  return named.length === 1 ? named[0] : open.length === 1 ? open[0] : undefined
}

export function report(state: State, given: NewTransaction, posted: boolean): string {
  const transaction: Transaction = {
    id: nextId(state, 'tx'),
    amount: given.amount,
    direction: given.direction,
    posted,
    date: given.date ?? today(state),
    vendorId: given.vendorId ?? '',
    description: given.description ?? '',
    account,
    discardedAt: undefined,
  }
  state.transactions.set(transaction.id, transaction)
  const row = fitting(state, transaction)
  if (row) reconcile(state, row, transaction, 'automatic')
  return transaction.id
}

export function reconcile(
  state: State,
  row: Transactable,
  transaction: Transaction,
  method: 'automatic' | 'manual',
): void {
  row.transactionIds = [transaction.id]
  if (!transaction.posted) {
    row.reconciliation = 'tentatively_reconciled'
    raise(state, 'tentatively_reconciled', row)
    return
  }
  row.reconciliation = 'reconciled'
  row.method = method
  row.status = kinds[row.object].done
  raise(state, 'reconciled', row)
}

export function postPriorDay(
  state: State,
  changes: Readonly<Record<string, { amount?: bigint; withheld?: boolean }>>,
): string[] {
  const pending = [...state.transactions.values()].filter((row) => !row.posted && row.discardedAt === undefined)
  return pending.flatMap((row) => {
    row.discardedAt = new Date(state.clock.now()).toISOString()
    const change = changes[row.id]
    if (change?.withheld) {
      for (const held of state.transactables.values()) {
        if (!held.transactionIds.includes(row.id)) continue
        held.transactionIds = []
        held.reconciliation = 'unreconciled'
        raise(state, 'unreconciled', held)
      }
      return []
    }
    return [report(state, { ...row, amount: change?.amount ?? row.amount }, true)]
  })
}

export function transactionJson(row: Transaction) {
  return {
    id: row.id,
    object: 'transaction',
    amount: exactNumber(row.amount.toString()),
    amount_string: row.amount.toString(),
    currency: 'USD',
    direction: row.direction,
    posted: row.posted,
    as_of_date: row.date,
    internal_account_id: row.account,
    vendor_id: row.vendorId || null,
    vendor_description: row.description,
    type: 'ach',
    reconciled: false,
    discarded_at: row.discardedAt ?? null,
  }
}

/** A return carries no direction: what came back to us was a payment of ours. */
const returnableOf = (row: Transactable): string =>
  row.direction === 'credit' ? 'payment_order' : 'incoming_payment_detail'

export function transactableJson(row: Transactable) {
  const base = {
    id: row.id,
    object: row.object,
    direction: row.direction,
    currency: 'USD',
    external_id: row.externalId || null,
    description: row.name || null,
    status: row.status,
  }
  if (row.object === 'payment_order') {
    return {
      ...base,
      amount: exactNumber(row.amount.toString()),
      effective_date: row.date,
      originating_account_id: row.account,
      receiving_account_name: row.name || null,
      reconciliation_status: row.reconciliation,
      transaction_ids: row.transactionIds,
    }
  }
  if (row.object !== 'expected_payment') {
    const returned = row.object === 'return' ? { returnable_type: returnableOf(row), type: 'ach', code: 'R01' } : {}
    return {
      ...base,
      ...returned,
      amount: exactNumber(row.amount.toString()),
      as_of_date: row.date,
      effective_date: row.date,
      internal_account_id: row.account,
      vendor_id: row.externalId || null,
      reconciliation_status: row.reconciliation,
      transaction_id: row.transactionIds[0] ?? null,
    }
  }
  // Newer answers leave the top level empty and say it in the rule variables.
  const bound = exactNumber(row.amount.toString())
  const rule = {
    internal_account_id: row.account,
    direction: row.direction,
    amount_lower_bound: bound,
    amount_upper_bound: bound,
    currency: 'USD',
    date_lower_bound: row.date,
    date_upper_bound: row.date,
  }
  return {
    ...base,
    direction: null,
    amount_lower_bound: null,
    amount_upper_bound: null,
    reconciliation_method: row.method,
    reconciliation_rule_variables: [rule],
  }
}
