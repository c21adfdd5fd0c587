import * as core from '@recon/core'
import { type MatchInput, type MatchRun, ReconError } from '@recon/core'
import type { RunPlan } from './start-run.ts'

/** A preset's name, a whole policy, or nothing for the default. */
export type PlanRun = (policy: string | Readonly<Record<string, unknown>> | undefined) => RunPlan

export type Engine = (input: MatchInput, policy: unknown) => MatchRun

/** The run a host asks for, under one of the presets or a policy of its own. */
export function planRunWith(engine: Engine): PlanRun {
  return (asked) => {
    const policy = typeof asked === 'object' ? asked : {}
    const policyName = typeof asked === 'string' ? asked : 'cash-management'
    return { policyName, policy, settings: {}, perspective: 'BANK', match: (input) => engine(input, policy) }
  }
}

export function defaultEngine(): Engine {
  const engine = (core as { matchLines?: Engine }).matchLines
  if (engine === undefined) throw new ReconError('CONFIGURATION_INVALID', 'No matching engine is present.')
  return engine
}
