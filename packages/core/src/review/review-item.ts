import type { Reason } from '../matching/evidence.ts'
import type { Match } from '../matching/match.ts'
import type { Money } from '../money/money.ts'
import type { IsoInstant } from '../records/iso-date.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import type { ApprovalStatus } from './maker-checker.ts'
import type { MatchDecision } from './match-decision.ts'

export const reviewItemStatuses = [
  'OUTSTANDING',
  'RECONCILED',
  'UNRECEIVED',
  'FLAGGED',
  'ESCALATED',
  'AWAITING_JOURNAL',
] as const
export type ReviewItemStatus = (typeof reviewItemStatuses)[number]

/** Which of the desk's buckets an outstanding item is in. */
export type ReviewBucket = 'UNIQUE' | 'PARTIAL' | 'NO_MATCH'

/**
 * What a person works: one subject with its scenario, its links and what may be done. Deterministic: the same input
 * under the same policy gives the same items with the same ids.
 */
export interface ReviewItem {
  readonly id: string
  /** One bank line, or all lines of a sweep batch or group. Book entries only, where the perspective is BOOK. */
  readonly bankLineIds: readonly string[]
  readonly bookEntryIds: readonly string[]
  readonly perspective: 'BANK' | 'BOOK'
  readonly scenario: Scenario
  readonly bucket: ReviewBucket
  readonly status: ReviewItemStatus
  /** Best first: the active link of a reconciled item, otherwise the proposals. */
  readonly matches: readonly Match[]
  /** Why the item is where it is, as a code of the message table. */
  readonly reason: Reason
  /** 0 (nothing to do) to 100 (money at risk now); orders the queue. */
  readonly severity: number
  /** Grows by one with every change; stale writers are refused. */
  readonly version: number
  /** The active decision of a reconciled item. */
  readonly decision?: MatchDecision
  readonly flag?: ItemNote
  readonly escalation?: ItemNote
  readonly journal?: JournalRecord
  readonly approval?: ApprovalRequest
  /** The last request that came to nothing; gone when another one is made, or the item is reconciled. */
  readonly closedApproval?: ClosedApproval
  /** Proposals a person rejected; they are not offered again. */
  readonly rejectedMatchIds?: readonly string[]
  /** The batch these records were left over from, when it was closed without them. */
  readonly splitFrom?: string
}

/** A hold with its reason and what was on the table then. */
export interface ItemNote {
  readonly reason: string
  readonly actorId: string
  readonly at: IsoInstant
  readonly bankLineIds: readonly string[]
  readonly bookEntryIds: readonly string[]
}

/** The journal entry that records a difference. `amount` is bank minus books, in the books' currency. */
export interface JournalRecord {
  readonly journalEntryId: string
  readonly amount: Money
  /** What the bank moved, in the books' currency; needed where the line itself is in another one. */
  readonly settledAmount?: Money
  readonly actorId: string
  readonly at: IsoInstant
}

/** A decision that waits for a second person. It closes when the item or its records change. */
export interface ApprovalRequest {
  readonly decision: MatchDecision
  readonly requestedBy: string
  readonly at: IsoInstant
}

/** A request that was declined, or overtaken by a change, with the reason: what was written, or the code of the change. */
export interface ClosedApproval extends ApprovalRequest {
  readonly status: Extract<ApprovalStatus, 'DECLINED' | 'OUTDATED'>
  readonly reason: string
  readonly closedBy: string
  readonly closedAt: IsoInstant
}
