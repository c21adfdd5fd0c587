import type { IsoInstant } from '@recon/core'
import { plainWords } from '../messages/reason-messages.ts'
import { ActionButton } from '../parts/action-button.tsx'
import { EmptyState, instead, type LoadState, ready } from '../parts/screen-state.tsx'
import { useRecon } from '../recon-root/recon-context.ts'

/** One change: who did what to which subject, when. */
export interface ActivityEntry {
  readonly id: string
  readonly at: IsoInstant
  readonly actorId: string
  /** Dotted event name, for example `review_item.reconciled`. */
  readonly name: string
  readonly subjectId: string
  /** Facts worth reading: a reference, a note. */
  readonly note?: string | undefined
  readonly undone?: boolean
}

export interface ActivityLogProps {
  readonly entries: readonly ActivityEntry[]
  readonly state?: LoadState
  /** A function where the event can be taken back now, null where not. */
  readonly undoOf?: (entry: ActivityEntry) => (() => void) | null
  readonly onSubject?: (subjectId: string) => void
}

/** Everything that happened, newest first. Nothing is ever erased: an undo is an entry of its own. */
export function ActivityLog({ entries, state = ready, undoOf, onSubject }: ActivityLogProps) {
  const { messages } = useRecon()
  const blocked = instead(state, 4)
  if (blocked !== null) return blocked
  if (entries.length === 0) return <EmptyState title={messages.activity.title} hint={messages.activity.empty} />
  return (
    <ol className="recon-activity" aria-label={messages.activity.title}>
      {entries.map((entry) => (
        <ActivityRow key={entry.id} entry={entry} undo={undoOf?.(entry) ?? null} onSubject={onSubject} />
      ))}
    </ol>
  )
}

function ActivityRow(props: {
  readonly entry: ActivityEntry
  readonly undo: (() => void) | null
  readonly onSubject: ((subjectId: string) => void) | undefined
}) {
  const { messages, format, now } = useRecon()
  const { entry, undo, onSubject } = props
  const words = messages.activity.event[entry.name] ?? plainWords(entry.name.split('.').at(-1) ?? entry.name)
  return (
    <li className="recon-activity-row" data-undone={entry.undone ? '' : undefined}>
      <time className="recon-activity-time" dateTime={entry.at} title={format.moment(entry.at)}>
        {now === null ? format.time(entry.at) : format.relative(entry.at, now)}
      </time>
      <div className="recon-activity-text">
        <span className="recon-row-name">{words}</span>{' '}
        {onSubject === undefined ? (
          <span className="recon-code">{entry.subjectId}</span>
        ) : (
          <button type="button" className="recon-link recon-code" onClick={() => onSubject(entry.subjectId)}>
            {entry.subjectId}
          </button>
        )}
        <span className="recon-row-reason">
          {messages.activity.by(entry.actorId)}
          {entry.note === undefined ? null : ` · ${entry.note}`}
          {entry.undone ? ` · ${messages.activity.undoneEntry}` : null}
        </span>
      </div>
      {undo === null ? null : (
        <ActionButton size="small" action={undo} label={messages.activity.undoEntry(`${words} ${entry.subjectId}`)}>
          {messages.frame.undo}
        </ActionButton>
      )}
    </li>
  )
}
