import type { Certainty, IsoDate, Money, TransactableKind } from '@recon/core'
import { ActionButton } from '../parts/action-button.tsx'
import { Amount } from '../parts/amount.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { Badge } from '../parts/scenario-badge.tsx'
import type { LoadState } from '../parts/screen-state.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { CertaintyMark } from './certainty-mark.tsx'

/** A payment order, an expected payment, a paper item, a return or an announced payment, with what the bank says of it. */
export interface TransactableEntry {
  readonly id: string
  readonly kind: TransactableKind
  readonly amount: Money
  readonly date: IsoDate
  readonly certainty: Certainty
  readonly overdue: boolean
  readonly dueBy: IsoDate | null
  readonly label: string | null
  readonly counterparty: { readonly name?: string } | null
  /** Any amount between the bounds will do. */
  readonly bounds: { readonly minimum: Money; readonly maximum: Money } | null
  readonly links: readonly { readonly bankLineId: string }[]
}

export interface TransactableTableProps<Row extends TransactableEntry> {
  readonly rows: readonly Row[]
  readonly state?: LoadState
  /** Takes the lines of a transactable back; null where a rule says no. */
  readonly unlinkOf?: (row: Row) => (() => void) | null
}

/** What is expected and ordered: tentative while the bank's line is pending, certain once it is posted, overdue when it is late. */
export function TransactableTable<Row extends TransactableEntry>(props: TransactableTableProps<Row>) {
  const { messages, format } = useRecon()
  const words = messages.treasury.orders
  return (
    <DataTable<Row>
      label={words.title}
      rows={props.rows}
      rowKey={(row) => row.id}
      rowState={(row) => row.certainty}
      empty={{ title: words.empty, hint: words.emptyHint }}
      {...(props.state === undefined ? {} : { state: props.state })}
      columns={[
        {
          id: 'certainty',
          title: messages.desk.column.status,
          cell: (row) =>
            row.overdue ? <Badge tone="danger">{words.overdue}</Badge> : <CertaintyMark certainty={row.certainty} />,
        },
        {
          id: 'name',
          title: messages.desk.column.counterparty,
          cell: (row) => (
            <>
              <span className="recon-row-name">{row.counterparty?.name ?? row.label ?? row.id}</span>
              <span className="recon-row-reason">
                {[words.kind[row.kind], row.dueBy === null ? null : words.due(format.shortDate(row.dueBy))]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </>
          ),
        },
        {
          id: 'date',
          title: messages.desk.column.date,
          cell: (row) => <time dateTime={row.date}>{format.shortDate(row.date)}</time>,
        },
        {
          id: 'lines',
          title: words.matchedLines,
          cell: (row) => (
            <span className="recon-code">{row.links.map((link) => link.bankLineId).join(', ') || '–'}</span>
          ),
        },
        {
          id: 'amount',
          title: messages.desk.column.amount,
          end: true,
          cell: (row) => (
            <>
              <Amount value={row.amount} sign copyable />
              {row.bounds === null ? null : (
                <span className="recon-row-reason">
                  {words.between(format.amount(row.bounds.minimum), format.amount(row.bounds.maximum))}
                </span>
              )}
            </>
          ),
        },
        {
          id: 'action',
          title: messages.desk.column.action,
          quiet: true,
          end: true,
          cell: (row) => {
            const unlink = props.unlinkOf?.(row) ?? null
            return unlink === null ? null : (
              <ActionButton size="small" action={unlink} label={`${words.unlink}: ${row.id}`}>
                {words.unlink}
              </ActionButton>
            )
          },
        },
      ]}
    />
  )
}
