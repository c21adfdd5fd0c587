import { describe, expect, it } from 'vitest'
import { buildReviewItem } from '../testing/builders.ts'
import { act, outcome } from '../testing/review-desk.ts'
import { enteredText } from './item-text.ts'

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
