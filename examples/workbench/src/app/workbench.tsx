import type { Client } from '@recon/client'
import { ReconRoot } from '@recon/react/connected'
import { useMemo } from 'react'
import { CashScreen } from './cash-screen.tsx'
import { ImportScreen } from './import/import-screen.tsx'
import { InnerLink, Navigation } from './navigation.tsx'
import { PageHead } from './page-head.tsx'
import { ThemeChoice, useTheme } from './theme-choice.tsx'
import { useDeskCounts } from './use-desk-counts.ts'
import { useRoute } from './use-route.ts'

/** The whole app: one root for every screen, the five systems at the left, the screen at the right. */
export function Workbench({ client }: { readonly client: Client }) {
  const [theme, setTheme] = useTheme()
  const appearance = useMemo(() => ({ theme }), [theme])
  const timeZone = useMemo(() => Intl.DateTimeFormat().resolvedOptions().timeZone, [])
  return (
    <ReconRoot client={client} locale="en-GB" appearance={appearance} timeZone={timeZone}>
      <Frame client={client} themeChoice={<ThemeChoice theme={theme} onChange={setTheme} />} />
    </ReconRoot>
  )
}

function Frame({ client, themeChoice }: { readonly client: Client; readonly themeChoice: React.ReactNode }) {
  const { path } = useRoute()
  const { counts, refresh } = useDeskCounts()
  return (
    <div className="wb-shell">
      <a className="wb-skip" href="#screen">
        Skip to the screen
      </a>
      <Navigation path={path} counts={counts}>
        <span>Everything you see is kept in a database on this machine.</span>
        {themeChoice}
      </Navigation>
      <main className="wb-main" id="screen" tabIndex={-1}>
        <Screen path={path} client={client} onImported={refresh} />
      </main>
    </div>
  )
}

function Screen(props: { readonly path: string; readonly client: Client; readonly onImported: () => void }) {
  switch (props.path) {
    case '/':
    case '/cash':
      return <CashScreen key="day" filter="ALL" />
    case '/cash/escalations':
      return <CashScreen key="escalations" filter="AP_ESCALATIONS" title="AP Escalations" />
    case '/cash/flagged':
      return <CashScreen key="flagged" filter="FLAGGED" title="Flagged for Investigation" />
    case '/cash/sweeps':
      return <CashScreen key="sweeps" filter="SWEEP" title="Sweeps" />
    case '/cash/import':
      return <ImportScreen client={props.client} onMatched={props.onImported} />
    default:
      return (
        <PageHead
          title="There is nothing at this address"
          note={<InnerLink to="/cash">Go to the bank day</InnerLink>}
        />
      )
  }
}
