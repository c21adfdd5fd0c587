import type { UnreconciledRow } from '@recon/client'
import { addMoney, type Money, type ReviewItem } from '@recon/core'
import {
  ActivityLog,
  DispatchDialog,
  EmptyState,
  FailedState,
  LoadingRows,
  MatchReview,
  ProofPanel,
  type ResolutionHandlers,
  RunHeader,
  UnreconciledList,
} from '@recon/react'
import { useConnection, useQuery } from '@recon/react/connected'
import { useState } from 'react'
import { InnerLink } from '../navigation.tsx'
import { useSearchParameter } from '../use-route.ts'
import { RunReports } from './run-reports.tsx'
import { type StatementRun, useStatementRun } from './use-statement-run.ts'

const tabs = ['matches', 'unreconciled', 'proof', 'reports', 'activity'] as const
type Tab = (typeof tabs)[number]
const tabWords: Readonly<Record<Tab, string>> = {
  matches: 'Proposed matches',
  unreconciled: 'Unreconciled',
  proof: 'Proof',
  reports: 'Reports',
  activity: 'Activity',
}

/** One statement of one client: what matched, what the client is asked, and the proof. */
export function RunScreen({ runId }: { readonly runId: string }) {
  const model = useStatementRun(runId)
  const [chosen, choose] = useSearchParameter('tab')
  const [sending, setSending] = useState(false)
  const { run, desk } = model
  if (desk.state.kind === 'failed') return <FailedState {...desk.state} />
  if (run === undefined) return <LoadingRows />
  const proposed = desk.rows.filter(({ item }) => isProposed(item, run.proposedMatchIds))
  const tab = tabs.find((name) => name === chosen) ?? (proposed.length > 0 ? 'matches' : 'unreconciled')
  const possible = (name: string, action: () => void) => (run.whyNot[name] === undefined ? action : null)
  const waiting = run.status === 'AWAITING_CLIENT'
  const count = (name: string) => run.itemCounts[name] ?? 0
  const contact = run.recipients.find((one) => one.id === run.contactId)
  return (
    <>
      <p className="wb-back">
        <InnerLink to="/bookkeeping">Bank reconciliations</InnerLink>
      </p>
      <RunHeader
        client={run.clientLegalName ?? run.name}
        account={desk.rows[0]?.bankLines[0]?.account ?? ''}
        {...(run.periodEnd === null ? {} : { periodEnd: run.periodEnd })}
        status={run.status}
        progress={run.progress}
        failure={run.failure}
        counters={{
          matches: run.stats.automatic,
          proposed: proposed.length,
          unreconciled: count('UNDISPATCHED') + count('PENDING'),
          responded: count('CLIENT_RESPONDED'),
          resolved: count('RESOLVED'),
        }}
        sent={
          run.dispatchedAt === null || run.linkExpiresAt === null
            ? null
            : { to: contact?.name ?? 'the client', at: run.dispatchedAt, validUntil: run.linkExpiresAt }
        }
        actions={{
          dispatch: possible(waiting ? 'redispatch' : 'dispatch', () => setSending(true)),
          rematch: possible('rematch', () => void model.rematch()),
          complete: possible('complete', () => void model.complete()),
        }}
        whyNot={{
          ...(run.whyNot.dispatch === undefined || waiting ? {} : { dispatch: run.whyNot.dispatch.message }),
          ...(run.whyNot.complete === undefined ? {} : { complete: run.whyNot.complete.message }),
        }}
      />
      <div className="wb-tabs" role="tablist" aria-label="Run">
        {tabs.map((name) => (
          <button key={name} type="button" role="tab" aria-selected={name === tab} onClick={() => choose(name)}>
            {tabWords[name]} {name === 'matches' ? <span className="wb-count">{proposed.length}</span> : null}
            {name === 'unreconciled' ? <span className="wb-count">{model.rows.length}</span> : null}
          </button>
        ))}
      </div>
      <Panel tab={tab} model={model} proposed={proposed} runId={runId} />
      <DispatchDialog
        open={sending}
        recipients={run.recipients}
        subject={`Action needed: ${model.rows.length} unreconciled bank items for ${run.clientLegalName ?? ''}`}
        itemCount={model.rows.filter(({ item }) => item.status !== 'RESOLVED').length}
        totals={totalsOf(model.rows)}
        firmName="Ledger & Co"
        pending={model.pending}
        refusal={model.refusal}
        send={(choice) =>
          void model.dispatch(choice).then((sent) => {
            if (sent) setSending(false)
          })
        }
        onClose={() => {
          setSending(false)
          model.clearRefusal()
        }}
      />
    </>
  )
}

