import { allow, type Decision, refuse } from '../decision.ts'
import type { Adjustment } from '../matching/match.ts'
import { isZeroMoney, type Money, type MoneyRefusalCode, subtractMoney, sumMoney } from '../money/money.ts'
import { wrongMoney } from '../money/money-check.ts'
import type { BankLine } from '../records/bank-line.ts'
import type { BookEntry } from '../records/book-entry.ts'
import type { JournalRecord } from './review-item.ts'

/** Both sides of a selection in one currency, and what is left between them. */
export interface SelectionBalance {
  readonly currency: string
  readonly bankTotal: Money
  readonly bookTotal: Money
  readonly adjustments: Money
  /** bankTotal minus bookTotal minus adjustments: a link balances at exactly zero. */
  readonly difference: Money
  readonly balanced: boolean
}

/**
 * Adds up a selection. Where the two sides are in different currencies, the original amounts are compared, and failing
 * those what the journal says the bank moved; currencies are never added or converted here.
 */
export function selectionBalance(
  lines: readonly BankLine[],
  entries: readonly BookEntry[],
  adjustments: readonly Adjustment[] = [],
  journal?: JournalRecord,
): Decision<SelectionBalance, 'CURRENCY_MISMATCH' | 'NOTHING_SELECTED' | MoneyRefusalCode> {
  const wrong = wrongMoney(adjustments.map((adjustment) => adjustment.amount))
  if (wrong) return { ok: false, refusal: wrong }
  if (lines.length + entries.length === 0) return refuse('NOTHING_SELECTED', 'Select at least one record.')
  const bank = lines.map((line) => line.amount)
  const book = entries.map((entry) => entry.openAmount ?? entry.amount)
  const comparable =
    inOneCurrency(bank, book) ??
    inOneCurrency(originals(lines), book) ??
    inOneCurrency(bank, originals(entries)) ??
    (journal?.settledAmount && lines.length > 0 ? inOneCurrency([journal.settledAmount], book) : undefined)
  if (comparable === undefined) {
    return refuse(
      'CURRENCY_MISMATCH',
      'The two sides are in different currencies and carry no amount in a common one.',
      {
        ids: [...lines, ...entries].map((record) => record.id).sort(),
      },
    )
  }
  const { currency } = comparable
  if (adjustments.some((adjustment) => adjustment.amount.currency !== currency)) {
    return refuse('CURRENCY_MISMATCH', `The adjustments must be in ${currency}, like the compared amounts.`)
  }
  const bankTotal = sumMoney(comparable.bank, currency)
  const bookTotal = sumMoney(comparable.book, currency)
  const adjusted = sumMoney(
    adjustments.map((adjustment) => adjustment.amount),
    currency,
  )
  const difference = subtractMoney(subtractMoney(bankTotal, bookTotal), adjusted)
  return allow({
    currency,
    bankTotal,
    bookTotal,
    adjustments: adjusted,
    difference,
    balanced: isZeroMoney(difference),
  })
}

function originals(records: readonly { readonly originalAmount?: Money }[]): readonly Money[] | undefined {
  const amounts = records.flatMap((record) => (record.originalAmount === undefined ? [] : [record.originalAmount]))
  return amounts.length === records.length ? amounts : undefined
}

function inOneCurrency(bank: readonly Money[] | undefined, book: readonly Money[] | undefined) {
  if (bank === undefined || book === undefined) return undefined
  const currencies = new Set([...bank, ...book].map((amount) => amount.currency))
  const [currency] = currencies
  return currency !== undefined && currencies.size === 1 ? { bank, book, currency } : undefined
}
