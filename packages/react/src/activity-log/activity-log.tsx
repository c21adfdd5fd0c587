import type { IsoInstant } from '@recon/core'
import { ActionButton } from '../parts/action-button.tsx'
import { EmptyState, instead, type LoadState, PartialNotice, ready } from '../parts/screen-state.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { useActivityLog } from './use-activity-log.ts'

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
  const { shown, left, showMore, wordsOf } = useActivityLog(entries)
  const blocked = instead(state, 4)
  if (blocked !== null) return blocked
  if (entries.length === 0) return <EmptyState title={messages.activity.title} hint={messages.activity.empty} />
  return (
    <>
      <PartialNotice state={state} />
      <ol className="recon-activity" aria-label={messages.activity.title}>
        {shown.map((entry) => (
          <ActivityRow
            key={entry.id}
            entry={entry}
            words={wordsOf(entry)}
            undo={undoOf?.(entry) ?? null}
            onSubject={onSubject}
          />
        ))}
      </ol>
      {showMore === null ? null : (
        <p className="recon-table-more">
          <ActionButton action={showMore}>{messages.frame.showMore(left)}</ActionButton>
        </p>
      )}
    </>
  )
}

function ActivityRow(props: {
  readonly entry: ActivityEntry
  readonly words: string
  readonly undo: (() => void) | null
  readonly onSubject: ((subjectId: string) => void) | undefined
}) {
  const { messages, format, now } = useRecon()
  const { entry, words, undo, onSubject } = props
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
