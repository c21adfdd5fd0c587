import type { ItemRow } from '@recon/client'
import type { ReactNode } from 'react'
import { MatchTabs } from '../match-tabs/match-tabs.tsx'
import type { PaymentActions, PaymentChoice } from '../match-tabs/use-match-tabs.ts'
import { ErrorBoundary } from '../parts/error-boundary.tsx'
import { FailedState } from '../parts/screen-state.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import type { WorkItem } from '../work-item.ts'
import { useConnection } from './client-root.tsx'
import { type DeskOptions, useDesk } from './use-desk.ts'
import { useDeskActions } from './use-desk-actions.ts'

export interface PaymentsScreenProps extends DeskOptions {
  /** The deposit source's bar, or the host's own head. */
  readonly children?: ReactNode
}

/** The payments desk: payments against deposits, loaded and saved by the client of the root. */
export function PaymentsScreen(props: PaymentsScreenProps) {
  const { messages } = useRecon()
  return (
    <ErrorBoundary fallback={(_, retry) => <FailedState message={messages.frame.screenFailed} retry={retry} />}>
      <Screen {...props} />
    </ErrorBoundary>
  )
}

function Screen(props: PaymentsScreenProps) {
  const { client } = useConnection()
  const desk = useDesk(props)
  const actions = useDeskActions({ desk, settings: props.settings })
  const actionsFor = (row: WorkItem): PaymentActions => {
    const loaded = row as ItemRow
    const allowed = actions.reconcileActions(loaded)(null)
    return {
      reconcile: allowed.reconcile
        ? (bankLineIds) => actions.reconcileRecords(loaded, bankLineIds, row.item.bookEntryIds)
        : null,
      reconcileWithReference: allowed.reconcileWithReference ?? null,
      markUnreceived: allowed.markUnreceived ?? null,
      revert: allowed.revert ?? null,
    }
  }
  const reconcileAll = (choices: readonly PaymentChoice[]) => {
    for (const { row, bankLineIds } of choices) {
      actions.reconcileRecords(row as ItemRow, bankLineIds, row.item.bookEntryIds)
    }
  }
  return (
    <div className="recon-desk">
      {props.children}
      <MatchTabs
        items={desk.rows.filter((row) => row.item.perspective === 'BOOK')}
        state={desk.state}
        actionsFor={actionsFor}
        onReconcileSelection={reconcileAll}
        searchDeposits={async (search) => {
          const found = await client.records.bankLines({ open: true, limit: 200, ...(search === '' ? {} : { search }) })
          return found.rows
        }}
      />
    </div>
  )
}
