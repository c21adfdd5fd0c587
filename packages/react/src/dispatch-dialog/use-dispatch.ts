import { useState } from 'react'
import type { DispatchDialogProps } from './dispatch-dialog.tsx'

export type DispatchRecipient = DispatchDialogProps['recipients'][number]
export type DispatchOptions = Pick<DispatchDialogProps, 'recipients' | 'send'>

/** The dispatch without markup: who gets the link, with what note, and sending it. */
export function useDispatch({ recipients, send }: DispatchOptions) {
  const [chosen, setChosen] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const recipient = recipients.find(({ id }) => id === chosen) ?? recipients[0] ?? null
  const words = note.trim()
  return {
    recipient,
    choose: setChosen,
    note,
    setNote,
    /** Null where a rule says no, or nobody may receive a link. */
    send:
      send === null || recipient === null
        ? null
        : () => send({ contactId: recipient.id, ...(words === '' ? {} : { note: words }) }),
  }
}

export type DispatchModel = ReturnType<typeof useDispatch>
