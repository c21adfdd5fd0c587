import { useRecon } from '../recon-root/recon-context.ts'
import type { PortalAnswer } from './portal-answer.ts'
import type { PortalLineModel } from './use-client-portal.ts'

/** Two texts for one payment: both are shown, nothing is lost before the person chose. */
export function PortalConflict({ model }: { readonly model: PortalLineModel }) {
  const { messages } = useRecon()
  const words = messages.portal
  const { answer, theirs } = model.draft
  if (theirs === undefined) return null
  return (
    <div className="recon-portal-conflict" role="alert">
      <p className="recon-notice-title">{words.conflictTitle}</p>
      <p className="recon-quiet">{words.conflictHint}</p>
      <Version title={words.mine} answer={answer} onChoose={() => model.resolve('MINE')} choose={words.keepMine} />
      <Version
        title={words.theirs}
        answer={theirs}
        onChoose={() => model.resolve('THEIRS')}
        choose={words.keepTheirs}
      />
    </div>
  )
}

interface VersionProps {
  readonly title: string
  readonly answer: PortalAnswer
  readonly choose: string
  readonly onChoose: () => void
}

function Version({ title, answer, choose, onChoose }: VersionProps) {
  const { messages } = useRecon()
  const words = messages.portal
  const parts = [
    answer.note?.trim() ? `“${answer.note.trim()}”` : null,
    answer.category || null,
    answer.attachmentIds.length > 0 ? words.sentSummaryDocument(answer.attachmentIds.length) : null,
  ].filter((part) => part !== null)
  return (
    <div className="recon-portal-version">
      <p className="recon-label">{title}</p>
      <p>{parts.length === 0 ? words.noText : parts.join(', ')}</p>
      <button type="button" className="recon-button" data-size="large" onClick={onChoose}>
        {choose}
      </button>
    </div>
  )
}
