import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { money } from '../money/money.ts'
import { replaySubject } from '../subject-change.ts'
import { buildActor } from '../testing/builders.ts'
import { uncataloguedEffects } from '../testing/uncatalogued-effects.ts'
import { uncataloguedEvents } from '../testing/uncatalogued-events.ts'
import { portalActions } from './client-response.ts'
import { dispatchItem, resolutionActions, type UnreconciledItem } from './unreconciled-item.ts'

const now = '2026-11-21T09:00:00Z'
const open = { now, runOpen: true }
const bookkeeper = buildActor('BOOKKEEPER')
const senior = buildActor('SENIOR_ACCOUNTANT')
const item: UnreconciledItem = {
  id: 'u-1',
  version: 1,
  runId: 'run-1',
  bankLineId: 'bank-1',
  date: '2026-10-14',
  amount: money('-480.00', 'USD'),
  description: 'CARD 4417',
  status: 'UNDISPATCHED',
}
const response = {
  status: 'SUBMITTED',
  kind: 'NO_SUPPORTING',
  note: 'cash',
  attachmentIds: [],
  contactId: 'contact-1',
  at: now,
} as const
const answered: UnreconciledItem = { ...item, status: 'CLIENT_RESPONDED', response }
const material: UnreconciledItem = {
  ...answered,
  response: { ...response, status: 'IN_EXCEPTION' },
  exception: { reason: 'MATERIAL_WITHOUT_SUPPORT', at: now },
}

describe('resolutionActions', () => {
  it('applies an answer with the journal entry that was made', () => {
    expect(resolutionActions(answered, bookkeeper, open).apply?.({ journalEntryId: 'JE-9' })).toMatchObject({
      value: {
        subject: {
          status: 'RESOLVED',
          response: { status: 'APPLIED' },
          resolution: {
            how: 'APPLIED',
            journalEntryId: 'JE-9',
            from: 'CLIENT_RESPONDED',
            actorId: 'bookkeeper',
            at: now,
          },
        },
        effects: [{ type: 'CREATE_JOURNAL_ENTRY' }],
      },
    })
  })

  it('leaves a material item to a senior accountant', () => {
    const { apply, resolveByStaff, pushBack, whyNot } = resolutionActions(material, bookkeeper, open)
    expect([apply, resolveByStaff]).toEqual([null, null])
    expect(whyNot.apply?.code).toBe('SENIOR_NEEDED')
    expect(pushBack).not.toBeNull()
    const done = resolutionActions(material, senior, open).apply?.({ journalEntryId: 'JE-9' })
    expect(done?.ok && 'exception' in done.value.subject).toBe(false)
  })

  it('moves an item to the exception queue and tells the seniors', () => {
    expect(resolutionActions(answered, bookkeeper, open).escalate?.({ reason: 'unusual' })).toMatchObject({
      value: {
        subject: { status: 'CLIENT_RESPONDED', exception: { reason: 'unusual' }, response: { status: 'IN_EXCEPTION' } },
        effects: [{ type: 'NOTIFY_SENIOR_ACCOUNTANTS' }],
      },
    })
  })

  it.each(['UNDISPATCHED', 'PENDING', 'CLIENT_RESPONDED'] as const)(
    'resolves an item that is %s by staff, and back',
    (status) => {
      const from = status === 'CLIENT_RESPONDED' ? answered : { ...item, status }
      const done = resolutionActions(from, bookkeeper, open).resolveByStaff?.({ reason: 'bank fee' })
      if (!done?.ok) throw new Error('refused')
      expect(done.value.subject).toMatchObject({ status: 'RESOLVED', resolution: { how: 'BY_STAFF', from: status } })
      const back = resolutionActions(done.value.subject, bookkeeper, open).reopen?.({})
      if (!back?.ok) throw new Error('refused')
      const { version: _old, ...before } = from
      const { version: _new, ...after } = back.value.subject
      expect(after).toEqual(before)
      expect(replaySubject(from, [...done.value.events, ...back.value.events])).toEqual({
        ok: true,
        value: back.value.subject,
      })
    },
  )

  it('reopens a resolution that does not say where it came from as one that was never sent', () => {
    expect(resolutionActions({ ...item, status: 'RESOLVED' }, bookkeeper, open).reopen?.({})).toMatchObject({
      value: { subject: { status: 'UNDISPATCHED' } },
    })
  })

  it.each([
    ['apply', { journalEntryId: ' ' }, 'TEXT_MISSING'],
    ['pushBack', { question: '' }, 'TEXT_MISSING'],
    ['escalate', { reason: '\u0007' }, 'TEXT_INVALID'],
    ['resolveByStaff', { reason: 'x'.repeat(2001) }, 'TEXT_TOO_LONG'],
    ['resolveByStaff', { reason: 'x', expectedVersion: 9 }, 'VERSION_STALE'],
  ] as const)('refuses to %s with %j', (name, input, code) => {
    const action = resolutionActions(answered, bookkeeper, open)[name] as ((given: typeof input) => unknown) | null
    expect(action?.(input)).toMatchObject({ ok: false, refusal: { code } })
  })

  it('is for the firm, while the run is open', () => {
    expect(resolutionActions(answered, buildActor('FINANCE'), open).whyNot.apply?.code).toBe('FORBIDDEN')
    const closed = resolutionActions(answered, senior, { now, runOpen: false })
    expect(Object.values(closed.whyNot).map((refusal) => refusal.code)).toEqual([
      'RUN_CLOSED',
      'RUN_CLOSED',
      'RUN_CLOSED',
      'RUN_CLOSED',
      'EVENT_NOT_ALLOWED',
    ])
  })
})

