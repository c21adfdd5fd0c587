import { randomBytes, timingSafeEqual } from 'node:crypto'
import { type Actor, type LinkRefusalCode, type MagicLink, signInMinutes } from '@recon/core'
import { queueMail } from '../outbox/queue-mail.ts'
import { recordActivity } from '../store/activity-chain.ts'
import type { Store } from '../store/store.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { loadFirmSettings } from '../use-cases/save-settings.ts'
import { AttemptLimit } from './attempt-limit.ts'
import { entryHeaders, entryPage } from './entry-pages.ts'
import { issueLink } from './issue-link.ts'
import { isSameOrigin, nonceCookie, readCookie, sessionCookie, writeCookie } from './portal-cookie.ts'
import { type FoundLink, findLink, linkContext, redeem, viewLink } from './portal-session-store.ts'
import type { PortalSetup } from './portal-setup.ts'

export interface PortalEntryOptions {
  readonly setup: PortalSetup
  readonly store: () => Promise<Store>
  readonly transact: <Result>(
    tenantId: string,
    actor: Actor,
    work: (unit: UnitOfWork) => Promise<Result>,
  ) => Promise<Result>
  /** The caller's network address as the host knows it; used for limits alone. */
  readonly clientAddress?: (request: Request) => string | undefined
}

const system: Actor = { id: 'portal', roles: ['SYSTEM'] }
const formLimit = 2048
const mailsPerHour = 5

const refusals: Readonly<Record<LinkRefusalCode, { title: string; text: string; status: number }>> = {
  LINK_EXPIRED: {
    title: 'This link has expired',
    text: 'Your answers are kept. Ask the firm that wrote to you for a new link: they send it with one click.',
    status: 410,
  },
  LINK_REVOKED: {
    title: 'This link was replaced',
    text: 'Please use the link of the latest mail. If you have none, ask the firm that wrote to you.',
    status: 410,
  },
  LINK_USED: {
    title: 'This sign-in link was used already',
    text: 'Open the link of the first mail again and ask for a fresh sign-in link there.',
    status: 410,
  },
}

/** The pages behind a magic link: `/portal/enter/TOKEN` and `/portal/enter/TOKEN/mail`. */
export function portalEntry(
  options: PortalEntryOptions,
): (request: Request, token: string, wanted: 'enter' | 'mail') => Promise<Response> {
  const misses = new AttemptLimit({ perCaller: 30, overAll: 3000, windowMilliseconds: 60_000 })
  return async (request, token, wanted) => {
    const store = await options.store()
    const found = await findLink(store, token)
    if (found === undefined) {
      const tooMany = misses.miss(options.clientAddress?.(request) ?? 'unknown', Date.now())
      return unknownLink(tooMany)
    }
    if (request.method === 'GET' || request.method === 'HEAD') return show(options, request, found, token)
    if (!(await mayPost(options, request))) return notFromHere()
    return wanted === 'mail' ? mailFreshLink(options, found) : signIn(options, found)
  }
}

function unknownLink(tooMany: boolean): Response {
  const text = 'Please check that the whole link was opened, or ask the firm that wrote to you for a new one.'
  return entryPage({ title: 'This link is not known', paragraphs: [text], firmName: '' }, tooMany ? 429 : 404)
}

function notFromHere(): Response {
  return entryPage(
    { title: 'Please open the link again', paragraphs: ['This page was open for too long.'], firmName: '' },
    403,
  )
}

/** Looking changes nothing, however often, by whom, and whatever follows redirects or runs scripts. */
async function show(options: PortalEntryOptions, request: Request, found: FoundLink, token: string): Promise<Response> {
  const { link, tenantId } = found
  const cookie = readCookie(request, sessionCookie)
  const { opening, context, firmName } = await options.transact(tenantId, system, async (unit) => ({
    ...(await viewLink(unit, link, cookie)),
    firmName: (await loadFirmSettings(unit)).firmName,
  }))
  if (!opening.ok) return refusedPage(opening.refusal.code, firmName)
  if (opening.value === 'RESUME') return redirectToPortal(options.setup)
  const nonce = readCookie(request, nonceCookie) ?? randomBytes(24).toString('base64url')
  const confirm = opening.value === 'CONFIRM'
  const page = entryPage({
    title: confirm ? `Reconciliation portal of ${context.clientName}` : 'Sign in on this device',
    paragraphs: confirm
      ? ['Press the button to open the list of bank items that need your answer.']
      : [
          'You have signed in on another device or browser. We can send a fresh sign-in link to the address we wrote to.',
        ],
    firmName,
    form: {
      label: confirm ? 'Open the portal' : 'Send me a sign-in link',
      nonce,
      to: confirm ? token : `${token}/mail`,
    },
  })
  page.headers.append('set-cookie', writeCookie(nonceCookie, nonce, 3600))
  return page
}

