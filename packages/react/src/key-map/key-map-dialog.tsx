import { Keycap } from '../parts/keycap.tsx'
import { ModalFrame } from '../parts/modal-frame.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { type KeyCommand, keyCommands } from './key-map.ts'

export interface KeyMapDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

/** Every key and what it does. */
export function KeyMapDialog({ open, onOpenChange }: KeyMapDialogProps) {
  const { messages, keyMap } = useRecon()
  const words: Readonly<Record<KeyCommand, string>> = {
    next: messages.keys.move,
    previous: messages.keys.move,
    open: messages.keys.open,
    select: messages.keys.select,
    reconcile: messages.keys.reconcile,
    flag: messages.keys.flag,
    escalate: messages.keys.escalate,
    undo: messages.keys.undo,
    search: messages.keys.search,
    help: messages.keys.help,
    copyAmount: messages.keys.copyAmount,
  }
  return (
    <ModalFrame open={open} onOpenChange={onOpenChange} title={messages.keys.title} size="small">
      <dl className="recon-keys">
        {keyCommands.map((command) => (
          <div key={command} className="recon-keys-row">
            <dt>
              {keyMap[command].map((key) => (
                <Keycap key={key} keyName={key} />
              ))}
              <span className="recon-hidden">{keyMap[command].join(', ')}</span>
            </dt>
            <dd>{words[command]}</dd>
          </div>
        ))}
      </dl>
    </ModalFrame>
  )
}
