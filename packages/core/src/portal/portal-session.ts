import { allow, andThen, type Decision, refuse } from '../decision.ts'
import { addDays, type IsoInstant } from '../records/iso-date.ts'
import {
  type ChangeInput,
  recordBirth,
  recordChange,
  type Subject,
  type SubjectChange,
  wrongMoment,
} from '../subject-change.ts'
import { defineMachine, transition } from '../transition-table.ts'
import { isBefore, type LinkContext, type MagicLink } from './magic-link.ts'

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
  guards: {
    expire: [{ fact: 'timePassed', must: 'BE_TRUE', code: 'NOT_EXPIRED', says: 'Its time has not passed.' }],
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
  const ids = { ids: [session.id] }
  const mayEnter = contact?.active && contact.canSubmitIntake && contact.clientId === run.clientId
  const current = session.runId === run.id && session.generation === run.generation && run.status === 'AWAITING_CLIENT'
  if (session.status === 'REVOKED' || !current || !mayEnter || contact.id !== session.contactId) {
    return refuse(
      'SESSION_REVOKED',
      'This page was replaced by a later request: open the link of the latest mail.',
      ids,
    )
  }
  if (session.status === 'ENDED')
    return refuse('SESSION_ENDED', 'You have signed out: open the link of the mail again.', ids)
  if (session.status === 'EXPIRED' || !isBefore(context.now, session.expiresAt)) {
    return refuse('SESSION_EXPIRED', 'Your sign-in has expired: open the link of the mail again.', ids)
  }
  return allow(session)
}

/** A session with its history: every change but a use is an event. */
export type TrackedSession = PortalSession & Subject

/** How long a browser stays signed in at most (NIST SP 800-63B-4 asks to sign in again after 30 days), within its dispatch. */
export const sessionDays = 30

export interface SessionStart {
  readonly id: string
  readonly cookieHash: string
  readonly now: IsoInstant
  /** The last moment of the dispatch: no session outlives it. */
  readonly dispatchEnds: IsoInstant
}

/** The session of a link that was just spent. Its cookie hash is in no event. */
export function startSession(
  link: MagicLink,
  start: SessionStart,
): Decision<SubjectChange<TrackedSession>, 'LINK_NOT_SPENT' | 'SESSION_EXPIRED' | 'DATE_INVALID'> {
  const wrong = wrongMoment(start.now, start.dispatchEnds)
  if (wrong) return { ok: false, refusal: wrong }
  if (link.status !== 'USED') return refuse('LINK_NOT_SPENT', 'Sign in with the link first.', { ids: [link.id] })
  if (!isBefore(start.now, start.dispatchEnds))
    return refuse('SESSION_EXPIRED', 'The request has ended.', { ids: [link.id] })
  const { runId, contactId, generation } = link
  const { id, cookieHash, now, dispatchEnds } = start
  const latest = `${addDays(now.slice(0, 10), sessionDays)}${now.slice(10)}`
  const expiresAt = isBefore(latest, dispatchEnds) ? latest : dispatchEnds
  const session: TrackedSession = {
    ...{ id, version: 1, runId, contactId, generation, status: 'ACTIVE', cookieHash },
    ...{ startedAt: now, expiresAt },
  }
  const note = { name: 'portal.session_started', kind: 'portal_session', actorId: contactId, at: now }
  return allow(recordBirth(session, note, ['cookieHash']))
}

const endings = { signOut: 'signed_out', revoke: 'revoked', expire: 'expired' } as const

/** Ends a session: by the person, by staff or a re-dispatch, or because its time has passed. */
export function endSession(
  session: TrackedSession,
  how: keyof typeof endings,
  input: ChangeInput,
): Decision<SubjectChange<TrackedSession>> {
  const wrong = wrongMoment(input.now)
  if (wrong) return { ok: false, refusal: wrong }
  const timePassed = !isBefore(input.now, session.expiresAt)
  return andThen(transition(portalSessionMachine, session.status, how, { timePassed }), ({ next, effects }) => {
    const note = {
      name: `portal.session_${endings[how]}`,
      kind: 'portal_session',
      actorId: input.actorId,
      at: input.now,
    }
    return allow(recordChange(session, { ...session, status: next }, { ...note, effects }))
  })
}
