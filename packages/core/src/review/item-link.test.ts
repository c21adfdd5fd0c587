import { describe, expect, it } from 'vitest'
import { buildMatch, buildReviewItem } from '../testing/builders.ts'
import { act, context, eur, now, outcome, usd } from '../testing/review-desk.ts'
import { activeDecision } from './active-decision.ts'
import { previewReopening } from './item-undo.ts'

describe('linking', () => {
  it.each([
    ['pending', 'LINE_PENDING'],
    ['old', 'RECORD_NOT_CURRENT'],
    ['gone', 'RECORD_NOT_CURRENT'],
  ])('refuses the line %s', (id, code) => {
    const item = buildReviewItem({ bankLineIds: [id] })
    expect(act(item).reconcile?.({ bookEntryIds: ['book-1'] })).toMatchObject({ refusal: { code, ids: [id] } })
  })

  it('refuses nothing at all, and a batch of nothing', () => {
    expect(act(buildReviewItem({ bankLineIds: [] })).reconcile?.({})).toMatchObject({
      refusal: { code: 'NOTHING_SELECTED' },
    })
    const sweep = buildReviewItem({ scenario: 'SWEEP' })
    expect(act(sweep).closeBatch?.({ bankLineIds: [], bookEntryIds: [] })).toMatchObject({
      refusal: { code: 'NOTHING_SELECTED' },
    })
    expect(act(buildReviewItem()).whyNot.closeBatch?.code).toBe('NOT_A_BATCH')
  })

  it('compares the open amount, and original amounts where the currencies differ', () => {
    expect(act(buildReviewItem()).reconcile?.({ bookEntryIds: ['book-open'] })).toMatchObject({ ok: true })
    expect(
      act(buildReviewItem({ bankLineIds: ['bank-conv'] })).reconcile?.({ bookEntryIds: ['book-1'] }),
    ).toMatchObject({ ok: true })
    expect(
      act(buildReviewItem({ bankLineIds: ['bank-eur'] })).reconcile?.({ bookEntryIds: ['book-eur'] }),
    ).toMatchObject({ ok: true })
  })

  it('writes down a difference only of a kind the desk allows, in the compared currency', () => {
    const adjustments = [{ kind: 'FEE' as const, amount: usd('2.00') }]
    const input = { bookEntryIds: ['book-98'], adjustments }
    expect(act(buildReviewItem()).reconcile?.(input)).toMatchObject({ refusal: { code: 'ADJUSTMENT_NOT_ALLOWED' } })
    const settings = { adjustmentKinds: ['FEE' as const] }
    expect(outcome(act(buildReviewItem(), { settings }).reconcile?.(input)).item.decision?.adjustments).toEqual(
      adjustments,
    )
    const euro = { bookEntryIds: ['book-98'], adjustments: [{ kind: 'FEE' as const, amount: eur('2.00') }] }
    expect(act(buildReviewItem(), { settings }).reconcile?.(euro)).toMatchObject({
      refusal: { code: 'CURRENCY_MISMATCH' },
    })
  })

  it('confirms a proposal with the difference the engine explained', () => {
    const adjustments = [{ kind: 'FEE' as const, amount: usd('2.00') }]
    const item = buildReviewItem({ matches: [buildMatch({ bookEntryIds: ['book-98'], adjustments })] })
    expect(outcome(act(item).confirm?.({})).item.decision).toMatchObject({ state: 'CONFIRMED', adjustments })
    expect(act(item).confirm?.({ matchId: 'nope' })).toMatchObject({ refusal: { code: 'NO_PROPOSAL' } })
    expect(act(item).reject?.({ matchId: 'nope', reason: 'x' })).toMatchObject({ refusal: { code: 'NO_PROPOSAL' } })
  })

  it('keeps the reason a person gave, and refuses one that is broken', () => {
    const input = { bookEntryIds: ['book-1'], reason: ' same customer ' }
    expect(outcome(act(buildReviewItem()).reconcile?.(input)).item.decision?.reason).toBe('same customer')
    expect(act(buildReviewItem()).reconcile?.({ ...input, reason: '\u0000' })).toMatchObject({
      refusal: { code: 'TEXT_INVALID' },
    })
  })

  it('settles a wire in another currency through its journal, to the cent', () => {
    const wire = buildReviewItem({ scenario: 'AMOUNT_VARIANCE', bankLineIds: ['bank-eur'] })
    expect(act(wire).whyNot.reconcile?.code).toBe('JOURNAL_MISSING')
    expect(act(wire).first).toBe('recordJournal')
    const journal = { journalEntryId: 'JE-7', amount: usd('1.50'), settledAmount: usd('101.50') }
    expect(act(wire).recordJournal?.({ ...journal, settledAmount: eur('1.00') })).toMatchObject({
      refusal: { code: 'CURRENCY_MISMATCH' },
    })
    expect(act(wire).recordJournal?.({ ...journal, journalEntryId: '' })).toMatchObject({
      refusal: { code: 'TEXT_MISSING' },
    })
    const recorded = outcome(act(wire).recordJournal?.(journal)).item
    expect(recorded.journal).toMatchObject({ settledAmount: usd('101.50'), actorId: 'finance', at: now })
    expect(act(recorded).whyNot.awaitJournal?.code).toBe('JOURNAL_RECORDED')
    expect(outcome(act(recorded).reconcile?.({ bookEntryIds: ['book-1'] })).item.status).toBe('RECONCILED')
    const wrong = outcome(act(wire).recordJournal?.({ ...journal, amount: usd('1.49') })).item
    expect(act(wrong).reconcile?.({ bookEntryIds: ['book-1'] })).toMatchObject({ refusal: { code: 'AMOUNTS_DIFFER' } })
    expect(act(buildReviewItem()).whyNot.recordJournal?.code).toBe('NOT_A_VARIANCE')
  })

  it('tells the source system where a provider can, and takes it back', () => {
    const settings = { writeback: true }
    const done = outcome(act(buildReviewItem(), { settings }).reconcile?.({ bookEntryIds: ['book-1'] }))
    expect(done.effects.map((effect) => effect.type)).toEqual(['CONFIRM_IN_SOURCE', 'EMIT_WEBHOOK'])
    const back = outcome(act(done.item, { settings }).revert?.({ reason: 'wrong one' }))
    expect(back.effects.map((effect) => effect.type)).toEqual(['REVOKE_IN_SOURCE', 'EMIT_WEBHOOK'])
    expect(previewReopening(done.item, 'revert', context({ settings }))).toEqual({
      ok: true,
      value: {
        status: 'OUTSTANDING',
        bankLineIds: ['bank-1'],
        bookEntryIds: ['book-1'],
        totals: [usd('100.00')],
        mergedIds: [],
        revokesWriteback: true,
      },
    })
    expect(act(done.item, { settings }).revert?.({ reason: '\u0001' })).toMatchObject({
      refusal: { code: 'TEXT_INVALID' },
    })
  })

  it('moves back what the engine reconciled, and offers it as a proposal then', () => {
    const auto = buildReviewItem({ status: 'RECONCILED', matches: [buildMatch({ status: 'AUTO' })] })
    expect(activeDecision(auto)).toMatchObject({ state: 'EXACT', bookEntryIds: ['book-1'] })
    expect(
      act(buildReviewItem({ id: 'other' }), { items: [auto] }).reconcile?.({ bookEntryIds: ['book-1'] }),
    ).toMatchObject({
      refusal: { code: 'RECORD_TAKEN' },
    })
    const open = outcome(act(auto).revert?.({})).item
    expect(open.status).toBe('OUTSTANDING')
    expect(activeDecision(open)).toBeUndefined()
    expect(outcome(act(open).confirm?.({})).item.decision?.matchId).toBe('match:bank-1+book-1')
    expect(activeDecision(buildReviewItem({ status: 'RECONCILED' }))).toBeUndefined()
  })
})
