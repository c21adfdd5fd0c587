import type { BookEntry } from '@recon/core'
import { plainWords } from '../messages/reason-messages.ts'
import { Amount } from '../parts/amount.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import type { KeyIdentifier } from './key-identifier.ts'
import type { ReconcileCandidate, ReconcileModel } from './use-reconcile.ts'

export interface CandidateTableProps {
  readonly model: ReconcileModel
  readonly identifier: KeyIdentifier
}

/** The ledger's side: the candidates, the closest first, with the identifier that counts highlighted. */
export function CandidateTable({ model, identifier }: CandidateTableProps) {
  const { messages } = useRecon()
  const words = messages.reconcile
  const labels = words.ledgerIdentifier as Readonly<Record<string, string>>
  return (
    <table className="recon-table" data-kind="candidates" aria-label={words.ledgerCandidates}>
      <thead>
        <tr>
          {model.readOnly ? null : (
            <th scope="col" className="recon-narrow">
              <span className="recon-hidden">{messages.desk.column.selection}</span>
            </th>
          )}
          <th scope="col">{words.ledgerEntry}</th>
          <th scope="col" data-key="">
            {labels[identifier.book] ?? plainWords(identifier.book)}
          </th>
          <th scope="col">{messages.desk.column.date}</th>
          <th scope="col" data-end="">
            {messages.desk.column.amount}
          </th>
          <th scope="col" data-end="">
            {messages.desk.column.difference}
          </th>
          <th scope="col" data-end="">
            <span className="recon-hidden">{words.match}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {model.candidates.map((candidate) => (
          <CandidateRow key={candidate.entry.id} candidate={candidate} model={model} identifier={identifier} />
        ))}
      </tbody>
    </table>
  )
}

function CandidateRow(props: CandidateTableProps & { readonly candidate: ReconcileCandidate }) {
  const { messages, format } = useRecon()
  const { candidate, model, identifier } = props
  const { entry } = candidate
  const selected = model.selected.includes(entry.id)
  const key = entry.references[identifier.book] ?? anyReference(entry)
  return (
    <tr data-selected={selected ? '' : undefined} data-best={candidate.best ? '' : undefined}>
      {model.readOnly ? null : (
        <td className="recon-narrow">
          <input
            type="checkbox"
            className="recon-check"
            checked={selected}
            aria-label={messages.reconcile.choose(entry.id)}
            onChange={() => model.toggle(entry.id)}
          />
        </td>
      )}
      <td>
        <span className="recon-row-name">{entry.id}</span>
        <span className="recon-row-reason">{entry.counterparty?.name ?? entry.references.description ?? '–'}</span>
      </td>
      <td>
        {key === undefined ? (
          '–'
        ) : (
          <span className={candidate.best ? 'recon-key-identifier' : 'recon-code'}>{key}</span>
        )}
      </td>
      <td>
        <time dateTime={entry.date}>{format.shortDate(entry.date)}</time>
      </td>
      <td data-end="">
        <Amount value={entry.amount} copyable />
      </td>
      <td data-end="">
        {candidate.difference === undefined ? '–' : <Amount value={candidate.difference} currency={false} />}
      </td>
      <td data-end="">
        {candidate.best ? <MatchPill aligns={isExact(candidate)} /> : <WhyNot entryId={entry.id} model={model} />}
      </td>
    </tr>
  )
}

function MatchPill({ aligns }: { readonly aligns: boolean }) {
  const { messages } = useRecon()
  return (
    <span className="recon-pill" data-tone={aligns ? 'good' : 'warning'}>
      {aligns ? `✓ ${messages.reconcile.match}` : messages.reconcile.closest}
    </span>
  )
}

function WhyNot({ entryId, model }: { readonly entryId: string; readonly model: ReconcileModel }) {
  const { messages } = useRecon()
  return (
    <button
      type="button"
      className="recon-link"
      aria-pressed={model.explained === entryId}
      onClick={() => model.explain(entryId)}
    >
      {messages.reconcile.whyNot}
    </button>
  )
}

function isExact(candidate: ReconcileCandidate): boolean {
  return candidate.difference !== undefined && !/[1-9]/.test(candidate.difference.amount)
}

function anyReference(entry: BookEntry): string | undefined {
  const { paymentReference, transactionNumber, documentNumber, checkNumber } = entry.references
  return paymentReference ?? transactionNumber ?? checkNumber ?? documentNumber
}
