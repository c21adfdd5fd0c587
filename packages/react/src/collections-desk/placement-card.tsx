import type { Placement, Remittance } from '@recon/core'
import { ActionButton } from '../parts/action-button.tsx'
import { Badge, type Tone } from '../parts/scenario-badge.tsx'
import { ProgressBar } from '../parts/screen-state.tsx'
import { Sum } from '../proof-panel/proof-panel.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { usePlacementCard } from './use-placement-card.ts'

export interface PlacementCardActions {
  readonly recordPayment?: (() => void) | null
  readonly close?: (() => void) | null
  readonly recall?: (() => void) | null
}

export interface PlacementCardProps {
  readonly placement: Placement
  readonly creditor: string
  readonly rows: readonly Remittance[]
  readonly actions?: PlacementCardActions
}

export const placementTone: Readonly<Record<Placement['status'], Tone>> = {
  open: 'info',
  paid: 'good',
  closed_uncollected: 'neutral',
  recalled: 'warning',
}
const noActions: PlacementCardActions = {}

/** One invoice given to be collected: what came in, what it cost, what is left. All of it is the sum of its rows. */
export function PlacementCard({ placement, creditor, rows, actions = noActions }: PlacementCardProps) {
  const { messages, format } = useRecon()
  const words = messages.collections.placement
  const { totals, rate, share, overRecovered } = usePlacementCard(placement, rows)
  return (
    <article className="recon-card recon-placement" aria-label={words.invoice(placement.invoiceNumber)}>
      <header className="recon-placement-head">
        <div>
          <h2 className="recon-heading">{words.invoice(placement.invoiceNumber)}</h2>
          <p className="recon-quiet">
            {creditor} · {words.rate(format.percent(Number(rate)))}
          </p>
        </div>
        <Badge tone={placementTone[placement.status]}>{words.status[placement.status]}</Badge>
      </header>
      <ProgressBar done={Math.round(share * 1000)} total={1000} label={words.progress(format.percent(share))} />
      <dl className="recon-sums">
        <Sum label={words.invoiceAmount} value={placement.invoiceAmount} strong />
        <Sum label={words.recovered} value={totals.recovered} />
        <Sum label={words.fee} value={totals.fee} part />
        <Sum label={words.net} value={totals.net} part />
        <Sum label={words.outstanding} value={totals.outstanding} strong />
        {overRecovered === null ? null : <Sum label={words.overRecovered} value={overRecovered} />}
      </dl>
      <footer className="recon-foot-start">
        {actions.recordPayment === undefined ? null : (
          <ActionButton tone="primary" action={actions.recordPayment}>
            {words.recordPayment}
          </ActionButton>
        )}
        {actions.close === undefined ? null : <ActionButton action={actions.close}>{words.close}</ActionButton>}
        {actions.recall === undefined ? null : <ActionButton action={actions.recall}>{words.recall}</ActionButton>}
      </footer>
    </article>
  )
}
