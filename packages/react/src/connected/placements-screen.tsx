import type { PlacementDetail, PlacementRow } from '@recon/client'
import type { Placement } from '@recon/core'
import { useState } from 'react'
import { PlacementCard, placementTone } from '../collections-desk/placement-card.tsx'
import { RemittanceLedger } from '../collections-desk/remittance-ledger.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { Amount } from '../parts/amount.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { Badge } from '../parts/scenario-badge.tsx'
import { instead, LoadingRows } from '../parts/screen-state.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { ConnectedScreen } from './connected-screen.tsx'
import { PaymentDialog } from './payment-dialog.tsx'
import {
  type CollectionsScope,
  useCreditors,
  usePlacement,
  usePlacements,
  useRemittances,
} from './use-collections-desk.ts'

export interface PlacementsScreenProps extends CollectionsScope {
  /** The placement that is open; kept inside where absent. */
  readonly placementId?: string | null | undefined
  readonly onPlacementChange?: ((placementId: string | null) => void) | undefined
}

/** Invoices given to be collected: the list, and one of them with its rows and what may be done. */
export function PlacementsScreen(props: PlacementsScreenProps) {
  return (
    <ConnectedScreen>
      <Screen {...props} />
    </ConnectedScreen>
  )
}

function Screen({ creditorId, placementId, onPlacementChange }: PlacementsScreenProps) {
  const [own, setOwn] = useState<string | null>(null)
  const opened = placementId === undefined ? own : placementId
  const open = (id: string | null) => {
    setOwn(id)
    onPlacementChange?.(id)
  }
  return opened === null ? (
    <PlacementList creditorId={creditorId} onOpen={open} />
  ) : (
    <OpenPlacement placementId={opened} onBack={() => open(null)} />
  )
}

function PlacementList({ creditorId, onOpen }: CollectionsScope & { readonly onOpen: (id: string) => void }) {
  const { messages, format } = useRecon()
  const { rows, state } = usePlacements({ creditorId })
  const { nameOf } = useCreditors()
  const [search, setSearch] = useState('')
  const words = messages.screens.collections
  const placement = messages.collections.placement
  const needle = search.trim().toLowerCase()
  const shown = rows.filter((row) => `${row.invoiceNumber} ${nameOf(row.creditorId)}`.toLowerCase().includes(needle))
  return (
    <section className="recon-desk" aria-label={words.placements}>
      <div className="recon-list-tools">
        <div className="recon-list-side" data-grows="">
          <div className="recon-search">
            <input
              type="search"
              className="recon-input"
              value={search}
              aria-label={words.searchInvoice}
              placeholder={words.searchInvoice}
              onChange={(event) => setSearch(event.target.value)}
            />
          </div>
        </div>
      </div>
      <DataTable<PlacementRow>
        label={words.placements}
        rows={shown}
        rowKey={(row) => row.id}
        rowState={(row) => row.status}
        state={state}
        empty={
          rows.length === 0
            ? { title: words.noPlacements, hint: words.noPlacementsHint }
            : { title: messages.desk.emptyFilter, hint: messages.desk.emptyFilterHint }
        }
        columns={[
          {
            id: 'status',
            title: messages.desk.column.status,
            cell: (row) => <Badge tone={placementTone[row.status]}>{placement.status[row.status]}</Badge>,
          },
          {
            id: 'invoice',
            title: placement.invoice('').trim(),
            cell: (row) => (
              <>
                <button type="button" className="recon-link recon-row-name" onClick={() => onOpen(row.id)}>
                  {row.invoiceNumber}
                </button>
                <span className="recon-row-reason">{nameOf(row.creditorId)}</span>
              </>
            ),
          },
          {
            id: 'rate',
            title: messages.collections.ledger.rate,
            end: true,
            cell: (row) => format.percent(Number(row.rates.at(-1)?.rate ?? 0)),
          },
          ...(['recovered', 'fee', 'net', 'outstanding'] as const).map((name) => ({
            id: name,
            title: placement[name],
            end: true,
            cell: (row: PlacementRow) => <Amount value={row.totals[name]} copyable />,
          })),
        ]}
      />
    </section>
  )
}

/** The core's form of a placement: its rates are never empty. */
function placementOf(row: PlacementDetail): Placement | null {
  const [first, ...later] = row.rates
  return first === undefined ? null : { ...row, rates: [first, ...later] }
}

function OpenPlacement({ placementId, onBack }: { readonly placementId: string; readonly onBack: () => void }) {
  const { messages } = useRecon()
  const model = usePlacement(placementId)
  const { nameOf } = useCreditors()
  const { payOf } = useRemittances({ creditorId: model.placement?.creditorId })
  const [paying, setPaying] = useState<string | null>(null)
  const { placement: row, recordPayment } = model
  const placement = row === undefined ? null : placementOf(row)
  if (row === undefined || placement === null) {
    return (
      <section className="recon-desk">
        <BackButton onBack={onBack} />
        {instead(model.state, 4) ?? <LoadingRows rows={4} />}
      </section>
    )
  }
  return (
    <section className="recon-desk" aria-label={messages.collections.placement.invoice(row.invoiceNumber)}>
      <BackButton onBack={onBack} />
      <PlacementCard
        placement={placement}
        creditor={nameOf(row.creditorId)}
        rows={row.remittances}
        actions={{
          recordPayment: recordPayment === null ? null : () => setPaying(`manual-${crypto.randomUUID()}`),
          close: model.close,
          recall: model.recall,
        }}
      />
      <h2 className="recon-heading">{messages.collections.ledger.title}</h2>
      <RemittanceLedger rows={row.remittances} payOf={payOf} />
      <PaymentDialog
        open={paying !== null}
        invoice={row.invoiceNumber}
        currency={row.invoiceAmount.currency}
        pending={model.pending}
        refusal={paying === null ? null : model.refusal}
        record={
          recordPayment === null || paying === null
            ? null
            : (amount) => void recordPayment(amount, paying).then((done) => done && setPaying(null))
        }
        onClose={() => setPaying(null)}
      />
    </section>
  )
}

function BackButton({ onBack }: { readonly onBack: () => void }) {
  const { messages } = useRecon()
  return (
    <div>
      <ActionButton tone="quiet" action={onBack}>
        <span aria-hidden="true" className="recon-back">
          ‹
        </span>
        {messages.screens.collections.placements}
      </ActionButton>
    </div>
  )
}
