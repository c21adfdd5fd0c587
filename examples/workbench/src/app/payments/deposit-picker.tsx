import type { ItemRow } from '@recon/client'
import type { BankLine } from '@recon/core'
import { ActionButton, Amount, ModalFrame } from '@recon/react'
import { useConnection, useQuery } from '@recon/react/connected'
import { useState } from 'react'
import { depositWords } from './payment-row.tsx'

const shown = 200

/** Every open deposit, to pick any of them for a payment. */
export function DepositPicker(props: {
  readonly row: ItemRow | null
  readonly onPick: (row: ItemRow, deposit: BankLine) => void
  readonly onClose: () => void
}) {
  const { row } = props
  const payment = row?.bookEntries[0]
  return (
    <ModalFrame
      open={row !== null}
      onOpenChange={(open) => open || props.onClose()}
      title={`All deposits for ${payment?.id ?? ''}`}
      description="Open deposits of the account, newest first"
    >
      {row === null ? null : <Deposits row={row} onPick={(deposit) => props.onPick(row, deposit)} />}
    </ModalFrame>
  )
}

function Deposits({ row, onPick }: { readonly row: ItemRow; readonly onPick: (deposit: BankLine) => void }) {
  const { client, store } = useConnection()
  const [search, setSearch] = useState('')
  const { data, error } = useQuery(store, 'items/deposits', () =>
    client.records.bankLines({ open: true, limit: shown }),
  )
  const words = search.trim().toLowerCase()
  const deposits = (data?.rows ?? []).filter(
    (line) => words === '' || `${depositWords(line)} ${line.amount.amount}`.toLowerCase().includes(words),
  )
  return (
    <div className="wb-picker">
      <p>
        {row.bookEntries[0]?.counterparty?.name} paid <Amount value={row.total} /> on {row.date}.
      </p>
      <input
        type="search"
        aria-label="Search deposits"
        placeholder="Name, date or amount"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      {error === null ? null : <p role="alert">The deposits could not be loaded. Close and try again.</p>}
      <table className="wb-table">
        <caption className="wb-hidden">Open deposits</caption>
        <tbody>
          {deposits.map((line) => (
            <tr key={line.id}>
              <td>{depositWords(line)}</td>
              <td>{line.references.remittanceText}</td>
              <td className="wb-right">
                <Amount value={line.amount} />
              </td>
              <td className="wb-row-actions">
                <ActionButton action={() => onPick(line)}>Choose</ActionButton>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
