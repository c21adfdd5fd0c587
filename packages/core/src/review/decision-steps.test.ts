import { describe, expect, it } from 'vitest'
import { buildActor, buildBankLine, buildBookEntry, buildMatch, buildReviewItem } from '../testing/builders.ts'
import { decisionSteps } from './decision-steps.ts'
import { itemActions } from './item-actions.ts'
import { type ItemOutcome, itemState } from './item-change.ts'
import { type ReviewRecords, reviewContext } from './review-context.ts'
import type { ReviewItem } from './review-item.ts'

const now = '2026-11-21T09:00:00Z'
const analyst = buildActor('FINANCE')
const records = { now, bankLines: [buildBankLine({ id: 'bank-1' })], bookEntries: [buildBookEntry({ id: 'book-1' })] }
const act = (item: ReviewItem, more: Partial<ReviewRecords> = {}) =>
  itemActions(item, analyst, reviewContext({ ...records, ...more }))
function outcome(answer: unknown): ItemOutcome {
  const decision = answer as { ok: boolean; value: ItemOutcome; refusal?: { code: string } } | null | undefined
  if (!decision?.ok) throw new Error(decision?.refusal?.code ?? 'null action')
  return decision.value
}
const stepsOf = (done: ItemOutcome) =>
  (done.events[0]?.data.steps ?? []).map((step) => `${step.id} ${step.from} ${step.event} ${step.to}`)
function undone(done: ItemOutcome): ItemOutcome {
  const [lastEvent] = done.events
  if (!lastEvent) throw new Error('no event')
  return outcome(act(done.item, { lastEvent }).undo?.({}))
}

describe('the links inside an item', () => {
  it('walk their own table: confirmed, reversed, restored', () => {
    const confirmed = outcome(act(buildReviewItem({ matches: [buildMatch()] })).confirm?.({}))
    expect(confirmed.item.decision?.state).toBe('CONFIRMED')
    expect(stepsOf(confirmed)).toEqual(['item-1@2 PROPOSED confirm CONFIRMED'])
    const reverted = outcome(act(confirmed.item).revert?.({}))
    expect(stepsOf(reverted)).toEqual(['item-1@2 CONFIRMED reverse REVERSED'])
    expect(stepsOf(undone(reverted))).toEqual(['item-1@2 REVERSED restoreConfirmed CONFIRMED'])
  })

  it('are born manual, and an exact one the engine made is reversed and restored as what it was', () => {
    const manual = outcome(act(buildReviewItem()).reconcile?.({ bookEntryIds: ['book-1'] }))
    expect(stepsOf(manual)).toEqual([])
    const reverted = outcome(act(manual.item).revert?.({}))
    expect(stepsOf(undone(reverted))).toEqual(['item-1@2 REVERSED restoreManual MANUAL'])
    const match = buildMatch({ status: 'AUTO', pass: 'IDENTIFIER_EXACT' })
    const exact = buildReviewItem({ status: 'RECONCILED', matches: [match] })
    const open = outcome(act(exact).revert?.({}))
    expect(stepsOf(open)).toEqual([`${match.id}@1 EXACT reverse REVERSED`])
    expect(stepsOf(undone(open))).toEqual([`${match.id}@1 REVERSED restoreExact EXACT`])
  })

  it('are rejected, and offered again by undo', () => {
    const match = buildMatch()
    const rejected = outcome(act(buildReviewItem({ matches: [match] })).reject?.({ reason: 'another supplier' }))
    expect(stepsOf(rejected)).toEqual([`${match.id} PROPOSED reject REJECTED`])
    expect(stepsOf(undone(rejected))).toEqual([`${match.id} REJECTED reopen PROPOSED`])
  })

  it('do not move against their table: a stale link is refused, and nothing changes', () => {
    const manual = outcome(act(buildReviewItem()).reconcile?.({ bookEntryIds: ['book-1'] })).item
    const stale = { ...manual, decision: { ...manual.decision, state: 'REVERSED' } } as unknown as ReviewItem
    expect(act(stale).revert?.({})).toMatchObject({ ok: false, refusal: { code: 'EVENT_NOT_ALLOWED' } })
    const lost = { ...buildReviewItem(), closedApproval: { status: 'GONE' } } as unknown as ReviewItem
    const approval = { decision: manual.decision, requestedBy: 'ana', at: now } as NonNullable<ReviewItem['approval']>
    const { closedApproval: _closed, ...state } = itemState(lost)
    const change = { cause: 'requestApproval', after: { ...state, approval } } as const
    expect(decisionSteps(lost, change)).toMatchObject({ refusal: { code: 'STATE_UNKNOWN' } })
  })
})

describe('the hold for a journal entry', () => {
  const wire = buildReviewItem({ scenario: 'AMOUNT_VARIANCE' })
  it('ends when none is needed after all, with a reason or without', () => {
    expect(act(wire).whyNot.releaseJournal?.code).toBe('EVENT_NOT_ALLOWED')
    const held = outcome(act(wire).awaitJournal?.({})).item
    expect(act(held).reconcile).toBeNull()
    const released = outcome(act(held).releaseJournal?.({ reason: 'booked at the right rate' }))
    expect(released).toMatchObject({ item: { status: 'OUTSTANDING' }, events: [{ data: { cause: 'releaseJournal' } }] })
    expect(undone(released).item.status).toBe('AWAITING_JOURNAL')
    expect(act(held).releaseJournal?.({ reason: 'a\u0000' })).toMatchObject({ refusal: { code: 'TEXT_INVALID' } })
  })

  it('comes back when the recorded entry is reversed in the books', () => {
    expect(act(wire).whyNot.withdrawJournal?.code).toBe('JOURNAL_MISSING')
    expect(act(buildReviewItem()).whyNot.withdrawJournal?.code).toBe('NOT_A_VARIANCE')
    const amount = { amount: '0.00', currency: 'USD' }
    const recorded = outcome(act(wire).recordJournal?.({ journalEntryId: 'JE-1', amount })).item
    expect(act(recorded).reconcile).not.toBeNull()
    expect(act(recorded).withdrawJournal?.({ reason: ' ' })).toMatchObject({ refusal: { code: 'TEXT_MISSING' } })
    const withdrawn = outcome(act(recorded).withdrawJournal?.({ reason: 'reversed in the ledger' }))
    expect(withdrawn.item).toMatchObject({ status: 'AWAITING_JOURNAL' })
    expect(withdrawn.item).not.toHaveProperty('journal')
    expect(withdrawn.effects).toMatchObject([{ type: 'EMIT_WEBHOOK', from: 'OUTSTANDING', to: 'AWAITING_JOURNAL' }])
    expect(act(withdrawn.item).whyNot.reconcile?.code).toBe('EVENT_NOT_ALLOWED')
    expect(undone(withdrawn).item.journal).toEqual(recorded.journal)
    const flagged = outcome(act(recorded).flag?.({ reason: 'look' })).item
    expect(outcome(act(flagged).withdrawJournal?.({ reason: 'reversed' })).item.status).toBe('FLAGGED')
  })

  it('is for staff alone', () => {
    const client = { id: 'mei', roles: ['CLIENT_CONTACT'] as const }
    const { whyNot } = itemActions(wire, client, reviewContext(records))
    expect([whyNot.withdrawJournal?.code, whyNot.releaseJournal?.code, whyNot.reopenApproval?.code]).toEqual([
      'FORBIDDEN',
      'FORBIDDEN',
      'FORBIDDEN',
    ])
  })
})
