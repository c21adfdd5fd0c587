import { randomBytes } from 'node:crypto'
import { type MagicLink, signInMinutes } from '@recon/core'
import { sha256 } from '../store/digest.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { PortalSetup } from './portal-setup.ts'

export interface LinkOrder {
  readonly runId: string
  readonly contactId: string
  readonly generation: number
  readonly kind: MagicLink['kind']
  /** End of a dispatch link; a sign-in link ends after its minutes, or here if that is sooner. */
  readonly expiresAt: string
}

/** A new link: 32 random bytes that exist in the mail alone. The database keeps their SHA-256. */
export async function issueLink(unit: UnitOfWork, order: LinkOrder, setup: PortalSetup): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const soon = new Date(Date.parse(unit.now) + signInMinutes * 60_000).toISOString()
  await unit.db
    .insertInto('magic_link')
    .values({
      tenant_id: unit.tenantId,
      id: unit.newId(),
      run_id: order.runId,
      contact_id: order.contactId,
      kind: order.kind,
      generation: order.generation,
      status: 'ISSUED',
      token_hash: sha256(token),
      issued_at: unit.now,
      expires_at: order.kind === 'SIGN_IN' && soon < order.expiresAt ? soon : order.expiresAt,
      used_at: null,
    })
    .execute()
  return `${setup.url}/portal/enter/${token}`
}

/** Ends every link and session of a run: from the commit on, nothing older opens anything. */
export async function revokeAccess(unit: UnitOfWork, runId: string): Promise<void> {
  await unit.db
    .updateTable('magic_link')
    .set({ status: 'REVOKED' })
    .where('tenant_id', '=', unit.tenantId)
    .where('run_id', '=', runId)
    .where('status', 'in', ['ISSUED', 'USED'])
    .execute()
  await unit.db
    .updateTable('portal_session')
    .set({ status: 'REVOKED' })
    .where('tenant_id', '=', unit.tenantId)
    .where('run_id', '=', runId)
    .where('status', '=', 'ACTIVE')
    .execute()
}
