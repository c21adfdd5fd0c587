import { listedChanges } from '@recon/client'
import {
  allow,
  createMatchingEngine,
  type Decision,
  diffRuns,
  type LinkChange,
  type MatchPolicy,
  type MatchRun,
  missingPermission,
} from '@recon/core'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { PlanRun } from './plan-run.ts'
import { runRecords } from './run-records.ts'

export interface PolicyComparison {
  readonly runId: string
  readonly policy: string | Readonly<Record<string, unknown>>
}

/** Runs two policies over the records of a stored run and tells the difference. Stores nothing. */
export async function comparePolicies(unit: UnitOfWork, input: PolicyComparison, planRun: PlanRun) {
  const missing = missingPermission(unit.actor, 'item.view')
  if (missing) return { ok: false, refusal: missing } satisfies Decision<never>
  const next = planRun(input.policy)
  const { policy, policyName, ...records } = await runRecords(unit, input.runId)
  const before = createMatchingEngine(policy).match(records)
  const after = createMatchingEngine(next.policy as MatchPolicy).match(records)
  const { newlyMatched, broken, changed, unchanged, scenarios } = diffRuns(before, after)
  return allow({
    runId: input.runId,
    before: summary(policyName, before),
    after: summary(next.policyName, after),
    counts: {
      newlyMatched: newlyMatched.length,
      broken: broken.length,
      changed: changed.length,
      unchanged,
      scenarios: scenarios.length,
    },
    newlyMatched: listed(newlyMatched),
    broken: listed(broken),
    changed: listed(changed),
    scenarios: scenarios
      .slice(0, listedChanges)
      .map(({ bankLineId, before: old, after: now }) => ({ bankLineId, before: old ?? null, after: now ?? null })),
  })
}

function summary(policy: string, { stats }: MatchRun) {
  const { automatic, proposed, unmatched } = stats
  return { policy, automatic, proposed, unmatched }
}

function listed(changes: readonly LinkChange[]) {
  return changes.slice(0, listedChanges).map(({ before, after, ...change }) => ({
    ...change,
    before: before ?? null,
    after: after ?? null,
  }))
}
