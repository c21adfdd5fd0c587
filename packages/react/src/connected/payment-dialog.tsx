import { type Money, money } from '@recon/core'
import { useId, useState } from 'react'
import { ActionButton } from '../parts/action-button.tsx'
import { ModalFrame } from '../parts/modal-frame.tsx'
import { useRecon } from '../recon-root/recon-context.ts'

export interface PaymentDialogProps {
  readonly open: boolean
  readonly invoice: string
  readonly currency: string
  readonly pending: boolean
  readonly refusal: string | null
  readonly record: ((amount: Money) => void) | null
  readonly onClose: () => void
}

const longestAmount = 24

/** A payment that came in outside the processor: its amount, as it will be recorded. */
export function PaymentDialog(props: PaymentDialogProps) {
  const { messages } = useRecon()
  const words = messages.screens.collections
  const [text, setText] = useState('')
  const id = useId()
  const amount = enteredAmount(text, props.currency)
  const { record } = props
  const run = record === null || amount === null ? null : () => record(amount)
  const close = () => {
    setText('')
    props.onClose()
  }
  return (
    <ModalFrame
      open={props.open}
      onOpenChange={(open) => open || close()}
      size="small"
      title={words.paymentFor(props.invoice)}
      footer={
        <div className="recon-foot-end">
          <ActionButton action={close}>{messages.frame.cancel}</ActionButton>
          <ActionButton tone="primary" action={run} busy={props.pending} reason={words.amountHint}>
            {messages.collections.placement.recordPayment}
          </ActionButton>
        </div>
      }
    >
      <form
        className="recon-text-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (!props.pending) run?.()
        }}
      >
        <label className="recon-field" htmlFor={id}>
          {words.amountIn(props.currency)}
        </label>
        <input
          id={id}
          className="recon-input"
          inputMode="decimal"
          autoComplete="off"
          value={text}
          maxLength={longestAmount}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setText(event.target.value)}
        />
        <p id={`${id}-hint`} className="recon-quiet">
          {words.amountHint}
        </p>
        {props.refusal === null ? null : (
          <p className="recon-notice" data-tone="danger" role="alert">
            {props.refusal}
          </p>
        )}
      </form>
    </ModalFrame>
  )
}

/** The canonical amount of what was typed; null where it is none, or not more than zero. Nothing is guessed. */
function enteredAmount(text: string, currency: string): Money | null {
  const plain = text.trim()
  if (!/^\d{1,18}(\.\d{1,4})?$/.test(plain) || !/[1-9]/.test(plain)) return null
  try {
    return money(plain, currency)
  } catch {
    return null
  }
}
