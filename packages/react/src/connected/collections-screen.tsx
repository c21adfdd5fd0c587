import * as Tabs from '@radix-ui/react-tabs'
import type { ReactNode } from 'react'
import { TabList, TabPanel } from '../parts/tab-panel.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { ConnectedScreen } from './connected-screen.tsx'
import { PlacementsScreen, type PlacementsScreenProps } from './placements-screen.tsx'
import { RemittancesScreen } from './remittances-screen.tsx'
import { StatementsScreen } from './statements-screen.tsx'
import { SyncLogScreen } from './sync-log-screen.tsx'
import { useSyncLog } from './use-collections-desk.ts'

export const collectionsTabs = ['placements', 'remittances', 'statements', 'sync'] as const
export type CollectionsTab = (typeof collectionsTabs)[number]

export interface CollectionsScreenProps extends PlacementsScreenProps {
  readonly tab?: CollectionsTab
  readonly onTabChange?: (tab: CollectionsTab) => void
  /** The host's own buttons, in the head of the screen. */
  readonly actions?: ReactNode
}

/** The collections desk: placements, the remittance ledger, statements, and what reached the books. */
export function CollectionsScreen(props: CollectionsScreenProps) {
  return (
    <ConnectedScreen>
      <Screen {...props} />
    </ConnectedScreen>
  )
}

function Screen({ tab, onTabChange, actions, ...scope }: CollectionsScreenProps) {
  const { messages, direction, format } = useRecon()
  const words = messages.screens.collections
  const { writebacks, drifts, retryOf } = useSyncLog()
  const waiting = writebacks.filter((row) => retryOf(row) !== null).length + drifts.filter(isOpen).length
  const titles: Readonly<Record<CollectionsTab, string>> = {
    placements: words.placements,
    remittances: messages.collections.ledger.title,
    statements: words.statements,
    sync: messages.collections.sync.title,
  }
  const { creditorId } = scope
  const screens: Readonly<Record<CollectionsTab, ReactNode>> = {
    placements: <PlacementsScreen {...scope} />,
    remittances: <RemittancesScreen creditorId={creditorId} />,
    statements: <StatementsScreen creditorId={creditorId} />,
    sync: <SyncLogScreen />,
  }
  return (
    <section className="recon-desk" aria-label={words.title}>
      <header className="recon-screen-head">
        <div>
          <h1 className="recon-title">{words.title}</h1>
        </div>
        <div className="recon-screen-actions">{actions}</div>
      </header>
      <Tabs.Root
        className="recon-tabs"
        dir={direction}
        {...(tab === undefined ? { defaultValue: 'placements' } : { value: tab })}
        onValueChange={(value) => {
          const next = collectionsTabs.find((name) => name === value)
          if (next !== undefined) onTabChange?.(next)
        }}
      >
        <TabList label={words.title}>
          {collectionsTabs.map((name) => (
            <Tabs.Trigger key={name} value={name} className="recon-tab">
              {titles[name]}
              {name === 'sync' && waiting > 0 ? (
                <>
                  {' '}
                  <span className="recon-chip-count">{format.count(waiting)}</span>
                </>
              ) : null}
            </Tabs.Trigger>
          ))}
        </TabList>
        {collectionsTabs.map((name) => (
          <TabPanel key={name} value={name}>
            {screens[name]}
          </TabPanel>
        ))}
      </Tabs.Root>
    </section>
  )
}

function isOpen({ status }: { readonly status: string }): boolean {
  return status === 'open'
}
