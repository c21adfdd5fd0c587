import type { IsoDate, IsoInstant } from '@recon/core'
import type { ReactNode } from 'react'
import type { RunStatusName } from '../messages/run-messages.ts'
import { ActionButton } from '../parts/action-button.tsx'
import { Badge, type Tone } from '../parts/scenario-badge.tsx'
import { ProgressBar } from '../parts/screen-state.tsx'
import { useRecon } from '../recon-root/recon-context.ts'

export interface RunActions {
  readonly dispatch?: (() => void) | null
  readonly rematch?: (() => void) | null
  readonly complete?: (() => void) | null
  readonly print?: (() => void) | null
}

export interface RunHeaderProps {
  readonly client: string
  readonly account?: string
  readonly periodEnd?: IsoDate
  readonly status: RunStatusName
  /** Share of the work done while matching, 0 to 1. */
  readonly progress?: number
  readonly failure?: string | null
  readonly counters: { readonly [Name in 'matches' | 'proposed' | 'unreconciled' | 'responded' | 'resolved']: number }
  readonly sent?: { readonly to: string; readonly at: IsoInstant; readonly validUntil: IsoInstant } | null
  readonly actions: RunActions
  /** Why an action is not possible, in words, by its name. */
  readonly whyNot?: Readonly<Partial<Record<keyof RunActions, string>>>
  readonly children?: ReactNode
}

export const runTone: Readonly<Record<RunStatusName, Tone>> = {
  PENDING: 'neutral',
  MATCHING: 'info',
  AWAITING_REVIEW: 'info',
  AWAITING_CLIENT: 'warning',
  COMPLETE: 'good',
  FAILED: 'danger',
}
const counterNames = ['matches', 'proposed', 'unreconciled', 'responded', 'resolved'] as const

/** A statement run: whose, where it stands, what is left, and what to do next. */
export function RunHeader(props: RunHeaderProps) {
  const { messages, format } = useRecon()
  const { status, actions, whyNot = {}, sent } = props
  const words = messages.run
  const details = [
    props.account,
    sent ? words.sentTo(sent.to, format.date(sent.at.slice(0, 10))) : null,
    sent ? words.linkValid(format.date(sent.validUntil.slice(0, 10))) : null,
  ].filter(Boolean)
  return (
    <header className="recon-run-head">
      <div className="recon-screen-head">
        <div>
          <h1 className="recon-title recon-title-line">
            {props.client}
            {props.periodEnd === undefined ? null : `, ${format.longDate(props.periodEnd)}`}
            <Badge tone={runTone[status]}>{words.status[status]}</Badge>
          </h1>
          <p className="recon-subtitle">{details.join(' · ')}</p>
        </div>
        <div className="recon-screen-actions">
          {props.children}
          {actions.print ? <ActionButton action={actions.print}>{words.printReport}</ActionButton> : null}
          {actions.rematch ? <ActionButton action={actions.rematch}>{words.rematch}</ActionButton> : null}
          <ActionButton action={actions.dispatch ?? null} reason={whyNot.dispatch}>
            {sent ? words.dispatchAgain : words.dispatch}
          </ActionButton>
          <ActionButton tone="primary" action={actions.complete ?? null} reason={whyNot.complete}>
            {words.complete}
          </ActionButton>
        </div>
      </div>
      {status === 'MATCHING' ? (
        <div className="recon-partial" role="status">
          <ProgressBar
            done={Math.round((props.progress ?? 0) * 100)}
            total={100}
            label={words.matching(format.percent(props.progress ?? 0))}
          />
          {words.matching(format.percent(props.progress ?? 0))}
        </div>
      ) : null}
      {props.failure ? (
        <div className="recon-notice" data-tone="danger" role="alert">
          <p className="recon-notice-title">{words.failed}</p>
          <p>{props.failure}</p>
        </div>
      ) : null}
      <dl className="recon-figures">
        {counterNames.map((name) => (
          <div key={name} className="recon-figure">
            <dt>{words.counter[name]}</dt>
            <dd>{format.count(props.counters[name])}</dd>
          </div>
        ))}
      </dl>
    </header>
  )
}
