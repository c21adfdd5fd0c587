import type { ReactNode } from 'react'
import { MatchTabs } from '../match-tabs/match-tabs.tsx'
import { ConnectedScreen, DeskDoor } from './connected-screen.tsx'
import { DepositSourcePanel, type DepositSourcePanelProps } from './deposit-source-panel.tsx'
import type { DeskOptions } from './use-desk.ts'
import { usePayments } from './use-payments.ts'

export interface PaymentsScreenProps extends DeskOptions, DepositSourcePanelProps {
  /** Beside the source's buttons; where there is no source, in its place. */
  readonly children?: ReactNode
}

/** The payments desk: where deposits come from, and payments against them, loaded and saved by the client of the root. */
export function PaymentsScreen(props: PaymentsScreenProps) {
  return (
    <ConnectedScreen>
      <DeskDoor desk="PAYMENTS_DESK">
        <Screen {...props} />
      </DeskDoor>
    </ConnectedScreen>
  )
}

function Screen({ runId, settings, ...source }: PaymentsScreenProps) {
  const payments = usePayments({ runId, settings })
  return (
    <div className="recon-desk">
      <DepositSourcePanel {...source} />
      <MatchTabs
        items={payments.rows}
        state={payments.state}
        actionsFor={payments.actionsFor}
        onReconcileSelection={payments.reconcileSelection}
        searchDeposits={payments.searchDeposits}
      />
    </div>
  )
}
