import { describe, expect, it } from 'vitest'
import { buildActor } from '../testing/builders.ts'
import { type ClientContact, type ReconciliationRun, type RunFacts, runActions } from './reconciliation-run.ts'

const run: ReconciliationRun = {
  id: 'run-1',
  version: 3,
  clientId: 'client-1',
  clientLegalName: 'Haverly Glass Ltd',
  statementId: 'statement-1',
  periodStart: '2026-10-01',
  periodEnd: '2026-10-31',
  status: 'AWAITING_REVIEW',
  generation: 0,
}
const contact: ClientContact = {
  id: 'contact-1',
  clientId: 'client-1',
  name: 'Ines Orlow',
  email: 'ines@haverly.example',
  active: true,
  canSubmitIntake: true,
}
const contacts = [
  contact,
  { ...contact, id: 'inactive', active: false },
  { ...contact, id: 'reader', canSubmitIntake: false },
  { ...contact, id: 'foreign', clientId: 'client-2' },
]
const facts: RunFacts = {
  proposedMatchIds: [],
  unreconciledItemIds: ['u-1'],
  unresolvedItemIds: ['u-1'],
  otherOpenRunIds: [],
  contacts,
}
const now = '2026-11-21T09:00:00Z'
const bookkeeper = buildActor('BOOKKEEPER')
const of = (given: Partial<ReconciliationRun> = {}, more: Partial<RunFacts> = {}, actor = bookkeeper) =>
  runActions({ ...run, ...given }, actor, { now, facts: { ...facts, ...more } })

describe('runActions', () => {
  it('dispatches to an eligible contact, one generation on, and says whom in the log', () => {
    const done = of().dispatch?.({ contactId: 'contact-1', note: 'the usual' })
    expect(done).toMatchObject({
      value: {
        subject: { status: 'AWAITING_CLIENT', generation: 1, contactId: 'contact-1', version: 4 },
        events: [{ name: 'bookkeeping.reconciliation_run.dispatched', data: { about: { contactId: 'contact-1' } } }],
        effects: [{ type: 'ISSUE_MAGIC_LINK' }, { type: 'QUEUE_MAIL' }, { type: 'MARK_ITEMS_PENDING' }],
      },
    })
  })

  it.each([
    ['nope', 'CONTACT_UNKNOWN'],
    ['foreign', 'CONTACT_OF_OTHER_CLIENT'],
    ['inactive', 'CONTACT_INACTIVE'],
    ['reader', 'CONTACT_MAY_NOT_SUBMIT'],
  ])('refuses to dispatch to %s: %s', (contactId, code) => {
    expect(of().dispatch?.({ contactId })).toMatchObject({ refusal: { code, ids: [contactId] } })
  })

  it('names what stands in the way of a dispatch and of completing', () => {
    expect(of({}, { proposedMatchIds: ['m-1', 'm-2'] }).whyNot.dispatch).toMatchObject({
      code: 'PROPOSED_LEFT',
      ids: ['m-1', 'm-2'],
    })
    expect(of({}, { unreconciledItemIds: [] }).whyNot.dispatch?.code).toBe('NOTHING_TO_DISPATCH')
    expect(of({}, { contacts: contacts.slice(1) }).whyNot.dispatch?.code).toBe('NO_SUBMITTER_CONTACTS')
    expect(of().whyNot.complete).toMatchObject({ code: 'ITEMS_UNRESOLVED', ids: ['u-1'] })
    expect(of({ status: 'PENDING' }, { otherOpenRunIds: ['run-0'] }).whyNot.startMatching).toMatchObject({
      code: 'STATEMENT_HAS_OPEN_RUN',
      ids: ['run-0'],
    })
  })

  it('completes without the client when nothing is left', () => {
    const done = of({}, { unreconciledItemIds: [], unresolvedItemIds: [] }).complete?.({})
    expect(done).toMatchObject({ value: { subject: { status: 'COMPLETE', completedAt: now } } })
  })

  it('re-dispatches while the client has it, and revokes the old link first', () => {
    const done = of({ status: 'AWAITING_CLIENT', generation: 1 }).redispatch?.({ contactId: 'contact-1' })
    expect(done).toMatchObject({
      value: { subject: { generation: 2 }, effects: [{ type: 'REVOKE_LINKS_AND_SESSIONS' }, {}, {}] },
    })
  })

  it('keeps the reason of a failure until it is taken up again', () => {
    const failed = of({ status: 'MATCHING' }).fail?.({ reason: 'TIMEOUT' })
    expect(failed).toMatchObject({ value: { subject: { status: 'FAILED', failure: 'TIMEOUT' } } })
    const again = of({ status: 'FAILED', failure: 'TIMEOUT' }).rerun?.({})
    expect(again).toMatchObject({
      value: { subject: { status: 'PENDING' }, events: [{ data: { changes: { failure: null } } }] },
    })
    expect(of({ status: 'MATCHING' }).fail?.({})).toMatchObject({ value: { subject: { failure: 'UNKNOWN' } } })
  })

  it('refuses other roles, stale versions and a run that is closed', () => {
    expect(of({}, {}, buildActor('FINANCE')).whyNot.dispatch?.code).toBe('FORBIDDEN')
    expect(of().rematch?.({ expectedVersion: 2 })).toMatchObject({ refusal: { code: 'VERSION_STALE' } })
    const closed = of({ status: 'COMPLETE' })
    expect(Object.values(closed.whyNot).map((refusal) => refusal.code)).toEqual(Array(8).fill('EVENT_NOT_ALLOWED'))
  })
})
