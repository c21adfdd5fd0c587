import type { NormalizationStepName } from '../references/normalization-step.ts'
import type { Evidence, Reason } from './evidence.ts'
import type { Adjustment, MatchKind, MatchPass, MatchStatus } from './match.ts'

/** What a pass found out about its link, for the scenarios to read. */
export const matchFindings = [
  'RETURNED',
  'DUPLICATE_ENTRY',
  'DUPLICATE_LINE',
  'EXPECTED_VARIANCE',
  'SWEEP',
  'AMBIGUOUS',
  'TWINS',
] as const
export type MatchFinding = (typeof matchFindings)[number]

/** The fields and raw values an identifier link stands on. */
export interface IdentifierBridge {
  readonly lineField: string
  readonly entryField: string
  readonly line: string
  readonly entry: string
  /** Absent when the values were equal as received. */
  readonly step?: NormalizationStepName
}

/** A link while the run goes on: records by index into the context, money in minor units, nothing rendered yet. */
export interface MatchDraft {
  /** Ascending indexes into `context.lines` and `context.entries`. */
  readonly lines: readonly number[]
  readonly entries: readonly number[]
  readonly pass: MatchPass
  readonly status: MatchStatus
  readonly kind: MatchKind
  readonly reason: Reason
  /** Bits for the link (sum of evidence weights); orders proposals and becomes the confidence. */
  readonly score: number
  readonly finding?: MatchFinding
  readonly bridge?: IdentifierBridge
  /** Parts of the difference that are explained, in minor units of the compared currency. */
  readonly adjustments?: readonly { readonly kind: Adjustment['kind']; readonly minor: number }[]
  /** How many solutions a group search counted, up to its cap. */
  readonly solutions?: number
  /** Parts of entries taken, in minor units, where a group splits one. */
  readonly allocations?: readonly { readonly entry: number; readonly minor: number }[]
  readonly runnerUp?: {
    readonly lines: readonly number[]
    readonly entries: readonly number[]
    readonly margin: number
  }
  /** A further proposal for subjects that have a better one: does not hold its records. */
  readonly alternative?: boolean
  /** Signals of the pass's own, added to what the evidence builder says about every pair. */
  readonly evidence?: () => readonly Evidence[]
}
