import { describe, expect, it } from 'vitest'
import { money } from '../money/money.ts'
import { buildActor, buildBankLine, buildBookEntry, buildMatch, buildReviewItem } from '../testing/builders.ts'
import { itemActions } from './item-actions.ts'
import type { ItemOutcome } from './item-change.ts'
import { reviewContext } from './review-context.ts'
import type { ReviewItem } from './review-item.ts'

const now = '2026-11-21T09:00:00Z'
const analyst = buildActor('FINANCE')
const usd = (amount: string) => money(amount, 'USD')
const bankLines = [
  buildBankLine({ id: 'bank-1' }),
  buildBankLine({ id: 'bank-2', amount: usd('-40.00') }),
  buildBankLine({ id: 'bank-3', amount: usd('60.01') }),
  buildBankLine({ id: 'bank-eur', amount: money('90.00', 'EUR') }),
]
const bookEntries = [
  buildBookEntry({ id: 'book-1' }),
  buildBookEntry({ id: 'book-2', amount: usd('60.00') }),
  buildBookEntry({ id: 'book-3', amount: usd('99.00') }),
  buildBookEntry({ id: 'closed', status: 'CLOSED' }),
]
const context = (more: Partial<Parameters<typeof reviewContext>[0]> = {}) =>
  reviewContext({ now, bankLines, bookEntries, ...more })

function outcome(decision: ReturnType<NonNullable<ReturnType<typeof itemActions>['undo']>> | undefined): ItemOutcome {
  if (!decision?.ok) throw new Error(`refused: ${JSON.stringify(decision?.refusal)}`)
  return decision.value
}
const undoContext = (done: ItemOutcome, others: readonly ReviewItem[] = []) =>
  context({ items: [done.item, ...done.created, ...others], lastEvent: done.events.at(-1) as ItemOutcome['events'][0] })

