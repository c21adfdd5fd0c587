import { type Decision, type ProviderEvent, ReconError } from '@recon/core'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { recordPayment, reinstatePayment, reversePayment } from '../use-cases/record-recovery.ts'
import type { CollectionsServices } from './collections-services.ts'

/** What became of an event: recorded, known from before, or not about a placement of ours. */
export type EventOutcome = 'RECORDED' | 'KNOWN' | 'NOT_OURS' | 'REFUSED'

/** The name of the placement in a payment's metadata. */
const placementKeys = ['placement', 'placement_id'] as const

/**
 * Takes a processor's event into the remittance ledger. Delivered twice or out of order it does no harm: a payment, dispute or
 * reinstatement has one row each. A dispute that comes before its payment is refused, so that the job tries it again later.
 */
export async function receivePaymentEvent(
  unit: UnitOfWork,
  event: ProviderEvent,
  services: CollectionsServices,
  provider?: string,
): Promise<EventOutcome> {
  const occurredAt = event.occurredAt ?? unit.now
  switch (event.kind) {
    case 'PAYMENT_UPDATED': {
      const placementId = placementKeys.map((key) => event.metadata[key]).find((value) => value !== undefined)
      if (event.status !== 'SUCCEEDED' || event.amount === undefined || placementId === undefined) return 'NOT_OURS'
      return outcomeOf(
        await recordPayment(
          unit,
          { placementId, paymentId: event.paymentId, amount: event.amount, occurredAt },
          services,
        ),
      )
    }
    case 'PAYMENT_REVERSED': {
      const parent = await findRow(unit, event.paymentId)
      if (parent === undefined) throw notYet(event.paymentId)
      const back = {
        placementId: parent.placement_id,
        paymentId: event.reversalId,
        parentRemittanceId: parent.id,
        amount: event.amount,
        occurredAt: later(occurredAt, parent.occurred_at),
      }
      return outcomeOf(await reversePayment(unit, back, services))
    }
    case 'REVERSAL_UNDONE': {
      const parent = await findRow(unit, event.reversalId)
      if (parent === undefined) throw notYet(event.reversalId)
      const back = {
        placementId: parent.placement_id,
        paymentId: `${event.reversalId}:reinstated`,
        parentRemittanceId: parent.id,
        amount: event.amount,
        occurredAt: later(occurredAt, parent.occurred_at),
      }
      return outcomeOf(await reinstatePayment(unit, back, services))
    }
    case 'RECORD_CHANGED': {
      if (event.entity.toLowerCase() === 'payment' && provider !== undefined) {
        const data = { tenantId: unit.tenantId, provider, paymentId: event.entityId }
        unit.enqueue({ queue: 'drift-check', data })
        return 'RECORDED'
      }
      const placementIds = event.entity.toLowerCase() === 'invoice' ? await placementsOf(unit, event.entityId) : []
      for (const placementId of placementIds) {
        unit.enqueue({ queue: 'drift-check', data: { tenantId: unit.tenantId, placementId } })
      }
      return placementIds.length > 0 ? 'RECORDED' : 'NOT_OURS'
    }
    default:
      return 'NOT_OURS'
  }
}

function outcomeOf(decision: Decision<unknown>): EventOutcome {
  if (decision.ok) return 'RECORDED'
  return decision.refusal.code === 'PAYMENT_RECORDED' ? 'KNOWN' : 'REFUSED'
}

/** Placements of an invoice in the books: what the books say of it now is compared with what we wrote. */
async function placementsOf(unit: UnitOfWork, invoiceId: string): Promise<string[]> {
  const rows = await unit.db
    .selectFrom('placement')
    .select('id')
    .where('tenant_id', '=', unit.tenantId)
    .where('invoice_id', '=', invoiceId)
    .limit(10)
    .execute()
  return rows.map((row) => row.id)
}

async function findRow(unit: UnitOfWork, paymentId: string) {
  return unit.db
    .selectFrom('remittance')
    .select(['id', 'placement_id', 'occurred_at'])
    .where('tenant_id', '=', unit.tenantId)
    .where('payment_id', '=', paymentId)
    .executeTakeFirst()
}

/** Clocks of a processor may stand a second apart: what follows a payment is never dated before it. */
const later = (left: string, right: string): string => (Date.parse(left) < Date.parse(right) ? right : left)

function notYet(paymentId: string): ReconError {
  return new ReconError(
    'NOT_FOUND',
    `There is no row of "${paymentId.slice(0, 60)}" yet: its own event has not come.`,
    { retryable: true },
  )
}
