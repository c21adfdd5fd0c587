import { allow, type Decision, refuse } from '../decision.ts'
import type { IsoInstant } from '../records/iso-date.ts'
import type { ClientContact, ReconciliationRun } from '../review/reconciliation-run.ts'
import { defineMachine } from '../transition-table.ts'
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
  effects: {
    redeem: [{ type: 'START_SESSION' }],
    revoke: [{ type: 'END_SESSIONS' }],
    expire: [{ type: 'END_SESSIONS' }],
  },
})
export type MagicLinkStatus = keyof typeof magicLinkMachine.states

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

/** How long a SIGN_IN link lives (OWASP ASVS 5.0, 6.5.5 asks for 10 minutes at most). */
export const signInMinutes = 10
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
    return refuse(
      'LINK_REVOKED',
      'This link is no longer valid: use the link of the latest mail, or ask for a new one.',
    )
  }
  if (link.status === 'EXPIRED' || !isBefore(context.now, link.expiresAt)) {
    return refuse('LINK_EXPIRED', 'This link has expired: ask for a new one.')
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
    : refuse('LINK_USED', 'This sign-in link was used already: ask for another one.')
}

/** Signs in once. The host makes it one conditional update, so that only one of many at the same moment succeeds. */
export function redeemLink(link: MagicLink, context: LinkContext): Decision<MagicLink, LinkRefusalCode> {
  const standing = linkStanding(link, context)
  if (!standing.ok) return standing
  if (link.status !== 'ISSUED') return refuse('LINK_USED', 'This link was used already: ask for a fresh sign-in mail.')
  return allow({ ...link, status: 'USED' })
}

/** Whether an instant is earlier; instants may carry fractions of any length. */
export function isBefore(left: IsoInstant, right: IsoInstant): boolean {
  return Date.parse(left) < Date.parse(right)
}