describe('dispatchItem', () => {
  it('sends an item, and leaves the answer of one that has it', () => {
    expect(dispatchItem(item, bookkeeper, open)).toMatchObject({
      value: { subject: { status: 'PENDING', version: 2 } },
    })
    expect(dispatchItem(answered, bookkeeper, open)).toMatchObject({
      value: { subject: { status: 'CLIENT_RESPONDED' } },
    })
    expect(dispatchItem({ ...item, status: 'RESOLVED' }, bookkeeper, open)).toMatchObject({
      refusal: { code: 'EVENT_NOT_ALLOWED' },
    })
    expect(dispatchItem(item, buildActor('FINANCE'), open)).toMatchObject({
      refusal: { code: 'FORBIDDEN', ids: [item.id] },
    })
    expect(dispatchItem(item, bookkeeper, { now, runOpen: false })).toMatchObject({ refusal: { code: 'RUN_CLOSED' } })
  })
})

describe('an item over any history', () => {
  const names = ['dispatch', 'save', 'submit', 'apply', 'pushBack', 'escalate', 'resolveByStaff', 'reopen'] as const
  const contact = { id: 'contact-1', roles: ['CLIENT_CONTACT' as const], clientId: 'client-1' }
  const portal = {
    ...open,
    contactId: 'contact-1',
    clientId: 'client-1',
    dispatchedItemIds: ['u-1'],
    categories: [],
    storedAttachmentIds: ['file-1'],
    materiality: [money('100.00', 'USD')],
  }

  it('is rebuilt by its events; resolved has a resolution, an exception needs a senior, a draft is never decided on', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...names), fc.boolean()), { maxLength: 25 }), (history) => {
        let current = item
        const events = []
        for (const [name, bySenior] of history) {
          const staff = resolutionActions(current, bySenior ? senior : bookkeeper, open)
          const client = portalActions(current, contact, portal)
          const kind = bySenior ? 'UPLOADED_SUPPORTING' : 'NO_SUPPORTING'
          const answer = { kind, note: 'n', attachmentIds: ['file-1'] } as const
          const done = {
            dispatch: () => dispatchItem(current, bookkeeper, open),
            save: () => client.save?.({ note: 'half' }),
            submit: () => client.submit?.(answer),
            apply: () => staff.apply?.({ journalEntryId: 'JE' }),
            pushBack: () => staff.pushBack?.({ question: '?' }),
            escalate: () => staff.escalate?.({ reason: 'r' }),
            resolveByStaff: () => staff.resolveByStaff?.({ reason: 'r' }),
            reopen: () => staff.reopen?.({}),
          }[name]()
          if (!done?.ok) continue
          if (name === 'apply' || name === 'resolveByStaff')
            expect(current.exception === undefined || bySenior).toBe(true)
          if (name === 'apply') expect(current.response?.status).not.toBe('DRAFT')
          expect(uncataloguedEffects(done.value.effects)).toEqual([])
          expect(done.value.subject.version).toBe(current.version + 1)
          current = done.value.subject
          events.push(...done.value.events)
          expect(current.status === 'RESOLVED').toBe(current.resolution !== undefined)
          if (current.status === 'CLIENT_RESPONDED') expect(current.response).toBeDefined()
        }
        expect(uncataloguedEvents(events)).toEqual([])
        expect(replaySubject(item, events)).toEqual({ ok: true, value: current })
      }),
      { numRuns: 200 },
    )
  })
})
