import * as Tabs from '@radix-ui/react-tabs'
import { type ReactNode, useState } from 'react'
import { ActionButton } from '../parts/action-button.tsx'
import { TabList, TabPanel } from '../parts/tab-panel.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { TransactableTable } from '../transaction-statement/transactable-table.tsx'
import { TransactionStatement } from '../transaction-statement/transaction-statement.tsx'
import { useTransactionStatement } from '../transaction-statement/use-transaction-statement.ts'
import { ConnectedScreen, DeskDoor } from './connected-screen.tsx'
import { type TreasuryScope, useTransactables, useTreasuryLines } from './use-treasury.ts'

export interface TreasuryScreenProps extends TreasuryScope {
  readonly title?: string
  /** The host's own buttons, in the head of the screen. */
  readonly actions?: ReactNode
}

/** The treasury desk: the account's transactions and how certain each is, and what is expected and ordered. */
export function TreasuryScreen(props: TreasuryScreenProps) {
  return (
    <ConnectedScreen>
      <DeskDoor desk="TREASURY">
        <Screen {...props} />
      </DeskDoor>
    </ConnectedScreen>
  )
}

function Screen({ title, actions, ...scope }: TreasuryScreenProps) {
  const { messages, direction, format } = useRecon()
  const { lines, state } = useTreasuryLines(scope)
  const { reconciled, tentative } = useTransactionStatement(lines)
  const orders = useTransactables(scope)
  const late = orders.rows.filter((row) => row.overdue).length
  const heading = title ?? messages.treasury.title
  return (
    <section className="recon-desk" aria-label={heading}>
      <header className="recon-screen-head">
        <div>
          <h1 className="recon-title">{heading}</h1>
          <p className="recon-subtitle">
            {[scope.account, messages.screens.treasury.note(reconciled, tentative)].filter(Boolean).join(' · ')}
          </p>
        </div>
        <div className="recon-screen-actions">
          {actions}
          <ActionButton busy={orders.pending} action={orders.match && (() => void orders.match?.())}>
            {messages.treasury.orders.match}
          </ActionButton>
        </div>
      </header>
      <Tabs.Root className="recon-tabs" defaultValue="lines" dir={direction}>
        <TabList label={heading}>
          <Tabs.Trigger value="lines" className="recon-tab">
            {messages.treasury.title}
          </Tabs.Trigger>
          <Tabs.Trigger value="orders" className="recon-tab">
            {messages.treasury.orders.title}
            {late === 0 ? null : (
              <>
                {' '}
                <span className="recon-chip-count" data-late="">
                  {format.count(late)}
                </span>
              </>
            )}
          </Tabs.Trigger>
        </TabList>
        <TabPanel value="lines">
          <TransactionStatement lines={lines} state={state} />
        </TabPanel>
        <TabPanel value="orders">
          <Orders model={orders} />
        </TabPanel>
      </Tabs.Root>
    </section>
  )
}

function Orders({ model }: { readonly model: ReturnType<typeof useTransactables> }) {
  const { messages } = useRecon()
  const words = messages.treasury.orders
  const [search, setSearch] = useState('')
  const [onlyLate, setOnlyLate] = useState(false)
  const needle = search.trim().toLowerCase()
  const shown = model.rows.filter((row) => {
    if (onlyLate && !row.overdue) return false
    const texts = [row.id, row.label, row.counterparty?.name, row.amount.amount, ...Object.values(row.references)]
    return needle === '' || texts.some((text) => text?.toLowerCase().includes(needle))
  })
  return (
    <>
      <div className="recon-list-tools">
        <label className="recon-switch">
          <input type="checkbox" className="recon-check" checked={onlyLate} onChange={() => setOnlyLate(!onlyLate)} />
          {words.onlyOverdue}
        </label>
        <div className="recon-list-side" data-grows="">
          <div className="recon-search">
            <input
              type="search"
              className="recon-input"
              value={search}
              aria-label={words.search}
              placeholder={words.search}
              onChange={(event) => setSearch(event.target.value)}
            />
          </div>
        </div>
      </div>
      <TransactableTable rows={shown} state={model.state} unlinkOf={model.unlinkOf} />
    </>
  )
}
