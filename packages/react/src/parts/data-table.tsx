import { type ReactNode, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { useRecon } from '../recon-root/recon-context.ts'
import { ActionButton } from './action-button.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { EmptyState, instead, type LoadState, PartialNotice, ready } from './screen-state.tsx'

export interface DataColumn<Row> {
  readonly id: string
  readonly title: string
  /** Amounts and actions stand at the end of their column. */
  readonly end?: boolean
  /** The title is only read out: a column of buttons or checkboxes. */
  readonly quiet?: boolean
  readonly cell: (row: Row) => ReactNode
}

export interface DataTableProps<Row> {
  readonly label: string
  readonly columns: readonly DataColumn<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  /** State for the stylesheet: `data-state` of the row. */
  readonly rowState?: (row: Row) => string | undefined
  readonly empty: { readonly title: string; readonly hint?: string }
  readonly state?: LoadState
  readonly foot?: ReactNode
}

const step = 200

/** A table of moderate length: 200 rows at a time, each behind its own error boundary; cards on a phone. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { messages } = useRecon()
  const { columns, rows, state = ready } = props
  const [limit, setLimit] = useState(step)
  useAllForPrint(setLimit)
  const blocked = instead(state, 4)
  if (blocked !== null) return blocked
  if (rows.length === 0) return <EmptyState {...props.empty} />
  return (
    <div className="recon-card recon-scroll">
      <PartialNotice state={state} />
      <table className="recon-table" data-kind="data" aria-label={props.label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col" data-end={column.end ? '' : undefined}>
                {column.quiet ? <span className="recon-hidden">{column.title}</span> : column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, limit).map((row) => (
            <ErrorBoundary key={props.rowKey(row)} resetKey={row} fallback={() => <BrokenRow span={columns.length} />}>
              <DataRow row={row} columns={columns} state={props.rowState?.(row)} />
            </ErrorBoundary>
          ))}
        </tbody>
        {props.foot === undefined ? null : <tfoot>{props.foot}</tfoot>}
      </table>
      {rows.length > limit ? (
        <p className="recon-table-more">
          <ActionButton action={() => setLimit(limit + step)}>
            {messages.frame.showMore(rows.length - limit)}
          </ActionButton>
        </p>
      ) : null}
    </div>
  )
}

/** Paper has no button for more: all rows are there before the page is printed. */
function useAllForPrint(setLimit: (limit: number) => void): void {
  useEffect(() => {
    const all = () => flushSync(() => setLimit(Number.POSITIVE_INFINITY))
    window.addEventListener('beforeprint', all)
    return () => window.removeEventListener('beforeprint', all)
  }, [setLimit])
}

interface DataRowProps<Row> {
  readonly row: Row
  readonly columns: readonly DataColumn<Row>[]
  readonly state: string | undefined
}

function DataRow<Row>({ row, columns, state }: DataRowProps<Row>) {
  return (
    <tr data-state={state}>
      {columns.map((column) => (
        <td
          key={column.id}
          data-column={column.id}
          data-label={column.quiet ? undefined : column.title}
          data-end={column.end ? '' : undefined}
        >
          {column.cell(row)}
        </td>
      ))}
    </tr>
  )
}

function BrokenRow({ span }: { readonly span: number }) {
  const { messages } = useRecon()
  return (
    <tr>
      <td colSpan={span}>{messages.frame.rowFailed}</td>
    </tr>
  )
}
