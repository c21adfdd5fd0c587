import {
  CollectionsScreen,
  type CollectionsTab,
  ExceptionsScreen,
  OutboxScreen,
  PaymentsScreen,
  RunListScreen,
  RunScreen,
  TreasuryScreen,
  useConnection,
} from '@recon/react/connected'
import { type ReactNode, useMemo } from 'react'
import { CashScreen } from './cash-screen.tsx'
import { FusionScreen } from './fusion-screen.tsx'
import { depositImport } from './import/deposit-import.ts'
import { ImportScreen } from './import/import-screen.tsx'
import { useWords } from './language-choice.tsx'
import { MailScreen } from './mail-screen.tsx'
import { InnerLink } from './navigation.tsx'
import { PageHead } from './page-head.tsx'
import { goTo, useRoute, useSearchParameter } from './use-route.ts'

interface PageProps {
  /** New records were stored and matched. */
  readonly onImported: () => void
}

const collectionsPaths: Readonly<Record<CollectionsTab, string>> = {
  placements: '/collections',
  remittances: '/collections/remittances',
  statements: '/collections/statements',
  sync: '/collections/sync',
}

function Collections({ tab }: { readonly tab: CollectionsTab }) {
  const [placement, open] = useSearchParameter('placement')
  return (
    <CollectionsScreen
      tab={tab}
      onTabChange={(next) => goTo(collectionsPaths[next])}
      placementId={placement}
      onPlacementChange={open}
    />
  )
}

function Payments() {
  const { client } = useConnection()
  const upload = useMemo(() => depositImport(client), [client])
  return <PaymentsScreen upload={upload} />
}

const toRun = (runId: string) => goTo(`/bookkeeping/runs?run=${encodeURIComponent(runId)}`)

function StatementRun() {
  const runId = useRoute().search.get('run')
  const words = useWords()
  if (runId === null) return <RunListScreen onOpen={toRun} />
  return (
    <>
      <p className="wb-back">
        <InnerLink to="/bookkeeping">{words.pages.runs}</InnerLink>
      </p>
      <RunScreen key={runId} runId={runId} firmName="Ledger & Co" />
    </>
  )
}

function Escalations() {
  return <CashScreen filter="AP_ESCALATIONS" title={useWords().pages.escalations} />
}

function Flagged() {
  return <CashScreen filter="FLAGGED" title={useWords().pages.flagged} />
}

function Sweeps() {
  return <CashScreen filter="SWEEP" title={useWords().pages.sweeps} />
}

function NothingHere() {
  const words = useWords()
  return <PageHead title={words.nothingHere} note={<InnerLink to="/cash">{words.toBankDay}</InnerLink>} />
}

const pages: Readonly<Record<string, (props: PageProps) => ReactNode>> = {
  '/': () => <CashScreen filter="ALL" />,
  '/cash': () => <CashScreen filter="ALL" />,
  '/cash/escalations': Escalations,
  '/cash/flagged': Flagged,
  '/cash/sweeps': Sweeps,
  '/cash/fusion': FusionScreen,
  '/cash/import': ({ onImported }) => <ImportScreen policy="cash-management" result="/cash" onMatched={onImported} />,
  '/payments': Payments,
  '/payments/import': ({ onImported }) => (
    <ImportScreen policy="payments-desk" result="/payments" onMatched={onImported} />
  ),
  '/bookkeeping': () => <RunListScreen onOpen={toRun} />,
  '/bookkeeping/runs': StatementRun,
  '/bookkeeping/exceptions': () => <ExceptionsScreen onOpenRun={toRun} />,
  '/bookkeeping/outbox': () => <OutboxScreen />,
  '/treasury': () => <TreasuryScreen />,
  '/collections': () => <Collections tab="placements" />,
  '/collections/remittances': () => <Collections tab="remittances" />,
  '/collections/statements': () => <Collections tab="statements" />,
  '/collections/sync': () => <Collections tab="sync" />,
  '/mail': MailScreen,
}

/** The screen of an address. */
export function DeskPage({ path, ...props }: PageProps & { readonly path: string }) {
  const Page = pages[path] ?? NothingHere
  return <Page key={path} {...props} />
}
