import { type KeyboardEvent, useState } from 'react'
import { commandOf } from '../key-map/key-map.ts'
import { reasonText } from '../messages/reason-messages.ts'
import { ActionButton } from '../parts/action-button.tsx'
import { Amount } from '../parts/amount.tsx'
import { EmptyState } from '../parts/screen-state.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { BankLineFacts, Fact } from '../reconcile-modal/bank-line-facts.tsx'
import { EvidenceTable } from '../reconcile-modal/evidence-table.tsx'
import { keyIdentifierOf } from '../reconcile-modal/key-identifier.ts'
import type { WorkItem } from '../work-item.ts'
import { type MatchReviewOptions, useMatchReview } from './use-match-review.ts'

export interface MatchReviewProps extends MatchReviewOptions {
  readonly pending?: boolean
}

/** Proposals one by one: both sides, the evidence, and two answers. Keys: r confirms, j and k walk. */
export function MatchReview({ pending = false, ...options }: MatchReviewProps) {
  const { messages, keyMap } = useRecon()
  const words = messages.run.review
  const { row, index, total, next, previous, confirm, reject } = useMatchReview(options)
  if (row === null) return <EmptyState title={words.done} hint={words.doneHint} />
  const onKeyDown = (event: KeyboardEvent) => {
    const command = commandOf(keyMap, event)
    if (command === 'next') next?.()
    else if (command === 'previous') previous?.()
    else if (command === 'reconcile' && !pending) confirm?.()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <section className="recon-card recon-review" aria-label={words.title} tabIndex={-1} onKeyDown={onKeyDown}>
      <header className="recon-evidence-head">
        <h2 className="recon-heading">{words.title}</h2>
        <span className="recon-quiet" role="status">
          {words.position(index + 1, total)}
        </span>
      </header>
      <Pair row={row} />
      <footer className="recon-review-foot">
        <RejectForm key={row.item.id} reject={reject} pending={pending} />
        <ActionButton tone="primary" action={confirm} busy={pending} keycap={keyMap.reconcile[0] ?? ''}>
          {words.confirm}
        </ActionButton>
      </footer>
    </section>
  )
}

function Pair({ row }: { readonly row: WorkItem }) {
  const { messages, format } = useRecon()
  const words = messages.run.review
  const match = row.item.matches[0]
  const entries = row.bookEntries.filter((entry) => match?.bookEntryIds.includes(entry.id))
  return (
    <>
      <div className="recon-pair">
        <section aria-label={words.bank}>
          <p className="recon-label">{words.bank}</p>
          <Amount value={row.total} size="large" sign />
          {row.bankLines.map((line) => (
            <BankLineFacts key={line.id} line={line} identifier={keyIdentifierOf(row)} />
          ))}
        </section>
        <section aria-label={words.books}>
          <p className="recon-label">{words.books}</p>
          {entries.map((entry) => (
            <div key={entry.id}>
              <Amount value={entry.amount} size="large" sign />
              <dl className="recon-facts">
                <Fact label={messages.reconcile.ledgerEntry}>{entry.id}</Fact>
                <Fact label={messages.desk.column.date}>{format.date(entry.date)}</Fact>
                {Object.values(entry.references).map((reference) => (
                  <Fact key={reference} label={messages.desk.column.reference}>
                    {reference}
                  </Fact>
                ))}
              </dl>
            </div>
          ))}
        </section>
      </div>
      {match === undefined ? null : (
        <>
          <p className="recon-quiet">{reasonText(messages.reason, match.reason)}</p>
          <EvidenceTable evidence={match.evidence} label={messages.reconcile.whyEntry(entries[0]?.id ?? '')} />
        </>
      )}
    </>
  )
}

interface RejectFormProps {
  readonly reject: ((reason: string) => void) | null
  readonly pending: boolean
}

function RejectForm({ reject, pending }: RejectFormProps) {
  const { messages } = useRecon()
  const words = messages.run.review
  const [reason, setReason] = useState('')
  const run = reject === null || reason.trim() === '' ? null : () => reject(reason.trim())
  return (
    <form
      className="recon-inline-form"
      onSubmit={(event) => {
        event.preventDefault()
        run?.()
      }}
    >
      <input
        className="recon-input"
        value={reason}
        maxLength={2000}
        aria-label={words.rejectReason}
        placeholder={words.rejectReason}
        onChange={(event) => setReason(event.target.value)}
      />
      <ActionButton action={run} busy={pending} reason={words.rejectReason}>
        {words.reject}
      </ActionButton>
    </form>
  )
}
