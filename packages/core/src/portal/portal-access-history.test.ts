import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../records/iso-date.ts'
import { type ChangeEvent, replaySubject, type Subject, type SubjectChange } from '../subject-change.ts'
import { accepted } from '../testing/accepted.ts'
import { bookkeepingWorld } from '../testing/bookkeeping-world.ts'
import { uncataloguedEffects } from '../testing/uncatalogued-effects.ts'
import { uncataloguedEvents } from '../testing/uncatalogued-events.ts'
import { type Dispatch, type DispatchEvent, moveDispatch, sendDispatch } from './dispatch.ts'
import { endLink, issueLink, type LinkContext, openLink, spendLink, type TrackedLink } from './magic-link.ts'
import { endSession, sessionDays, sessionStanding, startSession, type TrackedSession } from './portal-session.ts'

/** What must be true of one run's access, kept in the simplest words there are. */
interface Model {
  day: number
  generation: number
  /** Day of the latest dispatch. */
  sentOn: number
  contactOk: boolean
  closed: boolean
  /** By link: its generation, whether it was spent, revoked or noted as expired, and its last moment. */
  links: Map<string, { generation: number; spent: boolean; over: boolean; endsOn: number; signIn: boolean }>
  sessions: Map<string, { generation: number; over: boolean; endsOn: number; link: string }>
}

/** The same access through the rules, with everything that was logged. */
interface Real {
  readonly dispatches: Map<string, Dispatch>
  readonly links: Map<string, TrackedLink>
  readonly sessions: Map<string, TrackedSession>
  readonly events: ChangeEvent[]
}

const { run: firstRun, items, contact, bookkeeper } = bookkeepingWorld
const linkDays = 60
const nowOf = (model: Readonly<Model>) => `${addDays('2026-11-03', model.day)}T09:00:00Z`
const contextOf = (model: Readonly<Model>): LinkContext => ({
  now: nowOf(model),
  run: { ...firstRun, status: model.closed ? 'COMPLETE' : 'AWAITING_CLIENT', generation: model.generation },
  contact: { ...contact, active: model.contactOk },
})

function keep<S extends Subject>(real: Real, into: Map<string, S>, change: SubjectChange<S>) {
  into.set(change.subject.id, change.subject)
  real.events.push(...change.events)
  expect(uncataloguedEffects(change.effects)).toEqual([])
}

type Step = fc.Command<Model, Real>
const step = (
  name: string,
  run: (model: Model, real: Real) => void,
  check: (model: Readonly<Model>) => boolean = () => true,
): Step => ({
  check,
  run,
  toString: () => name,
})
const picked = <Value>(map: ReadonlyMap<string, Value>, pick: number) => [...map][pick % Math.max(map.size, 1)]
/** Whether anything of this generation opens at all. */
const lives = (model: Readonly<Model>, one: { generation: number; over: boolean; endsOn: number }) =>
  !one.over && one.generation === model.generation && model.contactOk && !model.closed && model.day < one.endsOn

function moveAllDispatches(model: Model, real: Real, event: DispatchEvent) {
  for (const dispatch of real.dispatches.values()) {
    const moved = moveDispatch(dispatch, event, { now: nowOf(model), actorId: bookkeeper.id })
    if (moved.ok) keep(real, real.dispatches, moved.value)
  }
}

const dispatch = step(
  'dispatch',
  (model, real) => {
    moveAllDispatches(model, real, 'redispatch')
    const run = { ...firstRun, generation: model.generation }
    const sent = accepted(sendDispatch({ run, items, contactId: contact.id, now: nowOf(model) }, bookkeeper))
    keep(real, real.dispatches, sent)
    model.generation += 1
    model.sentOn = model.day
    expect(sent.subject).toMatchObject({ id: `${firstRun.id}/${model.generation}`, generation: model.generation })
    issue('DISPATCH', model, real)
  },
  (model) => !model.closed && model.generation < 6,
)

function issue(kind: 'DISPATCH' | 'SIGN_IN', model: Model, real: Real) {
  const id = `link-${real.links.size}`
  const ends = `${addDays('2026-11-03', model.sentOn + linkDays)}T09:00:00Z`
  const order = { id, runId: firstRun.id, contactId: contact.id, kind, generation: model.generation }
  const times = { issuedAt: nowOf(model), dispatchEnds: ends }
  keep(real, real.links, accepted(issueLink({ ...order, tokenHash: `secret-${id}`, ...times }, bookkeeper.id)))
  const endsOn = kind === 'SIGN_IN' ? model.day + 1 : model.sentOn + linkDays
  model.links.set(id, { generation: model.generation, spent: false, over: false, endsOn, signIn: kind === 'SIGN_IN' })
}

const askSignIn = step(
  'ask for a sign-in link',
  (model, real) => issue('SIGN_IN', model, real),
  (model) => model.generation > 0 && model.day < model.sentOn + linkDays,
)

