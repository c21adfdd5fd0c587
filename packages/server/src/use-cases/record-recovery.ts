import type { PlacementDetail } from '@recon/client'
import {
  allow,
  type Decision,
  type Money,
  moveWriteback,
  type PlacementActions,
  type PlacementOutcome,
  placementActions,
  type Remittance,
  remainderOf,
  toMinorUnits,
} from '@recon/core'
import { booksOf, type CollectionsServices, railOf } from '../collections/collections-services.ts'
import { type Creditor, loadCreditor } from '../collections/creditor-rows.ts'
import {
  insertRemittance,
  type LoadedPlacement,
  lockPlacement,
  updatePlacement,
} from '../collections/placement-rows.ts'
import { insertMapping, mappingOfRemittance, storeMappingChange } from '../collections/writeback-rows.ts'
import { recordActivity } from '../store/activity-chain.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { announceWebhooks, eventsOf, placementFacts } from '../webhooks/webhook-event.ts'
import { placementDetail } from './place-invoice.ts'

export interface PaymentRecord {
  readonly placementId: string
  readonly paymentId: string
  readonly amount: Money
  readonly occurredAt: string
  readonly installment?: number
}

export interface TakeBackRecord {
  readonly placementId: string
  readonly paymentId: string
  readonly parentRemittanceId: string
  readonly amount?: Money
  readonly occurredAt: string
}

/** Mints the row of a payment at the rate then in force, and orders its write-back and its transfer. */
export async function recordPayment(
  unit: UnitOfWork,
  input: PaymentRecord,
  services: CollectionsServices,
): Promise<Decision<PlacementDetail>> {
  const { placementId, ...payment } = input
  return change(
    unit,
    placementId,
    services,
    (actions) => actions.recordPayment?.({ ...payment, remittanceId: unit.newId() }),
    'recordPayment',
  )
}

/** Mints the negative row of a chargeback, and orders what goes back in the books. */
export async function reversePayment(
  unit: UnitOfWork,
  input: TakeBackRecord,
  services: CollectionsServices,
): Promise<Decision<PlacementDetail>> {
  const { placementId, ...back } = input
  return change(
    unit,
    placementId,
    services,
    (actions) => actions.reverse?.({ ...back, remittanceId: unit.newId() }),
    'reverse',
  )
}

/** Mints the row of a won dispute, which counts as a payment again. */
export async function reinstatePayment(
  unit: UnitOfWork,
  input: TakeBackRecord,
  services: CollectionsServices,
): Promise<Decision<PlacementDetail>> {
  const { placementId, ...back } = input
  return change(
    unit,
    placementId,
    services,
    (actions) => actions.reinstate?.({ ...back, remittanceId: unit.newId() }),
    'reinstate',
  )
}

export type PlacementStep =
  | { readonly action: 'changeRate'; readonly rate: string; readonly from: string }
  | { readonly action: 'closeUncollected' | 'recall' | 'reopen' }

/** Changes the rate of later payments, closes, recalls or reopens. */
export async function actOnPlacement(
  unit: UnitOfWork,
  input: { readonly placementId: string; readonly version: number; readonly do: PlacementStep },
  services: CollectionsServices,
): Promise<Decision<PlacementDetail>> {
  const step = input.do
  const expectedVersion = input.version
  const perform = (actions: PlacementActions) =>
    step.action === 'changeRate'
      ? actions.changeRate?.({ rate: step.rate, from: step.from, expectedVersion })
      : actions[step.action]?.({ expectedVersion })
  return change(unit, input.placementId, services, perform, step.action)
}

async function change(
  unit: UnitOfWork,
  placementId: string,
  services: CollectionsServices,
  perform: (actions: PlacementActions) => Decision<PlacementOutcome> | undefined,
  name: Exclude<keyof PlacementActions, 'whyNot'>,
): Promise<Decision<PlacementDetail>> {
  const loaded = await lockPlacement(unit, placementId)
  const creditor = await loadCreditor(unit, loaded.placement.creditorId)
  const transferRail = railOf(services, creditor) !== undefined
  const actions = placementActions(loaded.placement, unit.actor, {
    now: unit.now,
    remittances: loaded.remittances,
    transferRail,
  })
  const outcome = perform(actions)
  if (outcome === undefined) {
    return { ok: false, refusal: actions.whyNot[name] ?? { code: 'NOT_POSSIBLE', message: 'Not possible now.' } }
  }
  if (!outcome.ok) return outcome
  const { subject, remittance, events, effects } = outcome.value
  await updatePlacement(unit, subject)
  const rows = remittance === undefined ? loaded.remittances : [...loaded.remittances, remittance]
  if (remittance !== undefined) {
    await insertRemittance(unit, creditor.id, remittance)
    await orderBooks(unit, services, creditor, loaded, remittance)
    if (remittance.status === 'pending')
      unit.enqueue({ queue: 'writeback', data: { tenantId: unit.tenantId, remittanceId: remittance.id } })
  }
  announceWebhooks(unit, eventsOf(effects, placementFacts(subject, rows)))
  await recordActivity(unit, events)
  unit.announce(`placement:${placementId}`)
  return allow(placementDetail(unit, subject, rows, creditor.id, transferRail))
}

/**
 * What goes to the creditor's books: a payment for money that came in; for a chargeback of all that was left the payment is
 * taken back, for a part of it a write of its own.
 */
async function orderBooks(
  unit: UnitOfWork,
  services: CollectionsServices,
  creditor: Creditor,
  loaded: LoadedPlacement,
  row: Remittance,
): Promise<void> {
  const books = booksOf(services, creditor)
  const { invoiceId } = loaded.placement
  if (books === undefined || invoiceId === undefined) return
  const base = {
    version: 1,
    provider: books.name,
    placementId: row.placementId,
    remittanceId: row.id,
    invoiceId,
    status: 'pending',
    generation: 1,
    attempts: 0,
  } as const
  if (row.kind !== 'REVERSAL') return insertMapping(unit, { ...base, id: unit.newId(), amount: row.recovered })
  const parent = loaded.remittances.find((one) => one.id === row.parentRemittanceId)
  const parentMapping = parent === undefined ? undefined : await mappingOfRemittance(unit, parent.id)
  if (parent === undefined || parentMapping === undefined) return
  const whole = toMinorUnits(remainderOf(parent, loaded.remittances).recovered) === -toMinorUnits(row.recovered)
  const untouched = loaded.remittances.every((one) => one.parentRemittanceId !== parent.id)
  if (whole && untouched) {
    const moved = moveWriteback(parentMapping, 'revert', { now: unit.now, actorId: unit.actor.id })
    if (moved.ok) await storeMappingChange(unit, parentMapping, moved.value)
    return
  }
  await insertMapping(unit, { ...base, id: unit.newId(), amount: row.recovered, partOf: parentMapping.id })
}
