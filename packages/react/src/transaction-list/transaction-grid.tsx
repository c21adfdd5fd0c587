import {
  type ColumnDef,
  columnOrderingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { type KeyboardEvent, memo, type RefObject, useMemo } from 'react'
import { useBrowserLayoutEffect } from '../parts/browser-layout-effect.ts'
import { ErrorBoundary } from '../parts/error-boundary.tsx'
import type { GridRows } from '../parts/use-grid-rows.ts'
import { useRecon } from '../recon-root/recon-context.ts'
import type { WorkItem } from '../work-item.ts'
import { type TransactionColumn, type TransactionColumnId, transactionColumns } from './transaction-columns.tsx'
import { TransactionRow } from './transaction-row.tsx'
import type { TransactionListModel } from './use-transaction-list.ts'

/** What a host remembers of the columns. */
export interface ColumnChoice {
  readonly hidden: readonly TransactionColumnId[]
  readonly order: readonly TransactionColumnId[]
  /** Widths in CSS pixels, where they differ from the default. */
  readonly widths: Readonly<Partial<Record<TransactionColumnId, number>>>
}

export const defaultColumnChoice: ColumnChoice = { hidden: [], order: [], widths: {} }

const gridFeatures = /* @__PURE__ */ tableFeatures({
  columnVisibilityFeature,
  columnSizingFeature,
  columnOrderingFeature,
})

type GridColumnDef = ColumnDef<typeof gridFeatures, WorkItem>
const columnDefs: GridColumnDef[] = transactionColumns.map((column) => ({
  id: column.id,
  accessorFn: (row) => row.item.id,
  size: column.size,
  minSize: 48,
}))
const noRows: WorkItem[] = []
const byId = new Map<string, TransactionColumn>(transactionColumns.map((column) => [column.id, column]))

export interface TransactionGridProps {
  readonly model: TransactionListModel
  readonly grid: GridRows
  readonly columns: ColumnChoice
  readonly onOpen: (row: WorkItem) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

/** The grid itself: TanStack Table holds the columns, the transaction index the rows, the virtualizer the window. */
export function TransactionGrid({ model, grid, columns: choice, onOpen, onKeyDown }: TransactionGridProps) {
  const { messages } = useRecon()
  const shown = useShownColumns(choice)
  useColumnTemplate(grid.scroller, shown)
  const allSelected = model.length > 0 && model.selection.count === model.length
  return (
    <div
      ref={grid.scroller}
      role="grid"
      className="recon-grid"
      data-layout={grid.width < narrowBelow ? 'narrow' : 'wide'}
      aria-label={messages.desk.queue}
      aria-rowcount={model.length + 1}
      aria-colcount={shown.length + 2}
      aria-multiselectable="true"
      onKeyDown={onKeyDown}
      onBlur={(event) => grid.onBlur(event.currentTarget.contains(event.relatedTarget))}
    >
      <div role="rowgroup" className="recon-grid-head">
        <div role="row" className="recon-row-head" aria-rowindex={1}>
          <div role="columnheader" className="recon-cell" data-column="selection">
            <input
              type="checkbox"
              className="recon-check"
              checked={allSelected}
              aria-label={messages.desk.selectAll}
              onChange={() => (allSelected ? model.selection.clear() : model.selection.all())}
            />
          </div>
          {shown.map((column) => (
            <ColumnHead key={column.id} column={column} model={model} />
          ))}
          <div role="columnheader" className="recon-cell" data-column="action" data-end="">
            <span className="recon-hidden">{messages.desk.column.action}</span>
          </div>
        </div>
      </div>
      <div ref={grid.body} role="rowgroup" className="recon-grid-body">
        {grid.items.map(({ index }) => {
          const row = model.rowAt(index)
          if (row === undefined) return null
          return (
            <ErrorBoundary key={grid.slotOf(index)} resetKey={row} fallback={() => <BrokenRow place={index} />}>
              <TransactionRow
                row={row}
                place={index}
                height={grid.height}
                active={index === grid.active}
                selected={model.selection.has(row.item.id)}
                columns={shown}
                actionsOf={model.actionsOf}
                onFocus={grid.onFocus}
                onToggle={model.selection.toggle}
                onOpen={onOpen}
              />
            </ErrorBoundary>
          )
        })}
      </div>
    </div>
  )
}

/** Below this width of the grid a row is a small card instead of a line. */
export const narrowBelow = 720

function BrokenRow({ place }: { readonly place: number }) {
  const { messages } = useRecon()
  return (
    <div role="row" className="recon-row" data-broken="" aria-rowindex={place + 2}>
      <div role="gridcell" className="recon-cell">
        {messages.frame.rowFailed}
      </div>
    </div>
  )
}

interface ColumnHeadProps {
  readonly column: TransactionColumn
  readonly model: TransactionListModel
}

const ColumnHead = /* @__PURE__ */ memo(function ColumnHead({ column, model }: ColumnHeadProps) {
  const { messages } = useRecon()
  const title = column.title(messages)
  const { sort } = model.query
  const sorted = column.sort !== null && sort.by === column.sort
  const direction = sort.descending ? 'descending' : 'ascending'
  return (
    <div
      role="columnheader"
      className="recon-cell"
      data-column={column.id}
      data-end={column.end ? '' : undefined}
      aria-sort={sorted ? direction : undefined}
    >
      {column.sort === null ? (
        title
      ) : (
        <button
          type="button"
          className="recon-sort"
          data-direction={sorted ? direction : undefined}
          title={messages.desk.sortBy(title)}
          onClick={() => column.sort !== null && model.sortBy(column.sort)}
        >
          {title}
        </button>
      )}
    </div>
  )
})

function useShownColumns(choice: ColumnChoice): readonly TransactionColumn[] {
  const state = useMemo(
    () => ({
      columnVisibility: Object.fromEntries(choice.hidden.map((id) => [id, false])),
      columnOrder: [...choice.order],
      columnSizing: { ...choice.widths } as Record<string, number>,
    }),
    [choice],
  )
  const table = useTable({ features: gridFeatures, columns: columnDefs, data: noRows, state })
  const visible = table.getVisibleLeafColumns().map((column) => `${column.id} ${column.getSize()}`)
  return useMemoizedColumns(visible.join(','))
}

/** The same columns give the same array, so that rows that did not change are not drawn again. */
function useMemoizedColumns(shown: string): readonly TransactionColumn[] {
  return useMemo(
    () =>
      shown.split(',').flatMap((part) => {
        const [id = '', size] = part.split(' ')
        const known = byId.get(id)
        return known === undefined ? [] : [{ ...known, size: Number(size) }]
      }),
    [shown],
  )
}

function useColumnTemplate(scroller: RefObject<HTMLElement | null>, columns: readonly TransactionColumn[]): void {
  const template = columns
    .map((column) => (column.grows ? `minmax(${Math.min(200, column.size)}px, 1fr)` : `${column.size}px`))
    .join(' ')
  useBrowserLayoutEffect(() => {
    scroller.current?.style.setProperty('--recon-columns', template)
  }, [scroller, template])
}
