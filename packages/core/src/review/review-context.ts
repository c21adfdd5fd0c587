import { type Refusal, refuse } from '../decision.ts'
import type { BankLine } from '../records/bank-line.ts'
import type { BookEntry } from '../records/book-entry.ts'
import type { IsoInstant } from '../records/iso-date.ts'
import { activeDecision } from './active-decision.ts'
import type { ItemEvent } from './item-change.ts'
import type { ReviewItem } from './review-item.ts'
import { defaultReviewSettings, type ReviewSettings } from './review-settings.ts'

/** The records a person has picked on both sides. */
export interface ItemSelection {
  readonly bankLineIds: readonly string[]
  readonly bookEntryIds: readonly string[]
}

/** What the rules look at beside the item: the records it names, what else holds them, the settings, and the moment. */
export interface ReviewContext {
  readonly now: IsoInstant
  readonly settings: ReviewSettings
  readonly bankLine: (id: string) => BankLine | undefined
  readonly bookEntry: (id: string) => BookEntry | undefined
  /** Another item whose active link holds the record; undefined when it is free. */
  readonly holder: (side: 'BANK' | 'BOOK', recordId: string) => string | undefined
  readonly item: (id: string) => ReviewItem | undefined
  /** What is selected on the screen: with it, an action that this selection does not allow is null already. */
  readonly selection?: ItemSelection
  /** The last event of the item, which undo takes back. */
  readonly lastEvent?: ItemEvent
}

export interface ReviewRecords {
  readonly now: IsoInstant
  readonly bankLines?: readonly BankLine[]
  readonly bookEntries?: readonly BookEntry[]
  /** Other items of the desk, where a record may be held already. */
  readonly items?: readonly ReviewItem[]
  readonly settings?: Partial<ReviewSettings>
  readonly selection?: ItemSelection
  readonly lastEvent?: ItemEvent
}

/** A context from plain lists. */
export function reviewContext(records: ReviewRecords): ReviewContext {
  const lines = new Map((records.bankLines ?? []).map((line) => [line.id, line]))
  const entries = new Map((records.bookEntries ?? []).map((entry) => [entry.id, entry]))
  const items = new Map((records.items ?? []).map((item) => [item.id, item]))
  const holders = new Map<string, string>()
  for (const item of items.values()) {
    const decision = activeDecision(item)
    if (decision === undefined) continue
    for (const id of decision.bankLineIds) holders.set(`BANK ${id}`, item.id)
    for (const id of decision.bookEntryIds) holders.set(`BOOK ${id}`, item.id)
  }
  return {
    now: records.now,
    settings: { ...defaultReviewSettings, ...records.settings },
    bankLine: (id) => lines.get(id),
    bookEntry: (id) => entries.get(id),
    holder: (side, id) => holders.get(`${side} ${id}`),
    item: (id) => items.get(id),
    ...(records.selection && { selection: records.selection }),
    ...(records.lastEvent && { lastEvent: records.lastEvent }),
  }
}

/** Null when no record of the item or the selection belongs to a closed period. */
export function lockedPeriod(selection: ItemSelection, context: ReviewContext): Refusal<'PERIOD_LOCKED'> | null {
  const lockedThrough = context.settings.lockedThrough
  if (lockedThrough === undefined) return null
  const lines = selection.bankLineIds.filter((id) => (context.bankLine(id)?.bookingDate ?? '9999') <= lockedThrough)
  const entries = selection.bookEntryIds.filter((id) => (context.bookEntry(id)?.date ?? '9999') <= lockedThrough)
  const ids = [...lines, ...entries].sort()
  if (ids.length === 0) return null
  return refuse('PERIOD_LOCKED', `The period through ${lockedThrough} is closed.`, { ids }).refusal
}
