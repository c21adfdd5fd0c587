import * as Dialog from '@radix-ui/react-dialog'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { useRecon } from '../recon-root/recon-context.ts'

export interface ModalFrameProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly title: ReactNode
  readonly size?: 'small' | 'medium' | 'large'
  /** Beside the title, at the end of the head. */
  readonly aside?: ReactNode
  readonly footer?: ReactNode
  readonly children: ReactNode
  readonly onKeyDown?: (event: KeyboardEvent) => void
  /** Read to screen readers after the title. */
  readonly description?: string
}

/**
 * A dialog: focus is kept inside and returns where it came from. The backdrop is our own element, because Radix's would
 * inject a style element, which a strict CSP forbids.
 */
export function ModalFrame(props: ModalFrameProps) {
  const { open, onOpenChange, size = 'medium' } = props
  const { portal, messages, direction } = useRecon()
  const opener = useRef<Element | null>(null)
  useScrollLock(open)
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal container={portal}>
        <div className="recon-backdrop" />
        <Dialog.Content
          className="recon-modal"
          data-size={size}
          dir={direction}
          onKeyDown={props.onKeyDown}
          onOpenAutoFocus={(event) => {
            opener.current = document.activeElement
            focusDialog(event)
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (opener.current instanceof HTMLElement && opener.current.isConnected) opener.current.focus()
          }}
          {...(props.description === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <header className="recon-modal-head">
            <Dialog.Title className="recon-modal-title">{props.title}</Dialog.Title>
            {props.description === undefined ? null : (
              <Dialog.Description className="recon-hidden">{props.description}</Dialog.Description>
            )}
            <div className="recon-modal-aside">
              {props.aside}
              <Dialog.Close className="recon-close">
                <span className="recon-hidden">{messages.frame.close} </span>
                <span className="recon-key">{messages.keys.escape}</span>
              </Dialog.Close>
            </div>
          </header>
          <div className="recon-modal-body">{props.children}</div>
          {props.footer === undefined ? null : <footer className="recon-modal-foot">{props.footer}</footer>}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** The dialog itself takes the focus: its keys work at once and no control looks chosen. */
function focusDialog(event: Event): void {
  event.preventDefault()
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus()
}

/** Keeps the page behind from scrolling, by the DOM and only while a dialog is open. */
function useScrollLock(open: boolean): void {
  useEffect(() => {
    if (!open) return
    const { style } = document.documentElement
    const before = style.overflow
    style.overflow = 'hidden'
    return () => {
      style.overflow = before
    }
  }, [open])
}
