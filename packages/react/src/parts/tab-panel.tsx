import * as Tabs from '@radix-ui/react-tabs'
import { type ComponentPropsWithoutRef, forwardRef, type ReactNode } from 'react'

/** Radix writes a style attribute on the server, which a strict content policy forbids; the panel drops it. */
const PlainPanel = /* @__PURE__ */ forwardRef<HTMLDivElement, ComponentPropsWithoutRef<'div'>>(function PlainPanel(
  { style: _style, ...rest },
  ref,
) {
  return <div {...rest} ref={ref} className="recon-tab-panel" tabIndex={-1} />
})

export interface TabPanelProps {
  readonly value: string
  readonly children: ReactNode
}

export function TabPanel({ value, children }: TabPanelProps) {
  return (
    <Tabs.Content value={value} asChild>
      <PlainPanel>{children}</PlainPanel>
    </Tabs.Content>
  )
}
