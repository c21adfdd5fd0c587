import { useRecon } from '../recon-root/recon-context.ts'

const arrows: Readonly<Record<string, string>> = { ArrowDown: '↓', ArrowUp: '↑', ArrowLeft: '←', ArrowRight: '→' }

/** A key as it is printed on a keyboard. Decoration: screen readers learn keys from `aria-keyshortcuts` and the key map. */
export function Keycap({ keyName }: { readonly keyName: string }) {
  const { messages } = useRecon()
  const named: Readonly<Record<string, string>> = {
    ' ': messages.keys.space,
    Enter: messages.keys.enter,
    Escape: messages.keys.escape,
    ...arrows,
  }
  return (
    <span className="recon-key" aria-hidden="true">
      {named[keyName] ?? keyName}
    </span>
  )
}
