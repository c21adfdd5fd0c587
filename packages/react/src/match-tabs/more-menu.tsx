import * as Menu from '@radix-ui/react-dropdown-menu'
import { useRecon } from '../recon-root/recon-context.ts'
import type { MoreButtonProps } from './more-button.tsx'

/** The open menu of a payment. A part of its own, so that a page that never opens one does not load it. */
export function MoreMenu({ name, entries }: MoreButtonProps) {
  const { messages, portal, direction } = useRecon()
  return (
    <Menu.Root modal={false} dir={direction} defaultOpen>
      <Menu.Trigger className="recon-button" data-size="small" data-tone="plain">
        {messages.frame.more}
        <span className="recon-hidden"> {messages.payments.more(name)}</span>
      </Menu.Trigger>
      <Menu.Portal container={portal}>
        <Menu.Content className="recon-menu" align="end" sideOffset={4}>
          {entries.map(({ id, words, action }) => (
            <Menu.Item key={id} className="recon-menu-item" disabled={action === null} onSelect={() => action?.()}>
              {words}
            </Menu.Item>
          ))}
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  )
}
