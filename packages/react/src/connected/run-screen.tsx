import * as Tabs from '@radix-ui/react-tabs'
import type { ResolutionRequest, UnreconciledRow } from '@recon/client'
import { dispatchSubject, type Money, sumMoney } from '@recon/core'
import { useState } from 'react'
import { ActivityLog } from '../activity-log/activity-log.tsx'
import { DispatchDialog } from '../dispatch-dialog/dispatch-dialog.tsx'
import { instead, LoadingRows } from '../parts/screen-state.tsx'
import { TabList, TabPanel } from '../parts/tab-panel.tsx'
import { ProofPanel } from '../proof-panel/proof-panel.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { MatchReview } from '../run-page/match-review.tsx'
import { RunHeader } from '../run-page/run-header.tsx'
import { type ResolutionHandlers, type UnreconciledEntry, UnreconciledList } from '../run-page/unreconciled-list.tsx'
import { useConnection } from './client-root.tsx'
import { ConnectedScreen } from './connected-screen.tsx'
import { RunReportsPanel } from './run-reports-panel.tsx'
import { useActivity } from './use-activity.ts'
import { blockedState, useDesk } from './use-desk.ts'
import { useDeskActions } from './use-desk-actions.ts'
import { useStatementRun } from './use-statement-run.ts'

export interface RunScreenProps {
  readonly runId: string
  /** For the preview of the mail. */
  readonly firmName?: string
}

/** One statement run: proposals, what is unreconciled and what the client says, the proof, and the activity. */
export function RunScreen(props: RunScreenProps) {
  return (
    <ConnectedScreen>
      <Screen {...props} />
    </ConnectedScreen>
  )
}

function Screen({ runId, firmName = '' }: RunScreenProps) {
  const { messages, direction } = useRecon()
  const { client } = useConnection()
  const desk = useDesk({ runId })
  const actions = useDeskActions({ desk })
  const statement = useStatementRun(runId)
  const activity = useActivity(runId, actions.undo)
  const [dispatching, setDispatching] = useState(false)
  const { run, rows } = statement
  if (statement.error !== null && run === undefined) {
    return instead(blockedState(statement.error, statement.reload))
  }
  if (run === undefined) return <LoadingRows />
  const proposals = desk.rows.filter(
    (row) => row.item.matches[0]?.status === 'PROPOSED' && row.item.status === 'OUTSTANDING',
  )
  const may = (name: string, act: () => void) => (run.whyNot[name] === undefined ? act : null)
  const open = rows.filter(({ item }) => item.status !== 'RESOLVED')
  const recipient = run.recipients.find(({ id }) => id === run.contactId)
  return (
    <section className="recon-desk" aria-label={run.name}>
      <RunHeader
        client={run.clientLegalName ?? run.name}
        {...(run.periodEnd === null ? {} : { periodEnd: run.periodEnd })}
        status={run.status}
        progress={run.progress}
        failure={run.failure}
        counters={{
          matches: run.stats.automatic,
          proposed: proposals.length,
          unreconciled: open.length,
          responded: rows.filter(({ item }) => item.status === 'CLIENT_RESPONDED').length,
          resolved: rows.length - open.length,
        }}
        sent={
          run.dispatchedAt === null || run.linkExpiresAt === null
            ? null
            : { to: recipient?.name ?? run.contactId ?? '', at: run.dispatchedAt, validUntil: run.linkExpiresAt }
        }
        actions={{
          dispatch: may('dispatch', () => setDispatching(true)),
          complete: may('complete', () => void statement.complete()),
          rematch: may('rematch', () => void statement.rematch()),
          print: () => window.print(),
        }}
        whyNot={Object.fromEntries(Object.entries(run.whyNot).map(([name, refusal]) => [name, refusal.message]))}
      />
      <div className="recon-run-columns">
        <Tabs.Root className="recon-tabs" dir={direction} defaultValue="unreconciled">
          <TabList label={run.name}>
            <Tabs.Trigger value="unreconciled" className="recon-tab">
              {messages.run.list.title}
            </Tabs.Trigger>
            <Tabs.Trigger value="review" className="recon-tab">
              {messages.run.review.title}
            </Tabs.Trigger>
            <Tabs.Trigger value="reports" className="recon-tab">
              {messages.screens.reports.title}
            </Tabs.Trigger>
            <Tabs.Trigger value="activity" className="recon-tab">
              {messages.cashDesk.activity}
            </Tabs.Trigger>
          </TabList>
          <TabPanel value="unreconciled">
            <UnreconciledList
              rows={rows}
              handlersFor={(entry) => handlersOf(entry, rows, statement.resolve)}
              onOpenFile={async ({ id }) => {
                const { url } = await client.exports.attachment({ attachmentId: id })
                window.open(url, '_blank', 'noopener')
              }}
            />
          </TabPanel>
          <TabPanel value="review">
            <MatchReview
              proposals={proposals}
              pending={actions.pending}
              confirm={(row) => actions.confirm(row.item.id)}
              reject={(row, reason) => actions.reject(row.item.id, reason)}
            />
          </TabPanel>
          <TabPanel value="reports">
            <RunReportsPanel runId={runId} />
          </TabPanel>
          <TabPanel value="activity">
            <ActivityLog entries={activity.entries} state={activity.state} undoOf={activity.undoOf} />
          </TabPanel>
        </Tabs.Root>
        <ProofPanel proof={desk.proofs[0] ?? null} />
      </div>
      <DispatchDialog
        open={dispatching}
        recipients={run.recipients}
        subject={dispatchSubject(open.length, run.clientLegalName ?? '')}
        itemCount={open.length}
        totals={totalsOf(open)}
        firmName={firmName}
        pending={statement.pending}
        refusal={statement.refusal}
        send={({ contactId, note }) => {
          void statement.dispatch(contactId, note).then((sent) => sent && setDispatching(false))
        }}
        onClose={() => setDispatching(false)}
      />
    </section>
  )
}

function totalsOf(rows: readonly UnreconciledRow[]): readonly Money[] {
  const magnitudes = rows.map(({ item: { amount } }) => ({ ...amount, amount: amount.amount.replace('-', '') }))
  const currencies = [...new Set(magnitudes.map(({ currency }) => currency))]
  return currencies.map((currency) =>
    sumMoney(
      magnitudes.filter((one) => one.currency === currency),
      currency,
    ),
  )
}

function handlersOf(
  entry: UnreconciledEntry,
  rows: readonly UnreconciledRow[],
  resolve: (row: UnreconciledRow, request: ResolutionRequest) => void,
): ResolutionHandlers {
  const row = rows.find(({ item }) => item.id === entry.item.id)
  if (row === undefined) return {}
  const may = <Act,>(name: string, act: Act): Act | null => (row.whyNot[name] === undefined ? act : null)
  return {
    apply: may('apply', (journalEntryId: string | undefined) =>
      resolve(row, { action: 'apply', ...(journalEntryId === undefined ? {} : { journalEntryId }) }),
    ),
    pushBack: may('pushBack', (question: string) => resolve(row, { action: 'pushBack', question })),
    escalate: may('escalate', (reason: string) => resolve(row, { action: 'escalate', reason })),
    resolveByStaff: may('resolveByStaff', (reason: string) => resolve(row, { action: 'resolveByStaff', reason })),
    reopen: may('reopen', () => resolve(row, { action: 'reopen' })),
  }
}