/** The nonce of the page must be the nonce of the browser, and the request must come from our own page. */
async function mayPost(options: PortalEntryOptions, request: Request): Promise<boolean> {
  if (!isSameOrigin(request, options.setup.url)) return false
  const body = (await request.text()).slice(0, formLimit)
  const given = new URLSearchParams(body).get('nonce') ?? ''
  const wanted = readCookie(request, nonceCookie) ?? ''
  return (
    wanted.length >= 32 && given.length === wanted.length && timingSafeEqual(Buffer.from(given), Buffer.from(wanted))
  )
}

async function signIn(options: PortalEntryOptions, { link, tenantId }: FoundLink): Promise<Response> {
  const { redeemed, firmName } = await options.transact(tenantId, system, async (unit) => ({
    redeemed: await redeem(unit, link),
    firmName: (await loadFirmSettings(unit)).firmName,
  }))
  if (!redeemed.ok) return refusedPage(redeemed.refusal.code, firmName)
  const response = redirectToPortal(options.setup)
  response.headers.append('set-cookie', writeCookie(sessionCookie, redeemed.cookie, redeemed.seconds))
  response.headers.append('set-cookie', writeCookie(nonceCookie, '', 0))
  return response
}

function redirectToPortal(setup: PortalSetup): Response {
  const headers = entryHeaders()
  headers.set('location', setup.page)
  return new Response(null, { status: 303, headers })
}

function refusedPage(code: string, firmName: string): Response {
  const refusal = refusals[code as LinkRefusalCode] ?? refusals.LINK_REVOKED
  return entryPage({ title: refusal.title, paragraphs: [refusal.text], firmName }, refusal.status)
}

/** A short-lived link to the recorded contact alone; nobody types an address here. */
async function mailFreshLink(options: PortalEntryOptions, { link, tenantId }: FoundLink): Promise<Response> {
  const firmName = await options.transact(tenantId, system, async (unit) => {
    await queueFreshLink(unit, link, options.setup)
    return (await loadFirmSettings(unit)).firmName
  })
  const text = 'If the request is still open, a sign-in link is on its way to the address we wrote to.'
  return entryPage({ title: 'Please look at your mail', paragraphs: [text], firmName })
}

async function queueFreshLink(unit: UnitOfWork, link: MagicLink, setup: PortalSetup): Promise<void> {
  const context = await linkContext(unit, link.runId, link.contactId)
  const opening = await viewLink(unit, link, undefined)
  if (!opening.opening.ok || context.contact === undefined || link.kind !== 'DISPATCH') return
  const hourAgo = new Date(Date.parse(unit.now) - 3_600_000).toISOString()
  const recent = await unit.db
    .selectFrom('magic_link')
    .select('id')
    .where('tenant_id', '=', unit.tenantId)
    .where('run_id', '=', link.runId)
    .where('kind', '=', 'SIGN_IN')
    .where('issued_at', '>', hourAgo)
    .execute()
  if (recent.length >= mailsPerHour) return
  const order = { runId: link.runId, contactId: link.contactId, generation: link.generation, expiresAt: link.expiresAt }
  const fresh = await issueLink(unit, { ...order, kind: 'SIGN_IN' }, setup)
  const messageId = await queueMail(
    unit,
    {
      template: 'portal-sign-in',
      recipient: context.contact.email,
      subject: `Your sign-in link for ${context.clientName}`,
      link: fresh,
      runId: link.runId,
      contactId: link.contactId,
      params: { clientName: context.clientName, minutes: signInMinutes },
    },
    setup.sealer,
  )
  await recordActivity(unit, [
    {
      name: 'portal.sign_in_mail_requested',
      at: unit.now,
      actorId: 'portal',
      subject: { kind: 'outbox_message', id: messageId },
      version: 1,
      data: { contactId: link.contactId },
      runId: link.runId,
    },
  ])
}
