import type { PlacementDetail, PlacementRow } from '@recon/client'
import {
  allow,
  contingencyFee,
  type Decision,
  isZeroMoney,
  type Money,
  missingPermission,
  type Placement,
  placementActions,
  placementTotals,
  ReconError,
  type Remittance,
  refuse,
  toMinorUnits,
} from '@recon/core'
import { type CollectionsServices, railOf } from '../collections/collections-services.ts'
import { loadCreditor } from '../collections/creditor-rows.ts'
import { insertPlacement, placementOf, remittancesOf } from '../collections/placement-rows.ts'
import { recordActivity } from '../store/activity-chain.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { readCursor, writeCursor } from './cursor.ts'

export interface PlaceInvoiceInput {
  readonly id?: string
  readonly creditorId: string
  readonly invoiceNumber: string
  readonly invoiceId?: string
  readonly invoiceAmount: Money
  readonly rate: string
}

/** Places one invoice to be collected at a contingency rate. */
export async function placeInvoice(
  unit: UnitOfWork,
  input: PlaceInvoiceInput,
  services: CollectionsServices,
): Promise<Decision<PlacementDetail>> {
  const missing = missingPermission(unit.actor, 'placement.close', 'COLLECTIONS')
  if (missing) return { ok: false, refusal: missing }
  const creditor = await loadCreditor(unit, input.creditorId)
  if (toMinorUnits(input.invoiceAmount) <= 0n || isZeroMoney(input.invoiceAmount)) {
    return refuse('AMOUNT_NOT_POSITIVE', 'An invoice to be collected is greater than zero.')
  }
  // The fee rule is the one that knows what a rate is.
  const rate = contingencyFee({ recovered: input.invoiceAmount, rate: input.rate, rounding: 'HALF_UP' })
  if (!rate.ok) return rate
  const id = input.id ?? unit.newId()
  const known = await unit.db
    .selectFrom('placement')
    .select('id')
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (known !== undefined) return refuse('PLACEMENT_KNOWN', 'That placement exists already.', { ids: [id] })
  const placement: Placement = {
    id,
    version: 1,
    creditorId: creditor.id,
    invoiceNumber: input.invoiceNumber,
    invoiceAmount: input.invoiceAmount,
    status: 'open',
    rates: [{ rate: input.rate, from: unit.now }],
    ...(input.invoiceId === undefined ? {} : { invoiceId: input.invoiceId }),
  }
  await insertPlacement(unit, placement)
  const { version, ...changes } = placement
  const event = {
    name: 'collections.placement.placed',
    at: unit.now,
    actorId: unit.actor.id,
    subject: { kind: 'placement', id },
    version,
    data: { changes },
  }
  await recordActivity(unit, [event])
  return allow(placementDetail(unit, placement, [], creditor.id, railOf(services, creditor) !== undefined))
}

export function placementRow(placement: Placement, remittances: readonly Remittance[]): PlacementRow {
  return { ...placement, rates: [...placement.rates], totals: placementTotals(placement, remittances) }
}

/** A placement with its rows and, by name, why an action is not possible now. */
export function placementDetail(
  unit: UnitOfWork,
  placement: Placement,
  remittances: readonly Remittance[],
  creditorId: string,
  transferRail: boolean,
): PlacementDetail {
  const { whyNot } = placementActions(placement, unit.actor, { now: unit.now, remittances, transferRail })
  const reasons = Object.entries(whyNot).map(([name, { ids, ...refusal }]) => [
    name,
    { ...refusal, ...(ids === undefined ? {} : { ids: [...ids] }) },
  ])
  return {
    ...placementRow(placement, remittances),
    remittances: remittances.map((row) => ({ ...row, creditorId })),
    whyNot: Object.fromEntries(reasons) as PlacementDetail['whyNot'],
  }
}

/** @throws ReconError NOT_FOUND, FORBIDDEN */
export async function getPlacement(
  unit: UnitOfWork,
  placementId: string,
  services: CollectionsServices,
): Promise<PlacementDetail> {
  const missing = missingPermission(unit.actor, 'placement.view', 'COLLECTIONS')
  if (missing) throw new ReconError('FORBIDDEN', missing.message)
  const row = await unit.db
    .selectFrom('placement')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', placementId)
    .executeTakeFirst()
  if (row === undefined) throw new ReconError('NOT_FOUND', 'There is no such placement.', { place: 'placementId' })
  const creditor = await loadCreditor(unit, row.creditor_id)
  return placementDetail(
    unit,
    placementOf(row),
    await remittancesOf(unit, [placementId]),
    creditor.id,
    railOf(services, creditor) !== undefined,
  )
}

export interface PlacementQuery {
  readonly cursor?: string
  readonly limit?: number
  readonly creditorId?: string
  readonly status?: string
  readonly search?: string
}

/** Placements, the newest first, with their rolling figures. */
export async function listPlacements(
  unit: UnitOfWork,
  query: PlacementQuery,
): Promise<{ rows: PlacementRow[]; nextCursor: string | null }> {
  const missing = missingPermission(unit.actor, 'placement.view', 'COLLECTIONS')
  if (missing) throw new ReconError('FORBIDDEN', missing.message)
  const limit = query.limit ?? 50
  let placements = unit.db
    .selectFrom('placement')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit + 1)
  if (query.creditorId !== undefined) placements = placements.where('creditor_id', '=', query.creditorId)
  if (query.status !== undefined) placements = placements.where('status', '=', query.status)
  if (query.search !== undefined && query.search !== '') {
    const pattern = `%${query.search.replaceAll(/[\\%_]/g, '\\$&')}%`
    placements = placements.where((where) =>
      where.or([where('invoice_number', 'ilike', pattern), where('id', 'ilike', pattern)]),
    )
  }
  const cursor = readCursor(query.cursor, 'placement')
  if (cursor !== undefined) {
    placements = placements.where((where) =>
      where.or([
        where('created_at', '<', cursor.value),
        where.and([where('created_at', '=', cursor.value), where('id', '>', cursor.id)]),
      ]),
    )
  }
  const found = await placements.execute()
  const page = found.slice(0, limit)
  const remittances = await remittancesOf(
    unit,
    page.map((row) => row.id),
  )
  const last = page.at(-1)
  return {
    rows: page.map((row) =>
      placementRow(
        placementOf(row),
        remittances.filter((one) => one.placementId === row.id),
      ),
    ),
    nextCursor: found.length > limit && last !== undefined ? writeCursor('placement', last.created_at, last.id) : null,
  }
}
