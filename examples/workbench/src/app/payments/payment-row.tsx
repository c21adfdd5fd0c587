import type { ItemRow } from '@recon/client'
import type { BankLine } from '@recon/core'
import { ActionButton, Amount, reasonText, useRecon } from '@recon/react'
import { useState } from 'react'
import type { PaymentsDesk } from './use-payments-desk.ts'

export interface PaymentRowProps {
  readonly row: ItemRow
  readonly desk: PaymentsDesk
  readonly selected: boolean
  readonly onSelect: ((selected: boolean) => void) | null
  readonly onPickDeposit: () => void
}

/** One payment: who paid what for what, its suggested deposits, and what can be done. */
export function PaymentRow({ row, desk, selected, onSelect, onPickDeposit }: PaymentRowProps) {
  const payment = row.bookEntries.find((entry) => entry.id === row.item.bookEntryIds[0])
  const actions = desk.actionsOf(row)
  const open = row.item.status === 'OUTSTANDING'
  if (payment === undefined) return null
  return (
    <tbody data-selected={selected || undefined}>
      <tr className="wb-payment">
        <td className="wb-select">
          {onSelect === null ? null : (
            <input
              type="checkbox"
              aria-label={`Select ${payment.id}`}
              checked={selected}
              onChange={(event) => onSelect(event.target.checked)}
            />
          )}
        </td>
        <td>
          <strong>{payment.id}</strong>
          <span className="wb-under">{payment.references.description ?? payment.references.paymentReference}</span>
        </td>
        <td>{payment.counterparty?.name}</td>
        <td>{payment.date}</td>
        <td className="wb-right">
          <Amount value={payment.amount} />
        </td>
        <td className="wb-row-actions">
          {open ? (
            <>
              <ActionButton size="small" action={actions?.reconcile ? onPickDeposit : null}>
                Show all deposits
              </ActionButton>
              <MoreActions row={row} desk={desk} />
            </>
          ) : (
            <ActionButton
              action={actions?.revert ? () => desk.act(row, { action: 'revert' }, 'Moved back to outstanding.') : null}
            >
              Move back to outstanding
            </ActionButton>
          )}
        </td>
      </tr>
      {open ? <Suggestions row={row} desk={desk} /> : <Outcome row={row} />}
    </tbody>
  )
}

function Outcome({ row }: { readonly row: ItemRow }) {
  const { format } = useRecon()
  const { decision, status } = row.item
  const deposits = row.bankLines.filter((line) => decision?.bankLineIds.includes(line.id))
  const reference = decision !== undefined && 'reference' in decision ? decision.reference : undefined
  const words =
    status === 'UNRECEIVED'
      ? 'Not received.'
      : deposits.length > 0
        ? `Deposit ${deposits.map((line) => `${line.bookingDate}, ${line.counterparty?.name ?? line.id}`).join('; ')}`
        : `Reference: ${reference ?? 'given by hand'}`
  return (
    <tr className="wb-suggestion">
      <td />
      <td colSpan={5}>
        {words} <span className="wb-quiet">{format.moment(row.updatedAt)}</span>
      </td>
    </tr>
  )
}

function Suggestions({ row, desk }: { readonly row: ItemRow; readonly desk: PaymentsDesk }) {
  const { messages } = useRecon()
  const proposals = row.item.matches.filter((match) => match.bankLineIds.length > 0)
  return proposals.map((match) => {
    const deposits = match.bankLineIds.flatMap((id) => row.bankLines.find((line) => line.id === id) ?? [])
    const reconcile = () =>
      desk.act(row, { action: 'reconcile', bankLineIds: [...match.bankLineIds] }, messages.done.reconciled(1))
    return (
      <tr key={match.id} className="wb-suggestion">
        <td />
        <td>{deposits.map(depositWords).join('; ')}</td>
        <td className="wb-quiet" colSpan={2}>
          {reasonText(messages.reason, match.reason)}
        </td>
        <td className="wb-right">{deposits[0] === undefined ? null : <Amount value={deposits[0].amount} />}</td>
        <td className="wb-row-actions">
          <ActionButton tone="primary" size="small" action={desk.busy ? null : reconcile}>
            Reconcile
          </ActionButton>
        </td>
      </tr>
    )
  })
}

export function depositWords(line: BankLine): string {
  return `Deposit ${line.bookingDate}, ${line.counterparty?.name ?? line.references.bankReference ?? line.id}`
}

function MoreActions({ row, desk }: { readonly row: ItemRow; readonly desk: PaymentsDesk }) {
  const { messages } = useRecon()
  const [reference, setReference] = useState<string | null>(null)
  const actions = desk.actionsOf(row)
  if (reference === null) {
    return (
      <>
        <ActionButton size="small" action={actions?.reconcileWithReference ? () => setReference('') : null}>
          With reference
        </ActionButton>
        <ActionButton
          size="small"
          action={
            actions?.markUnreceived
              ? () => desk.act(row, { action: 'markUnreceived' }, messages.done.unreceived(1))
              : null
          }
        >
          Unreceived
        </ActionButton>
      </>
    )
  }
  const give = () =>
    desk.act(row, { action: 'reconcileWithReference', reference: reference.trim() }, messages.done.reconciled(1))
  return (
    <form
      className="wb-inline"
      onSubmit={(event) => {
        event.preventDefault()
        if (reference.trim() !== '') give()
      }}
    >
      <input
        aria-label="Reference"
        placeholder="Which deposit is it?"
        value={reference}
        maxLength={500}
        onChange={(event) => setReference(event.target.value)}
      />
      <ActionButton action={reference.trim() === '' ? null : give}>Reconcile</ActionButton>
      <ActionButton action={() => setReference(null)} tone="quiet">
        Cancel
      </ActionButton>
    </form>
  )
}
