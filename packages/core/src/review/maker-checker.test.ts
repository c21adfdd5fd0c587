import { describe, expect, it } from 'vitest'
import { buildActor, buildBankLine, buildBookEntry, buildMatch, buildReviewItem } from '../testing/builders.ts'
import { act, eur, now, outcome, usd } from '../testing/review-desk.ts'

describe('a second person', () => {
  const settings = { approvalThresholds: [usd('100.00')], adjustmentKinds: ['FEE' as const] }
  it('is not asked below the threshold, in another currency, and is asked for negative amounts', () => {
    const small = outcome(
      act(buildReviewItem(), { settings: { approvalThresholds: [usd('100.01')] } }).reconcile?.({
        bookEntryIds: ['book-1'],
      }),
    )
    expect(small.item.status).toBe('RECONCILED')
    const other = outcome(
      act(buildReviewItem(), { settings: { approvalThresholds: [eur('1.00')] } }).reconcile?.({
        bookEntryIds: ['book-1'],
      }),
    )
    expect(other.item.status).toBe('RECONCILED')
    const negative = {
      bankLines: [buildBankLine({ id: 'bank-1', amount: usd('-100.00') })],
      bookEntries: [buildBookEntry({ id: 'book-1', amount: usd('-100.00') })],
    }
    expect(
      outcome(act(buildReviewItem(), { settings, ...negative }).reconcile?.({ bookEntryIds: ['book-1'] })).item
        .approval,
    ).toBeDefined()
  })

  it('must decline first what another one proposed, with a reason', () => {
    const asked = outcome(act(buildReviewItem(), { settings }).reconcile?.({ bookEntryIds: ['book-1'] })).item
    const admin = act(asked, { settings }, buildActor('ADMIN'))
    expect(admin.first).toBe('approve')
    expect(admin.whyNot.reconcile).toMatchObject({ code: 'APPROVAL_PENDING', ids: ['item-1'] })
    expect(admin.whyNot.confirm?.code).toBe('APPROVAL_PENDING')
    expect(admin.declineApproval?.({ reason: '' })).toMatchObject({ refusal: { code: 'TEXT_MISSING' } })
    const declined = outcome(admin.declineApproval?.({ reason: 'wrong invoice' })).item
    expect(declined).not.toHaveProperty('approval')
    expect(act(declined, { settings }).whyNot.declineApproval?.code).toBe('NO_APPROVAL_PENDING')
    expect(act(declined, { settings }, buildActor('ADMIN')).whyNot.approve?.code).toBe('NO_APPROVAL_PENDING')
  })

  it('does not approve what has changed since', () => {
    const asked = outcome(act(buildReviewItem(), { settings }).reconcile?.({ bookEntryIds: ['book-1'] })).item
    const grown = {
      bankLines: [buildBankLine({ id: 'bank-1', amount: usd('150.00') })],
      bookEntries: [buildBookEntry({ id: 'book-1', amount: usd('150.00') })],
    }
    const admin = buildActor('ADMIN')
    expect(act(asked, { settings, ...grown }, admin).approve).toBeNull()
    expect(act(asked, { settings, ...grown }, admin).whyNot.approve).toMatchObject({
      code: 'MATCH_CHANGED',
      ids: ['bank-1', 'book-1'],
    })
    const moved = { bookEntries: [buildBookEntry({ id: 'book-1', amount: usd('99.00') })] }
    expect(act(asked, { settings, ...moved }, admin).whyNot.approve?.code).toBe('AMOUNTS_DIFFER')
  })

  it('is asked again about what changed: the old request is closed with its reason, or replaced', () => {
    const asked = outcome(act(buildReviewItem(), { settings }).reconcile?.({ bookEntryIds: ['book-1'] })).item
    expect(act(asked, { settings }).whyNot.reopenApproval).toMatchObject({ code: 'APPROVAL_STANDS', ids: ['item-1'] })
    expect(act(buildReviewItem(), { settings }).whyNot.reopenApproval?.code).toBe('NO_APPROVAL_PENDING')
    const grown = {
      settings,
      bankLines: [buildBankLine({ id: 'bank-1', amount: usd('150.00') })],
      bookEntries: [buildBookEntry({ id: 'book-1', amount: usd('150.00') })],
    }
    const actions = act(asked, grown)
    expect(actions.first).toBe('reopenApproval')
    const closed = outcome(actions.reopenApproval?.({}))
    expect(closed.item).not.toHaveProperty('approval')
    expect(closed.item.closedApproval).toMatchObject({
      status: 'OUTDATED',
      reason: 'MATCH_CHANGED',
      closedBy: 'finance',
      closedAt: now,
      requestedBy: 'finance',
    })
    expect(closed.events[0]).toMatchObject({
      name: 'review_item.approval_outdated',
      data: { reason: 'MATCH_CHANGED', steps: [{ machine: 'maker-checker', event: 'change', to: 'OUTDATED' }] },
    })
    const anew = outcome(act(closed.item, grown).reconcile?.({ bookEntryIds: ['book-1'] }))
    expect(anew.item).not.toHaveProperty('closedApproval')
    expect(anew.events[0]?.data.steps).toMatchObject([{ from: 'OUTDATED', event: 'propose', to: 'PROPOSED' }])
    const replaced = outcome(actions.reconcile?.({ bookEntryIds: ['book-1'] }))
    expect(replaced.item.approval?.decision.amount).toEqual(usd('150.00'))
    expect(replaced.events[0]?.data.steps).toMatchObject([{ event: 'change' }, { event: 'propose' }])
    const free = outcome(
      act(asked, { ...grown, settings: { approvalThresholds: [] } }).reconcile?.({ bookEntryIds: ['book-1'] }),
    )
    expect(free.events[0]?.data.steps).toMatchObject([{ machine: 'maker-checker', event: 'change', to: 'OUTDATED' }])
  })

  it('keeps who declined and why, and an undo brings the request back', () => {
    const asked = outcome(act(buildReviewItem(), { settings }).reconcile?.({ bookEntryIds: ['book-1'] })).item
    const declined = outcome(act(asked, { settings }, buildActor('ADMIN')).declineApproval?.({ reason: 'wrong one' }))
    expect(declined.item.closedApproval).toMatchObject({ status: 'DECLINED', reason: 'wrong one', closedBy: 'admin' })
    const [lastEvent] = declined.events
    if (!lastEvent) throw new Error('no event')
    const undone = outcome(act(declined.item, { settings, lastEvent }).undo?.({}))
    expect(undone.item.approval).toEqual(asked.approval)
    expect(undone.events[0]?.data.steps).toMatchObject([{ from: 'DECLINED', event: 'propose', to: 'PROPOSED' }])
  })

  it('may take an approval back by undo: the link waits again', () => {
    const asked = outcome(act(buildReviewItem(), { settings }).reconcile?.({ bookEntryIds: ['book-1'] })).item
    const admin = buildActor('ADMIN')
    const done = outcome(act(asked, { settings }, admin).approve?.({}))
    expect(done.events[0]?.data.steps).toMatchObject([{ from: 'PROPOSED', event: 'approve', to: 'APPROVED' }])
    const [lastEvent] = done.events
    if (!lastEvent) throw new Error('no event')
    const undone = outcome(act(done.item, { settings, lastEvent }, admin).undo?.({}))
    expect(undone.item.approval).toEqual(asked.approval)
    expect(undone.events[0]?.data.steps).toMatchObject([
      { machine: 'match-decision', from: 'MANUAL', event: 'reverse', to: 'REVERSED' },
      { machine: 'maker-checker', from: 'APPROVED', event: 'takeBack', to: 'PROPOSED' },
    ])
  })

  it('approves a confirmed proposal and a journal as what they were', () => {
    const item = buildReviewItem({ matches: [buildMatch()] })
    const asked = outcome(act(item, { settings }).confirm?.({})).item
    const done = outcome(act(asked, { settings }, buildActor('ADMIN')).approve?.({}))
    expect(done.item.decision).toMatchObject({ state: 'CONFIRMED', approvedBy: 'admin' })
    expect(done.events[0]?.data.cause).toBe('confirm')
    const wire = buildReviewItem({ scenario: 'AMOUNT_VARIANCE' })
    const recorded = outcome(
      act(wire, { settings }).recordJournal?.({ journalEntryId: 'JE', amount: usd('2.00') }),
    ).item
    const proposed = outcome(act(recorded, { settings }).reconcile?.({ bookEntryIds: ['book-98'] })).item
    expect(outcome(act(proposed, { settings }, buildActor('ADMIN')).approve?.({})).item.decision?.adjustments).toEqual([
      { kind: 'FX', amount: usd('2.00') },
    ])
  })

  it('agrees to a reference too, from the threshold on', () => {
    const payment = buildReviewItem({ perspective: 'BOOK', bankLineIds: [], bookEntryIds: ['book-1'] })
    const asked = outcome(act(payment, { settings }).reconcileWithReference?.({ reference: 'page 4' })).item
    expect(asked).toMatchObject({
      status: 'OUTSTANDING',
      approval: { decision: { reference: 'page 4', amount: usd('100.00') } },
    })
    expect(act(asked, { settings }).whyNot.reconcileWithReference?.code).toBe('APPROVAL_PENDING')
    const admin = buildActor('ADMIN')
    const grown = { bookEntries: [buildBookEntry({ id: 'book-1', amount: usd('150.00') })] }
    expect(act(asked, { settings, ...grown }, admin).whyNot.approve?.code).toBe('MATCH_CHANGED')
    const done = outcome(act(asked, { settings }, admin).approve?.({}))
    expect(done.item).toMatchObject({ status: 'RECONCILED', decision: { reference: 'page 4', approvedBy: 'admin' } })
    const unknown = buildReviewItem({ perspective: 'BOOK', bankLineIds: [], bookEntryIds: ['nowhere'] })
    expect(outcome(act(unknown, { settings }).reconcileWithReference?.({ reference: 'x' })).item.status).toBe(
      'RECONCILED',
    )
  })

  it('loses what waited when a journal entry changes the facts', () => {
    const wire = buildReviewItem({ scenario: 'AMOUNT_VARIANCE' })
    const first = outcome(act(wire, { settings }).recordJournal?.({ journalEntryId: 'JE', amount: usd('2.00') })).item
    const asked = outcome(act(first, { settings }).reconcile?.({ bookEntryIds: ['book-98'] })).item
    expect(asked.approval).toBeDefined()
    const again = outcome(
      act(asked, { settings }).recordJournal?.({ journalEntryId: 'JE-2', amount: usd('1.00') }),
    ).item
    expect(again).not.toHaveProperty('approval')
    expect(again.closedApproval).toMatchObject({ status: 'OUTDATED', reason: 'recordJournal' })
  })

  it('loses what waited when the item is held', () => {
    const asked = outcome(act(buildReviewItem(), { settings }).reconcile?.({ bookEntryIds: ['book-1'] })).item
    const flagged = outcome(act(asked, { settings }).flag?.({ reason: 'look' })).item
    expect(flagged).not.toHaveProperty('approval')
    expect(flagged.closedApproval).toMatchObject({ status: 'OUTDATED', reason: 'flag' })
  })
})
