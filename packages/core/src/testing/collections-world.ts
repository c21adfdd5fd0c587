import type { Placement } from '../collections/placement.ts'
import { money } from '../money/money.ts'
import type { WritebackMapping } from '../writeback/writeback-mapping.ts'

const usd = (amount: string) => money(amount, 'USD')

/** One invoice of 1,000.00 at a quarter, paid in two parts; the first is charged back in part and won again. */
const placement: Placement = {
  id: 'pl_1042',
  version: 1,
  creditorId: 'creditor-lindqvist',
  invoiceNumber: 'INV-1042',
  invoiceId: '145',
  invoiceAmount: usd('1000.00'),
  status: 'open',
  rates: [{ rate: '0.25', from: '2026-01-01T00:00:00Z' }],
}

const firstPayment = {
  remittanceId: 'rem_1',
  paymentId: 'pay_1',
  amount: usd('500.00'),
  occurredAt: '2026-10-05T14:00:00Z',
  installment: 1,
} as const
const secondPayment = {
  remittanceId: 'rem_2',
  paymentId: 'pay_2',
  amount: usd('500.00'),
  occurredAt: '2026-10-19T14:00:00Z',
  installment: 2,
} as const
const chargeback = {
  remittanceId: 'rem_3',
  paymentId: 'dispute_1',
  parentRemittanceId: 'rem_1',
  amount: usd('333.33'),
  occurredAt: '2026-10-25T09:00:00Z',
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

export const collectionsWorld = {
  now: '2026-10-31T18:00:00Z',
  placement,
  firstPayment,
  secondPayment,
  chargeback,
  mapping,
  finance: { id: 'rosa', roles: ['FINANCE'] },
} as const
