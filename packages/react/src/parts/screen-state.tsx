import type { ReactNode } from 'react'
import { useRecon } from '../recon-root/recon-context.ts'
import { ActionButton } from './action-button.tsx'

/** What a screen has: everything, a part of it, nothing yet, a failure that may pass, or a rule that says no. */
export type LoadState =
  | { readonly kind: 'ready' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'partial'; readonly loaded: number; readonly total: number }
  | { readonly kind: 'failed'; readonly message: string; readonly retry: (() => void) | null }
  | { readonly kind: 'refused'; readonly message: string }

export const ready: LoadState = { kind: 'ready' }

export interface EmptyStateProps {
  readonly title: string
  readonly hint?: string
  readonly children?: ReactNode
}

export function EmptyState({ title, hint, children }: EmptyStateProps) {
  return (
    <div className="recon-empty">
      <p className="recon-empty-title">{title}</p>
      {hint === undefined ? null : <p className="recon-empty-hint">{hint}</p>}
      {children === undefined ? null : <div className="recon-empty-actions">{children}</div>}
    </div>
  )
}

/** What stands in the place of a screen's content while there is none to show; null where there is. */
export function instead(state: LoadState, rows?: number): ReactNode {
  switch (state.kind) {
    case 'failed':
      return <FailedState {...state} />
    case 'refused':
      return <RefusedState {...state} />
    case 'loading':
      return <LoadingRows {...(rows === undefined ? {} : { rows })} />
    default:
      return null
  }
}

/** A rule keeps this person out: trying again would not help. */
export function RefusedState({ message }: { readonly message: string }) {
  const { messages } = useRecon()
  return (
    <div className="recon-empty" data-tone="neutral" role="alert">
      <p className="recon-empty-title">{messages.frame.notAllowed}</p>
      <p className="recon-empty-hint">{message}</p>
    </div>
  )
}

export function FailedState({ message, retry }: { readonly message: string; readonly retry: (() => void) | null }) {
  const { messages } = useRecon()
  return (
    <div className="recon-empty" data-tone="danger" role="alert">
      <p className="recon-empty-title">{messages.frame.loadFailed}</p>
      <p className="recon-empty-hint">{message}</p>
      {retry === null ? null : (
        <div className="recon-empty-actions">
          <ActionButton action={retry}>{messages.frame.retry}</ActionButton>
        </div>
      )}
    </div>
  )
}

/** Grey bars where rows will be. */
export function LoadingRows({ rows = 8 }: { readonly rows?: number }) {
  const { messages } = useRecon()
  return (
    <div className="recon-loading" role="status" aria-label={messages.frame.loading}>
      {Array.from({ length: rows }, (_, index) => `row-${index}`).map((key) => (
        <div key={key} className="recon-loading-row" aria-hidden="true">
          <span data-width="badge" />
          <span data-width="name" />
          <span data-width="amount" />
        </div>
      ))}
    </div>
  )
}

export interface ProgressBarProps {
  readonly done: number
  readonly total: number
  readonly label: string
}

/** The native element: it needs no inline width, so it works under a strict CSP. */
export function ProgressBar({ done, total, label }: ProgressBarProps) {
  return <progress className="recon-progress" value={done} max={Math.max(1, total)} aria-label={label} />
}

/** How much of a long list is there while the rest is on its way. */
export function PartialNotice({ state }: { readonly state: LoadState }) {
  const { messages } = useRecon()
  if (state.kind !== 'partial') return null
  return (
    <div className="recon-partial" role="status">
      <ProgressBar done={state.loaded} total={state.total} label={messages.frame.loading} />
      {messages.frame.loadingRows(state.loaded, state.total)}
    </div>
  )
}
