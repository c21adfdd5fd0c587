import { describe, expect, it } from 'vitest'
import { money } from '../money/money.ts'
import { buildActor, buildBankLine, buildBookEntry, buildMatch, buildReviewItem } from '../testing/builders.ts'
import { activeDecision } from './active-decision.ts'
import { itemActions } from './item-actions.ts'
import { type ItemOutcome, replayItem } from './item-change.ts'
import { enteredText } from './item-text.ts'
import { previewReopening } from './item-undo.ts'
import { missingPermission, type Permission, permissions, roles } from './permission.ts'
import { type ReviewRecords, reviewContext } from './review-context.ts'
import type { ReviewItem } from './review-item.ts'

const now = '2026-11-21T09:00:00Z'
const usd = (amount: string) => money(amount, 'USD')
const eur = (amount: string) => money(amount, 'EUR')
const analyst = buildActor('FINANCE')
const bankLines = [
  buildBankLine({ id: 'bank-1' }),
  buildBankLine({ id: 'bank-eur', amount: eur('90.00') }),
  buildBankLine({ id: 'bank-conv', amount: eur('90.00'), originalAmount: usd('100.00') }),
  buildBankLine({ id: 'pending', status: 'PENDING' }),
  buildBankLine({ id: 'old', status: 'SUPERSEDED' }),
  buildBankLine({ id: 'gone', status: 'WITHDRAWN' }),
]
const bookEntries = [
  buildBookEntry({ id: 'book-1' }),
  buildBookEntry({ id: 'book-eur', originalAmount: eur('90.00') }),
  buildBookEntry({ id: 'book-98', amount: usd('98.00') }),
  buildBookEntry({ id: 'book-open', amount: usd('500.00'), openAmount: usd('100.00') }),
]
const context = (more: Partial<ReviewRecords> = {}) => reviewContext({ now, bankLines, bookEntries, ...more })
const act = (item: ReviewItem, more: Partial<ReviewRecords> = {}, actor = analyst) =>
  itemActions(item, actor, context(more))
function outcome(answer: unknown): ItemOutcome {
  const decision = answer as { ok: boolean; value: ItemOutcome; refusal?: { code: string } } | null | undefined
  if (!decision?.ok) throw new Error(decision?.refusal?.code ?? 'null action')
  return decision.value
}

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

describe('holding', () => {
  it('escalates with the reason of the engine when a person gives none, and takes it back', () => {
    const held = outcome(act(buildReviewItem()).escalate?.({})).item
    expect(held.escalation?.reason).toBe('NO_CANDIDATE')
    const back = outcome(act(held).withdrawEscalation?.({ reason: 'paid again' }))
    expect(back.item).not.toHaveProperty('escalation')
    expect(back.events[0]?.data.reason).toBe('paid again')
    const payment = buildReviewItem({ perspective: 'BOOK', bankLineIds: [], bookEntryIds: ['book-1'] })
    expect(act(payment).whyNot.escalate?.code).toBe('NOT_A_BANK_LINE')
  })

  it.each(['escalate', 'unflag', 'withdrawEscalation', 'awaitJournal', 'markUnreceived'] as const)(
    'refuses a broken note on %s',
    (name) => {
      const statuses = { unflag: 'FLAGGED', withdrawEscalation: 'ESCALATED' } as const
      const status = name === 'unflag' || name === 'withdrawEscalation' ? statuses[name] : 'OUTSTANDING'
      const perspective = name === 'markUnreceived' ? 'BOOK' : 'BANK'
      const item = buildReviewItem({
        status,
        perspective,
        scenario: name === 'awaitJournal' ? 'AMOUNT_VARIANCE' : 'UNMATCHED',
      })
      expect(act(item)[name]?.({ reason: '\ud800' })).toMatchObject({ refusal: { code: 'TEXT_INVALID' } })
      expect(act(item)[name]?.({ reason: 'fine' })).toMatchObject({ ok: true })
    },
  )

  it('asks for words where words are needed', () => {
    expect(act(buildReviewItem()).flag?.({ reason: ' ' })).toMatchObject({ refusal: { code: 'TEXT_MISSING' } })
    const payment = buildReviewItem({ perspective: 'BOOK', bankLineIds: [], bookEntryIds: ['book-1'] })
    const reference = act(payment).reconcileWithReference
    expect(reference?.({ reference: '' })).toMatchObject({ refusal: { code: 'TEXT_MISSING' } })
    expect(reference?.({ reference: 'x'.repeat(201) })).toMatchObject({ refusal: { code: 'TEXT_TOO_LONG' } })
    expect(enteredText('a\tb\nc\rd', 10)).toEqual({ ok: true, value: 'a\tb\nc\rd' })
    expect(enteredText('a\u007fb', 10)).toMatchObject({ refusal: { code: 'TEXT_INVALID' } })
  })
})

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
    expect(act(asked, { settings, ...grown }, buildActor('ADMIN')).approve?.({})).toMatchObject({
      refusal: { code: 'MATCH_CHANGED' },
    })
    const moved = { bookEntries: [buildBookEntry({ id: 'book-1', amount: usd('99.00') })] }
    expect(act(asked, { settings, ...moved }, buildActor('ADMIN')).approve?.({})).toMatchObject({
      refusal: { code: 'AMOUNTS_DIFFER' },
    })
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
    expect(act(asked, { settings, ...grown }, admin).approve?.({})).toMatchObject({
      refusal: { code: 'MATCH_CHANGED' },
    })
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
  })

  it('loses what waited when the item is held', () => {
    const asked = outcome(act(buildReviewItem(), { settings }).reconcile?.({ bookEntryIds: ['book-1'] })).item
    expect(outcome(act(asked, { settings }).flag?.({ reason: 'look' })).item).not.toHaveProperty('approval')
  })
})

