import type { Placement, RateStep } from '../collections/placement.ts'
import { type Money, money } from '../money/money.ts'
import type { IsoInstant } from '../records/iso-date.ts'
import type { WritebackMapping } from '../writeback/writeback-mapping.ts'

const usd = (amount: string) => money(amount, 'USD')
const creditor = { id: 'creditor-bluestem', name: 'Bluestem Dental Supply' } as const

function placed(id: string, invoiceNumber: string, invoiceId: string, amount: string, rate: string): Placement {
  const rates: readonly [RateStep] = [{ rate, from: '2026-08-01T00:00:00Z' }]
  const parts = { creditorId: creditor.id, invoiceNumber, invoiceId, invoiceAmount: usd(amount) }
  return { id, version: 1, ...parts, status: 'open', rates }
}

const placement = placed('pl_1', 'INV-20931', '145', '1000.00', '0.10')
const plan = placed('pl_2', 'INV-20988', '152', '2400.00', '0.18')
const untouched = placed('pl_3', 'INV-21040', '160', '615.00', '0.25')

/** A payment of a debtor, in the fields of `recordPayment`. */
export interface CollectedPayment {
  readonly placementId: string
  readonly remittanceId: string
  readonly paymentId: string
  readonly amount: Money
  readonly occurredAt: IsoInstant
  readonly installment?: number
}
/** What happened with the placements, in order of time. Every step has the fields of the action it stands for. */
export type CollectionsStep =
  | ({ readonly step: 'PAYMENT'; readonly transferRail: boolean } & CollectedPayment)
  | ({ readonly step: 'CHARGEBACK'; readonly parentRemittanceId: string } & CollectedPayment)
  | { readonly step: 'TRANSFER'; readonly remittanceId: string; readonly reference: string; readonly at: IsoInstant }
  | { readonly step: 'RATE'; readonly placementId: string; readonly rate: string; readonly from: IsoInstant }

function payment(number: number, to: Placement, paymentId: string, amount: string, day: string): CollectedPayment {
  const occurredAt = `${day}T15:20:00Z`
  return { placementId: to.id, remittanceId: `rm_${number}`, paymentId, amount: usd(amount), occurredAt }
}
const firstPayment = payment(1, placement, 'pay_8831', '333.35', '2026-10-08')
const secondPayment = payment(2, placement, 'pay_8907', '500.00', '2026-10-21')
const finalPayment = payment(3, placement, 'pay_9002', '166.65', '2026-11-05')
const installments = [
  { ...payment(11, plan, 'pay_8850', '400.00', '2026-10-12'), installment: 1 },
  { ...payment(12, plan, 'pay_8951', '400.00', '2026-10-26'), installment: 2 },
  { ...payment(14, plan, 'pay_9011', '150.00', '2026-11-06'), installment: 3 },
] as const
const disputedInstallment = {
  ...payment(13, plan, 'dp_1077', '400.00', '2026-10-29'),
  parentRemittanceId: 'rm_12',
} as const

const steps: readonly CollectionsStep[] = [
  { step: 'PAYMENT', transferRail: true, ...firstPayment },
  { step: 'TRANSFER', remittanceId: 'rm_1', reference: 'TR-8812', at: '2026-10-09T07:00:00Z' },
  { step: 'PAYMENT', transferRail: true, ...installments[0] },
  { step: 'TRANSFER', remittanceId: 'rm_11', reference: 'TR-8820', at: '2026-10-13T07:00:00Z' },
  { step: 'PAYMENT', transferRail: true, ...secondPayment },
  { step: 'TRANSFER', remittanceId: 'rm_2', reference: 'TR-8840', at: '2026-10-22T07:00:00Z' },
  { step: 'PAYMENT', transferRail: true, ...installments[1] },
  { step: 'TRANSFER', remittanceId: 'rm_12', reference: 'TR-8851', at: '2026-10-27T07:00:00Z' },
  { step: 'CHARGEBACK', ...disputedInstallment },
  { step: 'RATE', placementId: plan.id, rate: '0.20', from: '2026-11-01T00:00:00Z' },
  { step: 'PAYMENT', transferRail: false, ...installments[2] },
]

/** Part of the second payment is disputed, and the dispute is won. */
const chargeback = {
  remittanceId: 'rm_4',
  paymentId: 'dp_1090',
  parentRemittanceId: 'rm_2',
  amount: usd('333.33'),
  occurredAt: '2026-11-09T09:00:00Z',
} as const
const wonDispute = {
  remittanceId: 'rm_5',
  paymentId: 'won_1090',
  parentRemittanceId: 'rm_4',
  occurredAt: '2026-11-16T09:00:00Z',
} as const

const mapping: WritebackMapping = {
  id: 'map_1',
  version: 1,
  provider: 'quickbooks',
  placementId: placement.id,
  remittanceId: firstPayment.remittanceId,
  invoiceId: '145',
  amount: firstPayment.amount,
  status: 'pending',
  generation: 1,
  attempts: 0,
}

/** A creditor with three invoices: paid in parts, a plan with a chargeback and a later rate, and one nothing came in for. */
export const collectionsWorld = {
  now: '2026-11-20T11:14:00Z',
  creditor,
  placements: [placement, plan, untouched],
  steps,
  /** The month whose statement is closed. */
  period: { from: '2026-10-01', to: '2026-10-31' },
  placement,
  plan,
  firstPayment,
  secondPayment,
  finalPayment,
  chargeback,
  wonDispute,
  mapping,
  finance: { id: 'rosa', roles: ['FINANCE'] },
} as const
