import type { Adjustment } from '../matching/match.ts'
import type { Money } from '../money/money.ts'
import type { IsoDate } from '../records/iso-date.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import type { Desk } from './permission.ts'

/** How a desk works its items. Presets fill it in; a host may change any of it. */
export interface ReviewSettings {
  readonly desk: Desk
  /** Scenarios shown without a reconcile action. Links the source system made are always read-only. */
  readonly readOnlyScenarios: readonly Scenario[]
  /** Which differences a person may write down on a link; a link without one balances to the minor unit. */
  readonly adjustmentKinds: readonly Adjustment['kind'][]
  /** Whether an amount variance must have its journal entry before it can be reconciled. */
  readonly journalForVariance: boolean
  /** From this magnitude on (one amount per currency) a second person approves. None: never. */
  readonly approvalThresholds: readonly Money[]
  /** Records up to this date belong to a closed period: nothing that touches them changes. */
  readonly lockedThrough?: IsoDate
  /** Whether a confirmed link is told to the source system, because a provider can and the policy allows. */
  readonly writeback: boolean
}

export const defaultReviewSettings: ReviewSettings = {
  desk: 'CASH_MANAGEMENT',
  readOnlyScenarios: [],
  adjustmentKinds: [],
  journalForVariance: true,
  approvalThresholds: [],
  writeback: false,
}
