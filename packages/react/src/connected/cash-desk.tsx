import * as Tabs from '@radix-ui/react-tabs'
import type { ItemRow } from '@recon/client'
import type { BankLine } from '@recon/core'
import { type ReactNode, useMemo, useState } from 'react'
import { ActivityLog } from '../activity-log/activity-log.tsx'
import { TabList, TabPanel } from '../parts/tab-panel.tsx'
import { ProofPanel } from '../proof-panel/proof-panel.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import type { PairExplanation } from '../reconcile-modal/evidence-drawer.tsx'
import { ReconcileModal } from '../reconcile-modal/reconcile-modal.tsx'
import { runFigures } from '../run-summary/run-figures.ts'
import { RunFiguresBar, RunSummary } from '../run-summary/run-summary.tsx'
import { SweepBatchView } from '../sweep-batch-view/sweep-batch-view.tsx'
import type { ColumnChoice } from '../transaction-list/transaction-grid.tsx'
import { defaultQuery, type TransactionQuery } from '../transaction-list/transaction-index.ts'
import { TransactionList } from '../transaction-list/transaction-list.tsx'
import type { WorkItem } from '../work-item.ts'
import { useConnection } from './client-root.tsx'
import { ConnectedScreen } from './connected-screen.tsx'
import { useActivity } from './use-activity.ts'
import { useBulkActions } from './use-bulk-actions.ts'
import { type Desk, type DeskOptions, useDesk } from './use-desk.ts'
import { useDeskActions } from './use-desk-actions.ts'
import { useDownload } from './use-download.ts'

export interface CashDeskProps extends DeskOptions {
  readonly title?: string
  /** The host's own buttons, in the head of the screen. */
  readonly actions?: ReactNode
  readonly query?: TransactionQuery
  readonly onQueryChange?: (query: TransactionQuery) => void
  readonly columns?: ColumnChoice
  readonly onColumnsChange?: (columns: ColumnChoice) => void
  /** Sweep lines left out of the first selection: 575, the ZBA debit, as the policy's default says. */
  readonly leavesOut?: (line: BankLine) => boolean
}

const mirrorLegCode = '575'
const isMirrorLeg = (line: BankLine) => line.transactionCode === mirrorLegCode

/** The cash management desk: the bank day's transactions, what to do with each, the proof, and what was done. */
export function CashDesk(props: CashDeskProps) {
  return (
    <ConnectedScreen>
      <CashDeskScreen {...props} />
    </ConnectedScreen>
  )
}

