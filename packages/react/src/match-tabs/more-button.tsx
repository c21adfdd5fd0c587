import { lazy, Suspense, useState } from 'react'
import { useRecon } from '../recon-root/recon-context.ts'

export interface MoreEntry {
  readonly id: string
  readonly words: string
  readonly action: (() => void) | null
}

export interface MoreButtonProps {
  /** What the menu is for, read out with the button. */
  readonly name: string
  readonly entries: readonly MoreEntry[]
}

const load = () => import('./more-menu.tsx').then(({ MoreMenu }) => ({ default: MoreMenu }))
const LazyMenu = /* @__PURE__ */ lazy(load)

/** Opens a menu whose code comes when somebody reaches for it. */
export function MoreButton(props: MoreButtonProps) {
  const [wanted, setWanted] = useState(false)
  const closed = (
    <ClosedButton name={props.name} busy={wanted} onReach={() => void load()} onOpen={() => setWanted(true)} />
  )
  return wanted ? (
    <Suspense fallback={closed}>
      <LazyMenu {...props} />
    </Suspense>
  ) : (
    closed
  )
}

interface ClosedButtonProps {
  readonly name: string
  readonly busy: boolean
  readonly onReach: () => void
  readonly onOpen: () => void
}

function ClosedButton({ name, busy, onReach, onOpen }: ClosedButtonProps) {
  const { messages } = useRecon()
  return (
    <button
      type="button"
      className="recon-button"
      data-size="small"
      data-tone="plain"
      aria-haspopup="menu"
      aria-expanded="false"
      aria-busy={busy || undefined}
      onPointerEnter={onReach}
      onFocus={onReach}
      onClick={onOpen}
    >
      {messages.frame.more}
      <span className="recon-hidden"> {messages.payments.more(name)}</span>
    </button>
  )
}
