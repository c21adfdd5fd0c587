import { allow, type Decision, refuse } from '../decision.ts'
import type { Adjustment } from '../matching/match.ts'
import { compareMoney, type Money, type MoneyRefusalCode, negateMoney } from '../money/money.ts'
import type { BankLine } from '../records/bank-line.ts'
import type { BookEntry } from '../records/book-entry.ts'
import { type ItemSelection, lockedPeriod, type ReviewContext } from './review-context.ts'
import type { ReviewItem } from './review-item.ts'
import { type SelectionBalance, selectionBalance } from './selection-balance.ts'

export interface LinkRequest extends ItemSelection {
  readonly adjustments?: readonly Adjustment[]
}

export interface CheckedLink {
  readonly bankLineIds: readonly string[]
  readonly bookEntryIds: readonly string[]
  readonly adjustments: readonly Adjustment[]
  readonly balance: SelectionBalance
  readonly warnings: readonly string[]
}

export type LinkRefusalCode =
  | 'NOTHING_SELECTED'
  | 'ONE_SIDE_ONLY'
  | 'SUBJECT_NOT_SELECTED'
  | 'RECORD_UNKNOWN'
  | 'RECORD_TAKEN'
  | 'RECORD_NOT_CURRENT'
  | 'LINE_PENDING'
  | 'ADJUSTMENT_NOT_ALLOWED'
  | 'CURRENCY_MISMATCH'
  | 'AMOUNTS_DIFFER'
  | 'JOURNAL_MISSING'
  | 'PERIOD_LOCKED'
  | MoneyRefusalCode

/** Whether these records may be linked for this item: known, current, free, on both sides, and equal to the minor unit. */
export function checkLink(
  item: ReviewItem,
  request: LinkRequest,
  context: ReviewContext,
): Decision<CheckedLink, LinkRefusalCode> {
  const bankLineIds = [...new Set(request.bankLineIds)].sort()
  const bookEntryIds = [...new Set(request.bookEntryIds)].sort()
  const records = selectedRecords(item, bankLineIds, bookEntryIds, context)
  if (!records.ok) return records
  const adjustments = [...(request.adjustments ?? []), ...journalAdjustment(item)]
  const foreign = (request.adjustments ?? []).find((one) => !context.settings.adjustmentKinds.includes(one.kind))
  if (foreign) {
    return refuse(
      'ADJUSTMENT_NOT_ALLOWED',
      `A difference of kind ${foreign.kind} may not be written down on this desk.`,
    )
  }
  if (needsJournal(item, context)) {
    return refuse('JOURNAL_MISSING', 'Record the journal entry for the difference first, then reconcile.')
  }
  const { lines, entries } = records.value
  const balance = selectionBalance(lines, entries, adjustments, item.journal)
  if (!balance.ok) return balance
  if (!balance.value.balanced) {
    const { difference } = balance.value
    return refuse('AMOUNTS_DIFFER', `The selection differs by ${difference.amount} ${difference.currency}.`, {
      details: { difference },
    })
  }
  const failed = item.scenario === 'FAILED_PAYMENT' ? ['REPLACEMENT_NOT_CLEARED'] : []
  return allow({ bankLineIds, bookEntryIds, adjustments, balance: balance.value, warnings: failed })
}

function selectedRecords(
  item: ReviewItem,
  bankLineIds: readonly string[],
  bookEntryIds: readonly string[],
  context: ReviewContext,
): Decision<{ lines: BankLine[]; entries: BookEntry[] }, LinkRefusalCode> {
  if (bankLineIds.length + bookEntryIds.length === 0) return refuse('NOTHING_SELECTED', 'Select the records to link.')
  if (bankLineIds.length === 0 || bookEntryIds.length === 0) {
    return refuse('ONE_SIDE_ONLY', 'Select at least one bank line and one book entry.')
  }
  const missingSubject = subjectIds(item).filter((id) => !bankLineIds.includes(id) && !bookEntryIds.includes(id))
  if (missingSubject.length > 0) {
    return refuse('SUBJECT_NOT_SELECTED', 'The selection leaves out what the item is about.', { ids: missingSubject })
  }
  const lines = bankLineIds.flatMap((id) => context.bankLine(id) ?? [])
  const entries = bookEntryIds.flatMap((id) => context.bookEntry(id) ?? [])
  const known = new Set([...lines, ...entries].map((record) => record.id))
  const unknown = [...bankLineIds, ...bookEntryIds].filter((id) => !known.has(id))
  if (unknown.length > 0) return refuse('RECORD_UNKNOWN', 'A selected record does not exist.', { ids: unknown })
  const taken = [
    ...bankLineIds.filter((id) => isTaken('BANK', id, item, context)),
    ...bookEntryIds.filter((id) => isTaken('BOOK', id, item, context)),
  ]
  if (taken.length > 0)
    return refuse('RECORD_TAKEN', 'A selected record is part of another active link.', { ids: taken })
  const stale = [
    ...lines.filter((line) => line.status === 'SUPERSEDED' || line.status === 'WITHDRAWN'),
    ...entries.filter((entry) => entry.status === 'CLOSED'),
  ].map((record) => record.id)
  if (stale.length > 0) return refuse('RECORD_NOT_CURRENT', 'A selected record is replaced or closed.', { ids: stale })
  const pending = lines.filter((line) => line.status === 'PENDING').map((line) => line.id)
  if (pending.length > 0) {
    return refuse('LINE_PENDING', 'A pending line may still change: it reconciles when it posts.', { ids: pending })
  }
  const locked = lockedPeriod({ bankLineIds, bookEntryIds }, context)
  return locked ? { ok: false, refusal: locked } : allow({ lines, entries })
}

/** The records an ordinary link must hold. A batch is whatever part of it the person selects. */
function subjectIds(item: ReviewItem): readonly string[] {
  if (item.scenario === 'SWEEP') return []
  return item.perspective === 'BANK' ? item.bankLineIds : item.bookEntryIds
}

function isTaken(side: 'BANK' | 'BOOK', id: string, item: ReviewItem, context: ReviewContext): boolean {
  const holder = context.holder(side, id)
  return holder !== undefined && holder !== item.id
}

export function needsJournal(item: ReviewItem, context: ReviewContext): boolean {
  return item.scenario === 'AMOUNT_VARIANCE' && context.settings.journalForVariance && item.journal === undefined
}

function journalAdjustment(item: ReviewItem): readonly Adjustment[] {
  return item.journal === undefined ? [] : [{ kind: 'FX', amount: item.journal.amount }]
}

/** Whether the policy wants a second person for this amount. A currency without a threshold of its own wants none. */
export function needsApproval(total: Money, thresholds: readonly Money[]): boolean {
  const threshold = thresholds.find((candidate) => candidate.currency === total.currency)
  if (threshold === undefined) return false
  const magnitude = total.amount.startsWith('-') ? negateMoney(total) : total
  return compareMoney(magnitude, threshold) >= 0
}