describe('itemActions', () => {
  it('reconciles an unmatched line with an entry of the same amount and records who, when and what', () => {
    const done = outcome(itemActions(buildReviewItem(), analyst, context()).reconcile?.({ bookEntryIds: ['book-1'] }))
    expect(done.item).toMatchObject({
      status: 'RECONCILED',
      version: 2,
      decision: { state: 'MANUAL', bankLineIds: ['bank-1'], bookEntryIds: ['book-1'], actorId: 'finance', at: now },
    })
    expect(done.events).toMatchObject([{ name: 'review_item.reconciled', version: 2, data: { cause: 'reconcile' } }])
  })

  it('is null with the reason while the selection on the screen does not add up', () => {
    const selection = { bankLineIds: ['bank-1'], bookEntryIds: ['book-3'] }
    const actions = itemActions(buildReviewItem(), analyst, context({ selection }))
    expect(actions.reconcile).toBeNull()
    expect(actions.whyNot.reconcile).toMatchObject({ code: 'AMOUNTS_DIFFER', details: { difference: usd('1.00') } })
  })

  it('closes a sweep at exactly 0.00, refuses 0.01, and leaves the rest as open work', () => {
    const sweep = buildReviewItem({ scenario: 'SWEEP', bankLineIds: ['bank-1', 'bank-2', 'bank-3'] })
    const { closeBatch, reconcile } = itemActions(sweep, analyst, context())
    expect(reconcile).toBeNull()
    expect(closeBatch?.({ bankLineIds: ['bank-3'], bookEntryIds: ['book-2'] })).toMatchObject({
      refusal: { code: 'AMOUNTS_DIFFER', details: { difference: usd('0.01') } },
    })
    const done = outcome(closeBatch?.({ bankLineIds: ['bank-1', 'bank-2'], bookEntryIds: ['book-2'] }))
    expect(done.item).toMatchObject({ status: 'RECONCILED', bankLineIds: ['bank-1', 'bank-2'] })
    expect(done.created).toMatchObject([{ bankLineIds: ['bank-3'], status: 'OUTSTANDING', splitFrom: 'item-1' }])
    const undone = outcome(itemActions(done.item, analyst, undoContext(done)).undo?.({}))
    expect(undone).toMatchObject({ item: { status: 'OUTSTANDING', version: 3 }, removedIds: [done.created[0]?.id] })
    expect(undone.item.bankLineIds).toEqual(['bank-1', 'bank-2', 'bank-3'])
  })

  it('escalates a failed payment first, and still allows to reconcile with a warning', () => {
    const failed = buildReviewItem({ scenario: 'FAILED_PAYMENT' })
    const actions = itemActions(failed, analyst, context())
    expect(actions.first).toBe('escalate')
    expect(actions.warnings.reconcile).toEqual(['REPLACEMENT_NOT_CLEARED'])
    const done = outcome(actions.escalate?.({}))
    expect(done.item).toMatchObject({ status: 'ESCALATED', escalation: { at: now, actorId: 'finance' } })
    const later = outcome(itemActions(done.item, analyst, context()).reconcile?.({ bookEntryIds: ['book-1'] }))
    expect(later.events[0]?.data.warnings).toEqual(['REPLACEMENT_NOT_CLEARED'])
  })

  it('flags a duplicate with both candidates and later reconciles the right one', () => {
    const duplicate = buildReviewItem({
      scenario: 'DUPLICATE',
      matches: [buildMatch({ status: 'FLAGGED', bookEntryIds: ['book-1', 'book-2'] })],
    })
    const actions = itemActions(duplicate, analyst, context())
    expect(actions.first).toBe('flag')
    const flagged = outcome(actions.flag?.({ reason: 'entered twice' }))
    expect(flagged.item.flag).toMatchObject({ reason: 'entered twice', bookEntryIds: ['book-1', 'book-2'] })
    const done = outcome(itemActions(flagged.item, analyst, context()).reconcile?.({ bookEntryIds: ['book-1'] }))
    expect(done.item.status).toBe('RECONCILED')
  })

  it('holds an amount variance until the journal entry is recorded', () => {
    const variance = buildReviewItem({ scenario: 'AMOUNT_VARIANCE', status: 'AWAITING_JOURNAL' })
    const held = itemActions(variance, analyst, context())
    expect(held.reconcile).toBeNull()
    expect(held.first).toBe('recordJournal')
    const recorded = outcome(held.recordJournal?.({ journalEntryId: 'JE-7', amount: usd('1.00') }))
    const done = outcome(itemActions(recorded.item, analyst, context()).reconcile?.({ bookEntryIds: ['book-3'] }))
    expect(done.item.decision?.adjustments).toEqual([{ kind: 'FX', amount: usd('1.00') }])
  })

  it('confirms and rejects proposals, the rejection with a reason', () => {
    const item = buildReviewItem({ bucket: 'PARTIAL', matches: [buildMatch()] })
    const actions = itemActions(item, analyst, context())
    expect(actions.first).toBe('confirm')
    expect(outcome(actions.confirm?.({})).item.decision).toMatchObject({ state: 'CONFIRMED', bookEntryIds: ['book-1'] })
    expect(actions.reject?.({ reason: '  ' })).toMatchObject({ refusal: { code: 'TEXT_MISSING' } })
    const rejected = outcome(actions.reject?.({ reason: 'another supplier' })).item
    expect(rejected).toMatchObject({ bucket: 'NO_MATCH', status: 'OUTSTANDING' })
    expect(itemActions(rejected, analyst, context()).whyNot.confirm?.code).toBe('NO_PROPOSAL')
  })

  it('lets a payment be reconciled with a reference or marked unreceived, and moved back', () => {
    const payment = buildReviewItem({ perspective: 'BOOK', bankLineIds: [], bookEntryIds: ['book-1'] })
    const desk = context({ settings: { desk: 'PAYMENTS_DESK' } })
    const actions = itemActions(payment, analyst, desk)
    const referenced = outcome(actions.reconcileWithReference?.({ reference: ' statement of 3 May, line 7 ' }))
    expect(referenced.item.decision?.reference).toBe('statement of 3 May, line 7')
    expect(referenced.effects).toMatchObject([{ type: 'EMIT_WEBHOOK', event: 'payment.reconciliation.updated' }])
    const lost = outcome(actions.markUnreceived?.({}))
    expect(lost.item.status).toBe('UNRECEIVED')
    expect(outcome(itemActions(lost.item, analyst, desk).revert?.({})).item.status).toBe('OUTSTANDING')
    expect(itemActions(buildReviewItem(), analyst, desk).whyNot.markUnreceived?.code).toBe('NOT_A_PAYMENT')
  })

  it('refuses other desks, other people and links the source system made', () => {
    expect(itemActions(buildReviewItem(), buildActor('BOOKKEEPER'), context()).whyNot.reconcile?.code).toBe('FORBIDDEN')
    const made = buildReviewItem({ scenario: 'AUTO_RECONCILED', matches: [buildMatch({ pass: 'SOURCE_CONFIRMED' })] })
    const actions = itemActions(made, analyst, context())
    expect(actions.first).toBeNull()
    expect(actions.whyNot.reconcile?.code).toBe('SOURCE_RECONCILED')
  })

  it.each([
    ['an unknown entry', { bookEntryIds: ['nope'] }, 'RECORD_UNKNOWN'],
    ['a closed entry', { bookEntryIds: ['closed'] }, 'RECORD_NOT_CURRENT'],
    ['nothing on the other side', {}, 'ONE_SIDE_ONLY'],
    ['a stale version', { bookEntryIds: ['book-1'], expectedVersion: 7 }, 'VERSION_STALE'],
    ['another line than its own', { bankLineIds: ['bank-2'], bookEntryIds: ['book-1'] }, 'SUBJECT_NOT_SELECTED'],
  ])('refuses %s', (_what, input, code) => {
    expect(itemActions(buildReviewItem(), analyst, context()).reconcile?.(input)).toMatchObject({ refusal: { code } })
  })

  it('refuses an entry that another item holds, naming it, and two currencies', () => {
    const other = outcome(
      itemActions(buildReviewItem({ id: 'other' }), analyst, context()).reconcile?.({ bookEntryIds: ['book-1'] }),
    ).item
    const actions = itemActions(buildReviewItem(), analyst, context({ items: [other] }))
    expect(actions.reconcile?.({ bookEntryIds: ['book-1'] })).toMatchObject({
      refusal: { code: 'RECORD_TAKEN', ids: ['bank-1', 'book-1'] },
    })
    const foreign = itemActions(buildReviewItem({ bankLineIds: ['bank-eur'] }), analyst, context())
    expect(foreign.reconcile?.({ bookEntryIds: ['book-1'] })).toMatchObject({ refusal: { code: 'CURRENCY_MISMATCH' } })
  })

  it('asks a second person from the threshold on, who is another one', () => {
    const settings = { approvalThresholds: [usd('100.00')] }
    const asked = outcome(
      itemActions(buildReviewItem(), analyst, context({ settings })).reconcile?.({ bookEntryIds: ['book-1'] }),
    ).item
    expect(asked).toMatchObject({ status: 'OUTSTANDING', approval: { requestedBy: 'finance' } })
    const self = itemActions(asked, { id: 'finance', roles: ['ADMIN'] }, context({ settings }))
    expect(self.whyNot.approve?.code).toBe('SAME_PERSON')
    const done = outcome(itemActions(asked, buildActor('ADMIN'), context({ settings })).approve?.({}))
    expect(done.item).toMatchObject({ status: 'RECONCILED', decision: { actorId: 'finance', approvedBy: 'admin' } })
    expect(done.item.approval).toBeUndefined()
  })
})
