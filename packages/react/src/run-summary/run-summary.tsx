import type { Money, RunProof, Scenario } from '@recon/core'
import { Amount } from '../parts/amount.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { BarList } from './bar-list.tsx'
import { useRunSummary } from './use-run-summary.ts'

export const ageBands = ['today', 'days1to2', 'days3to5', 'days6to10', 'older'] as const
export type AgeBand = (typeof ageBands)[number]

/** The figures of a run, in one currency. */
export interface RunFigures {
  readonly reconciled: number
  readonly total: number
  readonly reconciledAmount: Money
  readonly open: number
  /** Milliseconds the oldest open item waits. */
  readonly oldestOpen: number | null
  readonly failedAmount: Money
  readonly byScenario: readonly { readonly scenario: Scenario; readonly count: number; readonly amount: Money }[]
  readonly openByAge: readonly { readonly band: AgeBand; readonly count: number; readonly amount: Money }[]
  readonly proof: RunProof | null
}

/** The run at a glance: five figures in one line. */
export function RunFiguresBar({ figures }: { readonly figures: RunFigures }) {
  const { messages, format } = useRecon()
  const words = messages.summary
  const { share } = useRunSummary(figures)
  return (
    <dl className="recon-figures">
      <Figure label={words.reconciledShare(format.percent(share))}>
        {words.reconciledOf(format.count(figures.reconciled), format.count(figures.total))}
      </Figure>
      <Figure label={words.reconciledAmount}>
        <Amount value={figures.reconciledAmount} copyable />
      </Figure>
      <Figure label={figures.oldestOpen === null ? words.openOnly : words.open(format.age(figures.oldestOpen))}>
        {format.count(figures.open)}
      </Figure>
      <Figure label={words.failed} tone={/[1-9]/.test(figures.failedAmount.amount) ? 'danger' : undefined}>
        <Amount value={figures.failedAmount} copyable />
      </Figure>
      {figures.proof === null ? null : (
        <Figure
          label={words.proofDifference}
          tone={/[1-9]/.test(figures.proof.unexplained.amount) ? 'danger' : undefined}
        >
          <Amount value={figures.proof.unexplained} copyable />
        </Figure>
      )}
    </dl>
  )
}

function Figure(props: {
  readonly label: string
  readonly tone?: 'danger' | undefined
  readonly children: React.ReactNode
}) {
  return (
    <div className="recon-figure" data-tone={props.tone}>
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
    </div>
  )
}

/** Pictures of a run: matched against open, ageing, and where the difference comes from. Each is a table too. */
export function RunSummary({ figures }: { readonly figures: RunFigures }) {
  const { messages } = useRecon()
  const words = messages.summary
  const { byScenario, byAge, byCause } = useRunSummary(figures)
  return (
    <section className="recon-summary" aria-label={words.title}>
      <BarList title={words.byScenario} data={byScenario} measure="count" />
      <BarList title={words.byAge} data={byAge} measure="count" />
      {byCause.length === 0 ? null : <BarList title={words.byCause} data={byCause} measure="amount" />}
    </section>
  )
}
