import { describe, expect, it } from 'vitest'
import { contingencyFee } from './collections/contingency-fee.ts'
import { creditorStatement } from './collections/creditor-statement.ts'
import { installmentPlan } from './collections/installment-plan.ts'
import { applyPayment, placementActions } from './collections/placement-actions.ts'
import { mintRemittance, moveRemittance, type Remittance } from './collections/remittance.ts'
import { mintReversal } from './collections/reversal.ts'
import { moveSource } from './deposits/deposit-source.ts'
import { type Money, money } from './money/money.ts'
import { portalActions } from './portal/client-response.ts'
import { dispatchItem } from './portal/unreconciled-item.ts'
import { fxVarianceJournal } from './proof/fx-journal.ts'
import { reconciliationStatement } from './proof/reconciliation-statement.ts'
import { itemActions } from './review/item-actions.ts'
import { type ReconciliationRun, runActions } from './review/reconciliation-run.ts'
import { reviewContext } from './review/review-context.ts'
import { supersedeLine } from './tentative/supersession.ts'
import { linkTransactable } from './tentative/transactable.ts'
import { bookkeepingWorld } from './testing/bookkeeping-world.ts'
import { buildActor, buildBankLine, buildBookEntry, buildReviewItem } from './testing/builders.ts'
import { cashManagementWorld } from './testing/cash-management-world.ts'
import { collectionsWorld } from './testing/collections-world.ts'
import { paymentsDeskWorld } from './testing/payments-desk-world.ts'
import { treasuryWorld } from './testing/treasury-world.ts'
import { driftBetween } from './writeback/drift.ts'
import { moveWriteback } from './writeback/writeback-mapping.ts'

const now = '2026-11-21T09:00:00Z'
const usd = (amount: string) => money(amount, 'USD')
const finance = buildActor('FINANCE')
const unknown: Money = { amount: '1.00', currency: 'ZZZ' }
const { placement, firstPayment, mapping } = collectionsWorld
const empty = { now, remittances: [], transferRail: true }
const minted = mintRemittance({
  remittanceId: 'row-1',
  placementId: placement.id,
  paymentId: 'pay-1',
  recovered: usd('100.00'),
  rate: '0.25',
  occurredAt: '2026-11-01T00:00:00Z',
  transferRail: true,
})
const row = (minted.ok ? minted.value : undefined) as Remittance
const reversal = (given: object) =>
  mintReversal(row, [row], { remittanceId: 'row-2', paymentId: 'd-1', occurredAt: now, transferRail: true, ...given })
const desk = reviewContext({
  now,
  bankLines: [buildBankLine({ id: 'bank-1' }), buildBankLine({ id: 'bank-eur', amount: money('100.00', 'EUR') })],
  bookEntries: [buildBookEntry({ id: 'book-1' })],
})
const reconcile = (item: ReturnType<typeof buildReviewItem>, input: object) =>
  itemActions(item, finance, desk).reconcile?.({ bookEntryIds: ['book-1'], ...input })
const runs = (given: Partial<ReconciliationRun>) =>
  runActions({ ...bookkeepingWorld.run, ...given }, bookkeepingWorld.bookkeeper, {
    now,
    facts: {
      proposedMatchIds: [],
      unreconciledItemIds: ['u'],
      unresolvedItemIds: ['u'],
      otherOpenRunIds: [],
      contacts: [...bookkeepingWorld.contacts, { ...bookkeepingWorld.contact, id: 'foreign', clientId: 'other' }],
    },
  })
const statement = {
  creditorId: 'c',
  currency: 'USD',
  from: '2026-11-01',
  to: '2026-11-30',
  opening: usd('0'),
  remittances: [],
  payouts: [],
  adjustments: [],
  sha256: () => '',
}
const balances = {
  account: 'a',
  currency: 'USD',
  asOf: '2026-11-30',
  balancePerBank: usd('0'),
  balancePerBooks: usd('0'),
  items: [],
}
const journal = { journalId: 'j', date: '2026-11-30', currency: 'USD', accounts: { cash: 'a', gainLoss: 'b' } }
const portal = {
  now,
  contactId: 'mei',
  clientId: 'mason',
  runOpen: true,
  dispatchedItemIds: ['u-cash'],
  categories: [],
  storedAttachmentIds: [],
  materiality: [],
}
const [cashItem] = bookkeepingWorld.items
if (cashItem === undefined) throw new Error('no item')
const asked = { ...cashItem, status: 'PENDING' as const }

