import * as z from 'zod'
import { isoInstantSchema, moneySchema } from './activity-schema.ts'
import { money } from './money/money.ts'
import { transactableKinds } from './tentative/transactable-machines.ts'

/** One event a host may subscribe to. Deliveries are `{ event, topic, id, at, data }`; `data` follows the schema. */
export interface WebhookEntry {
  readonly topic: string
  readonly event: string
  readonly about: string
  readonly schema: z.ZodType
  readonly example: Readonly<Record<string, unknown>>
}

const id = z.string().min(1)
const at = '2026-11-21T09:00:00Z'

const paymentReconciliation = z.strictObject({
  paymentId: id,
  amount: moneySchema,
  status: z.enum(['OUTSTANDING', 'RECONCILED', 'UNRECEIVED']),
  previousStatus: z.enum(['OUTSTANDING', 'RECONCILED', 'UNRECEIVED']),
  reference: z.string().nullable(),
  bankLineIds: z.array(id),
})
const itemStatus = z.strictObject({
  itemId: id,
  scenario: z.string(),
  status: z.string(),
  previousStatus: z.string(),
  bankLineIds: z.array(id),
  bookEntryIds: z.array(id),
})
const transactable = z.strictObject({
  object: z.enum(transactableKinds),
  id,
  amount: moneySchema,
  /** The transactable's own status: a tentative match leaves it as it was. */
  status: z.string(),
  certainty: z.enum(['UNRECONCILED', 'TENTATIVE', 'PARTIALLY_RECONCILED', 'RECONCILED']),
  transactionIds: z.array(id),
})
const placement = z.strictObject({
  placementId: id,
  invoiceNumber: z.string(),
  status: z.string(),
  recovered: moneySchema,
})
const remittance = z.strictObject({
  remittanceId: id,
  placementId: id,
  status: z.string(),
  recovered: moneySchema,
  fee: moneySchema,
  net: moneySchema,
  transferReference: z.string().nullable(),
})
const writeback = z.strictObject({
  mappingId: id,
  placementId: id,
  provider: z.string(),
  code: z.string(),
  message: z.string(),
})
const source = z.strictObject({ sourceId: id, name: z.string(), lastFetchedAt: isoInstantSchema.nullable() })

const usd = (amount: string) => money(amount, 'USD')
const ofPayment = {
  paymentId: 'payment-1',
  amount: usd('410.22'),
  status: 'RECONCILED',
  previousStatus: 'OUTSTANDING',
  reference: null,
  bankLineIds: ['bank-1'],
}
const ofItem = {
  itemId: 'item-1',
  scenario: 'DUPLICATE',
  status: 'FLAGGED',
  previousStatus: 'OUTSTANDING',
  bankLineIds: ['bank-1'],
  bookEntryIds: ['book-1', 'book-2'],
}
const ofPlacement = { placementId: 'placement-1', invoiceNumber: 'INV-1042', status: 'paid', recovered: usd('1000.00') }
const ofRemittance = {
  remittanceId: 'remittance-1',
  placementId: 'placement-1',
  status: 'paid',
  recovered: usd('333.35'),
  fee: usd('33.34'),
  net: usd('300.01'),
  transferReference: 'tr_9',
}
const ofWriteback = {
  mappingId: 'mapping-1',
  placementId: 'placement-1',
  provider: 'quickbooks',
  code: 'PROVIDER_UNAVAILABLE',
  message: 'The service did not answer.',
}

const transactableEvents = [
  [
    'tentatively_reconciled',
    'Matched with a pending line. The only event that comes without a change of state.',
    'sent',
    'TENTATIVE',
  ],
  ['reconciled', 'Matched with posted lines in full.', 'completed', 'RECONCILED'],
  ['partially_reconciled', 'Matched with posted lines in part.', 'sent', 'PARTIALLY_RECONCILED'],
  ['unreconciled', 'A match was taken back.', 'sent', 'UNRECONCILED'],
  ['overdue', 'Its last day passed without a posted match.', 'sent', 'UNRECONCILED'],
] as const

function transactableEntries(kind: (typeof transactableKinds)[number]): readonly WebhookEntry[] {
  return transactableEvents.map(([event, about, status, certainty]) => {
    const transactionIds = certainty === 'UNRECONCILED' ? [] : ['bank-1']
    const example = { object: kind, id: `${kind}-1`, amount: usd('-1231.00'), status, certainty, transactionIds }
    return { topic: kind, event, about, schema: transactable, example }
  })
}

/** Every outgoing event, one subscription per topic. */
export const webhookCatalogue: readonly WebhookEntry[] = [
  {
    topic: 'payment',
    event: 'payment.reconciliation.updated',
    about: 'The reconciliation status of a payment changed; the status of the payment itself did not.',
    schema: paymentReconciliation,
    example: ofPayment,
  },
  {
    topic: 'review_item',
    event: 'review_item.status_changed',
    about: 'An item of a desk changed its status.',
    schema: itemStatus,
    example: ofItem,
  },
  ...transactableKinds.flatMap(transactableEntries),
  { topic: 'placement', event: 'placement.paid', about: 'Recovered in full.', schema: placement, example: ofPlacement },
  {
    topic: 'placement',
    event: 'placement.closed_uncollected',
    about: 'Given up.',
    schema: placement,
    example: { ...ofPlacement, status: 'closed_uncollected', recovered: usd('0.00') },
  },
  {
    topic: 'placement',
    event: 'placement.recalled',
    about: 'Recalled by the creditor.',
    schema: placement,
    example: { ...ofPlacement, status: 'recalled', recovered: usd('500.00') },
  },
  { topic: 'remittance', event: 'remittance.paid', about: 'Transferred.', schema: remittance, example: ofRemittance },
  {
    topic: 'remittance',
    event: 'remittance.failed',
    about: 'The transfer failed.',
    schema: remittance,
    example: { ...ofRemittance, status: 'failed', transferReference: null },
  },
  {
    topic: 'writeback',
    event: 'writeback.failed',
    about: 'The books did not take a write.',
    schema: writeback,
    example: ofWriteback,
  },
  {
    topic: 'deposit_source',
    event: 'deposit_source.credentials_invalid',
    about: 'The bank refuses the credentials: fetching has stopped.',
    schema: source,
    example: { sourceId: 'source-1', name: 'Main account', lastFetchedAt: at },
  },
]
