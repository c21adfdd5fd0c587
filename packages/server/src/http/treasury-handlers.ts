import { linkLines, moveTransactable } from '../use-cases/link-lines.ts'
import { getTransactable, listTransactables, sumTransactables } from '../use-cases/list-transactables.ts'
import { listTreasuryLines } from '../use-cases/list-treasury-lines.ts'
import { matchTransactables } from '../use-cases/match-transactables.ts'
import type { PlanRun } from '../use-cases/plan-run.ts'
import { saveTransactables } from '../use-cases/save-transactables.ts'
import type { Handlers } from './handlers.ts'

/** The routes of treasury: transactables, how sure the bank makes us of them, and the lines behind it. */
export function treasuryHandlers(planRun: PlanRun): Pick<Handlers, 'treasury'> {
  return {
    treasury: {
      save: ({ unit, input }) => saveTransactables(unit, input),
      list: ({ unit, input }) => listTransactables(unit, input),
      summary: ({ unit }) => sumTransactables(unit),
      get: ({ unit, input }) => getTransactable(unit, input.transactableId),
      match: ({ unit, input }) => matchTransactables(unit, input, planRun('treasury')),
      link: ({ unit, input }) => linkLines(unit, input),
      move: ({ unit, input }) => moveTransactable(unit, input),
      lines: ({ unit, input }) => listTreasuryLines(unit, input),
    },
  }
}
