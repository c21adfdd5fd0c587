import { ReconRoot } from '@recon/react/connected'
import { type ReactNode, useMemo, useState } from 'react'
import { ExceptionsScreen } from './bookkeeping/exceptions-screen.tsx'
import { MailScreen } from './bookkeeping/mail-screen.tsx'
import { OutboxScreen } from './bookkeeping/outbox-screen.tsx'
import { RunListScreen } from './bookkeeping/run-list-screen.tsx'
import { RunScreen } from './bookkeeping/run-screen.tsx'
import { CashScreen } from './cash-screen.tsx'
import { PlacementsScreen } from './collections/placements-screen.tsx'
import { RemittancesScreen, StatementsScreen } from './collections/remittances-screen.tsx'
import { type DeskName, deskClients, deskOfPath } from './desk-client.ts'
import { ImportScreen } from './import/import-screen.tsx'
import { InnerLink, Navigation } from './navigation.tsx'
import { PageHead } from './page-head.tsx'
import { PaymentsScreen } from './payments/payments-screen.tsx'
import { PortalScreen } from './portal/portal-screen.tsx'
import { type Theme, ThemeChoice, useTheme } from './theme-choice.tsx'
import { TreasuryScreen } from './treasury/treasury-screen.tsx'
import { useDeskCounts } from './use-desk-counts.ts'
import { useRoute } from './use-route.ts'

/** The whole app: the systems at the left, the screen of one at the right. Each desk has a client of its own. */
export function Workbench() {
  const { path } = useRoute()
  return path === '/portal' ? <PortalScreen /> : <Desks path={path} />
}

function Desks({ path }: { readonly path: string }) {
  const [theme, setTheme] = useTheme()
  const [clients] = useState(deskClients)
  const desk = deskOfPath(path)
  const appearance = useMemo(() => ({ theme }), [theme])
  const timeZone = useMemo(() => Intl.DateTimeFormat().resolvedOptions().timeZone, [])
  return (
    <ReconRoot key={desk} client={clients[desk]} locale="en-GB" appearance={appearance} timeZone={timeZone}>
      <Frame path={path} desk={desk} theme={theme} onTheme={setTheme} />
    </ReconRoot>
  )
}

function Frame(props: {
  readonly path: string
  readonly desk: DeskName
  readonly theme: Theme
  readonly onTheme: (theme: Theme) => void
}) {
  const { counts, refresh } = useDeskCounts(props.desk)
  return (
    <div className="wb-shell">
      <a className="wb-skip" href="#screen">
        Skip to the screen
      </a>
      <Navigation path={props.path} counts={counts}>
        <span>Everything you see is kept in a database on this machine.</span>
        <ThemeChoice theme={props.theme} onChange={props.onTheme} />
      </Navigation>
      <main className="wb-main" id="screen" tabIndex={-1}>
        <Screen path={props.path} onImported={refresh} />
      </main>
    </div>
  )
}

function Screen({ path, onImported }: { readonly path: string; readonly onImported: () => void }): ReactNode {
  const runId = useRoute().search.get('run')
  switch (path) {
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
      return <ImportScreen key="cash" policy="cash-management" result="/cash" onMatched={onImported} />
    case '/payments':
      return <PaymentsScreen />
    case '/bookkeeping':
      return <RunListScreen />
    case '/bookkeeping/runs':
      return runId === null ? <RunListScreen /> : <RunScreen key={runId} runId={runId} />
    case '/bookkeeping/exceptions':
      return <ExceptionsScreen />
    case '/bookkeeping/outbox':
      return <OutboxScreen />
    case '/bookkeeping/mail':
      return <MailScreen />
    case '/treasury':
      return <TreasuryScreen />
    case '/collections':
      return <PlacementsScreen />
    case '/collections/remittances':
      return <RemittancesScreen />
    case '/collections/statements':
      return <StatementsScreen />
    case '/payments/import':
      return <ImportScreen key="payments" policy="payments-desk" result="/payments" onMatched={onImported} />
    default:
      return (
        <PageHead
          title="There is nothing at this address"
          note={<InnerLink to="/cash">Go to the bank day</InnerLink>}
        />
      )
  }
}
