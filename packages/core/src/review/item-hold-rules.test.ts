import { describe, expect, it } from 'vitest'
import { money } from '../money/money.ts'
import { buildActor, buildBankLine, buildBookEntry, buildReviewItem } from '../testing/builders.ts'
import { itemActions } from './item-actions.ts'
import type { ItemOutcome } from './item-change.ts'
import { enteredText } from './item-text.ts'
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
