import { memo } from 'react'
import { Keycap } from '../parts/keycap.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import type { KeyCommand } from './key-map.ts'

const hinted: readonly KeyCommand[] = ['next', 'previous', 'open', 'select', 'reconcile', 'flag', 'escalate', 'undo']

export interface KeyHintsProps {
  readonly onHelp: () => void
  readonly undo: boolean
}

/** The line of keys under a list. */
export const KeyHints = /* @__PURE__ */ memo(function KeyHints({ onHelp, undo }: KeyHintsProps) {
  const { keyMap, messages } = useRecon()
  const words: Readonly<Partial<Record<KeyCommand, string>>> = {
    previous: messages.keys.move,
    open: messages.keys.open,
    select: messages.keys.select,
    reconcile: messages.keys.reconcile,
    flag: messages.keys.flag,
    escalate: messages.keys.escalate,
    undo: messages.keys.undo,
  }
  return (
    <div className="recon-hints">
      {hinted.map((command) => {
        const [key] = keyMap[command]
        if (key === undefined || (command === 'undo' && !undo)) return null
        return (
          <span key={command} className="recon-hint">
            <Keycap keyName={key} />
            {words[command] ?? null}
          </span>
        )
      })}
      <button type="button" className="recon-hint" onClick={onHelp}>
        <Keycap keyName={keyMap.help[0] ?? '?'} />
        {messages.keys.all}
      </button>
    </div>
  )
})
