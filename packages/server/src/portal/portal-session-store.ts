import { randomBytes } from 'node:crypto'
import {
  type Actor,
  type LinkContext,
  linkStanding,
  type MagicLink,
  openLink,
  type PortalSession,
  type Refusal,
  sessionDays,
  sessionStanding,
} from '@recon/core'
import { recordActivity } from '../store/activity-chain.ts'
import { sha256 } from '../store/digest.ts'
import type { Store } from '../store/store.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { loadContacts } from './statement-run.ts'

const tokenPattern = /^[A-Za-z0-9_-]{43}$/

export interface FoundLink {
  readonly tenantId: string
  readonly link: MagicLink
}

/** A link by its token, whichever tenant's it is. A text that cannot be a token is not looked for. */
export async function findLink(store: Store, token: string): Promise<FoundLink | undefined> {
  if (!tokenPattern.test(token)) return undefined
  const row = await store.db
    .selectFrom('magic_link')
    .selectAll()
    .where('token_hash', '=', sha256(token))
    .executeTakeFirst()
  if (row === undefined) return undefined
  return {
    tenantId: row.tenant_id,
    link: {
      id: row.id,
      runId: row.run_id,
      contactId: row.contact_id,
      kind: row.kind as MagicLink['kind'],
      generation: row.generation,
      status: row.status as MagicLink['status'],
      tokenHash: row.token_hash,
      issuedAt: row.issued_at,
      expiresAt: row.expires_at,
    },
  }
}

/** The run and the contact of a link as they are now. */
export async function linkContext(
  unit: UnitOfWork,
  runId: string,
  contactId: string,
): Promise<LinkContext & { clientName: string }> {
  const row = await unit.db
    .selectFrom('run')
    .leftJoin('client', (join) =>
      join.onRef('client.tenant_id', '=', 'run.tenant_id').onRef('client.id', '=', 'run.client_id'),
    )
    .select(['run.status', 'run.body', 'run.client_id', 'client.legal_name'])
    .where('run.tenant_id', '=', unit.tenantId)
    .where('run.id', '=', runId)
    .executeTakeFirst()
  const clientId = row?.client_id ?? ''
  const contact = (await loadContacts(unit, clientId)).find((one) => one.id === contactId)
  return {
    now: unit.now,
    run: runStanding(runId, clientId, row?.status, row?.body),
    contact,
    clientName: row?.legal_name ?? '',
  }
}

/** A run that is gone opens nothing. */
function runStanding(
  id: string,
  clientId: string,
  status: string | null | undefined,
  body: unknown,
): LinkContext['run'] {
  const generation = (body as { moved?: { generation?: number } } | null | undefined)?.moved?.generation ?? 0
  return { id, status: (status ?? 'FAILED') as LinkContext['run']['status'], generation, clientId }
}

/** What the page behind a link offers to this browser. Reading changes nothing. */
export async function viewLink(unit: UnitOfWork, link: MagicLink, cookie: string | undefined) {
  const context = await linkContext(unit, link.runId, link.contactId)
  const session = cookie === undefined ? undefined : await sessionByCookie(unit, cookie)
  return { context, opening: openLink(link, session, context) }
}

async function sessionByCookie(unit: UnitOfWork, cookie: string): Promise<PortalSession | undefined> {
  const row = await unit.db
    .selectFrom('portal_session')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('cookie_hash', '=', sha256(cookie))
    .executeTakeFirst()
  return row === undefined
    ? undefined
    : {
        id: row.id,
        runId: row.run_id,
        contactId: row.contact_id,
        generation: row.generation,
        status: row.status as PortalSession['status'],
        cookieHash: row.cookie_hash,
        startedAt: row.started_at,
        expiresAt: row.expires_at,
      }
}

export type Redeemed =
  | { readonly ok: true; readonly cookie: string; readonly seconds: number }
  | { readonly ok: false; readonly refusal: Refusal }

/**
 * Signs a browser in: one conditional update takes the link, so that of any number of clicks at one moment exactly one gets a
 * session. The session is new, whatever cookie the browser brought.
 */
