import {
  type MatchInput,
  type MatchPolicy,
  type MatchPolicyInput,
  type MatchRun,
  matchLines,
  matchPolicy,
  type ReviewSettings,
} from '@recon/core'
import type { RunPlan } from './start-run.ts'

/** A preset's name, a whole policy, or nothing for the default. */
export type PlanRun = (policy: string | Readonly<Record<string, unknown>> | undefined) => RunPlan

export type Engine = (input: MatchInput, policy: MatchPolicy) => MatchRun

interface Desk {
  readonly policy: MatchPolicyInput
  readonly settings: Partial<ReviewSettings>
}

const desks: Readonly<Record<string, Desk>> = {
  'cash-management': { policy: { name: 'cash-management' }, settings: { desk: 'CASH_MANAGEMENT' } },
  'payments-desk': {
    policy: { name: 'payments-desk', perspective: 'BOOK' },
    settings: { desk: 'PAYMENTS_DESK' },
  },
  treasury: { policy: { name: 'treasury', perspective: 'BOOK' }, settings: { desk: 'TREASURY' } },
  bookkeeping: { policy: { name: 'bookkeeping' }, settings: { desk: 'BOOKKEEPING' } },
  collections: { policy: { name: 'collections', perspective: 'BOOK' }, settings: { desk: 'COLLECTIONS' } },
}

const cashManagement: Desk = { policy: {}, settings: { desk: 'CASH_MANAGEMENT' } }

/**
 * The run a host asks for, under one of the presets or a policy of its own.
 * @throws ReconError POLICY_INVALID naming the setting
 */
export function planRunWith(engine: Engine = matchLines): PlanRun {
  return (asked) => {
    const desk = typeof asked === 'string' ? (desks[asked] ?? cashManagement) : cashManagement
    const policy = matchPolicy(typeof asked === 'object' ? (asked as MatchPolicyInput) : desk.policy)
    return {
      policyName: typeof asked === 'string' ? asked : policy.name,
      policy,
      settings: desk.settings,
      perspective: policy.perspective,
      match: (input) => engine(input, policy),
    }
  }
}
