import { money } from '../money/money.ts'
import { itemActions } from '../review/item-actions.ts'
import type { ItemOutcome } from '../review/item-change.ts'
import { type ReviewRecords, reviewContext } from '../review/review-context.ts'
import type { ReviewItem } from '../review/review-item.ts'
import { buildActor, buildBankLine, buildBookEntry } from './builders.ts'

export const now = '2026-11-21T09:00:00Z'
export const usd = (amount: string) => money(amount, 'USD')
export const eur = (amount: string) => money(amount, 'EUR')
export const analyst = buildActor('FINANCE')
/** One line and one entry of every sort that the rules of review items tell apart. */
export const bankLines = [
  buildBankLine({ id: 'bank-1' }),
  buildBankLine({ id: 'bank-eur', amount: eur('90.00') }),
  buildBankLine({ id: 'bank-conv', amount: eur('90.00'), originalAmount: usd('100.00') }),
  buildBankLine({ id: 'pending', status: 'PENDING' }),
  buildBankLine({ id: 'old', status: 'SUPERSEDED' }),
  buildBankLine({ id: 'gone', status: 'WITHDRAWN' }),
]
export const bookEntries = [
  buildBookEntry({ id: 'book-1' }),
  buildBookEntry({ id: 'book-eur', originalAmount: eur('90.00') }),
  buildBookEntry({ id: 'book-98', amount: usd('98.00') }),
  buildBookEntry({ id: 'book-open', amount: usd('500.00'), openAmount: usd('100.00') }),
]
export const context = (more: Partial<ReviewRecords> = {}) => reviewContext({ now, bankLines, bookEntries, ...more })
export const act = (item: ReviewItem, more: Partial<ReviewRecords> = {}, actor = analyst) =>
  itemActions(item, actor, context(more))
/** What an action made of the item. @throws Error when it was refused */
export function outcome(answer: unknown): ItemOutcome {
  const decision = answer as { ok: boolean; value: ItemOutcome; refusal?: { code: string } } | null | undefined
  if (!decision?.ok) throw new Error(decision?.refusal?.code ?? 'null action')
  return decision.value
}
