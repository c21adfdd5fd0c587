import type { IsoInstant } from '@recon/core'
import type { OutboxStatusName } from '../messages/run-messages.ts'
import { ActionButton } from '../parts/action-button.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { Badge, type Tone } from '../parts/scenario-badge.tsx'
import type { LoadState } from '../parts/screen-state.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { useOutbox } from './use-outbox.ts'

export interface OutboxRow {
  readonly id: string
  readonly template: string
  readonly status: OutboxStatusName
  readonly recipient: string
  readonly subject: string
  readonly attempts: number
  readonly createdAt: IsoInstant
  readonly dispatchedAt: IsoInstant | null
  readonly reason: string | null
  /** It has waited so long that somebody should look. */
  readonly alarm: boolean
}

export interface OutboxTableProps {
  readonly rows: readonly OutboxRow[]
  /** Sends a mail again; null where that is not possible now. */
  readonly resendOf?: (row: OutboxRow) => (() => void) | null
  readonly state?: LoadState
}

const tone: Readonly<Record<OutboxStatusName, Tone>> = {
  PENDING: 'info',
  SENDING: 'info',
  DISPATCHED: 'good',
  UNKNOWN: 'warning',
  DEAD: 'danger',
  CANCELLED: 'neutral',
}

/** Every mail with where it stands; a mail that waits too long raises its hand. */
export function OutboxTable({ rows, resendOf, state }: OutboxTableProps) {
  const { messages, format } = useRecon()
  const words = messages.run.outbox
  return (
    <DataTable
      label={words.title}
      rows={useOutbox(rows).rows}
      rowKey={(row) => row.id}
      rowState={(row) => (row.alarm ? 'ALARM' : row.status)}
      empty={{ title: words.empty }}
      {...(state === undefined ? {} : { state })}
      columns={[
        {
          id: 'status',
          title: messages.desk.column.status,
          cell: (row) => (
            <>
              <Badge tone={row.alarm ? 'danger' : tone[row.status]}>{words.status[row.status]}</Badge>
              {row.alarm ? <span className="recon-row-reason">{words.alarm}</span> : null}
            </>
          ),
        },
        {
          id: 'mail',
          title: words.mail,
          cell: (row) => (
            <>
              <span className="recon-row-name">{row.subject}</span>
              <span className="recon-row-reason">
                <span className="recon-code">{row.template}</span>
                {row.reason === null ? null : ` · ${row.reason}`}
              </span>
            </>
          ),
        },
        { id: 'to', title: words.to, cell: (row) => row.recipient },
        {
          id: 'created',
          title: words.created,
          cell: (row) => <time dateTime={row.createdAt}>{format.moment(row.createdAt)}</time>,
        },
        {
          id: 'sent',
          title: words.sentAt,
          cell: (row) =>
            row.dispatchedAt === null ? (
              <span className="recon-quiet">{words.attempts(row.attempts)}</span>
            ) : (
              <time dateTime={row.dispatchedAt}>{format.moment(row.dispatchedAt)}</time>
            ),
        },
        {
          id: 'action',
          title: messages.desk.column.action,
          quiet: true,
          end: true,
          cell: (row) => {
            const resend = resendOf?.(row) ?? null
            return resend === null ? null : (
              <ActionButton size="small" action={resend} label={`${words.resend}: ${row.subject}`}>
                {words.resend}
              </ActionButton>
            )
          },
        },
      ]}
    />
  )
}
