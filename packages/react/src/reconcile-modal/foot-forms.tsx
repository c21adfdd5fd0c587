import { type Money, parseMoney, subtractMoney, sumMoney } from '@recon/core'
import { useState } from 'react'
import { useRecon } from '../recon-root/recon-context.ts'
import type { WorkItem } from '../work-item.ts'
import type { JournalEntry, ReconcileModel } from './use-reconcile.ts'

export interface JournalFormProps {
  readonly row: WorkItem
  readonly model: ReconcileModel
  readonly record: (journal: JournalEntry) => void
}

/** The journal entry that explains the difference; asks what the bank moved only where that is not on the line. */
export function JournalForm({ row, model, record }: JournalFormProps) {
  const { messages } = useRecon()
  const [id, setId] = useState('')
  const [settled, setSettled] = useState('')
  const entries = row.bookEntries.filter((entry) => model.selected.includes(entry.id))
  const currency = entries[0]?.amount.currency
  const asksSettled = model.difference === undefined && currency !== undefined
  const parsed = asksSettled ? parseMoney(settled, { currency, decimalMark: '.', groupMarks: [','] }) : null
  const difference: Money | undefined =
    asksSettled && parsed?.ok
      ? subtractMoney(
          parsed.value,
          sumMoney(
            entries.map((entry) => entry.amount),
            currency,
          ),
        )
      : model.difference
  const complete = id.trim() !== '' && difference !== undefined
  return (
    <form
      className="recon-inline-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (!complete) return
        record({
          journalEntryId: id.trim(),
          amount: difference,
          ...(parsed?.ok ? { settledAmount: parsed.value } : {}),
        })
      }}
    >
      <FootField label={messages.reconcile.journalReference} value={id} onChange={setId} />
      {asksSettled ? (
        <FootField
          label={messages.reconcile.settledAmount(currency)}
          value={settled}
          onChange={setSettled}
          invalid={settled !== '' && !parsed?.ok}
        />
      ) : null}
      <button type="submit" className="recon-button" data-tone="plain" data-size="normal" disabled={!complete}>
        {messages.action.recordJournal}
      </button>
    </form>
  )
}

/** Settles the item by a free text, where no record stands for it. */
export function ReferenceForm({ reconcile }: { readonly reconcile: (reference: string) => void }) {
  const { messages } = useRecon()
  const [text, setText] = useState('')
  return (
    <form
      className="recon-inline-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') reconcile(text.trim())
      }}
    >
      <FootField
        label={messages.reconcile.reference}
        hint={messages.reconcile.referenceHint}
        value={text}
        onChange={setText}
      />
      <button type="submit" className="recon-button" data-tone="plain" data-size="normal" disabled={text.trim() === ''}>
        {messages.action.reconcileWithReference}
      </button>
    </form>
  )
}

/** An action that is recorded with its reason. */
export function ReasonForm({ submit, words }: { readonly submit: (reason: string) => void; readonly words: string }) {
  const { messages } = useRecon()
  const [why, setWhy] = useState('')
  return (
    <form
      className="recon-inline-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (why.trim() !== '') submit(why.trim())
      }}
    >
      <FootField label={`${messages.reconcile.why} (${words})`} value={why} onChange={setWhy} />
      <button type="submit" className="recon-button" data-tone="plain" data-size="normal" disabled={why.trim() === ''}>
        {words}
      </button>
    </form>
  )
}

interface FootFieldProps {
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly invalid?: boolean
}

function FootField({ label, hint, value, onChange, invalid = false }: FootFieldProps) {
  return (
    <input
      className="recon-input"
      value={value}
      maxLength={200}
      aria-label={label}
      aria-invalid={invalid ? true : undefined}
      placeholder={label}
      title={hint}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
