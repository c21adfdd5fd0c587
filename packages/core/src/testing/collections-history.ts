import type { Payout } from '../collections/creditor-statement.ts'
import type { Placement } from '../collections/placement.ts'
import { type PlacementActions, type PlacementOutcome, placementActions } from '../collections/placement-actions.ts'
import { moveRemittance, type Remittance } from '../collections/remittance.ts'
import type { Decision } from '../decision.ts'
import type { IsoInstant } from '../records/iso-date.ts'
import type { ChangeEvent } from '../subject-change.ts'
import { accepted } from './accepted.ts'
import { type CollectionsStep, collectionsWorld } from './collections-world.ts'

export interface CollectionsHistory {
  readonly placements: readonly Placement[]
  readonly remittances: readonly Remittance[]
  /** One per transfer that was made. */
  readonly payouts: readonly Payout[]
  readonly events: readonly ChangeEvent[]
}

/** The steps of the collections world through the real rules: what the placements and their ledger are in the end. */
export function collectionsHistory(steps: readonly CollectionsStep[] = collectionsWorld.steps): CollectionsHistory {
  const { finance, now } = collectionsWorld
  const placements = new Map<string, Placement>(collectionsWorld.placements.map((one) => [one.id, one]))
  const rows = new Map<string, Remittance>()
  const payouts: Payout[] = []
  const events: ChangeEvent[] = []
  const act = (id: string, at: IsoInstant, transferRail: boolean, how: (actions: PlacementActions) => Outcome) => {
    const placement = placements.get(id)
    if (placement === undefined) throw new Error(`There is no placement ${id}.`)
    const context = { now: at, remittances: [...rows.values()], transferRail }
    const { subject, remittance, events: written } = accepted(how(placementActions(placement, finance, context)))
    placements.set(id, subject)
    if (remittance) rows.set(remittance.id, remittance)
    events.push(...written)
  }
  const transfer = (row: Remittance | undefined, reference: string, at: IsoInstant) => {
    if (row === undefined) throw new Error(`There is no row for ${reference}.`)
    const moved = accepted(moveRemittance(row, 'pay', { reference }, finance, at))
    rows.set(row.id, moved.subject)
    payouts.push({ id: reference, date: at.slice(0, 10), amount: row.net, reference })
    events.push(...moved.events)
  }
  for (const given of steps) {
    if (given.step === 'TRANSFER') transfer(rows.get(given.remittanceId), given.reference, given.at)
    else if (given.step === 'RATE') act(given.placementId, now, true, (actions) => actions.changeRate?.(given) ?? null)
    else if (given.step === 'CHARGEBACK')
      act(given.placementId, given.occurredAt, true, (actions) => actions.reverse?.(given) ?? null)
    else
      act(given.placementId, given.occurredAt, given.transferRail, (actions) => actions.recordPayment?.(given) ?? null)
  }
  return { placements: [...placements.values()], remittances: [...rows.values()], payouts, events }
}

type Outcome = Decision<PlacementOutcome> | null
