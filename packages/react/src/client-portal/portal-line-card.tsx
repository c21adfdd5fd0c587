import { type DragEvent, useId, useState } from 'react'
import { Amount } from '../parts/amount.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import type { PortalRequest } from './portal-answer.ts'
import { PortalConflict } from './portal-conflict.tsx'
import { FileButton, PortalFiles } from './portal-files.tsx'
import type { PortalLineModel } from './use-client-portal.ts'

export interface PortalLineCardProps {
  readonly model: PortalLineModel
  readonly request: PortalRequest
}

/** One payment and its answer. A finished answer folds to one line and opens again with one touch. */
export function PortalLineCard({ model, request }: PortalLineCardProps) {
  const { messages, format } = useRecon()
  const { line, draft } = model
  const [open, setOpen] = useState(false)
  const [dragging, setDragging] = useState(false)
  const folded = (draft.sent || line.settled) && !open && draft.state === 'SAVED'
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setDragging(false)
    model.addFiles([...event.dataTransfer.files])
  }
  return (
    <article
      className="recon-portal-line"
      aria-label={messages.portal.payment(format.longDate(line.date), format.money(line.amount))}
      data-state={draft.state}
      data-complete={model.complete ? '' : undefined}
      data-sent={draft.sent ? '' : undefined}
      data-dragging={dragging ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setDragging(true)
      }}
      onDragLeave={() => setDragging(false)}
      onDrop={line.settled ? undefined : drop}
    >
      <div className="recon-portal-line-head">
        <time dateTime={line.date}>{format.shortDate(line.date)}</time>
        <Amount value={line.amount} />
      </div>
      <p className="recon-portal-description">{line.description}</p>
      {line.question ? (
        <div className="recon-notice" data-tone="info">
          <p className="recon-notice-title">{messages.portal.asks(request.firmName)}</p>
          <p>{line.question}</p>
        </div>
      ) : null}
      {dragging ? <p className="recon-portal-drop">{messages.portal.dropHere}</p> : null}
      {folded ? (
        <FoldedAnswer model={model} onOpen={() => setOpen(true)} />
      ) : draft.state === 'CONFLICT' ? (
        <PortalConflict model={model} />
      ) : (
        <AnswerForm model={model} request={request} />
      )}
      {draft.refusal ? (
        <p className="recon-notice" data-tone="danger" role="alert">
          {draft.refusal}
        </p>
      ) : null}
    </article>
  )
}

function FoldedAnswer({ model, onOpen }: { readonly model: PortalLineModel; readonly onOpen: () => void }) {
  const { messages } = useRecon()
  const { line, draft } = model
  const { answer } = draft
  const words = messages.portal
  const what =
    answer.kind === 'NO_SUPPORTING'
      ? words.sentSummaryNone(answer.note ?? '')
      : words.sentSummaryDocument(answer.attachmentIds.length)
  return (
    <div className="recon-portal-folded">
      <p className="recon-quiet">
        <span className="recon-portal-check" aria-hidden="true">
          ✓{' '}
        </span>
        {line.settled ? words.settled : `${words.sent}: ${[what, answer.category].filter(Boolean).join(', ')}`}
      </p>
      {line.settled ? null : (
        <button type="button" className="recon-link" onClick={onOpen}>
          {words.change}
        </button>
      )}
    </div>
  )
}

function AnswerForm({ model, request }: PortalLineCardProps) {
  const { messages } = useRecon()
  const { draft, edit } = model
  const words = messages.portal
  const { kind } = draft.answer
  if (kind === undefined) {
    return (
      <div className="recon-portal-choices">
        <FileButton model={model} request={request} tone="primary" label={words.addDocument} />
        <FileButton model={model} request={request} tone="plain" label={words.takePhoto} camera />
        <PortalFiles model={model} />
        <button
          type="button"
          className="recon-button"
          data-size="large"
          onClick={() => edit({ kind: 'NO_SUPPORTING' })}
        >
          {words.noDocument}
        </button>
      </div>
    )
  }
  return (
    <div className="recon-portal-answer">
      {kind === 'UPLOADED_SUPPORTING' ? (
        <>
          <PortalFiles model={model} />
          <FileButton
            model={model}
            request={request}
            tone={model.files.length === 0 ? 'primary' : 'plain'}
            label={model.files.length === 0 ? words.addDocument : words.addAnother}
          />
        </>
      ) : null}
      <CategoryField model={model} request={request} />
      <NoteField model={model} required={kind === 'NO_SUPPORTING'} />
      <button
        type="button"
        className="recon-link"
        onClick={() => edit({ kind: kind === 'NO_SUPPORTING' ? 'UPLOADED_SUPPORTING' : 'NO_SUPPORTING' })}
      >
        {kind === 'NO_SUPPORTING' ? words.hasDocument : words.noDocument}
      </button>
    </div>
  )
}

function CategoryField({ model, request }: PortalLineCardProps) {
  const { messages } = useRecon()
  const id = useId()
  if (request.categories.length === 0) return null
  return (
    <div className="recon-portal-field">
      <label htmlFor={id}>{messages.portal.whatWasIt}</label>
      <select
        id={id}
        className="recon-input"
        value={model.draft.answer.category ?? ''}
        onChange={(event) => model.edit({ category: event.target.value })}
      >
        <option value="">{messages.portal.choose}</option>
        {request.categories.map((category) => (
          <option key={category} value={category}>
            {category}
          </option>
        ))}
      </select>
    </div>
  )
}

function NoteField({ model, required }: { readonly model: PortalLineModel; readonly required: boolean }) {
  const { messages } = useRecon()
  const id = useId()
  const words = messages.portal
  return (
    <div className="recon-portal-field">
      <label htmlFor={id}>{required ? words.note : words.noteOptional}</label>
      <textarea
        id={id}
        className="recon-input"
        rows={2}
        maxLength={5000}
        required={required}
        aria-describedby={required ? `${id}-hint` : undefined}
        value={model.draft.answer.note ?? ''}
        onChange={(event) => model.edit({ note: event.target.value })}
      />
      {required ? (
        <p id={`${id}-hint`} className="recon-quiet">
          {words.noteHint}
        </p>
      ) : null}
    </div>
  )
}
