import type { Reason } from '../matching/evidence.ts'
import type { Match } from '../matching/match.ts'
import type { Scenario } from '../scenarios/scenario.ts'

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
}
