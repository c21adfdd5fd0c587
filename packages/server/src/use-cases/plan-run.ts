import {
  type MatchInput,
  type MatchPolicy,
  type MatchPolicyInput,
  type MatchRun,
  matchLines,
  matchPolicy,
  type Preset,
  paymentsDeskAutomatic,
  presets,
  ReconError,
} from '@recon/core'
import type { RunPlan } from './start-run.ts'

/** A preset's name, a whole policy, or nothing for the default. */
export type PlanRun = (policy: string | Readonly<Record<string, unknown>> | undefined) => RunPlan

export type Engine = (input: MatchInput, policy: MatchPolicy) => MatchRun

type Desk = Pick<Preset, 'policy' | 'settings'>

const desks: ReadonlyMap<string, Desk> = new Map<string, Desk>([
  ...Object.values(presets).map((preset) => [preset.name, preset] as const),
  ['payments-desk-automatic', paymentsDeskAutomatic],
])

/**
 * The run a host asks for, under one of the presets or a policy of its own.
 * @throws ReconError POLICY_INVALID naming the setting
 */
export function planRunWith(engine: Engine = matchLines): PlanRun {
  return (asked) => {
    const named = typeof asked === 'string' ? desks.get(asked) : undefined
    if (typeof asked === 'string' && named === undefined) {
      throw new ReconError('POLICY_INVALID', `There is no preset "${asked.slice(0, 60)}".`, { place: 'policy' })
    }
    const desk: Desk = named ?? presets.cashManagement
    const policy = typeof asked === 'object' ? matchPolicy(asked as MatchPolicyInput) : desk.policy
    return {
      policyName: typeof asked === 'string' ? asked : policy.name,
      policy,
      settings: desk.settings,
      perspective: policy.perspective,
      match: (input) => engine(input, policy),
    }
  }
}
