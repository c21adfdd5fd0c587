import {
  type ColumnDef,
  columnOrderingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { type KeyboardEvent, memo, type RefObject, useCallback, useMemo } from 'react'
import { useBrowserLayoutEffect } from '../parts/browser-layout-effect.ts'
import { ErrorBoundary } from '../parts/error-boundary.tsx'
import type { GridRows } from '../parts/use-grid-rows.ts'
import { useRecon } from '../recon-root/recon-context.ts'
import type { WorkItem } from '../work-item.ts'
import { ColumnResizer } from './column-resizer.tsx'
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
  readonly onColumnsChange: (columns: ColumnChoice) => void
  readonly onOpen: (row: WorkItem) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

/** The grid itself: TanStack Table holds the columns, the transaction index the rows, the virtualizer the window. */
export function TransactionGrid(props: TransactionGridProps) {
  const { model, grid, columns: choice, onColumnsChange, onOpen, onKeyDown } = props
  const { messages } = useRecon()
  const { shown, widths } = useShownColumns(choice)
  const preview = useColumnTemplate(grid.scroller, shown, widths)
  const resize = useCallback(
    (id: TransactionColumnId, width: number | null) => {
      const { [id]: _before, ...others } = choice.widths
      onColumnsChange({ ...choice, widths: width === null ? others : { ...others, [id]: width } })
    },
    [choice, onColumnsChange],
  )
  const allSelected = model.length > 0 && model.selection.count === model.length
  return (
    <div
      ref={grid.scroller}
      role="grid"
      className="recon-grid"
      data-layout={grid.width < narrowBelow ? 'narrow' : 'wide'}
      data-narrowest={grid.width < narrowestBelow ? '' : undefined}
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
            <ColumnHead
              key={column.id}
              column={column}
              model={model}
              width={widths[column.id] ?? column.size}
              onPreview={preview}
              onResize={resize}
            />
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
/** Below this one even a card is too wide: at 400% zoom a row is a stack. */
export const narrowestBelow = 400

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
  readonly width: number
  readonly onPreview: (id: TransactionColumnId, width: number) => void
  readonly onResize: (id: TransactionColumnId, width: number | null) => void
}

const ColumnHead = /* @__PURE__ */ memo(function ColumnHead(props: ColumnHeadProps) {
  const { column, model, width, onPreview, onResize } = props
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
      <ColumnResizer
        column={column}
        width={width}
        onPreview={(next) => onPreview(column.id, next)}
        onChange={(next) => onResize(column.id, next)}
      />
    </div>
  )
})

type Widths = Readonly<Partial<Record<TransactionColumnId, number>>>

function useShownColumns(choice: ColumnChoice): {
  readonly shown: readonly TransactionColumn[]
  readonly widths: Widths
} {
  const state = useMemo(
    () => ({
      columnVisibility: Object.fromEntries(choice.hidden.map((id) => [id, false])),
      columnOrder: [...choice.order],
      columnSizing: { ...choice.widths } as Record<string, number>,
    }),
    [choice],
  )
  const table = useTable({ features: gridFeatures, columns: columnDefs, data: noRows, state })
  const visible = table.getVisibleLeafColumns().map((column) => column.id)
  return { shown: useMemoizedColumns(visible.join(',')), widths: choice.widths }
}

/** The same columns give the same array, whatever their widths: rows are not drawn again when an edge is dragged. */
function useMemoizedColumns(shown: string): readonly TransactionColumn[] {
  return useMemo(() => shown.split(',').flatMap((id) => byId.get(id) ?? []), [shown])
}

const selectionAndAction = 44 + 150
const leastGrowing = 200

/** A column takes its own width or the one it was given; the one that grows takes the rest until it is given a width. */
function trackOf(
  { id, size, grows }: TransactionColumn,
  widths: Widths,
): { readonly track: string; readonly least: number } {
  const given = widths[id]
  if (given !== undefined || !grows) return { track: `${given ?? size}px`, least: given ?? size }
  return { track: `minmax(${Math.min(leastGrowing, size)}px, 1fr)`, least: leastGrowing }
}

/** Writes the widths through the DOM, and gives a function that shows a width before it is kept. */
function useColumnTemplate(
  scroller: RefObject<HTMLElement | null>,
  columns: readonly TransactionColumn[],
  widths: Widths,
): (id: TransactionColumnId, width: number) => void {
  const write = useCallback(
    (shown: Widths) => {
      const tracks = columns.map((column) => trackOf(column, shown))
      const least = tracks.reduce((sum, { least: width }) => sum + width, selectionAndAction)
      const style = scroller.current?.style
      style?.setProperty('--recon-columns', tracks.map(({ track }) => track).join(' '))
      style?.setProperty('--recon-row-width', `${least}px`)
    },
    [scroller, columns],
  )
  useBrowserLayoutEffect(() => write(widths), [write, widths])
  return useCallback((id, width) => write({ ...widths, [id]: width }), [write, widths])
}
