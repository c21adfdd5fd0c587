import { act, render } from '@testing-library/react'
import { type ReactNode, StrictMode } from 'react'
import { renderToString } from 'react-dom/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { sampleDay } from './fixtures/sample-day.ts'
import { samplePayments, sampleSource } from './fixtures/sample-payments.ts'
import { samplePlacement, sampleRemittances, sampleStatement } from './fixtures/sample-placement.ts'
import { sampleRequest, sampleTransport } from './fixtures/sample-request.ts'
import { sampleUnreconciled } from './fixtures/sample-run.ts'
import {
  ClientPortal,
  CreditorStatement,
  DepositSourceBar,
  MatchReview,
  MatchTabs,
  PlacementCard,
  ProofPanel,
  ReconcileModal,
  ReconRoot,
  RemittanceLedger,
  RunFiguresBar,
  RunHeader,
  RunSummary,
  runFigures,
  SweepBatchView,
  TransactionList,
  UndoToast,
  UnreconciledList,
} from './index.ts'

const day = sampleDay(5)
const sweep = day.rows.find((row) => row.item.scenario === 'SWEEP') ?? day.rows[0]
const figures = runFigures(day.rows, day.run.proof, 'USD', 0)
const counters = { matches: 1, proposed: 0, unreconciled: 0, responded: 0, resolved: 0 }

const screens: Readonly<Record<string, ReactNode>> = {
  TransactionList: <TransactionList rows={day.rows} />,
  ReconcileModal: <ReconcileModal row={day.rows[0] ?? null} actions={{}} onClose={() => undefined} />,
  SweepBatchView: sweep === undefined ? null : <SweepBatchView row={sweep} closeBatch={null} />,
  ProofPanel: <ProofPanel proof={day.run.proof} />,
  RunSummary: (
    <>
      <RunFiguresBar figures={figures} />
      <RunSummary figures={figures} />
    </>
  ),
  MatchTabs: <MatchTabs items={samplePayments} />,
  DepositSourceBar: <DepositSourceBar source={sampleSource} />,
  RunPage: (
    <>
      <RunHeader client="Mason" status="AWAITING_REVIEW" counters={counters} actions={{}} />
      <UnreconciledList rows={sampleUnreconciled} handlersFor={() => ({})} />
      <MatchReview proposals={day.rows.slice(0, 2)} confirm={null} reject={null} />
    </>
  ),
  ClientPortal: <ClientPortal request={sampleRequest} transport={sampleTransport()} />,
  Collections: (
    <>
      <PlacementCard placement={samplePlacement} creditor="Acme" rows={sampleRemittances} />
      <RemittanceLedger rows={sampleRemittances} />
      <CreditorStatement statement={sampleStatement} creditor="Acme" />
    </>
  ),
  UndoToast: <UndoToast announcements={[{ id: '1', words: 'done' }]} onDismiss={() => undefined} />,
}

const page = (screen: ReactNode) => (
  <StrictMode>
    <ReconRoot appearance={{ theme: 'light', variables: { '--recon-accent': 'red' } }}>{screen}</ReconRoot>
  </StrictMode>
)

describe.each(Object.keys(screens))('%s on the server', (name) => {
  afterEach(() => {
    vi.restoreAllMocks()
    document.body.innerHTML = ''
  })

  it('renders without style or script of ours', () => {
    const html = renderToString(page(screens[name]))
    expect(html).toContain('recon-root')
    expect(html).not.toMatch(/\sstyle=/)
    expect(html).not.toMatch(/<(style|script)/)
  })

  it('hydrates without a complaint', async () => {
    const html = renderToString(page(screens[name]))
    const complaints: unknown[] = []
    vi.spyOn(console, 'error').mockImplementation((...words) => {
      complaints.push(words)
    })
    const host = document.createElement('div')
    host.innerHTML = html
    document.body.append(host)
    const recovered: unknown[] = []
    const { unmount } = render(page(screens[name]), {
      container: host,
      hydrate: true,
      onRecoverableError: (error) => recovered.push(error),
    })
    await act(async () => undefined)
    expect(recovered).toEqual([])
    expect(complaints).toEqual([])
    unmount()
  })
})
