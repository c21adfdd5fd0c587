import { allow, andThen, type Decision, refuse } from '../decision.ts'
import type { IsoInstant } from '../records/iso-date.ts'
import type { ClientContact, ReconciliationRun } from '../review/reconciliation-run.ts'
import {
  type ChangeInput,
  recordBirth,
  recordChange,
  type Subject,
  type SubjectChange,
  wrongMoment,
} from '../subject-change.ts'
import { defineMachine, type Step, transition } from '../transition-table.ts'
import type { PortalSession } from './portal-session.ts'

export const magicLinkMachine = defineMachine({
  name: 'magic-link',
  about: 'The link in the mail. Looking at it consumes nothing: scanners look too. Only a click on the page signs in.',
  initial: 'ISSUED',
  states: {
    ISSUED: 'Sent, not yet used.',
    USED: 'Signed in once; its own browser returns, another one is offered a fresh sign-in mail.',
    REVOKED: 'Replaced by a later dispatch, or the contact lost the right.',
    EXPIRED: 'Past its last day.',
  },
  events: {
    view: 'The page was opened',
    redeem: 'The person signed in',
    revoke: 'Revoked',
    expire: 'The last day passed',
  },
  table: {
    ISSUED: { view: 'ISSUED', redeem: 'USED', revoke: 'REVOKED', expire: 'EXPIRED' },
    USED: { view: 'USED', revoke: 'REVOKED', expire: 'EXPIRED' },
    REVOKED: { view: 'REVOKED' },
    EXPIRED: { view: 'EXPIRED' },
  },
  guards: {
    expire: [{ fact: 'timePassed', must: 'BE_TRUE', code: 'NOT_EXPIRED', says: 'Its last moment has not passed.' }],
  },
  // a link that expires ends no session: each has its own last moment, and a sign-in link lives minutes
  effects: {
    redeem: [{ type: 'START_SESSION' }],
    revoke: [{ type: 'END_SESSIONS' }],
  },
})
export type MagicLinkStatus = keyof typeof magicLinkMachine.states
export type MagicLinkEvent = keyof typeof magicLinkMachine.events

/**
 * One link. The token itself is never here: only its SHA-256 is kept. DISPATCH is the link of the mail, SIGN_IN the short
 * one that lets another browser in; both end with their generation.
 */
export interface MagicLink {
  readonly id: string
  readonly runId: string
  readonly contactId: string
  readonly kind: 'DISPATCH' | 'SIGN_IN'
  readonly generation: number
  readonly status: MagicLinkStatus
  readonly tokenHash: string
  readonly issuedAt: IsoInstant
  readonly expiresAt: IsoInstant
}

/**
 * How long a SIGN_IN link lives: the fresh sign-in of another browser, 15 minutes as the product promises its clients. OWASP ASVS
 * 5.0 (6.5.5) and NIST SP 800-63B-4 would have out-of-band secrets live 10; the five more are for mail that is greylisted, and
 * are bounded: the link is single-use, opens one run alone, goes to the recorded address only, and dies with its generation.
 */
export const signInMinutes = 15
/** How long a dispatch link lives unless the tenant says otherwise. */
export const dispatchDays = 60

export interface LinkContext {
  readonly now: IsoInstant
  readonly run: Pick<ReconciliationRun, 'id' | 'status' | 'generation' | 'clientId'>
  /** The contact as it is now, not as it was at dispatch. */
  readonly contact: ClientContact | undefined
}

export type LinkRefusalCode = 'LINK_EXPIRED' | 'LINK_REVOKED' | 'LINK_USED'

/** Whether a link still opens anything: read again at every use, so that a re-dispatch ends it at once. */
export function linkStanding(link: MagicLink, context: LinkContext): Decision<MagicLink, LinkRefusalCode> {
  const { contact, run } = context
  const mayEnter = contact?.active && contact.canSubmitIntake && contact.clientId === run.clientId
  const current = link.runId === run.id && link.generation === run.generation && run.status === 'AWAITING_CLIENT'
  if (link.status === 'REVOKED' || !current || !mayEnter || contact.id !== link.contactId) {
    const message = 'This link is no longer valid: use the link of the latest mail, or ask for a new one.'
    return refuse('LINK_REVOKED', message, { ids: [link.id] })
  }
  if (link.status === 'EXPIRED' || !isBefore(context.now, link.expiresAt)) {
    return refuse('LINK_EXPIRED', 'This link has expired: ask for a new one.', { ids: [link.id] })
  }
  return allow(link)
}