const table: readonly (readonly [string, string, () => unknown])[] = [
  [
    'an illegal event on an item',
    'EVENT_NOT_ALLOWED',
    () => itemActions(buildReviewItem(), finance, desk).whyNot.revert,
  ],
  ['an illegal event on a run', 'EVENT_NOT_ALLOWED', () => runs({ status: 'COMPLETE' }).whyNot.dispatch],
  [
    'an illegal event on a source',
    'EVENT_NOT_ALLOWED',
    () => moveSource(paymentsDeskWorld.source, 'updateCredentials', { now, actorId: 'x' }),
  ],
  [
    'an illegal event on a placement',
    'EVENT_NOT_ALLOWED',
    () => placementActions({ ...placement, status: 'paid' }, finance, empty).whyNot.recall,
  ],
  ['an illegal event on a remittance', 'EVENT_NOT_ALLOWED', () => moveRemittance(row, 'bounce', {}, finance, now)],
  ['an illegal event on a writeback', 'EVENT_NOT_ALLOWED', () => moveWriteback(mapping, 'next', { now, actorId: 'x' })],
  [
    'an answer to a write that was never sent',
    'NOT_SENT',
    () => moveWriteback(mapping, 'confirm', { now, actorId: 'x' }),
  ],
  [
    'an illegal event on a resolved item',
    'EVENT_NOT_ALLOWED',
    () => dispatchItem({ ...asked, status: 'RESOLVED' }, bookkeepingWorld.bookkeeper, { now, runOpen: true }),
  ],
  ['a stale version of an item', 'VERSION_STALE', () => reconcile(buildReviewItem(), { expectedVersion: 0 })],
  [
    'a stale version of a run',
    'VERSION_STALE',
    () => runs({ status: 'AWAITING_REVIEW' }).rematch?.({ expectedVersion: 0 }),
  ],
  [
    'a stale version of a placement',
    'VERSION_STALE',
    () => applyPayment(placement, { ...firstPayment, expectedVersion: 0 }, finance, empty),
  ],
  [
    'a stale version of a remittance',
    'VERSION_STALE',
    () => moveRemittance(row, 'fail', { expectedVersion: 0 }, finance, now),
  ],
  [
    'a stale version in the portal',
    'VERSION_STALE',
    () => portalActions(asked, bookkeepingWorld.client, portal).save?.({ expectedVersion: 0 }),
  ],
  [
    'a payment of zero',
    'AMOUNT_NOT_POSITIVE',
    () => applyPayment(placement, { ...firstPayment, amount: usd('0.00') }, finance, empty),
  ],
  [
    'a negative payment',
    'AMOUNT_NOT_POSITIVE',
    () => applyPayment(placement, { ...firstPayment, amount: usd('-1.00') }, finance, empty),
  ],
  [
    'a fee on nothing',
    'AMOUNT_NOT_POSITIVE',
    () => contingencyFee({ recovered: usd('0.00'), rate: '0.1', rounding: 'HALF_UP' }),
  ],
  [
    'a plan of nothing',
    'AMOUNT_NOT_POSITIVE',
    () => installmentPlan({ total: usd('0.00'), count: 1, firstDue: '2026-11-30', every: 'WEEK' }),
  ],
  ['a reversal of zero', 'AMOUNT_NOT_POSITIVE', () => reversal({ amount: usd('0.00') })],
  ['a negative reversal', 'AMOUNT_NOT_POSITIVE', () => reversal({ amount: usd('-5.00') })],
  [
    'a payout of zero',
    'AMOUNT_NOT_POSITIVE',
    () => creditorStatement({ ...statement, payouts: [{ id: 'p', date: '2026-11-02', amount: usd('0.00') }] }),
  ],
  ['a rate of 1.5', 'RATE_INVALID', () => contingencyFee({ recovered: usd('1.00'), rate: '1.5', rounding: 'HALF_UP' })],
  [
    'a rate of seven decimals',
    'RATE_INVALID',
    () => contingencyFee({ recovered: usd('1.00'), rate: '0.1234567', rounding: 'HALF_UP' }),
  ],
  [
    'a change to a rate of 1.5',
    'RATE_INVALID',
    () => placementActions(placement, finance, empty).changeRate?.({ rate: '1.5', from: now }),
  ],
  ['a reversal larger than what is left', 'AMOUNT_EXCEEDS_REMAINDER', () => reversal({ amount: usd('100.01') })],
  [
    'a payment in another currency',
    'CURRENCY_MISMATCH',
    () => applyPayment(placement, { ...firstPayment, amount: money('1', 'EUR') }, finance, empty),
  ],
  ['a reversal in another currency', 'CURRENCY_MISMATCH', () => reversal({ amount: money('1', 'EUR') })],
  [
    'a link of two currencies',
    'CURRENCY_MISMATCH',
    () => reconcile(buildReviewItem({ bankLineIds: ['bank-eur'] }), {}),
  ],
  [
    'a transactable linked in another currency',
    'CURRENCY_MISMATCH',
    () =>
      linkTransactable(treasuryWorld.order, [buildBankLine({ id: 'e', amount: money('-410.22', 'EUR') })], {
        now,
        actorId: 'x',
      }),
  ],
  [
    'a statement of two currencies',
    'CURRENCY_MISMATCH',
    () => creditorStatement({ ...statement, opening: money('0', 'EUR') }),
  ],
  [
    'a reconciliation of two currencies',
    'CURRENCY_MISMATCH',
    () => reconciliationStatement({ ...balances, balancePerBank: money('0', 'EUR') }),
  ],
  ['drift between two currencies', 'CURRENCY_MISMATCH', () => driftBetween(usd('1.00'), money('1.00', 'EUR'))],
  [
    'a fee in an unknown currency',
    'CURRENCY_UNKNOWN',
    () => contingencyFee({ recovered: unknown, rate: '0.1', rounding: 'HALF_UP' }),
  ],
  ['a reversal in an unknown currency', 'CURRENCY_UNKNOWN', () => reversal({ amount: unknown })],
  [
    'a plan in an unknown currency',
    'CURRENCY_UNKNOWN',
    () => installmentPlan({ total: unknown, count: 1, firstDue: '2026-11-30', every: 'WEEK' }),
  ],
  [
    'a statement in an unknown currency',
    'CURRENCY_UNKNOWN',
    () => creditorStatement({ ...statement, currency: 'ZZZ', opening: unknown }),
  ],
  [
    'a reconciliation in an unknown currency',
    'CURRENCY_UNKNOWN',
    () => reconciliationStatement({ ...balances, currency: 'ZZZ', balancePerBank: unknown }),
  ],
  [
    'a wire in an unknown currency',
    'CURRENCY_UNKNOWN',
    () =>
      fxVarianceJournal({
        ...journal,
        wires: [{ bankLineId: 'b', bookEntryId: 'e', settled: unknown, booked: unknown }],
      }),
  ],
  ['drift in an unknown currency', 'CURRENCY_UNKNOWN', () => driftBetween(usd('1.00'), unknown)],
  [
    'an adjustment in an unknown currency',
    'CURRENCY_UNKNOWN',
    () =>
      itemActions(buildReviewItem(), finance, {
        ...desk,
        settings: { ...desk.settings, adjustmentKinds: ['FEE'] },
      }).reconcile?.({ bookEntryIds: ['book-1'], adjustments: [{ kind: 'FEE', amount: unknown }] }),
  ],
  [
    'a journal in an unknown currency',
    'CURRENCY_UNKNOWN',
    () =>
      itemActions(buildReviewItem({ scenario: 'AMOUNT_VARIANCE' }), finance, desk).recordJournal?.({
        journalEntryId: 'j',
        amount: unknown,
      }),
  ],
  [
    'an amount that is no number',
    'MONEY_INVALID',
    () => contingencyFee({ recovered: { amount: 'NaN', currency: 'USD' }, rate: '0.1', rounding: 'HALF_UP' }),
  ],
  ['a reversal before its payment', 'DATE_OUT_OF_ORDER', () => reversal({ occurredAt: '2026-10-01T00:00:00Z' })],
  ['a period turned round', 'PERIOD_REVERSED', () => creditorStatement({ ...statement, to: '2026-10-01' })],
  [
    'a rate that changes backwards',
    'RATE_NOT_FORWARD',
    () => placementActions(placement, finance, empty).changeRate?.({ rate: '0.1', from: '2025-01-01T00:00:00Z' }),
  ],
  [
    'a successor older than its line',
    'DATE_OUT_OF_ORDER',
    () => supersedeLine(treasuryWorld.pendingLine, { ...treasuryWorld.postedLine, bookingDate: '2026-01-01' }),
  ],
  ['a 30th of February', 'DATE_INVALID', () => creditorStatement({ ...statement, to: '2026-02-30' })],
  [
    'a dispatch to a contact of another client',
    'CONTACT_OF_OTHER_CLIENT',
    () => runs({ status: 'AWAITING_REVIEW' }).dispatch?.({ contactId: 'foreign' }),
  ],
  [
    'an answer by a contact of another client',
    'CONTACT_OF_OTHER_CLIENT',
    () => portalActions(asked, { ...bookkeepingWorld.client, clientId: 'other' }, portal).whyNot.submit,
  ],
]

describe('bad input', () => {
  it.each(table)('%s is refused with %s', (_what, code, act) => {
    const answer = act() as { code?: string; ok?: boolean; refusal?: { code: string; message: string } }
    expect(answer.code ?? answer.refusal?.code).toBe(code)
    if (answer.refusal) expect(Object.keys(answer).sort()).toEqual(['ok', 'refusal'])
  })

  it('leaves what it was given as it was', () => {
    const before = structuredClone({ placement, row, asked, day: cashManagementWorld.bankLines })
    for (const [, , act] of table) act()
    expect({ placement, row, asked, day: cashManagementWorld.bankLines }).toEqual(before)
  })
})
