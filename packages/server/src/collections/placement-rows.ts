import { fromMinorUnits, type Placement, ReconError, type Remittance, toMinorUnits } from '@recon/core'
import type { Selectable } from 'kysely'
import type { PlacementTable, RemittanceTable } from '../store/collections-tables.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'

export function placementOf(row: Selectable<PlacementTable>): Placement {
  const { rates } = row.body as { rates: Placement['rates'] }
  return {
    id: row.id,
    version: row.version,
    creditorId: row.creditor_id,
    invoiceNumber: row.invoice_number,
    invoiceAmount: fromMinorUnits(row.invoice_minor, row.currency),
    status: row.status as Placement['status'],
    rates,
    ...(row.invoice_id === null ? {} : { invoiceId: row.invoice_id }),
  }
}

export function remittanceOf(row: Selectable<RemittanceTable>): Remittance {
  const money = (minor: bigint) => fromMinorUnits(minor, row.currency)
  return {
    id: row.id,
    version: row.version,
    placementId: row.placement_id,
    paymentId: row.payment_id,
    kind: row.kind as Remittance['kind'],
    status: row.status as Remittance['status'],
    recovered: money(row.recovered_minor),
    fee: money(row.fee_minor),
    net: money(row.net_minor),
    rate: row.rate,
    occurredAt: row.occurred_at,
    ...(row.parent_id === null ? {} : { parentRemittanceId: row.parent_id }),
    ...(row.installment === null ? {} : { installment: row.installment }),
    ...(row.transfer_reference === null ? {} : { transferReference: row.transfer_reference }),
    ...(row.paid_at === null ? {} : { paidAt: row.paid_at }),
    ...(row.failure === null ? {} : { failure: row.failure }),
  }
}

export interface LoadedPlacement {
  readonly placement: Placement
  readonly remittances: readonly Remittance[]
}

/**
 * A placement with all its rows, locked until the transaction ends: two payments of one placement wait for each other.
 * @throws ReconError NOT_FOUND
 */
export async function lockPlacement(unit: UnitOfWork, id: string): Promise<LoadedPlacement> {
  const row = await unit.db
    .selectFrom('placement')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw new ReconError('NOT_FOUND', 'There is no such placement.', { place: 'placementId' })
  return { placement: placementOf(row), remittances: await remittancesOf(unit, [id]) }
}

export async function remittancesOf(unit: UnitOfWork, placementIds: readonly string[]): Promise<Remittance[]> {
  if (placementIds.length === 0) return []
  const rows = await unit.db
    .selectFrom('remittance')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('placement_id', 'in', placementIds)
    .orderBy('occurred_at')
    .orderBy('id')
    .execute()
  return rows.map(remittanceOf)
}

export async function insertPlacement(unit: UnitOfWork, placement: Placement): Promise<void> {
  await unit.db
    .insertInto('placement')
    .values({
      tenant_id: unit.tenantId,
      id: placement.id,
      creditor_id: placement.creditorId,
      invoice_number: placement.invoiceNumber,
      invoice_id: placement.invoiceId ?? null,
      currency: placement.invoiceAmount.currency,
      invoice_minor: toMinorUnits(placement.invoiceAmount),
      status: placement.status,
      body: JSON.stringify({ rates: placement.rates }),
      version: placement.version,
      created_at: unit.now,
    })
    .execute()
}

/** The row is locked by whoever changes it, so no second writer can be between. */
export async function updatePlacement(unit: UnitOfWork, placement: Placement): Promise<void> {
  await unit.db
    .updateTable('placement')
    .set({ status: placement.status, body: JSON.stringify({ rates: placement.rates }), version: placement.version })
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', placement.id)
    .execute()
}

export async function insertRemittance(unit: UnitOfWork, creditorId: string, row: Remittance): Promise<void> {
  await unit.db
    .insertInto('remittance')
    .values({
      tenant_id: unit.tenantId,
      id: row.id,
      placement_id: row.placementId,
      creditor_id: creditorId,
      payment_id: row.paymentId,
      kind: row.kind,
      status: row.status,
      currency: row.recovered.currency,
      recovered_minor: toMinorUnits(row.recovered),
      fee_minor: toMinorUnits(row.fee),
      net_minor: toMinorUnits(row.net),
      rate: row.rate,
      occurred_at: row.occurredAt,
      parent_id: row.parentRemittanceId ?? null,
      installment: row.installment ?? null,
      transfer_reference: row.transferReference ?? null,
      paid_at: row.paidAt ?? null,
      failure: row.failure ?? null,
      version: row.version,
    })
    .execute()
}
