import { addMoney, fromMinorUnits, money } from '@recon/core'
import { exactNumber } from '../exact-json.ts'
import type { ProviderClock } from '../rate-limit.ts'
import type { SimulatedResponse } from '../testing/simulator.ts'

export interface SimulatedInvoice {
  readonly id: string
  readonly number: string
  readonly customerId: string
  readonly total: string
  balance: string
  syncToken: number
  updatedAt: number
  deleted: boolean
}

export interface SimulatedPayment {
  readonly id: string
  readonly customerId: string
  amount: string
  note: string
  readonly reference: string
  readonly date: string
  invoiceIds: { id: string; amount: string }[]
  syncToken: number
  updatedAt: number
  deleted: boolean
  /** In a bank deposit: it can no longer be voided or deleted. */
  deposited: boolean
}

export interface QuickbooksChange {
  readonly entity: 'invoice' | 'payment' | 'journalentry'
  readonly id: string
  readonly operation: 'created' | 'updated' | 'deleted' | 'voided'
  readonly at: number
}

export interface State {
  readonly clock: ProviderClock
  readonly currency: string
  readonly invoices: Map<string, SimulatedInvoice>
  readonly payments: Map<string, SimulatedPayment>
  readonly journals: Map<string, unknown>
  readonly changes: QuickbooksChange[]
  /** How many of the changes webhooks have told. */
  told: number
  readonly answers: Map<string, SimulatedResponse>
  readonly accessTokens: Map<string, number>
  refreshToken: string
  sequence: number
}

export function nextId(state: State): string {
  state.sequence += 1
  return String(state.sequence)
}

export function issue(state: State): { accessToken: string; refreshToken: string } {
  const accessToken = `access-${nextId(state)}`
  state.accessTokens.set(accessToken, state.clock.now() + 3_600_000)
  state.refreshToken = `refresh-${nextId(state)}`
  return { accessToken, refreshToken: state.refreshToken }
}

export function touch(
  state: State,
  record: { id: string; syncToken: number; updatedAt: number },
  entity: QuickbooksChange['entity'],
  operation: QuickbooksChange['operation'],
  change: () => void,
): void {
  change()
  record.syncToken += 1
  record.updatedAt = state.clock.now()
  state.changes.push({ entity, id: record.id, operation, at: record.updatedAt })
}

export function moveBalance(state: State, invoiceId: string, by: string): void {
  const invoice = state.invoices.get(invoiceId)
  if (!invoice) return
  touch(state, invoice, 'invoice', 'updated', () => {
    invoice.balance = addMoney(money(invoice.balance, state.currency), money(by, state.currency)).amount
  })
}

export interface NewPayment {
  readonly invoiceId: string
  readonly amount: string
  readonly note: string
  readonly reference: string
  readonly date: string
  readonly customerId: string
}

export function storePayment(state: State, payment: NewPayment): string {
  const id = nextId(state)
  const amount = money(payment.amount, state.currency).amount
  const record: SimulatedPayment = {
    id,
    amount,
    customerId: payment.customerId,
    note: payment.note,
    reference: payment.reference,
    date: payment.date,
    invoiceIds: [{ id: payment.invoiceId, amount }],
    syncToken: 0,
    updatedAt: state.clock.now(),
    deleted: false,
    deposited: false,
  }
  state.payments.set(id, record)
  state.changes.push({ entity: 'payment', id, operation: 'created', at: record.updatedAt })
  moveBalance(state, payment.invoiceId, `-${amount}`)
  return id
}

export function removePayment(state: State, id: string, operation: 'deleted' | 'voided'): void {
  const payment = state.payments.get(id)
  if (!payment || payment.deleted) return
  touch(state, payment, 'payment', operation, () => {
    for (const link of payment.invoiceIds) moveBalance(state, link.id, link.amount)
    payment.invoiceIds = []
    payment.amount = fromMinorUnits(0n, state.currency).amount
    if (operation === 'voided') payment.note = `Voided - ${payment.note}`
    else payment.deleted = true
  })
}

export const stamp = (at: number) => ({
  CreateTime: new Date(at).toISOString(),
  LastUpdatedTime: new Date(at).toISOString(),
})

export function invoiceJson(state: State, invoice: SimulatedInvoice): unknown {
  if (invoice.deleted) return { Id: invoice.id, status: 'Deleted', domain: 'QBO', MetaData: stamp(invoice.updatedAt) }
  return {
    Id: invoice.id,
    SyncToken: String(invoice.syncToken),
    DocNumber: invoice.number,
    TxnDate: '2026-10-01',
    TotalAmt: exactNumber(invoice.total),
    Balance: exactNumber(invoice.balance),
    CustomerRef: { value: invoice.customerId },
    CurrencyRef: { value: state.currency },
    MetaData: stamp(invoice.updatedAt),
  }
}

export function paymentJson(state: State, payment: SimulatedPayment): unknown {
  if (payment.deleted) return { Id: payment.id, status: 'Deleted', domain: 'QBO', MetaData: stamp(payment.updatedAt) }
  return {
    Id: payment.id,
    SyncToken: String(payment.syncToken),
    TxnDate: payment.date,
    TotalAmt: exactNumber(payment.amount),
    UnappliedAmt: 0,
    PrivateNote: payment.note,
    PaymentRefNum: payment.reference,
    CustomerRef: { value: payment.customerId },
    CurrencyRef: { value: state.currency },
    Line: payment.invoiceIds.map((link) => ({
      Amount: exactNumber(link.amount),
      LinkedTxn: [{ TxnId: link.id, TxnType: 'Invoice' }],
    })),
    MetaData: stamp(payment.updatedAt),
  }
}