function isProposed(item: ReviewItem, matchIds: readonly string[]): boolean {
  return item.status === 'OUTSTANDING' && item.matches.some((match) => matchIds.includes(match.id))
}

/** One total per currency, unsigned amounts: what the mail says the items are worth. */
function totalsOf(rows: readonly UnreconciledRow[]): readonly Money[] {
  const totals = new Map<string, Money>()
  for (const { item } of rows) {
    if (item.status === 'RESOLVED') continue
    const amount = { ...item.amount, amount: item.amount.amount.replace('-', '') }
    const known = totals.get(amount.currency)
    totals.set(amount.currency, known === undefined ? amount : addMoney(known, amount))
  }
  return [...totals.values()]
}

function Panel(props: {
  readonly tab: Tab
  readonly model: StatementRun
  readonly proposed: StatementRun['desk']['rows']
  readonly runId: string
}) {
  const { model, proposed } = props
  switch (props.tab) {
    case 'matches':
      return (
        <MatchReview
          proposals={proposed}
          pending={model.pending}
          confirm={(row) => {
            const found = proposed.find(({ item }) => item.id === row.item.id)
            if (found !== undefined) void model.decide(found, { action: 'confirm' }, 'Match confirmed.')
          }}
          reject={(row, reason) => {
            const found = proposed.find(({ item }) => item.id === row.item.id)
            if (found !== undefined) void model.decide(found, { action: 'reject', reason }, 'Match rejected.')
          }}
        />
      )
    case 'unreconciled':
      return (
        <UnreconciledList
          rows={model.rows}
          handlersFor={(entry) => {
            const row = model.rows.find(({ item }) => item.id === entry.item.id)
            return row === undefined ? {} : handlersOf(row, model)
          }}
          onOpenFile={(file) => void model.openFile(file.id)}
        />
      )
    case 'proof':
      return <Proofs model={model} />
    case 'reports':
      return <RunReports runId={props.runId} />
    default:
      return <Activity runId={props.runId} />
  }
}

function handlersOf(row: UnreconciledRow, model: StatementRun): ResolutionHandlers {
  const possible = <Run,>(name: string, run: Run): Run | null => (row.whyNot[name] === undefined ? run : null)
  return {
    apply: possible('apply', (journalEntryId: string | undefined) => {
      const given = journalEntryId === undefined || journalEntryId === '' ? {} : { journalEntryId }
      void model.resolve(row, { action: 'apply', ...given }, 'Applied to the books.')
    }),
    pushBack: possible('pushBack', (question: string) => {
      void model.resolve(row, { action: 'pushBack', question }, 'Asked the client again.')
    }),
    escalate: possible('escalate', (reason: string) => {
      void model.resolve(row, { action: 'escalate', reason }, 'Handed to a senior accountant.')
    }),
    resolveByStaff: possible('resolveByStaff', (reason: string) => {
      void model.resolve(row, { action: 'resolveByStaff', reason }, 'Resolved.')
    }),
    reopen: possible('reopen', () => {
      void model.resolve(row, { action: 'reopen' }, 'Reopened.')
    }),
  }
}

function Proofs({ model }: { readonly model: StatementRun }) {
  const { proofs } = model.desk
  if (proofs.length === 0) return <ProofPanel proof={null} />
  return (
    <div className="wb-panels">
      {proofs.map((proof) => (
        <ProofPanel key={proof.currency} proof={proof} />
      ))}
    </div>
  )
}

function Activity({ runId }: { readonly runId: string }) {
  const { client, store } = useConnection()
  const { data } = useQuery(store, `activity/${runId}`, () => client.activity.list({ runId, limit: 200 }))
  const rows = data?.rows ?? []
  if (data !== undefined && rows.length === 0) return <EmptyState title="Nothing happened yet." />
  return <ActivityLog entries={rows} undoOf={() => null} />
}
