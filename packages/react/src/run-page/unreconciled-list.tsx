import type { ClientResponse, UnreconciledItem } from '@recon/core'
import { Amount } from '../parts/amount.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { Badge, type Tone } from '../parts/scenario-badge.tsx'
import type { LoadState } from '../parts/screen-state.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { ResolutionMenu } from './resolution-menu.tsx'
import { useUnreconciled } from './use-unreconciled.ts'

export interface UnreconciledFile {
  readonly id: string
  readonly fileName: string
}

/** `response.status` may be one this version does not know yet: it is shown, never decided by. */
export interface UnreconciledEntry {
  readonly item: Omit<UnreconciledItem, 'response'> & {
    readonly response?: Omit<ClientResponse, 'status'> & { readonly status: string }
  }
  readonly attachments: readonly UnreconciledFile[]
}

/** What staff may decide: a function, or null (or absent) where a rule says no. */
export interface ResolutionHandlers {
  readonly apply?: ((journalEntryId: string | undefined) => void) | null
  readonly pushBack?: ((question: string) => void) | null
  readonly escalate?: ((reason: string) => void) | null
  readonly resolveByStaff?: ((reason: string) => void) | null
  readonly reopen?: (() => void) | null
}

export interface UnreconciledListProps {
  readonly rows: readonly UnreconciledEntry[]
  readonly handlersFor: (entry: UnreconciledEntry) => ResolutionHandlers
  readonly onOpenFile?: (file: UnreconciledFile) => void
  readonly state?: LoadState
  readonly empty?: { readonly title: string; readonly hint?: string }
  readonly label?: string
}

const tone: Readonly<Record<UnreconciledItem['status'], Tone>> = {
  UNDISPATCHED: 'neutral',
  PENDING: 'neutral',
  CLIENT_RESPONDED: 'info',
  RESOLVED: 'good',
}

/** Bank lines no match covers: where each stands, what the client says, and what staff may do. */
export function UnreconciledList(props: UnreconciledListProps) {
  const { messages, format } = useRecon()
  const words = messages.run.list
  return (
    <DataTable
      label={props.label ?? words.title}
      rows={props.rows}
      rowKey={({ item }) => item.id}
      rowState={({ item }) => item.status}
      empty={props.empty ?? { title: words.empty, hint: words.emptyHint }}
      {...(props.state === undefined ? {} : { state: props.state })}
      columns={[
        {
          id: 'status',
          title: messages.desk.column.status,
          cell: ({ item }) =>
            item.exception && item.status !== 'RESOLVED' ? (
              <Badge tone="danger">{messages.run.senior}</Badge>
            ) : (
              <Badge tone={tone[item.status]}>{messages.run.itemStatus[item.status]}</Badge>
            ),
        },
        {
          id: 'line',
          title: words.line,
          cell: ({ item }) => (
            <>
              <span className="recon-row-name">{format.shortDate(item.date)}</span>
              <span className="recon-row-reason">{item.description}</span>
            </>
          ),
        },
        { id: 'says', title: words.says, cell: (entry) => <ClientSays entry={entry} onOpenFile={props.onOpenFile} /> },
        {
          id: 'amount',
          title: messages.desk.column.amount,
          end: true,
          cell: ({ item }) => <Amount value={item.amount} sign copyable />,
        },
        {
          id: 'action',
          title: messages.desk.column.action,
          quiet: true,
          end: true,
          cell: (entry) => <ResolutionMenu entry={entry} handlers={props.handlersFor(entry)} />,
        },
      ]}
    />
  )
}

function ClientSays(props: {
  readonly entry: UnreconciledEntry
  readonly onOpenFile: ((file: UnreconciledFile) => void) | undefined
}) {
  const { messages } = useRecon()
  const { item, attachments } = props.entry
  const words = messages.run.list
  const { response } = item
  if (response?.kind === undefined) {
    return <span className="recon-quiet">{item.status === 'UNDISPATCHED' ? words.notAsked : words.notAnswered}</span>
  }
  return (
    <>
      <span className="recon-row-name">
        {response.kind === 'UPLOADED_SUPPORTING' ? words.uploaded : words.noSupporting}
      </span>
      <span className="recon-row-reason">
        {[response.category, response.note ? `“${response.note}”` : null].filter(Boolean).join(', ')}
        {attachments.map((file) => (
          <button
            key={file.id}
            type="button"
            className="recon-link"
            aria-label={words.openFile(file.fileName)}
            onClick={() => props.onOpenFile?.(file)}
          >
            {file.fileName}
          </button>
        ))}
      </span>
    </>
  )
}

/** Only what the client has answered and nobody decided yet. */
export function ResponsesReview(props: UnreconciledListProps) {
  const { messages } = useRecon()
  return (
    <UnreconciledList
      {...props}
      rows={useUnreconciled(props.rows).responses}
      label={messages.run.list.responses}
      empty={{ title: messages.run.list.responses, hint: messages.run.list.noResponses }}
    />
  )
}

/** Answers that only a senior accountant may decide. */
export function ExceptionQueue(props: UnreconciledListProps) {
  const { messages } = useRecon()
  return (
    <UnreconciledList
      {...props}
      rows={useUnreconciled(props.rows).exceptions}
      label={messages.run.list.exceptions}
      empty={{ title: messages.run.list.exceptions, hint: messages.run.list.noExceptions }}
    />
  )
}
