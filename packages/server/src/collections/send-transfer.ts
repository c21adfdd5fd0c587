import {
  type Actor,
  moveRemittance,
  type Placement,
  ReconError,
  type Remittance,
  type RemittanceEvent,
} from '@recon/core'
import { recordActivity } from '../store/activity-chain.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { Transact } from '../use-cases/use-cases.ts'
import { announceWebhooks, eventsOf, remittanceFacts } from '../webhooks/webhook-event.ts'
import { type CollectionsServices, railOf } from './collections-services.ts'
import { type Creditor, loadCreditor } from './creditor-rows.ts'
import { remittanceOf } from './placement-rows.ts'

export interface TransferRoom extends CollectionsServices {
  readonly transact: Transact
  readonly worker: Actor
}

/** Pays the net of one row to the creditor over the rail: once, whatever is repeated, by the row's own key. */
export async function sendTransfer(room: TransferRoom, tenantId: string, remittanceId: string): Promise<void> {
  const due = await room.transact(tenantId, room.worker, async (unit) => {
    const row = await lockRemittance(unit, remittanceId)
    return row.remittance.status === 'pending'
      ? { ...row, creditor: await loadCreditor(unit, row.creditorId) }
      : undefined
  })
  if (due === undefined) return
  const answer = await pay(room, due.remittance, due.creditor)
  await room.transact(tenantId, room.worker, async (unit) => {
    const { remittance } = await lockRemittance(unit, remittanceId)
    if (remittance.status !== 'pending') return
    if (answer === undefined) return storeMove(unit, remittance, 'requireManual', {})
    if ('reference' in answer) return storeMove(unit, remittance, 'pay', { reference: answer.reference })
    if (!answer.error.retryable)
      await storeMove(unit, remittance, 'fail', { reason: answer.error.message.slice(0, 300) })
  })
  if (answer !== undefined && 'error' in answer && answer.error.retryable) throw answer.error
}

async function pay(room: TransferRoom, row: Remittance, creditor: Creditor) {
  const rail = railOf(room, creditor)?.transfers
  if (rail === undefined || creditor.transferDestination === null || row.net.amount.startsWith('-')) return undefined
  try {
    const receipt = await rail.createTransfer({
      idempotencyKey: `remittance-${row.id}`,
      destination: creditor.transferDestination,
      amount: row.net,
      group: row.placementId,
      metadata: { remittance: row.id, placement: row.placementId },
    })
    return { reference: receipt.externalId }
  } catch (error) {
    if (ReconError.is(error)) return { error }
    throw error
  }
}

export async function lockRemittance(
  unit: UnitOfWork,
  id: string,
): Promise<{ remittance: Remittance; creditorId: string; placementId: Placement['id'] }> {
  const row = await unit.db
    .selectFrom('remittance')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw new ReconError('NOT_FOUND', 'There is no such remittance.', { place: 'remittanceId' })
  return { remittance: remittanceOf(row), creditorId: row.creditor_id, placementId: row.placement_id }
}

/** Moves the transfer on; the money of the row cannot be touched, the database sees to it. */
export async function storeMove(
  unit: UnitOfWork,
  row: Remittance,
  event: RemittanceEvent,
  input: { readonly reference?: string; readonly reason?: string; readonly expectedVersion?: number },
): Promise<void> {
  const moved = moveRemittance(row, event, input, unit.actor, unit.now)
  if (!moved.ok) throw new ReconError('INTERNAL', moved.refusal.message)
  await storeRemittance(unit, moved.value.subject)
  announceWebhooks(unit, eventsOf(moved.value.effects, remittanceFacts(moved.value.subject)))
  await recordActivity(unit, moved.value.events)
  unit.announce(`placement:${row.placementId}`)
}

export async function storeRemittance(unit: UnitOfWork, row: Remittance): Promise<void> {
  await unit.db
    .updateTable('remittance')
    .set({
      status: row.status,
      transfer_reference: row.transferReference ?? null,
      paid_at: row.paidAt ?? null,
      failure: row.failure ?? null,
      version: row.version,
    })
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', row.id)
    .execute()
}