describe('locks, undo and rights', () => {
  it('leaves a closed period alone, and names its records', () => {
    const settings = { lockedThrough: '2026-11-20' }
    const actions = act(buildReviewItem(), { settings })
    expect(actions.whyNot.flag).toMatchObject({ code: 'PERIOD_LOCKED', ids: ['bank-1'] })
    expect(act(buildReviewItem(), { settings: { lockedThrough: '2026-11-19' } }).flag).not.toBeNull()
    const early = {
      settings: { lockedThrough: '2026-11-10' },
      bookEntries: [buildBookEntry({ id: 'book-1', date: '2026-11-10' })],
    }
    expect(act(buildReviewItem(), early).reconcile?.({ bookEntryIds: ['book-1'] })).toMatchObject({
      refusal: { code: 'PERIOD_LOCKED', ids: ['book-1'] },
    })
    const unknown = { settings, bankLines: [], bookEntries: [] }
    expect(act(buildReviewItem(), unknown).flag).not.toBeNull()
  })

  it('undoes only the last change of the item itself', () => {
    expect(act(buildReviewItem()).whyNot.undo?.code).toBe('NOTHING_TO_UNDO')
    const flagged = outcome(act(buildReviewItem()).flag?.({ reason: 'look' }))
    const lastEvent = flagged.events[0]
    if (!lastEvent) throw new Error('no event')
    expect(act({ ...flagged.item, version: 9 }, { lastEvent }).whyNot.undo).toMatchObject({
      code: 'UNDO_NOT_LAST',
      ids: ['item-1'],
    })
    expect(act({ ...flagged.item, id: 'other' }, { lastEvent }).whyNot.undo?.code).toBe('UNDO_NOT_LAST')
    expect(previewReopening(buildReviewItem(), 'undo', context())).toMatchObject({
      refusal: { code: 'NOTHING_TO_UNDO' },
    })
  })

  it('does not undo a revert when the record has gone elsewhere, nor into a closed period', () => {
    const linked = outcome(act(buildReviewItem()).reconcile?.({ bookEntryIds: ['book-1'] })).item
    const open = outcome(act(linked).revert?.({}))
    const lastEvent = open.events[0]
    if (!lastEvent) throw new Error('no event')
    const other = outcome(act(buildReviewItem({ id: 'other' })).reconcile?.({ bookEntryIds: ['book-1'] })).item
    expect(act(open.item, { lastEvent, items: [other] }).whyNot.undo).toMatchObject({
      code: 'RECORD_TAKEN',
      ids: ['bank-1', 'book-1'],
    })
    const again = outcome(act(open.item, { lastEvent, settings: { writeback: true } }).undo?.({}))
    expect(again.item.decision).toEqual(linked.decision)
    expect(again.effects.map((effect) => effect.type)).toEqual(['CONFIRM_IN_SOURCE', 'EMIT_WEBHOOK'])
    expect(act(open.item, { lastEvent, settings: { lockedThrough: '2026-12-31' } }).whyNot.undo?.code).toBe(
      'PERIOD_LOCKED',
    )
  })

  it('does not undo a batch whose rest was worked, nor close twice what was merged back', () => {
    const sweep = buildReviewItem({ scenario: 'SWEEP', bankLineIds: ['bank-1', 'bank-conv'] })
    const closed = outcome(act(sweep).closeBatch?.({ bankLineIds: ['bank-1'], bookEntryIds: ['book-1'] }))
    const lastEvent = closed.events[0]
    const rest = closed.created[0]
    if (!lastEvent || !rest) throw new Error('no rest')
    const worked = { ...rest, version: 2 }
    expect(act(closed.item, { lastEvent, items: [worked] }).whyNot.undo).toMatchObject({
      code: 'SPLIT_ITEM_CHANGED',
      ids: [rest.id],
    })
    const undone = outcome(act(closed.item, { lastEvent, items: [rest] }).undo?.({}))
    expect(undone.removedIds).toEqual([rest.id])
    const next = undone.events[0]
    if (!next) throw new Error('no event')
    expect(act(undone.item, { lastEvent: next }).whyNot.undo?.code).toBe('BATCH_MERGED')
  })

  it('refuses a history with a gap, of another item, or that does not follow', () => {
    const item = buildReviewItem()
    const first = outcome(act(item).flag?.({ reason: 'one' }))
    const second = outcome(act(first.item).unflag?.({}))
    expect(replayItem(item, [...first.events, ...second.events])).toEqual({ ok: true, value: second.item })
    expect(replayItem(item, second.events)).toMatchObject({ refusal: { code: 'HISTORY_BROKEN', ids: ['item-1'] } })
    expect(replayItem({ ...item, id: 'other' }, first.events)).toMatchObject({ ok: false })
    expect(replayItem({ ...item, bucket: 'PARTIAL' }, first.events)).toMatchObject({ ok: false })
  })

  it('keeps links of the source system and read-only scenarios out of reach', () => {
    const readOnlyScenarios = ['SYSTEM_MATCH'] as const
    const shown = act(buildReviewItem({ scenario: 'SYSTEM_MATCH', matches: [buildMatch()] }), {
      settings: { readOnlyScenarios },
    })
    expect([shown.whyNot.reconcile?.code, shown.whyNot.confirm?.code]).toEqual([
      'READ_ONLY_SCENARIO',
      'READ_ONLY_SCENARIO',
    ])
    const flagged = outcome(shown.flag?.({ reason: 'not ours' })).item
    expect(act(flagged, { settings: { readOnlyScenarios } }).reconcile).not.toBeNull()
    const made = buildReviewItem({
      status: 'RECONCILED',
      matches: [buildMatch({ pass: 'SOURCE_CONFIRMED', status: 'AUTO' })],
    })
    expect(act(made).whyNot.revert?.code).toBe('SOURCE_RECONCILED')
  })

  it.each(roles)('gives %s what its column says and no more', (role) => {
    const actor = buildActor(role)
    for (const permission of Object.keys(permissions) as Permission[]) {
      const allowed = (permissions[permission] as readonly string[]).includes(role)
      expect(missingPermission(actor, permission) === null).toBe(allowed)
    }
    expect(missingPermission({ id: 'nobody', roles: [] }, 'item.view')?.code).toBe('FORBIDDEN')
  })

  it('says what a desk would need', () => {
    expect(missingPermission(buildActor('BOOKKEEPER'), 'item.view', 'PAYMENTS_DESK')).toMatchObject({
      details: { permission: 'item.view', roles: ['ADMIN', 'FINANCE', 'SYSTEM'] },
    })
    expect(missingPermission(buildActor('ADMIN'), 'run.view', 'PAYMENTS_DESK')?.message).toContain('SYSTEM')
    expect(missingPermission(buildActor('ADMIN'), 'run.dispatch', 'PAYMENTS_DESK')?.message).toContain(
      'of another desk',
    )
  })
})