const look = (pick: number) =>
  step(`look at link ${pick}`, (model, real) => {
    const [id, known] = picked(model.links, pick) ?? []
    if (id === undefined || known === undefined) return
    const link = real.links.get(id) as TrackedLink
    const opened = openLink(link, undefined, contextOf(model))
    expect(opened.ok).toBe(lives(model, known) && !(known.signIn && known.spent))
    if (opened.ok) expect(opened.value).toBe(known.spent ? 'OFFER_SIGN_IN_MAIL' : 'CONFIRM')
    expect(real.links.get(id)).toBe(link)
  })

const spend = (pick: number) =>
  step(`spend link ${pick}`, (model, real) => {
    const [id, known] = picked(model.links, pick) ?? []
    if (id === undefined || known === undefined) return
    const spent = spendLink(real.links.get(id) as TrackedLink, contextOf(model))
    expect(spent.ok).toBe(lives(model, known) && !known.spent)
    if (!spent.ok) return
    keep(real, real.links, spent.value)
    known.spent = true
    const dispatchEnds = `${addDays('2026-11-03', model.sentOn + linkDays)}T09:00:00Z`
    const start = { id: `session-${real.sessions.size}`, cookieHash: 'secret-cookie', now: nowOf(model), dispatchEnds }
    keep(real, real.sessions, accepted(startSession(spent.value.subject, start)))
    const endsOn = Math.min(model.day + sessionDays, model.sentOn + linkDays)
    model.sessions.set(start.id, { generation: known.generation, over: false, endsOn, link: id })
  })

const visit = (pick: number) =>
  step(`ask for a page with session ${pick}`, (model, real) => {
    const [id, known] = picked(model.sessions, pick) ?? []
    if (id === undefined || known === undefined) return
    const session = real.sessions.get(id) as TrackedSession
    expect(sessionStanding(session, contextOf(model)).ok).toBe(lives(model, known))
    const link = real.links.get(known.link) as TrackedLink
    const opened = openLink(link, session, contextOf(model))
    if (lives(model, known) && link.kind === 'DISPATCH') expect(opened).toEqual({ ok: true, value: 'RESUME' })
    if (known.generation !== model.generation) expect(opened.ok).toBe(false)
  })

const endOne = (pick: number, how: 'revoke' | 'expire') =>
  step(`${how} link ${pick}`, (model, real) => {
    const [id, known] = picked(model.links, pick) ?? []
    if (id === undefined || known === undefined) return
    const ended = endLink(real.links.get(id) as TrackedLink, how, { now: nowOf(model), actorId: 'SYSTEM' })
    expect(ended.ok).toBe(!known.over && (how === 'revoke' || model.day >= known.endsOn))
    if (!ended.ok) return
    keep(real, real.links, ended.value)
    known.over = true
    if (ended.value.effects.some((effect) => effect.type === 'END_SESSIONS')) endSessionsOf(id, model, real)
  })

function endSessionsOf(link: string, model: Model, real: Real) {
  for (const [id, known] of model.sessions) {
    if (known.link !== link || known.over) continue
    const by = { now: nowOf(model), actorId: 'SYSTEM' }
    keep(real, real.sessions, accepted(endSession(real.sessions.get(id) as TrackedSession, 'revoke', by)))
    known.over = true
  }
}

const endVisit = (pick: number, how: 'signOut' | 'revoke' | 'expire') =>
  step(`${how} session ${pick}`, (model, real) => {
    const [id, known] = picked(model.sessions, pick) ?? []
    if (id === undefined || known === undefined) return
    const session = real.sessions.get(id) as TrackedSession
    const ended = endSession(session, how, { now: nowOf(model), actorId: contact.id })
    expect(ended.ok).toBe(!known.over && (how !== 'expire' || model.day >= known.endsOn))
    if (!ended.ok) return
    keep(real, real.sessions, ended.value)
    known.over = true
  })

const pass = (days: number) =>
  step(`${days} days pass`, (model, real) => {
    model.day += days
    moveAllDispatches(model, real, 'expire')
  })
const toggleContact = step('the contact is switched', (model) => {
  model.contactOk = !model.contactOk
})
const complete = step('complete', (model, real) => {
  model.closed = true
  moveAllDispatches(model, real, 'close')
})

const pick = fc.nat(9)
const commands = fc.commands(
  [
    fc.constant(dispatch),
    fc.constant(askSignIn),
    pick.map(look),
    pick.map(spend),
    pick.map(visit),
    fc.tuple(pick, fc.constantFrom('revoke' as const, 'expire' as const)).map(([one, how]) => endOne(one, how)),
    fc
      .tuple(pick, fc.constantFrom('signOut' as const, 'revoke' as const, 'expire' as const))
      .map(([one, how]) => endVisit(one, how)),
    fc.constantFrom(1, 20, 61).map(pass),
    fc.constant(toggleContact),
    fc.constant(complete),
  ],
  { maxCommands: 60, size: 'max' },
)

