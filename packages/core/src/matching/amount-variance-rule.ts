import type { MatchingContext } from './matching-context.ts'

/**
 * True where the bank's amount is expected to differ from the books': a foreign exchange wire (514), a direct debit where the
 * policy says so, or a conversion both sides can name (equal original amounts, or one side's original currency is the other's).
 */
export function isExpectedVariance(context: MatchingContext, line: number, entry: number): boolean {
  const { amountVariance, currency } = context.policy
  const bank = context.lines.rows[line]
  const book = context.entries.rows[entry]
  if (bank === undefined || book === undefined || currency !== 'MUST_AGREE') return false
  if (bank.amount.amount.startsWith('-') !== book.amount.amount.startsWith('-')) return false
  if (amountVariance.transactionCodes.includes(bank.transactionCode ?? '')) return true
  if (bank.instrument === 'DIRECT_DEBIT' && amountVariance.directDebits)
    return bank.amount.currency === book.amount.currency
  const bankOriginal = bank.originalAmount
  const bookOriginal = book.originalAmount
  if (bank.amount.currency !== book.amount.currency) {
    return bankOriginal?.currency === book.amount.currency || bookOriginal?.currency === bank.amount.currency
  }
  return (
    bankOriginal !== undefined &&
    bookOriginal !== undefined &&
    bankOriginal.currency !== bank.amount.currency &&
    bankOriginal.currency === bookOriginal.currency &&
    bankOriginal.amount === bookOriginal.amount
  )
}