function CashDeskScreen(props: CashDeskProps) {
  const { messages, format, now, direction } = useRecon()
  const { undoLast } = useConnection()
  const desk = useDesk(props)
  const [ownQuery, setOwnQuery] = useState(defaultQuery)
  const query = props.query ?? ownQuery
  const [opened, setOpened] = useState<string | null>(null)
  const close = () => {
    setOpened(null)
    actions.clearRefusal()
  }
  const actions = useDeskActions({ desk, settings: props.settings, onDone: () => setOpened(null) })
  const bulk = useBulkActions(desk, actions)
  const download = useDownload()
  const activity = useActivity(desk.runId, actions.undo)
  const { run } = desk
  const currency = useMemo(() => mainCurrency(desk.rows), [desk.rows])
  const proof = desk.proofs.find((one) => one.currency === currency) ?? desk.proofs[0] ?? null
  const figures = useMemo(
    () => (now === null ? null : runFigures(desk.rows, proof, currency, now)),
    [desk.rows, proof, currency, now],
  )
  const open = desk.rows.find((row) => row.item.id === opened) ?? null
  if (open !== null && open.item.scenario === 'SWEEP') {
    return (
      <SweepBatchView
        row={open}
        closeBatch={actions.closeBatch(open)}
        leavesOut={props.leavesOut ?? isMirrorLeg}
        pending={actions.pending}
        refusal={actions.refusal}
        onBack={close}
      />
    )
  }
  return (
    <section className="recon-desk" aria-label={props.title ?? messages.cashDesk.title}>
      <header className="recon-screen-head">
        <div>
          <h1 className="recon-title">{props.title ?? run?.name ?? messages.cashDesk.title}</h1>
          <p className="recon-subtitle">
            {currency}
            {run?.matchedAt ? ` · ${messages.cashDesk.loaded(format.moment(run.matchedAt))}` : null}
          </p>
        </div>
        <div className="recon-screen-actions">{props.actions}</div>
      </header>
      {figures === null || desk.rows.length === 0 ? null : <RunFiguresBar figures={figures} />}
      <Tabs.Root className="recon-tabs" dir={direction} defaultValue="transactions">
        <TabList label={messages.cashDesk.title}>
          {(['transactions', 'proof', 'summary', 'activity'] as const).map((name) => (
            <Tabs.Trigger key={name} value={name} className="recon-tab">
              {messages.cashDesk[name]}
            </Tabs.Trigger>
          ))}
        </TabList>
        <TabPanel value="transactions">
          <TransactionList
            rows={desk.rows}
            state={desk.state}
            query={query}
            onQueryChange={(next) => {
              setOwnQuery(next)
              props.onQueryChange?.(next)
            }}
            actionsFor={(row) => actions.rowActions(row as ItemRow, () => setOpened(row.item.id))}
            bulkActions={bulk}
            onOpen={(row) => setOpened(row.item.id)}
            onUndo={undoLast}
            focusOnMount
            onExport={() => void download(exportKindOf(query), desk.runId)}
            {...(props.columns === undefined ? {} : { columns: props.columns })}
            {...(props.onColumnsChange === undefined ? {} : { onColumnsChange: props.onColumnsChange })}
          />
        </TabPanel>
        <TabPanel value="proof">
          <div className="recon-panels">
            {desk.proofs.length === 0 ? <ProofPanel proof={null} /> : null}
            {desk.proofs.map((proof) => (
              <ProofPanel key={proof.currency} proof={proof} />
            ))}
          </div>
        </TabPanel>
        <TabPanel value="summary">{figures === null ? null : <RunSummary figures={figures} />}</TabPanel>
        <TabPanel value="activity">
          <ActivityLog entries={activity.entries} state={activity.state} undoOf={activity.undoOf} />
        </TabPanel>
      </Tabs.Root>
      <OpenItem desk={desk} open={open} actions={actions} onOpen={setOpened} onClose={close} />
    </section>
  )
}

/** The currency most items are in: the one whose figures stand at the top. */
function mainCurrency(rows: readonly ItemRow[]): string {
  const counts = new Map<string, number>()
  for (const { total } of rows) counts.set(total.currency, (counts.get(total.currency) ?? 0) + 1)
  const [first] = [...counts].sort((left, right) => right[1] - left[1] || (left[0] < right[0] ? -1 : 1))
  return first?.[0] ?? 'USD'
}

interface OpenItemProps {
  readonly desk: Desk
  readonly open: ItemRow | null
  readonly actions: ReturnType<typeof useDeskActions>
  readonly onOpen: (id: string) => void
  readonly onClose: () => void
}

function OpenItem({ desk, open, actions, onOpen, onClose }: OpenItemProps) {
  const { client } = useConnection()
  const place = open === null ? -1 : desk.rows.indexOf(open)
  const step = (by: number) => {
    const next: WorkItem | undefined = desk.rows[place + by]
    return next === undefined ? null : () => onOpen(next.item.id)
  }
  const explainPair = useMemo(
    () => async (bankLineId: string, bookEntryId: string) => {
      const runId = desk.runId === undefined ? {} : { runId: desk.runId }
      const answer = await client.records.explain({ bankLineId, bookEntryId, ...runId })
      if (!answer.ok) throw new Error(answer.refusal.message)
      return answer.value as PairExplanation
    },
    [client, desk.runId],
  )
  return (
    <ReconcileModal
      row={open}
      actions={open === null ? {} : actions.reconcileActions(open)}
      onClose={onClose}
      position={{ index: place + 1, total: desk.rows.length }}
      onNext={step(1)}
      onPrevious={step(-1)}
      explainPair={explainPair}
      pending={actions.pending}
      refusal={actions.refusal}
    />
  )
}

function exportKindOf(query: TransactionQuery): 'exceptions' | 'escalations' | 'flagged' | 'fx-journal' {
  if (query.filter === 'AP_ESCALATIONS') return 'escalations'
  if (query.filter === 'FLAGGED') return 'flagged'
  return query.filter === 'AMOUNT_VARIANCE' || query.filter === 'AWAITING_JOURNAL' ? 'fx-journal' : 'exceptions'
}