/** What the page behind a link offers: a sign-in button, the portal itself, or a fresh sign-in mail to the recorded contact. */
export type LinkOpening = 'CONFIRM' | 'RESUME' | 'OFFER_SIGN_IN_MAIL'

/** Opening a link changes nothing, however often and by whom. */
export function openLink(
  link: MagicLink,
  session: PortalSession | undefined,
  context: LinkContext,
): Decision<LinkOpening, LinkRefusalCode> {
  const standing = linkStanding(link, context)
  if (!standing.ok) return standing
  const returning =
    session?.status === 'ACTIVE' && session.generation === link.generation && session.runId === link.runId
  if (returning && isBefore(context.now, session.expiresAt)) return allow('RESUME')
  if (link.status === 'ISSUED') return allow('CONFIRM')
  return link.kind === 'DISPATCH'
    ? allow('OFFER_SIGN_IN_MAIL')
    : refuse('LINK_USED', 'This sign-in link was used already: ask for another one.', { ids: [link.id] })
}

/** Signs in once. The host makes it one conditional update, so that only one of many at the same moment succeeds. */
export function redeemLink(link: MagicLink, context: LinkContext): Decision<MagicLink> {
  return andThen(redemption(link, context), ({ next }) => allow({ ...link, status: next }))
}

function redemption(link: MagicLink, context: LinkContext): Decision<Step<MagicLinkStatus>> {
  const standing = linkStanding(link, context)
  if (!standing.ok) return standing
  if (link.status !== 'ISSUED')
    return refuse('LINK_USED', 'This link was used already: ask for a fresh sign-in mail.', {
      ids: [link.id],
    })
  return transition(magicLinkMachine, link.status, 'redeem', { timePassed: false })
}

/** A link with its history: every change but a look is an event. */
export type TrackedLink = MagicLink & Subject

export type LinkOrder = Omit<MagicLink, 'status' | 'expiresAt'> & {
  /** The last moment of the dispatch. A sign-in link ends sooner. */
  readonly dispatchEnds: IsoInstant
}

/** A new link. Its token hash is in no event. */
export function issueLink(
  order: LinkOrder,
  actorId: string,
): Decision<SubjectChange<TrackedLink>, 'DATE_INVALID' | 'LINK_EXPIRED'> {
  const { dispatchEnds, ...given } = order
  const wrong = wrongMoment(order.issuedAt, dispatchEnds)
  if (wrong) return { ok: false, refusal: wrong }
  if (!isBefore(order.issuedAt, dispatchEnds)) {
    return refuse('LINK_EXPIRED', 'The request has ended: dispatch it again.', { ids: [order.runId] })
  }
  const soon = new Date(Date.parse(order.issuedAt) + signInMinutes * 60_000).toISOString()
  const expiresAt = order.kind === 'SIGN_IN' && isBefore(soon, dispatchEnds) ? soon : dispatchEnds
  const link: TrackedLink = { ...given, version: 1, status: 'ISSUED', expiresAt }
  return allow(recordBirth(link, { ...noteOf('issued'), actorId, at: order.issuedAt }, ['tokenHash']))
}

/** Signs in once, as an event (see redeemLink). */
export function spendLink(link: TrackedLink, context: LinkContext): Decision<SubjectChange<TrackedLink>> {
  return andThen(redemption(link, context), ({ next, effects }) => {
    const note = { ...noteOf('used'), actorId: link.contactId, at: context.now }
    return allow(recordChange(link, { ...link, status: next }, { ...note, effects }))
  })
}

/** Ends a link: revoked at once, expired when its last moment has passed. */
export function endLink(
  link: TrackedLink,
  how: 'revoke' | 'expire',
  input: ChangeInput,
): Decision<SubjectChange<TrackedLink>> {
  const wrong = wrongMoment(input.now)
  if (wrong) return { ok: false, refusal: wrong }
  const timePassed = !isBefore(input.now, link.expiresAt)
  return andThen(transition(magicLinkMachine, link.status, how, { timePassed }), ({ next, effects }) => {
    const note = { ...noteOf(how === 'revoke' ? 'revoked' : 'expired'), actorId: input.actorId, at: input.now }
    return allow(recordChange(link, { ...link, status: next }, { ...note, effects }))
  })
}

const noteOf = (word: string) => ({ name: `portal.link_${word}`, kind: 'magic_link' })

/** Whether an instant is earlier; instants may carry fractions of any length. */
export function isBefore(left: IsoInstant, right: IsoInstant): boolean {
  return Date.parse(left) < Date.parse(right)
}
