import { ReconError } from '@recon/core'
import type { UnitOfWork } from '../store/unit-of-work.ts'

export interface CreditorAccounts {
  readonly deposit?: string
  readonly receivable?: string
  readonly clearing?: string
  readonly feeExpense?: string
}

export interface Creditor {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly booksProvider: string | null
  readonly transferDestination: string | null
  readonly accounts: CreditorAccounts
}

interface StoredBody {
  readonly booksProvider?: string | null
  readonly transferDestination?: string | null
  readonly accounts?: CreditorAccounts
}

export function creditorOf(row: { id: string; name: string; body: unknown; version: number }): Creditor {
  const body = row.body as StoredBody
  return {
    id: row.id,
    version: row.version,
    name: row.name,
    booksProvider: body.booksProvider ?? null,
    transferDestination: body.transferDestination ?? null,
    accounts: body.accounts ?? {},
  }
}

export async function findCreditor(unit: UnitOfWork, id: string): Promise<Creditor | undefined> {
  const row = await unit.db
    .selectFrom('creditor')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row === undefined ? undefined : creditorOf(row)
}

/** @throws ReconError NOT_FOUND */
export async function loadCreditor(unit: UnitOfWork, id: string): Promise<Creditor> {
  const creditor = await findCreditor(unit, id)
  if (creditor === undefined) throw new ReconError('NOT_FOUND', 'There is no such creditor.', { place: 'creditorId' })
  return creditor
}

export async function storeCreditor(unit: UnitOfWork, creditor: Creditor): Promise<void> {
  const { id, name, version, ...body } = creditor
  const columns = { name, version, body: JSON.stringify(body) }
  await unit.db
    .insertInto('creditor')
    .values({ tenant_id: unit.tenantId, id, ...columns })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doUpdateSet(columns))
    .execute()
}
