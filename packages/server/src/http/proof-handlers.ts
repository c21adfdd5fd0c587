import { calibrateDecisions } from '../use-cases/calibrate-decisions.ts'
import { comparePolicies } from '../use-cases/compare-policies.ts'
import { drawPeriod } from '../use-cases/draw-period.ts'
import { actOnPeriod, getPeriod, listPeriods } from '../use-cases/lock-period.ts'
import type { PlanRun } from '../use-cases/plan-run.ts'
import type { Handlers } from './handlers.ts'

/** The routes of accounting periods and of the rule lab. */
export function proofHandlers(planRun: PlanRun): Pick<Handlers, 'periods' | 'lab'> {
  return {
    periods: {
      draw: ({ unit, input }) => drawPeriod(unit, input),
      list: ({ unit, input }) => listPeriods(unit, input),
      get: ({ unit, input }) => getPeriod(unit, input.periodId),
      act: ({ unit, input }) => actOnPeriod(unit, input),
    },
    lab: {
      compare: ({ unit, input }) => comparePolicies(unit, input, planRun),
      calibration: ({ unit, input }) => calibrateDecisions(unit, input),
    },
  }
}
