import {
  columnOrderingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  tableFeatures,
} from '@tanstack/react-table'
import type { ReactNode } from 'react'
import type { Messages } from '../messages/messages.ts'
import { reasonText } from '../messages/reason-messages.ts'
import { Amount } from '../parts/amount.tsx'
import { ScenarioBadge } from '../parts/scenario-badge.tsx'
import { type ReconEnvironment, useRecon } from '../root/recon-context.ts'
import { shownName, shownReference, type WorkItem } from '../work-item.ts'
import type { TransactionSort } from './transaction-index.ts'

export const transactionColumnIds = ['scenario', 'date', 'name', 'reference', 'instrument', 'amount', 'age'] as const
export type TransactionColumnId = (typeof transactionColumnIds)[number]

export const gridFeatures = tableFeatures({ columnVisibilityFeature, columnSizingFeature, columnOrderingFeature })

export interface TransactionColumn {
  readonly id: TransactionColumnId
  readonly title: (messages: Messages) => string
  readonly sort: TransactionSort | null
  /** Width in CSS pixels; the column marked `grows` takes the rest. */
  readonly size: number
  readonly grows?: boolean
  readonly end?: boolean
  readonly cell: (row: WorkItem) => ReactNode
}

/** The columns a host may show, hide, order and size. Selection and action stand outside: they are always there. */
export const transactionColumns: readonly TransactionColumn[] = [
  {
    id: 'scenario',
    title: (messages) => messages.desk.column.scenario,
    sort: 'scenario',
    size: 164,
    cell: (row) => <ScenarioBadge scenario={row.item.scenario} />,
  },
  {
    id: 'date',
    title: (messages) => messages.desk.column.time,
    sort: 'date',
    size: 82,
    cell: (row) => <BookedDate row={row} />,
  },
  {
    id: 'name',
    title: (messages) => messages.desk.column.counterparty,
    sort: 'name',
    size: 280,
    grows: true,
    cell: (row) => <NameAndReason row={row} />,
  },
  {
    id: 'reference',
    title: (messages) => messages.desk.column.reference,
    sort: 'reference',
    size: 132,
    cell: (row) => <ReferenceText row={row} />,
  },
  {
    id: 'instrument',
    title: (messages) => messages.desk.column.instrument,
    sort: 'instrument',
    size: 92,
    cell: (row) => <InstrumentName row={row} />,
  },
  {
    id: 'amount',
    title: (messages) => messages.desk.column.amount,
    sort: 'amount',
    size: 150,
    end: true,
    cell: (row) => <Amount value={row.total} sign />,
  },
  {
    id: 'age',
    title: (messages) => messages.desk.column.age,
    sort: null,
    size: 56,
    end: true,
    cell: (row) => <Age row={row} />,
  },
]

function BookedDate({ row }: { readonly row: WorkItem }) {
  const { format } = useRecon()
  return <time dateTime={row.date}>{format.shortDate(row.date)}</time>
}

function ReferenceText({ row }: { readonly row: WorkItem }) {
  const reference = shownReference(row)
  return <span className="recon-code">{reference ?? '–'}</span>
}

function InstrumentName({ row }: { readonly row: WorkItem }) {
  const { messages } = useRecon()
  const instrument = (row.bankLines[0] ?? row.bookEntries[0])?.instrument
  return <>{instrument === undefined ? '–' : messages.instrument[instrument]}</>
}

function Age({ row }: { readonly row: WorkItem }) {
  const { format, now } = useRecon()
  if (now === null || settledStatuses.has(row.item.status)) return null
  const since = Date.parse(row.arrivedAt ?? `${row.date}T00:00:00Z`)
  return <span data-late={now - since >= lateAfter ? '' : undefined}>{format.age(now - since)}</span>
}

const lateAfter = 5 * 86_400_000
const settledStatuses: ReadonlySet<string> = new Set(['RECONCILED', 'UNRECEIVED'])

function NameAndReason({ row }: { readonly row: WorkItem }) {
  const environment = useRecon()
  return (
    <>
      <span className="recon-row-name">{rowName(row, environment)}</span>
      <span className="recon-row-reason">{rowReason(row, environment)}</span>
    </>
  )
}

export function rowName(row: WorkItem, { messages }: Pick<ReconEnvironment, 'messages'>): string {
  return shownName(row) ?? messages.desk.noCounterparty
}

function rowReason(row: WorkItem, { messages, format }: ReconEnvironment): string {
  const parts: string[] = []
  const flaggedAt = row.item.flag?.at
  const escalatedAt = row.item.escalation?.at
  if (row.item.status === 'FLAGGED' && flaggedAt) parts.push(messages.desk.flaggedAt(format.moment(flaggedAt)))
  if (row.item.status === 'ESCALATED' && escalatedAt) parts.push(messages.desk.escalatedAt(format.moment(escalatedAt)))
  if (row.item.status === 'AWAITING_JOURNAL') parts.push(messages.status.AWAITING_JOURNAL)
  parts.push(reasonText(messages.reason, row.item.reason))
  return parts.join(' · ')
}
