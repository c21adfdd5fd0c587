import { allow, type Decision, missingPermission, ReconError } from '@recon/core'
import {
  type Creditor,
  type CreditorAccounts,
  creditorOf,
  findCreditor,
  storeCreditor,
} from '../collections/creditor-rows.ts'
import { recordActivity } from '../store/activity-chain.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { readCursor, writeCursor } from './cursor.ts'

export interface CreditorInput {
  readonly id?: string
  readonly version?: number
  readonly name: string
  readonly booksProvider?: string | null
  readonly transferDestination?: string | null
  readonly accounts?: CreditorAccounts
}

/** Creates a creditor or changes it. What was recorded under the old settings stays as it was. */
export async function saveCreditor(unit: UnitOfWork, input: CreditorInput): Promise<Decision<Creditor>> {
  const missing = missingPermission(unit.actor, 'placement.close', 'COLLECTIONS')
  if (missing) return { ok: false, refusal: missing }
  const before = input.id === undefined ? undefined : await findCreditor(unit, input.id)
  if (before !== undefined && before.version !== input.version) {
    throw new ReconError('VERSION_CONFLICT', 'The creditor was changed meanwhile. Load it again.', {
      details: { current: before },
    })
  }
  const creditor: Creditor = {
    id: input.id ?? unit.newId(),
    version: (before?.version ?? 0) + 1,
    name: input.name,
    booksProvider: input.booksProvider === undefined ? (before?.booksProvider ?? null) : input.booksProvider,
    transferDestination:
      input.transferDestination === undefined ? (before?.transferDestination ?? null) : input.transferDestination,
    accounts: input.accounts ?? before?.accounts ?? {},
  }
  await storeCreditor(unit, creditor)
  const name = before === undefined ? 'collections.creditor.created' : 'collections.creditor.changed'
  const subject = { kind: 'creditor', id: creditor.id }
  await recordActivity(unit, [
    { name, at: unit.now, actorId: unit.actor.id, subject, version: creditor.version, data: { changes: creditor } },
  ])
  return allow(creditor)
}

/** Creditors by name. */
export async function listCreditors(
  unit: UnitOfWork,
  query: { readonly cursor?: string; readonly limit?: number },
): Promise<{ rows: Creditor[]; nextCursor: string | null }> {
  const missing = missingPermission(unit.actor, 'placement.view', 'COLLECTIONS')
  if (missing) throw new ReconError('FORBIDDEN', missing.message)
  const limit = query.limit ?? 100
  let creditors = unit.db
    .selectFrom('creditor')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .orderBy('name')
    .orderBy('id')
    .limit(limit + 1)
  const cursor = readCursor(query.cursor, 'creditor')
  if (cursor !== undefined) {
    creditors = creditors.where((where) =>
      where.or([
        where('name', '>', cursor.value),
        where.and([where('name', '=', cursor.value), where('id', '>', cursor.id)]),
      ]),
    )
  }
  const found = await creditors.execute()
  const rows = found.slice(0, limit).map(creditorOf)
  const last = rows.at(-1)
  return {
    rows,
    nextCursor: found.length > limit && last !== undefined ? writeCursor('creditor', last.name, last.id) : null,
  }
}
