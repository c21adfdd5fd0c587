import * as Menu from '@radix-ui/react-dropdown-menu'
import { memo } from 'react'
import { useRecon } from '../recon-root/recon-context.ts'
import { transactionColumns } from './transaction-columns.tsx'
import type { ColumnChoice } from './transaction-grid.tsx'

export interface ColumnMenuProps {
  readonly columns: ColumnChoice
  readonly onChange: (columns: ColumnChoice) => void
}

/** Shows and hides columns. Not modal: a modal menu would inject a style element, which a strict CSP forbids. */
export const ColumnMenu = /* @__PURE__ */ memo(function ColumnMenu({ columns, onChange }: ColumnMenuProps) {
  const { messages, portal, direction } = useRecon()
  return (
    <Menu.Root modal={false} dir={direction}>
      <Menu.Trigger className="recon-button" data-tone="plain" data-size="normal">
        {messages.frame.columns}
      </Menu.Trigger>
      <Menu.Portal container={portal}>
        <Menu.Content className="recon-menu" align="end" sideOffset={4}>
          {transactionColumns.map((column) => {
            const shown = !columns.hidden.includes(column.id)
            return (
              <Menu.CheckboxItem
                key={column.id}
                className="recon-menu-item"
                checked={shown}
                onSelect={(event) => event.preventDefault()}
                onCheckedChange={() =>
                  onChange({
                    ...columns,
                    hidden: shown ? [...columns.hidden, column.id] : columns.hidden.filter((id) => id !== column.id),
                  })
                }
              >
                <span className="recon-menu-mark" aria-hidden="true">
                  {shown ? '✓' : ''}
                </span>
                {column.title(messages)}
              </Menu.CheckboxItem>
            )
          })}
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  )
})
