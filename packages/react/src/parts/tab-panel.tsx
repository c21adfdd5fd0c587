import * as Tabs from '@radix-ui/react-tabs'
import { type ComponentPropsWithoutRef, forwardRef, type ReactNode } from 'react'

/** Radix writes style attributes on the server, which a strict content policy forbids; list and panel drop them. */
const PlainList = /* @__PURE__ */ forwardRef<HTMLDivElement, ComponentPropsWithoutRef<'div'>>(function PlainList(
  { style: _style, ...rest },
  ref,
) {
  return <div {...rest} ref={ref} className="recon-tab-list" />
})

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

export interface TabListProps {
  readonly label: string
  readonly children: ReactNode
}

export function TabList({ label, children }: TabListProps) {
  return (
    <Tabs.List asChild aria-label={label}>
      <PlainList>{children}</PlainList>
    </Tabs.List>
  )
}
