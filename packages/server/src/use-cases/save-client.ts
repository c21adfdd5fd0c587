import {
  allow,
  type ClientContact,
  type Decision,
  type Money,
  missingPermission,
  ReconError,
  refuse,
} from '@recon/core'
import { mailAddress } from '../outbox/mail-address.ts'
import { type FirmClient, loadClient, loadContacts } from '../portal/statement-run.ts'
import { recordActivity } from '../store/activity-chain.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { readCursor, writeCursor } from './cursor.ts'

export interface ClientInput {
  readonly id?: string
  readonly version?: number
  readonly legalName: string
  readonly accounts?: readonly string[]
  readonly materiality?: readonly Money[]
  readonly categories?: readonly string[]
}

/** Creates a client of the firm or changes it. */
export async function saveClient(unit: UnitOfWork, input: ClientInput): Promise<Decision<FirmClient>> {
  const missing = missingPermission(unit.actor, 'run.dispatch', 'BOOKKEEPING')
  if (missing) return { ok: false, refusal: missing }
  const before = input.id === undefined ? undefined : await findClient(unit, input.id)
  if (before !== undefined && before.version !== input.version) {
    throw new ReconError('VERSION_CONFLICT', 'The client was changed meanwhile. Load it again.', {
      details: { current: before },
    })
  }
  const client: FirmClient = {
    id: input.id ?? unit.newId(),
    version: (before?.version ?? 0) + 1,
    legalName: input.legalName,
    accounts: input.accounts ?? before?.accounts ?? [],
    materiality: input.materiality ?? before?.materiality ?? [],
    categories: input.categories ?? before?.categories ?? [],
  }
  const { id, version, legalName, ...body } = client
  const columns = { legal_name: legalName, body: JSON.stringify(body), version }
  await unit.db
    .insertInto('client')
    .values({ tenant_id: unit.tenantId, id, ...columns })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doUpdateSet(columns))
    .execute()
  await recordActivity(unit, [
    {
      name: before === undefined ? 'client.created' : 'client.changed',
      at: unit.now,
      actorId: unit.actor.id,
      subject: { kind: 'client', id },
      version,
      data: { changes: client },
    },
  ])
  return allow(client)
}

async function findClient(unit: UnitOfWork, id: string): Promise<FirmClient | undefined> {
  try {
    return await loadClient(unit, id)
  } catch (error) {
    if (ReconError.is(error) && error.code === 'NOT_FOUND') return undefined
    throw error
  }
}

export interface ContactInput {
  readonly clientId: string
  readonly id?: string
  readonly name: string
  readonly email: string
  readonly active?: boolean
  readonly canSubmitIntake?: boolean
}

/** Creates a contact or changes it. A portal session reads the contact at every request, so a right taken away is gone. */
export async function saveContact(unit: UnitOfWork, input: ContactInput): Promise<Decision<ClientContact>> {
  const missing = missingPermission(unit.actor, 'run.dispatch', 'BOOKKEEPING')
  if (missing) return { ok: false, refusal: missing }
  await loadClient(unit, input.clientId)
  const email = mailAddress(input.email)
  if (!email.ok) return email
  const before = (await loadContacts(unit, input.clientId)).find((one) => one.id === input.id)
  if (before === undefined && input.id !== undefined && (await contactExists(unit, input.id))) {
    return refuse('CONTACT_OF_OTHER_CLIENT', 'That contact belongs to another client.', { ids: [input.id] })
  }
  const contact: ClientContact = {
    id: input.id ?? unit.newId(),
    clientId: input.clientId,
    name: input.name,
    email: email.value,
    active: input.active ?? before?.active ?? true,
    canSubmitIntake: input.canSubmitIntake ?? before?.canSubmitIntake ?? false,
  }
  const columns = {
    name: contact.name,
    email: contact.email,
    active: contact.active,
    can_submit_intake: contact.canSubmitIntake,
  }
  const stored = await unit.db
    .insertInto('contact')
    .values({ tenant_id: unit.tenantId, id: contact.id, client_id: contact.clientId, version: 1, ...columns })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'id'])
        .doUpdateSet((update) => ({ ...columns, version: update('contact.version', '+', 1) })),
    )
    .returning('version')
    .executeTakeFirstOrThrow()
  await recordActivity(unit, [
    {
      name: before === undefined ? 'contact.created' : 'contact.changed',
      at: unit.now,
      actorId: unit.actor.id,
      subject: { kind: 'contact', id: contact.id },
      version: stored.version,
      data: { clientId: contact.clientId, active: contact.active, changes: contact },
    },
  ])
  return allow(contact)
}

async function contactExists(unit: UnitOfWork, id: string): Promise<boolean> {
  const row = await unit.db
    .selectFrom('contact')
    .select('id')
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row !== undefined
}

/** Clients by id; `search` is part of the name. */
export async function listClients(
  unit: UnitOfWork,
  query: { readonly search?: string; readonly cursor?: string; readonly limit?: number },
): Promise<{ rows: FirmClient[]; nextCursor: string | null }> {
  const limit = query.limit ?? 100
  let clients = unit.db
    .selectFrom('client')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .orderBy('id')
    .limit(limit + 1)
  if (query.search !== undefined) {
    clients = clients.where('legal_name', 'ilike', `%${query.search.replaceAll(/[\\%_]/g, '\\$&')}%`)
  }
  const cursor = readCursor(query.cursor, 'client')
  if (cursor !== undefined) clients = clients.where('id', '>', cursor.id)
  const found = await clients.execute()
  const page = found.slice(0, limit)
  const rows: FirmClient[] = []
  for (const row of page) rows.push(await loadClient(unit, row.id))
  const last = page.at(-1)
  return { rows, nextCursor: found.length > limit && last !== undefined ? writeCursor('client', '', last.id) : null }
}
