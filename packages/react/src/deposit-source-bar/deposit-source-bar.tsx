import type { DepositSource } from '@recon/core'
import type { ReactNode } from 'react'
import { ActionButton } from '../parts/action-button.tsx'
import { useRecon } from '../recon-root/recon-context.ts'

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
  /** Minutes between automatic fetches. */
  readonly everyMinutes?: number
  /** The host's own buttons. */
  readonly children?: ReactNode
}

const noActions: DepositSourceActions = {}

/** Where deposits come from: how fresh they are, honestly, and what to do when the bank does not answer. */
export function DepositSourceBar(props: DepositSourceBarProps) {
  const { messages, format, now } = useRecon()
  const { source, actions = noActions, fetching = false, everyMinutes = 15 } = props
  const words = messages.depositSource
  const { lastFetchedAt, lastTriedAt } = source
  const next =
    source.kind === 'FEED' && lastTriedAt !== undefined && source.status !== 'credentials_invalid'
      ? new Date(Date.parse(lastTriedAt) + everyMinutes * 60_000).toISOString()
      : undefined
  const fetchedWords =
    lastFetchedAt === undefined
      ? words.never
      : words.fetched(now === null ? format.moment(lastFetchedAt) : format.relative(lastFetchedAt, now))
  return (
    <section className="recon-source" aria-label={source.name} data-status={source.status}>
      <header className="recon-screen-head">
        <div>
          <h1 className="recon-title">{messages.payments.title}</h1>
          <p className="recon-subtitle">
            {source.name} ·{' '}
            {source.kind === 'UPLOAD' && lastFetchedAt === undefined ? (
              words.uploadOnly
            ) : (
              <time
                dateTime={lastFetchedAt}
                title={lastFetchedAt === undefined ? undefined : words.fetchedExact(format.moment(lastFetchedAt))}
              >
                {fetchedWords}
              </time>
            )}
            {next === undefined ? null : `, ${words.next(format.time(next))}`}
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
      <SourceBanner source={source} update={actions.updateCredentials ?? null} />
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

function SourceBanner({ source, update }: { readonly source: DepositSource; readonly update: (() => void) | null }) {
  const { messages, format } = useRecon()
  const words = messages.depositSource
  const since = source.lastFetchedAt === undefined ? '–' : format.moment(source.lastFetchedAt)
  switch (source.status) {
    case 'healthy':
      return null
    case 'reconnecting':
      return (
        <p className="recon-notice" data-tone="info" role="status">
          {words.reconnecting}
        </p>
      )
    case 'credentials_invalid':
      return (
        <div className="recon-notice" data-tone="danger" role="alert">
          <p className="recon-notice-title">{words.invalid.title}</p>
          <p>{words.invalid.body}</p>
          {update === null ? null : (
            <p className="recon-notice-actions">
              <ActionButton action={update}>{words.updateCredentials}</ActionButton>
            </p>
          )}
        </div>
      )
    default: {
      const banner = source.status === 'stale' ? words.stale : words.failing
      return (
        <div className="recon-notice" data-tone="warning" role="status">
          <p className="recon-notice-title">{banner.title(since)}</p>
          <p>{banner.body}</p>
        </div>
      )
    }
  }
}
