import { fromMinorUnits, type Money, toMinorUnits } from '@recon/core'
import { useState } from 'react'
import { ErrorBoundary } from '../parts/error-boundary.tsx'
import { ProgressBar } from '../parts/screen-state.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import type { PortalRequest } from './portal-answer.ts'
import { PortalLineCard } from './portal-line-card.tsx'
import { type ClientPortalModel, type ClientPortalOptions, useClientPortal } from './use-client-portal.ts'

export type ClientPortalProps = ClientPortalOptions

/** The client's page: what each payment was, answered from a phone, saved as it is written. */
export function ClientPortal(props: ClientPortalProps) {
  const { messages, format } = useRecon()
  const { request } = props
  const model = useClientPortal(props)
  const [sentOnce, setSentOnce] = useState(false)
  const send =
    model.send === null
      ? null
      : () => {
          model.send?.()
          setSentOnce(true)
          window.scrollTo?.({ top: 0 })
        }
  if (sentOnce && model.ready === 0) {
    return <DoneScreen request={request} model={model} onBack={() => setSentOnce(false)} />
  }
  return (
    <main className="recon-portal-page">
      <header className="recon-portal-head">
        {request.logoUrl ? <img className="recon-portal-logo" src={request.logoUrl} alt="" /> : null}
        <p className="recon-quiet">{messages.portal.from(request.firmName, request.clientLegalName)}</p>
        <h1 className="recon-portal-title">{messages.portal.title(request.lines.length)}</h1>
        <p className="recon-quiet">
          {messages.portal.intro(periodText(request, format.dateRange), totalsText(request, format.money))}
        </p>
        {request.note ? (
          <blockquote className="recon-portal-note">
            <p className="recon-label">{messages.portal.firmNote(request.firmName)}</p>
            <p>{request.note}</p>
          </blockquote>
        ) : null}
        <PortalProgress model={model} />
      </header>
      <ol className="recon-portal-lines">
        {model.lines.map((line) => (
          <li key={line.line.id}>
            <ErrorBoundary resetKey={line.draft} fallback={() => <p role="alert">{messages.frame.rowFailed}</p>}>
              <PortalLineCard model={line} request={request} />
            </ErrorBoundary>
          </li>
        ))}
      </ol>
      <footer className="recon-portal-foot">
        <button
          type="button"
          className="recon-button"
          data-tone="primary"
          data-size="large"
          aria-disabled={send === null ? true : undefined}
          onClick={() => send?.()}
        >
          {model.ready === 0 ? messages.portal.nothingToSend : messages.portal.send(model.ready)}
        </button>
      </footer>
    </main>
  )
}

function PortalProgress({ model }: { readonly model: ClientPortalModel }) {
  const { messages } = useRecon()
  const words = messages.portal
  const state = {
    SAVED: words.saved,
    WAITING: words.saving,
    SAVING: words.saving,
    OFFLINE: words.offline,
    CONFLICT: words.conflictSomewhere,
    REFUSED: words.refusedSomewhere,
  }[model.online ? model.overall : 'OFFLINE']
  const tone = model.overall === 'CONFLICT' || model.overall === 'REFUSED' ? 'danger' : undefined
  return (
    <div className="recon-portal-progress">
      <div className="recon-portal-progress-words">
        <strong>{words.answered(model.answered, model.total)}</strong>
        <span className="recon-portal-saved" data-state={model.overall} data-tone={tone} role="status">
          {state}
        </span>
      </div>
      <ProgressBar done={model.answered} total={model.total} label={words.answered(model.answered, model.total)} />
      {model.unkept ? (
        <p className="recon-notice" data-tone="warning" role="alert">
          {words.unkept}
        </p>
      ) : null}
    </div>
  )
}

interface DoneScreenProps {
  readonly request: PortalRequest
  readonly model: ClientPortalModel
  readonly onBack: () => void
}

function DoneScreen({ request, model, onBack }: DoneScreenProps) {
  const { messages, format } = useRecon()
  const words = messages.portal
  const left = model.total - model.answered
  return (
    <main className="recon-portal-page" data-done="">
      <div className="recon-portal-done">
        <span className="recon-portal-tick" aria-hidden="true">
          ✓
        </span>
        <h1 className="recon-portal-title">{words.doneTitle}</h1>
        <p>
          {left === 0
            ? words.doneAll(request.firmName)
            : words.doneSome(left, format.longDate(request.expiresAt.slice(0, 10)))}
        </p>
        <p className="recon-portal-saved" role="status">
          {model.allSent || model.overall === 'SAVED' ? words.saved : words.saving}
        </p>
        <button type="button" className="recon-button" data-size="large" onClick={onBack}>
          {words.back}
        </button>
      </div>
    </main>
  )
}

/** A page that cannot be opened: why, and what to do. */
export function PortalGone({ why }: { readonly why: 'EXPIRED' | 'REPLACED' | 'SIGNED_OUT' | 'FAILED' }) {
  const { messages } = useRecon()
  const { title, body } = messages.portal.gone[why]
  return (
    <main className="recon-portal-page" data-done="">
      <div className="recon-portal-done" role="alert">
        <h1 className="recon-portal-title">{title}</h1>
        <p>{body}</p>
      </div>
    </main>
  )
}

function periodText(request: PortalRequest, range: (from: string, to: string) => string): string | null {
  const { periodStart, periodEnd } = request
  return periodStart && periodEnd ? range(periodStart, periodEnd) : null
}

/** Sums of magnitudes, one per currency: what is in question, not what is net. */
function totalsText(request: PortalRequest, money: (value: Money) => string): string {
  const sums = new Map<string, bigint>()
  for (const { amount } of request.lines) {
    const minor = toMinorUnits(amount)
    sums.set(amount.currency, (sums.get(amount.currency) ?? 0n) + (minor < 0n ? -minor : minor))
  }
  return [...sums].map(([currency, minor]) => money(fromMinorUnits(minor, currency))).join(', ')
}
