import * as Toast from '@radix-ui/react-toast'
import { useEffect, useState } from 'react'
import { Keycap } from '../parts/keycap.tsx'
import { useRecon } from '../recon-root/recon-context.ts'

/** What just happened, with the way back. */
export interface Announcement {
  readonly id: string
  readonly words: string
  readonly tone?: 'good' | 'danger' | 'neutral'
  readonly undo?: (() => void) | null
}

export interface UndoToastProps {
  readonly announcements: readonly Announcement[]
  readonly onDismiss: (id: string) => void
  /** Milliseconds a toast stays; it waits while the pointer or the focus is on it. */
  readonly duration?: number
}

/** Says what was done and offers to take it back. Undo instead of "are you sure". */
export function UndoToast({ announcements, onDismiss, duration = 8000 }: UndoToastProps) {
  const { messages, keyMap } = useRecon()
  const mounted = useMounted()
  if (!mounted) return null
  return (
    <Toast.Provider duration={duration} label={messages.frame.notifications} swipeDirection="right">
      {announcements.map((announcement) => (
        <Toast.Root
          key={announcement.id}
          className="recon-toast"
          data-tone={announcement.tone ?? 'neutral'}
          type={announcement.tone === 'danger' ? 'foreground' : 'background'}
          onOpenChange={(open) => open || onDismiss(announcement.id)}
        >
          <Toast.Description className="recon-toast-words">{announcement.words}</Toast.Description>
          {announcement.undo ? (
            <Toast.Action
              className="recon-toast-action"
              altText={messages.keys.undo}
              onClick={() => announcement.undo?.()}
            >
              {messages.frame.undo}
              <Keycap keyName={keyMap.undo[0] ?? 'u'} />
            </Toast.Action>
          ) : null}
          <Toast.Close className="recon-toast-close" aria-label={messages.frame.close}>
            <span aria-hidden="true">×</span>
          </Toast.Close>
        </Toast.Root>
      ))}
      <Toast.Viewport className="recon-toasts" label={messages.frame.notifications} />
    </Toast.Provider>
  )
}

/** The viewport writes a style attribute on the server; it has nothing to show there anyway. */
function useMounted(): boolean {
  const [mounted, setMounted] = useState(false)
  useEffect(() => setMounted(true), [])
  return mounted
}
