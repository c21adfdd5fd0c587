import { RemittanceLedger } from '../collections-desk/remittance-ledger.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { ConnectedScreen } from './connected-screen.tsx'
import { type CollectionsScope, useRemittances } from './use-collections-desk.ts'
import { useReports } from './use-reports.ts'

/** The remittance ledger: a row for every payment, chargeback and won dispute, and the totals of each currency. */
export function RemittancesScreen(props: CollectionsScope) {
  return (
    <ConnectedScreen>
      <Screen {...props} />
    </ConnectedScreen>
  )
}

function Screen({ creditorId }: CollectionsScope) {
  const { messages } = useRecon()
  const { rows, state, payOf } = useRemittances({ creditorId })
  const { order, working } = useReports({})
  return (
    <section className="recon-desk" aria-label={messages.collections.ledger.title}>
      <div className="recon-list-tools">
        <div className="recon-list-side" data-grows="">
          <ActionButton
            busy={working}
            action={() => void order('remittances', creditorId === undefined ? {} : { creditorId })}
          >
            {messages.frame.exportCsv}
          </ActionButton>
        </div>
      </div>
      <RemittanceLedger rows={rows} state={state} payOf={payOf} />
    </section>
  )
}
