import { useId, useState } from 'react'
import { CreditorStatement } from '../collections-desk/creditor-statement-view.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { ModalFrame } from '../parts/modal-frame.tsx'
import { EmptyState, instead } from '../parts/screen-state.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { ConnectedScreen } from './connected-screen.tsx'
import { type CollectionsScope, useCreditorStatements, useCreditors, useRemittances } from './use-collections-desk.ts'

/** The monthly statements of a creditor, and closing the next period. */
export function StatementsScreen(props: CollectionsScope) {
  return (
    <ConnectedScreen>
      <Screen {...props} />
    </ConnectedScreen>
  )
}

function Screen({ creditorId }: CollectionsScope) {
  const { messages } = useRecon()
  const words = messages.screens.collections
  const creditors = useCreditors()
  const [chosen, setChosen] = useState<string | null>(null)
  const [closing, setClosing] = useState(false)
  const id = creditorId ?? chosen ?? creditors.rows[0]?.id
  const statements = useCreditorStatements(id)
  const field = useId()
  const blocked = instead(creditors.state, 4)
  if (blocked !== null) return blocked
  return (
    <section className="recon-desk" aria-label={words.statements}>
      <div className="recon-list-tools">
        <div className="recon-list-side" data-grows="">
          {creditorId !== undefined || creditors.rows.length < 2 ? null : (
            <>
              <label htmlFor={field} className="recon-hidden">
                {words.creditor}
              </label>
              <select
                id={field}
                className="recon-input"
                value={id ?? ''}
                onChange={(event) => setChosen(event.target.value)}
              >
                {creditors.rows.map((creditor) => (
                  <option key={creditor.id} value={creditor.id}>
                    {creditor.name}
                  </option>
                ))}
              </select>
            </>
          )}
          <ActionButton action={id === undefined ? null : () => setClosing(true)}>{words.closeStatement}</ActionButton>
        </div>
      </div>
      {id === undefined ? null : instead(statements.state, 4)}
      {(id === undefined || statements.state.kind === 'ready') && statements.rows.length === 0 ? (
        <EmptyState title={words.noStatements} hint={words.noStatementsHint} />
      ) : null}
      {statements.rows.map((statement) => (
        <CreditorStatement
          key={statement.hash}
          statement={statement}
          creditor={creditors.nameOf(statement.creditorId)}
        />
      ))}
      {closing && id !== undefined ? (
        <CloseDialog creditorId={id} model={statements} onClose={() => setClosing(false)} />
      ) : null}
    </section>
  )
}

interface CloseDialogProps {
  readonly creditorId: string
  readonly model: ReturnType<typeof useCreditorStatements>
  readonly onClose: () => void
}

/** A statement is drawn up for a period: periods join without a gap, which the backend sees to. */
function CloseDialog({ creditorId, model, onClose }: CloseDialogProps) {
  const { messages, now } = useRecon()
  const words = messages.screens.collections
  const { rows } = useRemittances({ creditorId })
  const month = lastMonth(now ?? 0)
  const [from, setFrom] = useState(month.from)
  const [to, setTo] = useState(month.to)
  const [currency, setCurrency] = useState<string | null>(null)
  const currencies = [...new Set([...rows.map((row) => row.recovered.currency)])].sort()
  const chosen = currency ?? currencies[0] ?? ''
  const id = useId()
  const complete = from !== '' && to !== '' && from <= to && chosen.length === 3
  const close = () =>
    void model.close({ creditorId, currency: chosen, from, to }).then((done) => {
      if (done) onClose()
    })
  return (
    <ModalFrame
      open
      onOpenChange={(open) => open || onClose()}
      size="small"
      title={words.closeStatement}
      footer={
        <div className="recon-foot-end">
          <ActionButton action={onClose}>{messages.frame.cancel}</ActionButton>
          <ActionButton tone="primary" busy={model.pending} action={complete ? close : null}>
            {words.closeStatement}
          </ActionButton>
        </div>
      }
    >
      <div className="recon-text-form">
        {(
          [
            ['from', messages.frame.from, from, setFrom],
            ['to', messages.frame.to, to, setTo],
          ] as const
        ).map(([name, label, value, change]) => (
          <label key={name} className="recon-field" htmlFor={`${id}-${name}`}>
            {label}
            <input
              id={`${id}-${name}`}
              type="date"
              className="recon-input"
              value={value}
              onChange={(event) => change(event.target.value)}
            />
          </label>
        ))}
        {currencies.length < 2 ? null : (
          <label className="recon-field" htmlFor={`${id}-currency`}>
            {messages.desk.column.amount}
            <select
              id={`${id}-currency`}
              className="recon-input"
              value={chosen}
              onChange={(event) => setCurrency(event.target.value)}
            >
              {currencies.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          </label>
        )}
        {model.refusal === null ? null : (
          <p className="recon-notice" data-tone="danger" role="alert">
            {model.refusal}
          </p>
        )}
      </div>
    </ModalFrame>
  )
}

function lastMonth(now: number): { readonly from: string; readonly to: string } {
  const today = new Date(now)
  const first = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 1, 1)
  const last = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), 0)
  return { from: new Date(first).toISOString().slice(0, 10), to: new Date(last).toISOString().slice(0, 10) }
}
