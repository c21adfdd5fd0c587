import type { ReactNode } from 'react'
import { Keycap } from './keycap.tsx'

/** Something a person may do now, or null when a rule says no. */
export type Action<Input = void> = ((input: Input) => void) | null

export interface ActionButtonProps {
  /** Null shows the button switched off: the rule and the button cannot disagree. */
  readonly action: (() => void) | null
  readonly children: ReactNode
  readonly tone?: 'primary' | 'plain' | 'quiet' | 'danger'
  readonly size?: 'normal' | 'small' | 'large'
  readonly keycap?: string
  /** Why the action is not available; read out with the button. */
  readonly reason?: string | undefined
  readonly busy?: boolean
  readonly tabIndex?: number
  readonly label?: string
}

/**
 * A button for an action. Switched off it stays focusable (`aria-disabled`), so that a keyboard user can find it and
 * hear why.
 */
export function ActionButton(props: ActionButtonProps) {
  const { action, tone = 'plain', size = 'normal', busy = false } = props
  const off = action === null || busy
  return (
    <button
      type="button"
      className="recon-button"
      data-tone={tone}
      data-size={size}
      data-busy={busy ? '' : undefined}
      aria-disabled={off ? true : undefined}
      aria-busy={busy ? true : undefined}
      aria-label={props.label}
      title={off ? props.reason : undefined}
      tabIndex={props.tabIndex}
      onClick={(event) => {
        event.stopPropagation()
        if (!off) action()
      }}
    >
      {props.children}
      {props.keycap === undefined ? null : <Keycap keyName={props.keycap} />}
    </button>
  )
}
