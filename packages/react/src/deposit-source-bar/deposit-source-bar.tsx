import type { DepositSource } from '@recon/core'
import type { ReactNode } from 'react'
import { ActionButton } from '../parts/action-button.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { type DepositSourceNotice, useDepositSource } from './use-deposit-source.ts'

export interface DepositSourceActions {
  readonly refresh?: (() => void) | null
  readonly upload?: (() => void) | null
  readonly updateCredentials?: (() => void) | null
  readonly setReconcileUniqueMatches?: ((on: boolean) => void) | null
}

export interface DepositSourceBarProps {
  readonly source: DepositSource
  readonly actions?: DepositSourceActions
  /** A fetch is running. */
  readonly fetching?: boolean
  /** Why the last action was refused. */
  readonly refusal?: string | null
  /** Minutes between automatic fetches. */
  readonly everyMinutes?: number
  /** The host's own buttons. */
  readonly children?: ReactNode
}

const noActions: DepositSourceActions = {}

/** Where deposits come from: how fresh they are, honestly, and what to do when the bank does not answer. */
export function DepositSourceBar(props: DepositSourceBarProps) {
  const { messages } = useRecon()
  const { source, actions = noActions, fetching = false } = props
  const words = messages.depositSource
  const model = useDepositSource(source, props.everyMinutes)
  return (
    <section className="recon-source" aria-label={source.name} data-status={source.status}>
      <header className="recon-screen-head">
        <div>
          <h1 className="recon-title">{messages.payments.title}</h1>
          <p className="recon-subtitle">
            {source.name} ·{' '}
            <time dateTime={source.lastFetchedAt} title={model.fetchedExactly ?? undefined}>
              {model.fetched}
            </time>
            {model.next === null ? null : ` · ${model.next}`}
          </p>
        </div>
        <div className="recon-screen-actions">
          {source.kind === 'FEED' ? (
            <ActionButton action={actions.refresh ?? null} busy={fetching}>
              {fetching ? words.refreshing : words.refresh}
            </ActionButton>
          ) : null}
          {actions.upload ? <ActionButton action={actions.upload}>{words.upload}</ActionButton> : null}
          {props.children}
        </div>
      </header>
      <SourceBanner notice={model.notice} update={actions.updateCredentials ?? null} />
      {props.refusal ? (
        <p className="recon-notice" data-tone="danger" role="alert">
          {messages.frame.refused(props.refusal)}
        </p>
      ) : null}
      <label className="recon-switch" title={words.reconcileUniqueHint}>
        <input
          type="checkbox"
          role="switch"
          aria-checked={source.reconcileUniqueMatches}
          checked={source.reconcileUniqueMatches}
          disabled={!actions.setReconcileUniqueMatches}
          onChange={(event) => actions.setReconcileUniqueMatches?.(event.target.checked)}
        />
        {words.reconcileUnique}
      </label>
    </section>
  )
}

interface SourceBannerProps {
  readonly notice: DepositSourceNotice | null
  readonly update: (() => void) | null
}

function SourceBanner({ notice, update }: SourceBannerProps) {
  const { messages } = useRecon()
  if (notice === null) return null
  if (notice.body === null) {
    return (
      <p className="recon-notice" data-tone={notice.tone} role="status">
        {notice.title}
      </p>
    )
  }
  return (
    <div className="recon-notice" data-tone={notice.tone} role={notice.urgent ? 'alert' : 'status'}>
      <p className="recon-notice-title">{notice.title}</p>
      <p>{notice.body}</p>
      {notice.urgent && update !== null ? (
        <p className="recon-notice-actions">
          <ActionButton action={update}>{messages.depositSource.updateCredentials}</ActionButton>
        </p>
      ) : null}
    </div>
  )
}
