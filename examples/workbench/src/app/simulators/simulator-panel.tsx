import { useConnection } from '@recon/react/connected'
import { type ReactNode, useState } from 'react'
import type { DeskName } from '../desk-client.ts'
import { CashControls } from './cash-controls.tsx'
import { CollectionsControls } from './collections-controls.tsx'
import type { Perform } from './control-parts.tsx'
import { PaymentsControls } from './payments-controls.tsx'
import { TreasuryControls } from './treasury-controls.tsx'
import { perform, refreshAfter, type SimulatorState, useSimulators } from './use-simulators.ts'

const key = 'recon-workbench-simulators'

type Facts = NonNullable<SimulatorState['facts']>

const controlsOf: Partial<Record<DeskName, (facts: Facts, act: Perform) => ReactNode>> = {
  collections: (facts, act) => <CollectionsControls facts={facts} act={act} />,
  payments: (facts, act) => <PaymentsControls facts={facts} act={act} />,
  treasury: (facts, act) => <TreasuryControls facts={facts} act={act} />,
  cash: (facts, act) => <CashControls facts={facts} act={act} />,
}

export function useSimulatorPanel(): readonly [boolean, () => void] {
  const [open, setOpen] = useState(() => window.localStorage.getItem(key) === 'open')
  return [
    open,
    () => {
      window.localStorage.setItem(key, open ? 'closed' : 'open')
      setOpen(!open)
    },
  ]
}

/** What debtors, customers, banks and accountants do: controls of the simulated outside world, not part of Recon. */
export function SimulatorPanel({ desk, onClose }: { readonly desk: DeskName; readonly onClose: () => void }) {
  const { store } = useConnection()
  const state = useSimulators(desk, true)
  const [said, setSaid] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const actOn = (of: string) => (action: string, input: object) => {
    setBusy(true)
    void perform(of, action, input).then((performed) => {
      setBusy(false)
      setSaid(performed.said)
      refreshAfter(store)
    })
  }
  const controls = controlsOf[desk]
  const clock = actOn('clock')
  return (
    <aside className="wb-sim" lang="en" dir="ltr" aria-label="Simulator controls" aria-busy={busy}>
      <header>
        <h2>Simulators</h2>
        <button type="button" onClick={onClose}>
          Close
        </button>
        <p>Controls of the world outside: simulated providers in this process. No part of Recon, no real account.</p>
      </header>
      <p className="wb-sim-said" role="status">
        {said ?? 'Do something, and watch the screen.'}
      </p>
      {state?.facts && controls ? controls(state.facts, actOn(desk)) : null}
      {controls === undefined ? <p>This desk needs nobody outside but its client: see the mail viewer.</p> : null}
      <section aria-label="Time">
        <h3>Time in the workbench</h3>
        <p>{state === null ? '' : `${state.now.slice(0, 16).replace('T', ' ')} UTC`}</p>
        <div className="wb-sim-row">
          <button type="button" onClick={() => clock('quarterHour', {})}>
            15 minutes on
          </button>
          <button type="button" onClick={() => clock('nextDay', {})}>
            A day on
          </button>
          <button type="button" onClick={() => clock('nextMonth', {})}>
            To the next month
          </button>
        </div>
      </section>
    </aside>
  )
}
