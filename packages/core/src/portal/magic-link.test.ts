import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LinkContext, linkStanding, type MagicLink, openLink, redeemLink } from './magic-link.ts'
import { outboxAlarm } from './outbox-message.ts'
import { type PortalSession, sessionStanding } from './portal-session.ts'

const run: LinkContext['run'] = { id: 'run-1', status: 'AWAITING_CLIENT', generation: 1, clientId: 'client-1' }
const contact = {
  id: 'contact-1',
  clientId: 'client-1',
  name: 'Ines Orlow',
  email: 'ines@haverly.example',
  active: true,
  canSubmitIntake: true,
}
const link: MagicLink = {
  id: 'link-1',
  runId: 'run-1',
  contactId: 'contact-1',
  kind: 'DISPATCH',
  generation: 1,
  status: 'ISSUED',
  tokenHash: 'a'.repeat(64),
  issuedAt: '2026-11-21T09:00:00Z',
  expiresAt: '2027-01-20T09:00:00Z',
}
const session: PortalSession = {
  id: 'session-1',
  runId: 'run-1',
  contactId: 'contact-1',
  generation: 1,
  status: 'ACTIVE',
  cookieHash: 'b'.repeat(64),
  startedAt: '2026-11-21T09:05:00Z',
  expiresAt: '2027-01-20T09:00:00Z',
}
const context = (given: Partial<LinkContext> = {}): LinkContext => ({
  now: '2026-11-22T09:00:00Z',
  run,
  contact,
  ...given,
})

const endings: [string, Partial<LinkContext>][] = [
  ['after a re-dispatch', { run: { ...run, generation: 2 } }],
  ['after the run is complete', { run: { ...run, status: 'COMPLETE' } }],
  ['for another run', { run: { ...run, id: 'run-2' } }],
  ['when the contact is gone', { contact: undefined }],
  ['when the contact is no longer active', { contact: { ...contact, active: false } }],
  ['when the contact may no longer submit', { contact: { ...contact, canSubmitIntake: false } }],
  ['when the contact is of another client', { contact: { ...contact, clientId: 'client-2' } }],
  ['when another contact is asked for', { contact: { ...contact, id: 'contact-2' } }],
]

describe('a link', () => {
  it('changes nothing by being looked at, however often', () => {
    for (let look = 0; look < 300; look++)
      expect(openLink(link, undefined, context())).toEqual({ ok: true, value: 'CONFIRM' })
  })

  it('signs in once, then lets its own browser return and offers another one a fresh mail', () => {
    const used = redeemLink(link, context())
    expect(used).toEqual({ ok: true, value: { ...link, status: 'USED' } })
    const spent = { ...link, status: 'USED' } as const
    expect(redeemLink(spent, context())).toMatchObject({ refusal: { code: 'LINK_USED' } })
    expect(openLink(spent, session, context())).toEqual({ ok: true, value: 'RESUME' })
    expect(openLink(spent, undefined, context())).toEqual({ ok: true, value: 'OFFER_SIGN_IN_MAIL' })
    expect(openLink({ ...spent, kind: 'SIGN_IN' }, undefined, context())).toMatchObject({
      refusal: { code: 'LINK_USED' },
    })
  })

  it.each<[string, Partial<PortalSession>]>([
    ['ended', { status: 'ENDED' }],
    ['of an older generation', { generation: 0 }],
    ['of another run', { runId: 'run-2' }],
    ['past its time', { expiresAt: '2026-11-22T09:00:00Z' }],
  ])('does not resume a session that is %s', (_what, given) => {
    expect(openLink({ ...link, status: 'USED' }, { ...session, ...given }, context())).toEqual({
      ok: true,
      value: 'OFFER_SIGN_IN_MAIL',
    })
  })

  it('works until the second before it expires, and not at that second', () => {
    expect(linkStanding(link, context({ now: '2027-01-20T08:59:59Z' }))).toMatchObject({ ok: true })
    expect(linkStanding(link, context({ now: '2027-01-20T09:00:00Z' }))).toMatchObject({
      refusal: { code: 'LINK_EXPIRED' },
    })
    expect(openLink(link, session, context({ now: '2027-01-20T09:00:01Z' }))).toMatchObject({
      refusal: { code: 'LINK_EXPIRED' },
    })
    expect(linkStanding({ ...link, status: 'EXPIRED' }, context())).toMatchObject({ refusal: { code: 'LINK_EXPIRED' } })
    expect(linkStanding({ ...link, status: 'REVOKED' }, context())).toMatchObject({ refusal: { code: 'LINK_REVOKED' } })
  })

  it.each(endings)('ends %s', (_what, given) => {
    expect(redeemLink(link, context(given))).toMatchObject({ refusal: { code: 'LINK_REVOKED' } })
  })
})

describe('a session', () => {
  it('holds while its generation, contact and run hold', () => {
    expect(sessionStanding(session, context())).toEqual({ ok: true, value: session })
  })

  it.each(endings)('ends %s', (_what, given) => {
    expect(sessionStanding(session, context(given))).toMatchObject({ refusal: { code: 'SESSION_REVOKED' } })
  })

  it.each<[string, Partial<PortalSession>, string]>([
    ['signed out', { status: 'ENDED' }, 'SESSION_ENDED'],
    ['revoked', { status: 'REVOKED' }, 'SESSION_REVOKED'],
    ['expired', { status: 'EXPIRED' }, 'SESSION_EXPIRED'],
    ['past its time', { expiresAt: '2026-11-22T09:00:00Z' }, 'SESSION_EXPIRED'],
  ])('does not hold when it is %s', (_what, given, code) => {
    expect(sessionStanding({ ...session, ...given }, context())).toMatchObject({ refusal: { code } })
  })

  it('of an older generation never opens anything, whatever else is true', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(20), fc.boolean(), (own, current, active) => {
        const at = context({ run: { ...run, generation: current }, contact: { ...contact, active } })
        const opened = sessionStanding({ ...session, generation: own }, at).ok
        const entered = redeemLink({ ...link, generation: own }, at).ok
        expect([opened, entered]).toEqual([own === current && active, own === current && active])
      }),
    )
  })
})

describe('outboxAlarm', () => {
  it.each([
    ['PENDING', '2026-11-21T09:05:00Z', false],
    ['PENDING', '2026-11-21T09:05:01Z', true],
    ['SENDING', '2026-11-21T09:05:01Z', true],
    ['DISPATCHED', '2026-11-21T10:00:00Z', false],
    ['DEAD', '2026-11-21T10:00:00Z', false],
  ] as const)('%s at %s: %s', (status, now, alarm) => {
    expect(outboxAlarm({ status, createdAt: '2026-11-21T09:00:00Z' }, now)).toBe(alarm)
  })
})
