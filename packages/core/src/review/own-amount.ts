import { type Money, sumMoney } from '../money/money.ts'
import type { ReviewContext } from './review-context.ts'
import type { ReviewItem } from './review-item.ts'

/** What the item's own records come to; undefined when they are unknown or in several currencies. */
export function ownAmount(item: ReviewItem, context: ReviewContext): Money | undefined {
  const amounts = [
    ...item.bankLineIds.flatMap((id) => context.bankLine(id)?.amount ?? []),
    ...item.bookEntryIds.flatMap((id) => context.bookEntry(id)?.amount ?? []),
  ]
  const currencies = new Set(amounts.map((amount) => amount.currency))
  const [currency] = currencies
  return currency !== undefined && currencies.size === 1 ? sumMoney(amounts, currency) : undefined
}
