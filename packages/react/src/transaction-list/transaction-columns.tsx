import type { ReactNode } from 'react'
import type { Messages } from '../messages/messages.ts'
import { reasonText } from '../messages/reason-messages.ts'
import { signOf } from '../parts/amount.tsx'
import { scenarioTone } from '../parts/scenario-badge.tsx'
import type { ReconEnvironment } from '../recon-root/recon-context.ts'
import { rowName, shownReference, type WorkItem } from '../work-item.ts'
import type { TransactionSort } from './transaction-index.ts'

export const transactionColumnIds = ['scenario', 'date', 'name', 'reference', 'instrument', 'amount', 'age'] as const
export type TransactionColumnId = (typeof transactionColumnIds)[number]

export interface TransactionColumn {
  readonly id: TransactionColumnId
  readonly title: (messages: Messages) => string
  readonly sort: TransactionSort | null
  /** Width in CSS pixels; the column marked `grows` takes the rest. */
  readonly size: number
  readonly grows?: boolean
  readonly end?: boolean
  /** Called while the row is drawn, not as a component: a row of a long list stays one component. */
  readonly cell: (row: WorkItem, environment: ReconEnvironment) => ReactNode
}

/** The columns a host may show, hide, order and size. Selection and action stand outside: they are always there. */
export const transactionColumns: readonly TransactionColumn[] = [
  {
    id: 'scenario',
    title: (messages) => messages.desk.column.scenario,
    sort: 'scenario',
    size: 164,
    cell: ({ item: { scenario } }, { messages }) => (
      <span className="recon-badge" data-tone={scenarioTone[scenario]} data-scenario={scenario}>
        {messages.scenario[scenario]}
      </span>
    ),
  },
  {
    id: 'date',
    title: (messages) => messages.desk.column.time,
    sort: 'date',
    size: 82,
    cell: ({ date }, { format }) => <time dateTime={date}>{format.shortDate(date)}</time>,
  },
  {
    id: 'name',
    title: (messages) => messages.desk.column.counterparty,
    sort: 'name',
    size: 280,
    grows: true,
    cell: (row, environment) => (
      <>
        <span className="recon-row-name">
          <bdi>{rowName(row, environment)}</bdi>
        </span>
        <span className="recon-row-reason">{rowReason(row, environment)}</span>
      </>
    ),
  },
  {
    id: 'reference',
    title: (messages) => messages.desk.column.reference,
    sort: 'reference',
    size: 132,
    cell: (row) => <span className="recon-code">{shownReference(row) ?? '–'}</span>,
  },
  {
    id: 'instrument',
    title: (messages) => messages.desk.column.instrument,
    sort: 'instrument',
    size: 92,
    cell: (row, { messages }) => {
      const instrument = (row.bankLines[0] ?? row.bookEntries[0])?.instrument
      return instrument === undefined ? '–' : messages.instrument[instrument]
    },
  },
  {
    id: 'amount',
    title: (messages) => messages.desk.column.amount,
    sort: 'amount',
    size: 150,
    end: true,
    cell: ({ total }, { format }) => (
      <span className="recon-amount" data-sign={signOf(total)}>
        <bdi className="recon-amount-digits" dir="ltr">
          {format.amount(total, { sign: true })}
        </bdi>
        <span className="recon-amount-currency"> {total.currency}</span>
      </span>
    ),
  },
  {
    id: 'age',
    title: (messages) => messages.desk.column.age,
    sort: null,
    size: 56,
    end: true,
    cell: (row, { format, now }) => {
      if (now === null || settledStatuses.has(row.item.status)) return null
      const waited = now - Date.parse(row.arrivedAt ?? `${row.date}T00:00:00Z`)
      return <span data-late={waited >= lateAfter ? '' : undefined}>{format.age(waited)}</span>
    },
  },
]

const lateAfter = 5 * 86_400_000
const settledStatuses: ReadonlySet<string> = new Set(['RECONCILED', 'UNRECEIVED'])

/** As a sentence begins. By the stylesheet it would cost more than the rest of the row: the browser splits the text for it. */
function capitalized(text: string, locale: string): string {
  const [first = ''] = text
  return first.toLocaleUpperCase(locale) + text.slice(first.length)
}

function rowReason(row: WorkItem, { messages, format, locale }: ReconEnvironment): string {
  const parts: string[] = []
  const flaggedAt = row.item.flag?.at
  const escalatedAt = row.item.escalation?.at
  if (row.item.status === 'FLAGGED' && flaggedAt) parts.push(messages.desk.flaggedAt(format.moment(flaggedAt)))
  if (row.item.status === 'ESCALATED' && escalatedAt) parts.push(messages.desk.escalatedAt(format.moment(escalatedAt)))
  if (row.item.status === 'AWAITING_JOURNAL') parts.push(messages.status.AWAITING_JOURNAL)
  parts.push(reasonText(messages.reason, row.item.reason))
  return capitalized(parts.join(' · '), locale)
}
