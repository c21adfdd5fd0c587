import type { ItemRow } from '@recon/client'
import { ActionButton, EmptyState, FailedState, LoadingRows, useRecon } from '@recon/react'
import { useMemo, useState } from 'react'
import { InnerLink } from '../navigation.tsx'
import { PageHead } from '../page-head.tsx'
import { useSearchParameter } from '../use-route.ts'
import { DepositPicker } from './deposit-picker.tsx'
import { PaymentRow } from './payment-row.tsx'
import { type PaymentTab, paymentTabs, tabOf, usePaymentsDesk } from './use-payments-desk.ts'

const tabWords: Readonly<Record<PaymentTab, string>> = {
  UNIQUE: 'Unique matches',
  PARTIAL: 'Partial matches',
  NO_MATCH: 'No match',
  RECONCILED: 'Reconciled',
  UNRECEIVED: 'Unreceived',
}

const emptyWords: Readonly<Record<PaymentTab, string>> = {
  UNIQUE: 'No payment has one deposit with its identifier.',
  PARTIAL: 'No payment has a deposit that only resembles it.',
  NO_MATCH: 'Every payment has a deposit.',
  RECONCILED: 'Nothing is reconciled yet.',
  UNRECEIVED: 'Nothing is marked as unreceived.',
}

function isTab(name: string | null): name is PaymentTab {
  return (paymentTabs as readonly (string | null)[]).includes(name)
}

/** Payments against deposits: outstanding by how well they match, reconciled, unreceived. */
export function PaymentsScreen() {
  const desk = usePaymentsDesk()
  const { format } = useRecon()
  const [chosen, choose] = useSearchParameter('tab')
  const tab = isTab(chosen) ? chosen : 'UNIQUE'
  const [search, setSearch] = useState('')
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [picking, setPicking] = useState<ItemRow | null>(null)
  const byTab = useMemo(() => Map.groupBy(desk.rows, tabOf), [desk.rows])
  const rows = useMemo(() => found(byTab.get(tab) ?? [], search), [byTab, tab, search])
  const confirmable = rows.filter((row) => selected.has(row.item.id) && desk.actionsOf(row)?.confirm)
  const outstanding = paymentTabs.slice(0, 3).reduce((sum, name) => sum + (byTab.get(name)?.length ?? 0), 0)
  return (
    <>
      <PageHead
        title="Payments"
        note={`AED 4471 · ${outstanding} outstanding${desk.run?.matchedAt ? ` · deposits of ${format.moment(desk.run.matchedAt)}` : ''}`}
      >
        <InnerLink to="/payments/import" className="wb-button">
          Upload deposits
        </InnerLink>
        <ActionButton
          tone="primary"
          busy={desk.busy}
          action={confirmable.length === 0 ? null : () => reconcileSelection()}
          reason="Select payments with a unique match first."
        >
          Reconcile selection{confirmable.length === 0 ? '' : ` (${confirmable.length})`}
        </ActionButton>
      </PageHead>
      <div className="wb-tabs" role="tablist" aria-label="Payments">
        {paymentTabs.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={name === tab}
            onClick={() => {
              choose(name === 'UNIQUE' ? null : name)
              setSelected(new Set())
            }}
          >
            {tabWords[name]} <span className="wb-count">{byTab.get(name)?.length ?? 0}</span>
          </button>
        ))}
        <input
          type="search"
          aria-label="Search payments"
          placeholder="Payment, customer or amount"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      {desk.state.kind === 'loading' ? <LoadingRows /> : null}
      {desk.state.kind === 'failed' ? <FailedState {...desk.state} /> : null}
      {desk.state.kind === 'ready' && rows.length === 0 ? <EmptyState title={emptyWords[tab]} /> : null}
      {rows.length === 0 ? null : (
        <div className="wb-card">
          <table className="wb-table wb-payments">
            <thead>
              <tr>
                <th scope="col">
                  {tab === 'UNIQUE' ? <SelectAll rows={rows} selected={selected} onChange={setSelected} /> : null}
                </th>
                <th scope="col">Payment and deposit</th>
                <th scope="col">Customer</th>
                <th scope="col">Date</th>
                <th scope="col" className="wb-right">
                  Amount
                </th>
                <th scope="col">
                  <span className="wb-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            {rows.map((row) => (
              <PaymentRow
                key={row.item.id}
                row={row}
                desk={desk}
                selected={selected.has(row.item.id)}
                onSelect={tab === 'UNIQUE' ? (on) => setSelected(toggled(selected, row.item.id, on)) : null}
                onPickDeposit={() => setPicking(row)}
              />
            ))}
          </table>
        </div>
      )}
      <DepositPicker
        row={picking}
        onClose={() => setPicking(null)}
        onPick={(row, deposit) => {
          setPicking(null)
          desk.act(row, { action: 'reconcile', bankLineIds: [deposit.id] }, 'Reconciled with the chosen deposit.')
        }}
      />
    </>
  )

  function reconcileSelection() {
    desk.confirmMany(confirmable)
    setSelected(new Set())
  }
}

function found(rows: readonly ItemRow[], search: string): readonly ItemRow[] {
  const words = search.trim().toLowerCase()
  if (words === '') return rows
  return rows.filter(({ bookEntries: [payment], total }) =>
    `${payment?.id} ${payment?.counterparty?.name} ${payment?.references.description} ${total.amount}`
      .toLowerCase()
      .includes(words),
  )
}

function toggled(selected: ReadonlySet<string>, id: string, on: boolean): ReadonlySet<string> {
  const next = new Set(selected)
  if (on) next.add(id)
  else next.delete(id)
  return next
}

function SelectAll(props: {
  readonly rows: readonly ItemRow[]
  readonly selected: ReadonlySet<string>
  readonly onChange: (selected: ReadonlySet<string>) => void
}) {
  const all = props.rows.every((row) => props.selected.has(row.item.id))
  return (
    <input
      type="checkbox"
      aria-label="Select all shown"
      checked={all}
      onChange={() => props.onChange(all ? new Set() : new Set(props.rows.map((row) => row.item.id)))}
    />
  )
}
