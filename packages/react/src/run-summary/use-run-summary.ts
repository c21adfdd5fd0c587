import { scenarios } from '@recon/core'
import { plainWords } from '../messages/reason-messages.ts'
import { scenarioTone } from '../parts/scenario-badge.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import type { BarDatum } from './bar-list.tsx'
import type { RunFigures } from './run-summary.tsx'

/** The pictures of a run without markup: what each bar is called, counts and amounts to, ready for any chart. */
export function useRunSummary(figures: RunFigures) {
  const { messages } = useRecon()
  const byScenario: readonly BarDatum[] = scenarios.flatMap((scenario) => {
    const found = figures.byScenario.find((entry) => entry.scenario === scenario)
    if (found === undefined || found.count === 0) return []
    const { count, amount } = found
    return [{ id: scenario, label: messages.scenario[scenario], tone: scenarioTone[scenario], count, amount }]
  })
  const byAge: readonly BarDatum[] = figures.openByAge.map(({ band, count, amount }) => ({
    id: band,
    label: messages.summary.ageBand[band],
    tone: band === 'older' || band === 'days6to10' ? 'warning' : 'accent',
    count,
    amount,
  }))
  const byCause: readonly BarDatum[] = (figures.proof?.causes ?? []).map(({ cause, count, amount }) => ({
    id: cause,
    label: messages.proof.cause[cause] ?? plainWords(cause),
    tone: 'info',
    count,
    amount,
  }))
  return { byScenario, byAge, byCause, share: figures.total === 0 ? 0 : figures.reconciled / figures.total }
}

export type RunSummaryModel = ReturnType<typeof useRunSummary>
