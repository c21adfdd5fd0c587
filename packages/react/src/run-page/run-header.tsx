import type { IsoDate, IsoInstant } from '@recon/core'
import type { ReactNode } from 'react'
import type { RunStatusName } from '../messages/run-messages.ts'
import { ActionButton } from '../parts/action-button.tsx'
import { Badge, type Tone } from '../parts/scenario-badge.tsx'
import { ProgressBar } from '../parts/screen-state.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { useRunHeader } from './use-run-header.ts'

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

/** A statement run: whose, where it stands, what is left, and what to do next. */
export function RunHeader(props: RunHeaderProps) {
  const { messages } = useRecon()
  const { status, actions, whyNot = {}, sent } = props
  const words = messages.run
  const model = useRunHeader(props)
  return (
    <header className="recon-run-head">
      <div className="recon-screen-head">
        <div>
          <h1 className="recon-title recon-title-line">
            {model.title}
            <Badge tone={runTone[status]}>{model.status}</Badge>
          </h1>
          <p className="recon-subtitle">{model.details.join(' · ')}</p>
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
      {model.matching === null ? null : (
        <div className="recon-partial" role="status">
          <ProgressBar done={Math.round((props.progress ?? 0) * 100)} total={100} label={model.matching} />
          {model.matching}
        </div>
      )}
      {props.failure ? (
        <div className="recon-notice" data-tone="danger" role="alert">
          <p className="recon-notice-title">{words.failed}</p>
          <p>{props.failure}</p>
        </div>
      ) : null}
      <dl className="recon-figures">
        {model.counters.map(({ name, label, count }) => (
          <div key={name} className="recon-figure">
            <dt>{label}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
    </header>
  )
}
