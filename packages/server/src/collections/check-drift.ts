import {
  type Actor,
  type Drift,
  driftBetween,
  type InvoiceBalance,
  type Money,
  ReconError,
  readAgain,
  subtractMoney,
  sumMoney,
} from '@recon/core'
import { recordActivity } from '../store/activity-chain.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { Transact } from '../use-cases/use-cases.ts'
import { booksOf, type CollectionsServices } from './collections-services.ts'
import { loadCreditor } from './creditor-rows.ts'
import { placementOf } from './placement-rows.ts'
import { findDrift, type StoredMapping, storeDrift } from './writeback-rows.ts'

export interface DriftRoom extends CollectionsServices {
  readonly transact: Transact
  readonly worker: Actor
}

interface Believed {
  readonly placementId: string
  readonly invoiceId: string
  readonly provider: string
  /** The invoice less what is posted: what the books should say. */
  readonly cached: Money
}

/** Compares one invoice in the books with what was written to them. A difference is an event for a person, never a correction. */
export async function checkDrift(room: DriftRoom, tenantId: string, placementId: string): Promise<void> {
  const believed = await room.transact(tenantId, room.worker, (unit) => believe(unit, room, placementId))
  if (believed === undefined) return
  const books = room.providers.find((provider) => provider.name === believed.provider)?.books
  if (books?.readInvoice === undefined) return
  const live = await books.readInvoice(believed.invoiceId)
  await room.transact(tenantId, room.worker, async (unit) => {
    // A write that happened while the books were read would look like drift: then the next check says more.
    const now = await believe(unit, room, placementId)
    if (now !== undefined && now.cached.amount === believed.cached.amount) await note(unit, now, live)
  })
}

const settled: Readonly<Record<string, true>> = { posted: true, reverted: true, abandoned: true }

async function believe(unit: UnitOfWork, room: DriftRoom, placementId: string): Promise<Believed | undefined> {
  const row = await unit.db
    .selectFrom('placement')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', placementId)
    .executeTakeFirst()
  if (row === undefined) throw new ReconError('NOT_FOUND', 'There is no such placement.', { place: 'placementId' })
  const placement = placementOf(row)
  const provider = booksOf(room, await loadCreditor(unit, placement.creditorId))
  if (provider === undefined || placement.invoiceId === undefined) return undefined
  const mappings = await unit.db
    .selectFrom('writeback_mapping')
    .select('body')
    .where('tenant_id', '=', unit.tenantId)
    .where('placement_id', '=', placementId)
    .execute()
  const writes = mappings.map((one) => one.body as StoredMapping)
  if (writes.some((write) => !settled[write.status] && write.status !== 'failed')) return undefined
  // A part that went back was booked as a journal: it does not open the invoice again.
  const posted = writes
    .filter((write) => write.status === 'posted' && write.partOf === undefined)
    .map((write) => write.amount)
  const cached = subtractMoney(placement.invoiceAmount, sumMoney(posted, placement.invoiceAmount.currency))
  return { placementId, invoiceId: placement.invoiceId, provider: provider.name, cached }
}

async function note(
  unit: UnitOfWork,
  { placementId, invoiceId, cached }: Believed,
  live: InvoiceBalance,
): Promise<void> {
  const before = await findDrift(unit, placementId)
  const reading = { cached, live: live.balance, now: unit.now, actorId: unit.actor.id }
  if (before !== undefined) {
    const change = readAgain(before, reading)
    if (!change.ok) throw new ReconError('PROVIDER_RESPONSE_INVALID', change.refusal.message)
    if (change.value === null) return
    await storeDrift(unit, change.value.subject)
    await recordActivity(unit, change.value.events)
    return unit.announce(`placement:${placementId}`)
  }
  const found = driftBetween(cached, live.balance)
  if (!found.ok) throw new ReconError('PROVIDER_RESPONSE_INVALID', found.refusal.message)
  if (found.value === null) return
  const drift: Drift = {
    id: unit.newId(),
    version: 1,
    placementId,
    invoiceId,
    status: 'open',
    cached,
    live: live.balance,
    amount: found.value,
    seenAt: unit.now,
  }
  await storeDrift(unit, drift)
  const { version, ...changes } = drift
  const subject = { kind: 'drift', id: drift.id }
  await recordActivity(unit, [
    { name: 'writeback.drift_found', at: unit.now, actorId: unit.actor.id, subject, version, data: { changes } },
  ])
  unit.announce(`placement:${placementId}`)
}
