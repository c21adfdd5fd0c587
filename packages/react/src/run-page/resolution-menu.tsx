import * as Menu from '@radix-ui/react-dropdown-menu'
import { useState } from 'react'
import { ActionButton } from '../parts/action-button.tsx'
import { TextDialog } from '../parts/text-dialog.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import type { ResolutionHandlers, UnreconciledEntry } from './unreconciled-list.tsx'

type Asked = 'apply' | 'pushBack' | 'escalate' | 'resolveByStaff'

export interface ResolutionMenuProps {
  readonly entry: UnreconciledEntry
  readonly handlers: ResolutionHandlers
}

/** The decision that fits as a button, the others in a menu; those that need words ask for them. */
export function ResolutionMenu({ entry, handlers }: ResolutionMenuProps) {
  const { messages, portal, direction } = useRecon()
  const words = messages.run.list
  const [asking, setAsking] = useState<Asked | null>(null)
  const { item } = entry
  if (item.status === 'RESOLVED') {
    return (
      <span className="recon-row-end">
        <span className="recon-quiet">{item.resolution?.journalEntryId ?? item.resolution?.reason ?? ''}</span>
        {handlers.reopen ? (
          <ActionButton size="small" tone="quiet" action={handlers.reopen}>
            {words.reopen}
          </ActionButton>
        ) : null}
      </span>
    )
  }
  const first: Asked = handlers.apply ? 'apply' : 'resolveByStaff'
  const titles: Readonly<Record<Asked, string>> = {
    apply: words.apply,
    pushBack: words.pushBack,
    escalate: words.escalate,
    resolveByStaff: words.resolve,
  }
  const others = (['pushBack', 'escalate', 'resolveByStaff'] as const).filter((name) => name !== first)
  const say = (text: string) => {
    if (asking === 'apply') handlers.apply?.(text === '' ? undefined : text)
    else if (asking !== null) handlers[asking]?.(text)
  }
  return (
    <span className="recon-row-end">
      <ActionButton size="small" action={handlers[first] ? () => setAsking(first) : null}>
        {titles[first]}
      </ActionButton>
      {others.some((name) => handlers[name]) ? (
        <Menu.Root modal={false} dir={direction}>
          <Menu.Trigger className="recon-button" data-size="small" data-tone="plain">
            {messages.frame.more}
            <span className="recon-hidden"> {words.actionsFor(item.description)}</span>
          </Menu.Trigger>
          <Menu.Portal container={portal}>
            <Menu.Content className="recon-menu" align="end" sideOffset={4}>
              {others.map((name) => (
                <Menu.Item
                  key={name}
                  className="recon-menu-item"
                  disabled={!handlers[name]}
                  onSelect={() => setAsking(name)}
                >
                  {titles[name]}
                </Menu.Item>
              ))}
            </Menu.Content>
          </Menu.Portal>
        </Menu.Root>
      ) : null}
      {asking === null ? null : (
        <TextDialog
          title={`${titles[asking]}: ${item.description}`}
          label={asking === 'apply' ? words.journal : asking === 'pushBack' ? words.question : words.reason}
          optional={asking === 'apply'}
          submit={titles[asking]}
          onSubmit={say}
          onClose={() => setAsking(null)}
        />
      )}
    </span>
  )
}