function rebuilt<S extends Subject>(
  subjects: ReadonlyMap<string, S>,
  events: readonly ChangeEvent[],
  secret: Partial<S>,
) {
  for (const subject of subjects.values()) {
    const own = events.filter((event) => event.subject.id === subject.id)
    expect(replaySubject({ id: subject.id, version: 0, ...secret } as S, own)).toEqual({
      ok: true,
      value: { ...subject, ...secret },
    })
  }
}

describe('the access of a client over any history', () => {
  it('opens what is of the live generation alone, lets nobody in twice, and is rebuilt by its log, which holds no secret', () => {
    fc.assert(
      fc.property(commands, (history) => {
        const model: Model = {
          ...{ day: 0, generation: 0, sentOn: 0, contactOk: true, closed: false },
          ...{ links: new Map(), sessions: new Map() },
        }
        const real: Real = { dispatches: new Map(), links: new Map(), sessions: new Map(), events: [] }
        fc.modelRun(() => ({ model, real }), history)
        const live = [...real.dispatches.values()].filter((one) => one.status === 'LIVE')
        expect(live.length).toBeLessThanOrEqual(1)
        for (const one of live) expect(one.generation).toBe(model.generation)
        expect(uncataloguedEvents(real.events)).toEqual([])
        expect(JSON.stringify(real.events)).not.toContain('secret')
        rebuilt(real.dispatches, real.events, {})
        rebuilt(real.links, real.events, { tokenHash: 'kept elsewhere' })
        rebuilt(real.sessions, real.events, { cookieHash: 'kept elsewhere' })
      }),
      { numRuns: 300 },
    )
  })
})

describe('what is not offered', () => {
  it('is a session of a link that was not spent, or after the last moment', () => {
    const order = { id: 'link-1', runId: 'run-1', contactId: 'mei', kind: 'SIGN_IN', generation: 1 } as const
    const now = '2026-11-03T09:00:00Z'
    const dispatchEnds = '2026-11-03T09:05:00Z'
    const link = accepted(issueLink({ ...order, tokenHash: 'h', issuedAt: now, dispatchEnds }, 'tomas')).subject
    expect(link.expiresAt).toBe(dispatchEnds)
    const start = { id: 'session-1', cookieHash: 'c', now, dispatchEnds }
    expect(startSession(link, start)).toMatchObject({ refusal: { code: 'LINK_NOT_SPENT', ids: ['link-1'] } })
    const late = { ...start, now: dispatchEnds }
    expect(startSession({ ...link, status: 'USED' }, late)).toMatchObject({ refusal: { code: 'SESSION_EXPIRED' } })
    const more = { tokenHash: 'h', issuedAt: now, dispatchEnds: '2027-01-02T09:00:00Z' }
    expect(accepted(issueLink({ ...order, ...more }, 'tomas')).subject.expiresAt).toBe('2026-11-03T09:15:00.000Z')
  })

  it('is anything at a moment that is none, or a link after the last moment', () => {
    const order = { id: 'link-1', runId: 'run-1', contactId: 'mei', kind: 'DISPATCH', generation: 1 } as const
    const [now, ends] = ['2026-11-03T09:00:00Z', '2027-01-02T09:00:00Z']
    const issue_ = (issuedAt: string, dispatchEnds: string) =>
      issueLink({ ...order, tokenHash: 'h', issuedAt, dispatchEnds }, 'tomas')
    expect(issue_('soon', ends)).toMatchObject({ refusal: { code: 'DATE_INVALID' } })
    expect(issue_(now, 'later')).toMatchObject({ refusal: { code: 'DATE_INVALID' } })
    expect(issue_(ends, ends)).toMatchObject({ refusal: { code: 'LINK_EXPIRED', ids: ['run-1'] } })
    const link = accepted(issue_(now, ends)).subject
    const never = { now: 'never', actorId: 'SYSTEM' }
    expect(endLink(link, 'expire', never)).toMatchObject({ refusal: { code: 'DATE_INVALID' } })
    const start = { id: 'session-1', cookieHash: 'c', now, dispatchEnds: ends }
    const used = { ...link, status: 'USED' } as const
    expect(startSession(used, { ...start, now: 'never' })).toMatchObject({ refusal: { code: 'DATE_INVALID' } })
    const session = accepted(startSession(used, start)).subject
    expect(session.expiresAt).toBe('2026-12-03T09:00:00Z')
    const lastWeek = accepted(startSession(used, { ...start, now: '2026-12-28T09:00:00Z' })).subject
    expect(lastWeek.expiresAt).toBe(ends)
    expect(endSession(session, 'expire', never)).toMatchObject({ refusal: { code: 'DATE_INVALID' } })
    const sent = accepted(sendDispatch({ run: firstRun, items, contactId: contact.id, now }, bookkeeper)).subject
    expect(moveDispatch(sent, 'expire', never)).toMatchObject({ refusal: { code: 'DATE_INVALID' } })
    expect(sendDispatch({ run: firstRun, items, contactId: contact.id, now: 'never' }, bookkeeper).ok).toBe(false)
  })
})
