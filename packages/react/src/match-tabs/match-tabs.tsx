import * as Tabs from '@radix-ui/react-tabs'
import { type KeyboardEvent, useRef, useState } from 'react'
import { commandOf, isTyping } from '../key-map/key-map.ts'
import { ActionButton } from '../parts/action-button.tsx'
import { EmptyState, instead, PartialNotice, ready } from '../parts/screen-state.tsx'
import { TabList, TabPanel } from '../parts/tab-panel.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { QueueSearch } from '../transaction-list/queue-toolbar.tsx'
import type { WorkItem } from '../work-item.ts'
import { DepositPicker } from './deposit-picker.tsx'
import { PaymentRows } from './payment-rows.tsx'
import { ReferenceDialog } from './reference-dialog.tsx'
import {
  type MatchTabsModel,
  type MatchTabsOptions,
  paymentBuckets,
  paymentTabs,
  useMatchTabs,
} from './use-match-tabs.ts'

export type MatchTabsProps = MatchTabsOptions

/** Payments against deposits: what is outstanding and how sure each match is, what is reconciled, what never came. */
export function MatchTabs(props: MatchTabsProps) {
  const { messages, format, direction } = useRecon()
  const { state = ready } = props
  const model = useMatchTabs(props)
  const [picking, setPicking] = useState<WorkItem | null>(null)
  const [referring, setReferring] = useState<WorkItem | null>(null)
  return (
    <div className="recon-match-tabs">
      <Tabs.Root
        className="recon-tabs"
        value={model.tab}
        dir={direction}
        onValueChange={(value) => model.setTab(paymentTabs.find((tab) => tab === value) ?? 'OUTSTANDING')}
      >
        <TabList label={messages.payments.title}>
          {paymentTabs.map((tab) => (
            <Tabs.Trigger key={tab} value={tab} className="recon-tab">
              {messages.payments.tab[tab]}{' '}
              <span className="recon-chip-count">{format.count(model.tabCounts[tab])}</span>
            </Tabs.Trigger>
          ))}
        </TabList>
        {paymentTabs.map((tab) => (
          <TabPanel key={tab} value={tab}>
            {instead(state) ?? (
              <>
                <PartialNotice state={state} />
                <Panel model={model} onPick={setPicking} onRefer={setReferring} />
              </>
            )}
          </TabPanel>
        ))}
      </Tabs.Root>
      <DepositPicker
        row={picking}
        search={props.searchDeposits}
        onClose={() => setPicking(null)}
        reconcile={picking === null ? null : (model.actionsOf(picking).reconcile ?? null)}
      />
      <ReferenceDialog
        row={referring}
        onClose={() => setReferring(null)}
        reconcile={referring === null ? null : (model.actionsOf(referring).reconcileWithReference ?? null)}
      />
    </div>
  )
}

interface PanelProps {
  readonly model: MatchTabsModel
  readonly onPick: (row: WorkItem) => void
  readonly onRefer: (row: WorkItem) => void
}

function Panel({ model, onPick, onRefer }: PanelProps) {
  const { messages, keyMap } = useRecon()
  const words = messages.payments
  const field = useRef<HTMLInputElement>(null)
  const table = useRef<HTMLDivElement>(null)
  const reach = useRef<((group: number) => void) | null>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    const command = commandOf(keyMap, event)
    if (command === 'search') field.current?.focus()
    else if (command === 'reconcile') model.reconcileSelection?.()
    else if (command === 'next' || command === 'previous') moveFocus(table.current, command === 'next' ? 1 : -1)
    else if (!isTyping(event.target) && event.key === 'Home') reach.current?.(0)
    else if (!isTyping(event.target) && event.key === 'End') reach.current?.(model.rows.length - 1)
    else return
    event.preventDefault()
  }
  const outstanding = model.tab === 'OUTSTANDING'
  return (
    <div ref={table} onKeyDown={onKeyDown}>
      <div className="recon-list-tools">
        {outstanding ? <Buckets model={model} /> : null}
        <div className="recon-list-side" data-grows={outstanding ? undefined : ''}>
          <QueueSearch
            value={model.search}
            onChange={model.setSearch}
            onLeave={() => moveFocus(table.current, 0)}
            field={field}
            label={words.search}
          />
          {outstanding ? (
            <ActionButton tone="primary" action={model.reconcileSelection} keycap={keyMap.reconcile[0] ?? ''}>
              {words.reconcileCount(model.chosenCount)}
            </ActionButton>
          ) : null}
        </div>
      </div>
      {model.rows.length === 0 ? (
        <EmptyState
          title={model.search === '' && !outstanding ? words.empty[model.tab] : words.emptyBucket}
          {...(outstanding && model.tabCounts.OUTSTANDING === 0 ? { hint: words.empty.OUTSTANDING } : {})}
        />
      ) : (
        <PaymentRows model={model} onPick={onPick} onRefer={onRefer} reach={reach} />
      )}
    </div>
  )
}

function Buckets({ model }: { readonly model: MatchTabsModel }) {
  const { messages, format } = useRecon()
  return (
    <div role="group" className="recon-chips" aria-label={messages.payments.tab.OUTSTANDING}>
      {paymentBuckets.map((bucket) => (
        <button
          key={bucket}
          type="button"
          className="recon-chip"
          aria-pressed={model.bucket === bucket}
          title={messages.payments.bucketHint[bucket]}
          onClick={() => model.setBucket(bucket)}
        >
          {messages.payments.bucket[bucket]}{' '}
          <span className="recon-chip-count">{format.count(model.bucketCounts[bucket])}</span>
        </button>
      ))}
    </div>
  )
}

/** Moves between the choices of the table: checkboxes and radios, in reading order. */
function moveFocus(table: HTMLElement | null, by: 1 | -1 | 0): void {
  const stops = [...(table?.querySelectorAll<HTMLElement>('tbody :is(input, button)') ?? [])]
  const at = stops.indexOf(document.activeElement as HTMLElement)
  stops[Math.max(0, Math.min(stops.length - 1, at === -1 ? 0 : at + by))]?.focus()
}
