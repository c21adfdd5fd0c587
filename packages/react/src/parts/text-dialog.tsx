import { useId, useState } from 'react'
import { useRecon } from '../recon-root/recon-context.ts'
import { ActionButton } from './action-button.tsx'
import { ModalFrame } from './modal-frame.tsx'

export interface TextDialogProps {
  readonly title: string
  readonly label: string
  readonly hint?: string
  /** An empty text is an answer too. */
  readonly optional?: boolean
  readonly submit: string
  readonly onSubmit: (text: string) => void
  readonly onClose: () => void
}

/** Asks for the words an action needs. */
export function TextDialog(props: TextDialogProps) {
  const { messages } = useRecon()
  const [text, setText] = useState('')
  const id = useId()
  const complete = props.optional || text.trim() !== ''
  const run = complete
    ? () => {
        props.onSubmit(text.trim())
        props.onClose()
      }
    : null
  return (
    <ModalFrame
      open
      onOpenChange={(open) => open || props.onClose()}
      title={props.title}
      size="small"
      footer={
        <div className="recon-foot-end">
          <ActionButton action={props.onClose}>{messages.frame.cancel}</ActionButton>
          <ActionButton tone="primary" action={run}>
            {props.submit}
          </ActionButton>
        </div>
      }
    >
      <form
        className="recon-text-form"
        onSubmit={(event) => {
          event.preventDefault()
          run?.()
        }}
      >
        <label className="recon-field" htmlFor={id}>
          {props.label}
        </label>
        <input
          id={id}
          className="recon-input"
          value={text}
          maxLength={2000}
          onChange={(event) => setText(event.target.value)}
        />
        {props.hint === undefined ? null : <p className="recon-quiet">{props.hint}</p>}
      </form>
    </ModalFrame>
  )
}
