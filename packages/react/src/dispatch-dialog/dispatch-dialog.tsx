import type { ClientContact, Money } from '@recon/core'
import { useId } from 'react'
import { ActionButton } from '../parts/action-button.tsx'
import { ModalFrame } from '../parts/modal-frame.tsx'
import { EmptyState } from '../parts/screen-state.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { useDispatch } from './use-dispatch.ts'

export interface DispatchDialogProps {
  readonly open: boolean
  /** Contacts that may receive a link: those core's `eligibleContacts` gives. */
  readonly recipients: readonly Pick<ClientContact, 'id' | 'name' | 'email'>[]
  readonly subject: string
  readonly itemCount: number
  readonly totals: readonly Money[]
  readonly firmName: string
  readonly send: ((choice: { readonly contactId: string; readonly note?: string }) => void) | null
  readonly pending?: boolean
  readonly refusal?: string | null
  readonly onClose: () => void
}

/** Who gets the link, with what words, and the mail as it will arrive. The one place that asks first: a mail leaves the house. */
export function DispatchDialog(props: DispatchDialogProps) {
  const { messages } = useRecon()
  const words = messages.run.dialog
  const { recipients } = props
  const { recipient, choose, note, setNote, send } = useDispatch(props)
  const noteId = useId()
  return (
    <ModalFrame
      open={props.open}
      onOpenChange={(open) => open || props.onClose()}
      title={words.title}
      footer={
        <>
          <span className="recon-quiet recon-foot-note">{recipient === null ? '' : words.leavesHouse}</span>
          <div className="recon-foot-end">
            <ActionButton action={props.onClose}>{messages.frame.cancel}</ActionButton>
            <ActionButton tone="primary" busy={props.pending ?? false} action={send}>
              {words.send}
            </ActionButton>
          </div>
        </>
      }
    >
      {recipient === null ? (
        <EmptyState title={words.nobody} hint={words.nobodyHint} />
      ) : (
        <div className="recon-dispatch">
          {props.refusal ? (
            <p className="recon-notice" data-tone="danger" role="alert">
              {messages.frame.refused(props.refusal)}
            </p>
          ) : null}
          <fieldset>
            <legend className="recon-label">{words.to}</legend>
            {recipients.map((contact) => (
              <label key={contact.id} className="recon-pick">
                <input
                  type="radio"
                  className="recon-check"
                  name="recon-recipient"
                  checked={contact.id === recipient.id}
                  onChange={() => choose(contact.id)}
                />
                <span className="recon-pick-words">
                  <span className="recon-row-name">{contact.name}</span>
                  <span className="recon-row-reason">{contact.email}</span>
                </span>
              </label>
            ))}
          </fieldset>
          <div className="recon-text-form">
            <label className="recon-field" htmlFor={noteId}>
              {words.note}
            </label>
            <textarea
              id={noteId}
              className="recon-input"
              rows={3}
              maxLength={2000}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          </div>
          <MailPreview {...props} name={recipient.name} note={note} />
        </div>
      )}
    </ModalFrame>
  )
}

function MailPreview(props: DispatchDialogProps & { readonly name: string; readonly note: string }) {
  const { messages, format } = useRecon()
  const words = messages.run.dialog
  const total = props.totals.map((amount) => format.money(amount)).join(', ')
  return (
    <section className="recon-mail" aria-label={words.preview}>
      <p className="recon-label">{words.preview}</p>
      <p className="recon-row-name">{props.subject}</p>
      <p className="recon-mail-firm">{props.firmName}</p>
      <p>{words.greeting(props.name)}</p>
      <p>{words.body(props.itemCount, total)}</p>
      {props.note.trim() === '' ? null : <p className="recon-portal-note">{props.note}</p>}
      <p>
        <span className="recon-mail-button">{words.button}</span>
      </p>
    </section>
  )
}
