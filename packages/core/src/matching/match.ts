import type { Money } from '../money/money.ts'
import type { Evidence, Reason } from './evidence.ts'

/** UNIQUE: one line and one entry by an identifier. PARTIAL: suggested by other signals. GROUP: more than one on a side. */
export type MatchKind = 'UNIQUE' | 'PARTIAL' | 'GROUP'

/** AUTO was made by the engine; PROPOSED and FLAGGED wait for a person, FLAGGED because something is wrong. */
export type MatchStatus = 'AUTO' | 'PROPOSED' | 'FLAGGED'

export const matchPasses = [
  'SOURCE_CONFIRMED',
  'SUPERSESSION',
  'FAILED_PAYMENT',
  'IDENTIFIER_EXACT',
  'IDENTIFIER_NORMALIZED',
  'GROUP',
  'SCORED',
] as const
export type MatchPass = (typeof matchPasses)[number]

/** Part of a difference that is explained: a fee, an FX gain or loss, a tolerance. */
export interface Adjustment {
  readonly kind: 'FEE' | 'FX' | 'TOLERANCE' | 'ROUNDING'
  readonly amount: Money
}

/** A link between bank lines and book entries. Ids are sorted; `id` is derived from them and stays the same for the same link. */
export interface Match {
  readonly id: string
  readonly bankLineIds: readonly string[]
  readonly bookEntryIds: readonly string[]
  readonly kind: MatchKind
  readonly status: MatchStatus
  /** TENTATIVE while any of its lines is pending. */
  readonly certainty: 'TENTATIVE' | 'POSTED'
  readonly pass: MatchPass
  /** 0 to 1: the probability that the link is right under the policy's weights. Not a licence to confirm: see `status`. */
  readonly confidence: number
  /** Sum of the lines minus sum of the entries, in the compared currency. */
  readonly difference: Money
  readonly adjustments: readonly Adjustment[]
  /** Why this status and not a better one. */
  readonly reason: Reason
  readonly evidence: readonly Evidence[]
  /** How many combinations fit a group, counted up to the policy's cap; more than one is ambiguous. */
  readonly solutions?: number
  /** Parts of entries taken, where a group splits one; their sum is the line's amount. */
  readonly allocations?: readonly { readonly bookEntryId: string; readonly amount: Money }[]
  /** The next best link of the same subject and how far behind it is, in bits. */
  readonly runnerUp?: {
    readonly bankLineIds: readonly string[]
    readonly bookEntryIds: readonly string[]
    readonly margin: number
  }
}
