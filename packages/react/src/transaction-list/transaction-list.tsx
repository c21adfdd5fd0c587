import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react'
import { KeyHints } from '../key-map/key-hints.tsx'
import { commandOf, type KeyCommand } from '../key-map/key-map.ts'
import { KeyMapDialog } from '../key-map/key-map-dialog.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { EmptyState, instead, type LoadState, PartialNotice, ready } from '../parts/screen-state.tsx'
import { useGridRows } from '../parts/use-grid-rows.ts'
import { useRecon } from '../recon-root/recon-context.ts'
import type { WorkItem } from '../work-item.ts'
import { ColumnMenu } from './column-menu.tsx'
import { BulkBar, QueueFilters, QueueSearch } from './queue-toolbar.tsx'
import {
  type ColumnChoice,
  defaultColumnChoice,
  narrowBelow,
  narrowestBelow,
  TransactionGrid,
} from './transaction-grid.tsx'
import { type TransactionListOptions, useTransactionList } from './use-transaction-list.ts'

export interface TransactionListProps extends TransactionListOptions {
  readonly state?: LoadState
  /** Opens the row: the dialog, the batch view, or whatever the host shows. */
  readonly onOpen?: (row: WorkItem) => void
  /** Takes the last change back; null when there is none. */
  readonly onUndo?: (() => void) | null
  readonly onExport?: (() => void) | null
  readonly columns?: ColumnChoice
  readonly onColumnsChange?: (columns: ColumnChoice) => void
  /** Focuses the first row on mount, so that the keys work at once. */
  readonly focusOnMount?: boolean
}

const noOpen = () => undefined
const rowHeights = { comfortable: 55, compact: 40 } as const
const cardHeights = { comfortable: 104, compact: 92 } as const
const stackHeights = { comfortable: 156, compact: 148 } as const

/** A line, a card, or a stack: as the width allows. */
function heightsFor(width: number) {
  if (width < narrowestBelow) return stackHeights
  return width < narrowBelow ? cardHeights : rowHeights
}

/** The queue of a desk: every transaction with its scenario, reason, amount and first action. */
export function TransactionList(props: TransactionListProps) {
  const { messages, density, keyMap } = useRecon()
  const { state = ready, onOpen = noOpen, onUndo = null, onExport = null } = props
  const model = useTransactionList(props)
  const [ownColumns, setOwnColumns] = useState(defaultColumnChoice)
  const columns = props.columns ?? ownColumns
  const { onColumnsChange } = props
  const changeColumns = useCallback(
    (next: ColumnChoice) => {
      setOwnColumns(next)
      onColumnsChange?.(next)
    },
    [onColumnsChange],
  )
  const [helpOpen, setHelpOpen] = useState(false)
  const showHelp = useCallback(() => setHelpOpen(true), [])
  const search = useRef<HTMLInputElement>(null)
  const grid = useGridRows({
    count: model.length,
    rowHeight: (width) => heightsFor(width)[density],
    headHeight: 34,
    idAt: (place) => model.rowAt(place)?.item.id,
  })

  useFocusOnMount(props.focusOnMount === true && model.length > 0, grid.focus)

  const run: Readonly<Record<KeyCommand, (event: KeyboardEvent) => void>> = {
    next: () => grid.moveTo(grid.active + 1),
    previous: () => grid.moveTo(grid.active - 1),
    open: () => withActive((row) => onOpen(row)),
    select: (event) => model.selection.toggle(grid.active, event.shiftKey),
    reconcile: () => onSelectionOrRow('reconcile'),
    flag: () => onSelectionOrRow('flag'),
    escalate: () => onSelectionOrRow('escalate'),
    undo: () => onUndo?.(),
    search: () => search.current?.focus(),
    help: () => setHelpOpen(true),
    copyAmount: () => withActive((row) => void navigator.clipboard?.writeText(row.total.amount).catch(noOpen)),
  }
  const withActive = (then: (row: WorkItem) => void) => {
    const row = model.rowAt(grid.active)
    if (row !== undefined) then(row)
  }
  const onSelectionOrRow = (name: 'reconcile' | 'flag' | 'escalate') => {
    if (model.selection.count > 0) return model.bulk[name]?.()
    withActive((row) => {
      const actions = model.actionsOf(row)
      const action = actions[name] ?? (name === 'reconcile' ? (actions.closeBatch ?? actions.review) : null)
      action?.()
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const onControl = event.target instanceof HTMLButtonElement || event.target instanceof HTMLInputElement
    const command = commandOf(keyMap, event)
    if (command !== undefined && !(onControl && (command === 'open' || command === 'select'))) {
      event.preventDefault()
      event.stopPropagation()
      run[command](event)
    } else if (event.key === 'Escape' && model.selection.count > 0) {
      model.selection.clear()
    }
  }

  return (
    <div className="recon-list" onKeyDown={onKeyDown}>
      <div className="recon-list-tools">
        <QueueFilters model={model} />
        <div className="recon-list-side">
          <QueueSearch
            value={model.query.search}
            onChange={model.setSearch}
            onLeave={grid.focus}
            field={search}
            label={messages.desk.searchHint}
          />
          <ColumnMenu columns={columns} onChange={changeColumns} />
          {onExport === null ? null : <ActionButton action={onExport}>{messages.frame.exportCsv}</ActionButton>}
        </div>
      </div>
      <PartialNotice state={state} />
      <BulkBar model={model} />
      <ListBody {...props} state={state}>
        <TransactionGrid
          model={model}
          grid={grid}
          columns={columns}
          onColumnsChange={changeColumns}
          onOpen={onOpen}
          onKeyDown={(event) => {
            if (grid.handleKey(event)) event.preventDefault()
          }}
        />
        {model.length === 0 && props.rows.length > 0 ? (
          <EmptyState title={messages.desk.emptyFilter} hint={messages.desk.emptyFilterHint}>
            <ActionButton
              action={() => {
                model.setSearch('')
                model.setFilter('ALL')
              }}
            >
              {messages.desk.showAll}
            </ActionButton>
          </EmptyState>
        ) : null}
      </ListBody>
      <KeyHints onHelp={showHelp} undo={onUndo !== null} />
      <KeyMapDialog open={helpOpen} onOpenChange={setHelpOpen} />
    </div>
  )
}

/** Takes the focus once, and only where nothing else has it: a host's own field is never left. */
function useFocusOnMount(wanted: boolean, focus: () => void): void {
  const done = useRef(false)
  useEffect(() => {
    if (!wanted || done.current) return
    done.current = true
    if (document.activeElement === document.body) focus()
  }, [wanted, focus])
}

function ListBody(props: TransactionListProps & { readonly state: LoadState; readonly children: React.ReactNode }) {
  const { messages } = useRecon()
  const blocked = instead(props.state)
  if (blocked !== null) return blocked
  if (props.rows.length === 0 && props.state.kind === 'ready') {
    return <EmptyState title={messages.desk.empty} hint={messages.desk.emptyHint} />
  }
  return <>{props.children}</>
}