export async function redeem(unit: UnitOfWork, link: MagicLink): Promise<Redeemed> {
  const context = await linkContext(unit, link.runId, link.contactId)
  const standing = linkStanding(link, context)
  if (!standing.ok) return { ok: false, refusal: standing.refusal }
  const taken = await unit.db
    .updateTable('magic_link')
    .set({ status: 'USED', used_at: unit.now })
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', link.id)
    .where('status', '=', 'ISSUED')
    .where('expires_at', '>', unit.now)
    .returning('id')
    .executeTakeFirst()
  if (taken === undefined) {
    return {
      ok: false,
      refusal: { code: 'LINK_USED', message: 'This link was used already: ask for a fresh sign-in mail.' },
    }
  }
  const cookie = randomBytes(32).toString('base64url')
  const live = await unit.db
    .selectFrom('dispatch')
    .select('expires_at')
    .where('tenant_id', '=', unit.tenantId)
    .where('run_id', '=', link.runId)
    .where('status', '=', 'LIVE')
    .executeTakeFirst()
  const latest = Date.parse(unit.now) + sessionDays * 86_400_000
  const linkEnd = Date.parse(live?.expires_at ?? link.expiresAt)
  const expiresAt = new Date(Math.min(linkEnd, latest)).toISOString()
  const sessionId = unit.newId()
  await unit.db
    .insertInto('portal_session')
    .values({
      tenant_id: unit.tenantId,
      id: sessionId,
      run_id: link.runId,
      contact_id: link.contactId,
      generation: link.generation,
      status: 'ACTIVE',
      cookie_hash: sha256(cookie),
      link_id: link.id,
      started_at: unit.now,
      expires_at: expiresAt,
    })
    .execute()
  await recordActivity(unit, [
    {
      name: 'portal.session_started',
      at: unit.now,
      actorId: link.contactId,
      subject: { kind: 'portal_session', id: sessionId },
      version: 1,
      data: {
        changes: {
          ...{ id: sessionId, runId: link.runId, contactId: link.contactId, generation: link.generation },
          ...{ status: 'ACTIVE', startedAt: unit.now, expiresAt },
        },
      },
      runId: link.runId,
    },
  ])
  const seconds = Math.max(0, Math.floor((Date.parse(expiresAt) - Date.parse(unit.now)) / 1000))
  return { ok: true, cookie, seconds }
}

export interface PortalVisitor {
  readonly tenantId: string
  readonly actor: Actor
  readonly sessionId: string
  readonly runId: string
  readonly generation: number
}

/** Whose session a cookie is; the standing is asked inside the request's own transaction. */
export async function findVisitor(store: Store, cookie: string | undefined): Promise<PortalVisitor | undefined> {
  if (cookie === undefined || !tokenPattern.test(cookie)) return undefined
  const row = await store.db
    .selectFrom('portal_session')
    .innerJoin('run', (join) =>
      join.onRef('run.tenant_id', '=', 'portal_session.tenant_id').onRef('run.id', '=', 'portal_session.run_id'),
    )
    .select([
      'portal_session.tenant_id',
      'portal_session.id',
      'portal_session.run_id',
      'portal_session.contact_id',
      'portal_session.generation',
      'run.client_id',
    ])
    .where('cookie_hash', '=', sha256(cookie))
    .executeTakeFirst()
  if (row === undefined) return undefined
  const actor: Actor = { id: row.contact_id, roles: ['CLIENT_CONTACT'], clientId: row.client_id ?? '' }
  return { tenantId: row.tenant_id, actor, sessionId: row.id, runId: row.run_id, generation: row.generation }
}

/** Null while the session opens the portal: asked on every request, in one read of session, run and contact as they are now. */
export async function visitorRefused(unit: UnitOfWork, visitor: PortalVisitor): Promise<Refusal | null> {
  const row = await unit.db
    .selectFrom('portal_session as session')
    .leftJoin('run', (join) =>
      join.onRef('run.tenant_id', '=', 'session.tenant_id').onRef('run.id', '=', 'session.run_id'),
    )
    .leftJoin('contact', (join) =>
      join
        .onRef('contact.tenant_id', '=', 'session.tenant_id')
        .onRef('contact.id', '=', 'session.contact_id')
        .onRef('contact.client_id', '=', 'run.client_id'),
    )
    .selectAll('session')
    .select(['run.status as run_status', 'run.body as run_body', 'run.client_id'])
    .select(['contact.name', 'contact.email', 'contact.active', 'contact.can_submit_intake'])
    .where('session.tenant_id', '=', unit.tenantId)
    .where('session.id', '=', visitor.sessionId)
    .executeTakeFirst()
  if (row === undefined) return { code: 'SESSION_ENDED', message: 'Open the link of the mail again.' }
  const clientId = row.client_id ?? ''
  const { name, email, active, can_submit_intake: canSubmitIntake } = row
  const known = name !== null && email !== null && active !== null && canSubmitIntake !== null
  const standing = sessionStanding(
    {
      id: row.id,
      runId: row.run_id,
      contactId: row.contact_id,
      generation: row.generation,
      status: row.status as PortalSession['status'],
      cookieHash: row.cookie_hash,
      startedAt: row.started_at,
      expiresAt: row.expires_at,
    },
    {
      now: unit.now,
      run: runStanding(row.run_id, clientId, row.run_status, row.run_body),
      contact: known ? { id: row.contact_id, clientId, name, email, active, canSubmitIntake } : undefined,
    },
  )
  return standing.ok ? null : standing.refusal
}

/** Ends one session, by its own browser. */
export async function endSession(unit: UnitOfWork, sessionId: string): Promise<void> {
  await unit.db
    .updateTable('portal_session')
    .set({ status: 'ENDED' })
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', sessionId)
    .where('status', '=', 'ACTIVE')
    .execute()
}
