import {
  type Actor,
  type BookedPayment,
  type Books,
  type Echo,
  moveWriteback,
  ReconError,
  recognizeEcho,
  stampsIn,
} from '@recon/core'
import { sql } from 'kysely'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { Transact } from '../use-cases/use-cases.ts'
import type { CollectionsServices } from './collections-services.ts'
import { lockMapping, type StoredMapping, storeMappingChange } from './writeback-rows.ts'

export interface RecognizeRoom extends CollectionsServices {
  readonly transact: Transact
  readonly worker: Actor
}

/**
 * Reads a payment the books told of and says whether it is our own write on its way back. Ours as it was written: nothing to do.
 * Ours without a recorded answer: the mapping is completed from it. Anything else: the invoices it touches are compared.
 */
export async function recognizeWrite(
  room: RecognizeRoom,
  tenantId: string,
  providerName: string,
  paymentId: string,
): Promise<Echo['kind'] | 'GONE' | 'NOT_READABLE'> {
  const books = room.providers.find((one) => one.name === providerName)?.books
  if (books?.readPayment === undefined) return 'NOT_READABLE'
  const payment = await readIfThere(books.readPayment, paymentId)
  return room.transact(tenantId, room.worker, async (unit) => {
    const mappings = await mappingsOf(unit, providerName, paymentId, payment)
    if (payment === undefined) {
      await orderChecks(unit, [...new Set(mappings.map((mapping) => mapping.invoiceId))])
      return 'GONE'
    }
    const echo = recognizeEcho(payment, mappings)
    if (echo.kind === 'UNRECORDED' && echo.mappingId !== undefined) await complete(unit, echo.mappingId, paymentId)
    else if (echo.kind !== 'OURS') await orderChecks(unit, payment.invoiceIds)
    return echo.kind
  })
}

/** A payment that was deleted there is not found any more. */
async function readIfThere(
  read: NonNullable<Books['readPayment']>,
  paymentId: string,
): Promise<BookedPayment | undefined> {
  try {
    return await read(paymentId)
  } catch (error) {
    if (ReconError.is(error) && error.code === 'NOT_FOUND') return undefined
    throw error
  }
}

/** The write the payment is recorded for, and those of the placements its memo names: anybody can type a stamp. */
async function mappingsOf(
  unit: UnitOfWork,
  provider: string,
  paymentId: string,
  payment: BookedPayment | undefined,
): Promise<StoredMapping[]> {
  const placements = stampsIn(payment?.memo ?? '').slice(0, 20)
  const rows = await unit.db
    .selectFrom('writeback_mapping')
    .select('body')
    .where('tenant_id', '=', unit.tenantId)
    .where('provider', '=', provider)
    .where((where) =>
      where.or([
        sql<boolean>`body ->> 'externalId' = ${paymentId}`,
        ...(placements.length === 0 ? [] : [where('placement_id', 'in', placements)]),
      ]),
    )
    .limit(1000)
    .execute()
  return rows.map((row) => row.body as StoredMapping)
}

async function complete(unit: UnitOfWork, mappingId: string, externalId: string): Promise<void> {
  const mapping = await lockMapping(unit, mappingId)
  const moved = moveWriteback(mapping, 'confirm', { now: unit.now, actorId: unit.actor.id, externalId })
  // The answer of the write may have come between: then it is recorded already.
  if (moved.ok) await storeMappingChange(unit, mapping, moved.value)
}

async function orderChecks(unit: UnitOfWork, invoiceIds: readonly string[]): Promise<void> {
  if (invoiceIds.length === 0) return
  const rows = await unit.db
    .selectFrom('placement')
    .select('id')
    .where('tenant_id', '=', unit.tenantId)
    .where('invoice_id', 'in', [...invoiceIds].slice(0, 100))
    .limit(100)
    .execute()
  for (const { id } of rows) unit.enqueue({ queue: 'drift-check', data: { tenantId: unit.tenantId, placementId: id } })
}
