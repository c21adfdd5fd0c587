import { allow, type Decision, refuse } from '../decision.ts'
import type { IsoInstant } from '../records/iso-date.ts'
import { defineMachine } from '../transition-table.ts'
import { isBefore, type LinkContext } from './magic-link.ts'

export const portalSessionMachine = defineMachine({
  name: 'portal-session',
  about: 'One browser of the client, signed in by a link. It ends with its link generation.',
  initial: 'ACTIVE',
  states: {
    ACTIVE: 'Signed in.',
    ENDED: 'Signed out by the person.',
    REVOKED: 'Ended by a re-dispatch, by staff, or because the contact lost the right.',
    EXPIRED: 'Past its time.',
  },
  events: {
    use: 'A page was asked for',
    signOut: 'Signed out',
    revoke: 'Revoked',
    expire: 'The time passed',
  },
  table: {
    ACTIVE: { use: 'ACTIVE', signOut: 'ENDED', revoke: 'REVOKED', expire: 'EXPIRED' },
    ENDED: {},
    REVOKED: {},
    EXPIRED: {},
  },
})
export type PortalSessionStatus = keyof typeof portalSessionMachine.states

/** A signed-in browser. Only the hash of its cookie is kept. It never outlives its link. */
export interface PortalSession {
  readonly id: string
  readonly runId: string
  readonly contactId: string
  readonly generation: number
  readonly status: PortalSessionStatus
  readonly cookieHash: string
  readonly startedAt: IsoInstant
  readonly expiresAt: IsoInstant
}

export type SessionRefusalCode = 'SESSION_ENDED' | 'SESSION_EXPIRED' | 'SESSION_REVOKED'

/** Whether a session still opens the portal: asked on every request against the run and the contact as they are now. */
export function sessionStanding(
  session: PortalSession,
  context: LinkContext,
): Decision<PortalSession, SessionRefusalCode> {
  const { contact, run } = context
  const mayEnter = contact?.active && contact.canSubmitIntake && contact.clientId === run.clientId
  const current = session.runId === run.id && session.generation === run.generation && run.status === 'AWAITING_CLIENT'
  if (session.status === 'REVOKED' || !current || !mayEnter || contact.id !== session.contactId) {
    return refuse('SESSION_REVOKED', 'This page was replaced by a later request: open the link of the latest mail.')
  }
  if (session.status === 'ENDED')
    return refuse('SESSION_ENDED', 'You have signed out: open the link of the mail again.')
  if (session.status === 'EXPIRED' || !isBefore(context.now, session.expiresAt)) {
    return refuse('SESSION_EXPIRED', 'Your sign-in has expired: open the link of the mail again.')
  }
  return allow(session)
}
