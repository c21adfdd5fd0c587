import { verifyActivity } from '../store/activity-chain.ts'
import { actOnItem } from '../use-cases/act-on-item.ts'
import { actOnMany } from '../use-cases/act-on-many.ts'
import { explainRecords } from '../use-cases/explain-records.ts'
import { getItem } from '../use-cases/get-item.ts'
import { importRecords } from '../use-cases/import-records.ts'
import { listActivity } from '../use-cases/list-activity.ts'
import { listImports } from '../use-cases/list-imports.ts'
import { listItems } from '../use-cases/list-items.ts'
import { listBankLines, listBookEntries } from '../use-cases/list-records.ts'
import { getProof, getRun, listRuns } from '../use-cases/list-runs.ts'
import { cancelRun, orderRun } from '../use-cases/partition-run.ts'
import type { PlanRun } from '../use-cases/plan-run.ts'
import { proveRun } from '../use-cases/prove-run.ts'
import { readInsight } from '../use-cases/read-insight.ts'
import { startRun } from '../use-cases/start-run.ts'
import { previewUndo, undoEvent } from '../use-cases/undo-event.ts'
import type { Handlers } from './handlers.ts'

type DeskHandlers = Pick<Handlers, 'imports' | 'records' | 'runs' | 'items' | 'activity' | 'insight'>

/** The routes every desk shares. */
export function deskHandlers(planRun: PlanRun): DeskHandlers {
  return {
    imports: {
      create: ({ unit, input }) => importRecords(unit, input),
      list: ({ unit, input }) => listImports(unit, input),
    },
    records: {
      bankLines: ({ unit, input }) => listBankLines(unit, input),
      bookEntries: ({ unit, input }) => listBookEntries(unit, input),
      explain: ({ unit, input }) => explainRecords(unit, input),
    },
    runs: {
      create: ({ unit, input }) => (input.wait === false ? orderRun : startRun)(unit, input, planRun(input.policy)),
      cancel: ({ unit, input }) => cancelRun(unit, input),
      list: ({ unit, input }) => listRuns(unit, input),
      get: ({ unit, input }) => getRun(unit, input.runId),
      proof: ({ unit, input }) => getProof(unit, input.runId),
      proofNow: ({ unit, input }) => proveRun(unit, input.runId),
    },
    items: {
      list: ({ unit, input }) => listItems(unit, input),
      get: ({ unit, input }) => getItem(unit, input.itemId),
      act: ({ unit, input }) => actOnItem(unit, input),
      actOnMany: ({ unit, input }) => actOnMany(unit, input),
    },
    activity: {
      list: ({ unit, input }) => listActivity(unit, input),
      previewUndo: ({ unit, input }) => previewUndo(unit, input),
      undo: ({ unit, input }) => undoEvent(unit, input),
      verify: ({ unit }) => verifyActivity(unit.db, unit.tenantId),
    },
    insight: { scenarios: ({ unit, input }) => readInsight(unit, input) },
  }
}
