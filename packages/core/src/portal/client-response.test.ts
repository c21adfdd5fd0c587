import { describe, expect, it } from 'vitest'
import { money } from '../money/money.ts'
import { buildActor } from '../testing/builders.ts'
import { type PortalContext, portalActions, type ResponseInput } from './client-response.ts'
import { isMaterial, resolutionActions, type UnreconciledItem } from './unreconciled-item.ts'

const usd = (amount: string) => money(amount, 'USD')
const now = '2026-11-21T09:00:00Z'
const item: UnreconciledItem = {
  id: 'u-1',
  version: 2,
  runId: 'run-1',
  bankLineId: 'bank-1',
  date: '2026-10-14',
  amount: usd('-480.00'),
  description: 'CARD 4417 HARBOUR TOOLS',
  status: 'PENDING',
}
const contact = { id: 'contact-1', roles: ['CLIENT_CONTACT' as const], clientId: 'client-1' }
const context = (given: Partial<PortalContext> = {}): PortalContext => ({
  now,
  contactId: 'contact-1',
  clientId: 'client-1',
  runOpen: true,
  dispatchedItemIds: ['u-1'],
  categories: ['SUPPLIES', 'OWNER_DRAW'],
  storedAttachmentIds: ['file-1', 'file-2'],
  materiality: [usd('500.00')],
  ...given,
})
const submit = (input: ResponseInput, given: Partial<UnreconciledItem> = {}, more: Partial<PortalContext> = {}) =>
  portalActions({ ...item, ...given }, contact, context(more)).submit?.(input)
const uploaded = {
  kind: 'UPLOADED_SUPPORTING',
  category: 'SUPPLIES',
  attachmentIds: ['file-2', 'file-1', 'file-1'],
} as const
const nothing = { kind: 'NO_SUPPORTING', category: 'OWNER_DRAW', note: ' taken in cash ' } as const

describe('portalActions', () => {
  it('flips the item and raises a digest when one answer is given', () => {
    expect(submit(uploaded)).toMatchObject({
      value: {
        subject: {
          status: 'CLIENT_RESPONDED',
          version: 3,
          response: { status: 'SUBMITTED', attachmentIds: ['file-1', 'file-2'], contactId: 'contact-1', at: now },
        },
        events: [{ name: 'bookkeeping.unreconciled_item.client_responded' }],
        effects: [{ type: 'QUEUE_DIGEST' }],
      },
    })
  })

  it('routes a material answer without a document to a senior accountant', () => {
    expect(submit(nothing, { amount: usd('-500.00') })).toMatchObject({
      value: {
        subject: {
          response: { status: 'IN_EXCEPTION', note: 'taken in cash' },
          exception: { reason: 'MATERIAL_WITHOUT_SUPPORT' },
        },
      },
    })
    const small = submit(nothing, { amount: usd('-499.99') })
    expect(small).toMatchObject({ value: { subject: { response: { status: 'SUBMITTED' } } } })
    expect(small?.ok && 'exception' in small.value.subject).toBe(false)
    expect(submit(nothing, { amount: usd('500.00') })).toMatchObject({ value: { subject: { exception: {} } } })
    expect(submit(uploaded, { amount: usd('9999.00') })).toMatchObject({
      value: { subject: { response: { status: 'SUBMITTED' } } },
    })
  })

  it('treats every answer as material where no threshold is set', () => {
    const response = { status: 'DRAFT', kind: 'NO_SUPPORTING', attachmentIds: [], contactId: 'c', at: now } as const
    expect(isMaterial(item, response, [])).toBe(true)
    expect(isMaterial(item, response, [money('1.00', 'EUR')])).toBe(true)
  })

  it('saves what is there, keeps what was saved, and does not flip the item', () => {
    const first = portalActions(item, contact, context()).save?.({ kind: 'NO_SUPPORTING' })
    if (!first?.ok) throw new Error('refused')
    expect(first.value).toMatchObject({ subject: { status: 'PENDING', response: { status: 'DRAFT' } }, effects: [] })
    const second = portalActions(first.value.subject, contact, context()).save?.({ note: '   ', category: 'SUPPLIES' })
    expect(second).toMatchObject({ value: { subject: { response: { kind: 'NO_SUPPORTING', category: 'SUPPLIES' } } } })
    expect(second?.ok && 'note' in (second.value.subject.response ?? {})).toBe(false)
  })

  it('lets an answer be given again, but not saved half over one that was given', () => {
    const given = submit(uploaded)
    if (!given?.ok) throw new Error('refused')
    const again = portalActions(given.value.subject, contact, context())
    expect(again.save).toBeNull()
    expect(again.whyNot.save?.code).toBe('EVENT_NOT_ALLOWED')
    expect(again.submit?.(nothing)).toMatchObject({
      value: { subject: { status: 'CLIENT_RESPONDED', response: { kind: 'NO_SUPPORTING' } } },
    })
  })

  it.each<[string, ResponseInput, Partial<PortalContext>, string]>([
    ['no answer', { category: 'SUPPLIES' }, {}, 'ANSWER_MISSING'],
    ['a document that is not there', { kind: 'UPLOADED_SUPPORTING', category: 'SUPPLIES' }, {}, 'SUPPORT_MISSING'],
    ['no note', { kind: 'NO_SUPPORTING', category: 'SUPPLIES', note: ' ' }, {}, 'SUPPORT_MISSING'],
    ['no category', { kind: 'NO_SUPPORTING', note: 'x' }, {}, 'CATEGORY_MISSING'],
    ['an unknown category', { ...nothing, category: 'YACHT' }, {}, 'CATEGORY_UNKNOWN'],
    ['an unfinished upload', { ...uploaded, attachmentIds: ['file-9'] }, {}, 'ATTACHMENT_UNKNOWN'],
    ['a note with a NUL', { ...nothing, note: 'a\u0000b' }, {}, 'TEXT_INVALID'],
    ['a note of a book', { ...nothing, note: 'x'.repeat(2001) }, {}, 'TEXT_TOO_LONG'],
    ['a stale version', { ...nothing, expectedVersion: 1 }, {}, 'VERSION_STALE'],
  ])('refuses %s', (_what, input, more, code) => {
    expect(submit(input, {}, more)).toMatchObject({ ok: false, refusal: { code } })
  })

  it('asks for no category where the tenant has none, and accepts the version that is there', () => {
    expect(submit({ kind: 'NO_SUPPORTING', note: 'x', expectedVersion: 2 }, {}, { categories: [] })).toMatchObject({
      ok: true,
    })
    expect(submit({ kind: 'NO_SUPPORTING', note: 'x', category: 'ANY' }, {}, { categories: [] })).toMatchObject({
      ok: true,
    })
  })

  it.each<[string, Partial<PortalContext>, Partial<UnreconciledItem>, string]>([
    ['another contact', { contactId: 'contact-2' }, {}, 'CONTACT_OF_OTHER_CLIENT'],
    ['a contact of another client', { clientId: 'client-2' }, {}, 'CONTACT_OF_OTHER_CLIENT'],
    ['an item outside the dispatch', { dispatchedItemIds: [] }, {}, 'ITEM_NOT_DISPATCHED'],
    ['a run that is closed', { runOpen: false }, {}, 'RUN_CLOSED'],
    ['an item that is resolved', {}, { status: 'RESOLVED' }, 'EVENT_NOT_ALLOWED'],
    ['an item that was not sent', {}, { status: 'UNDISPATCHED' }, 'EVENT_NOT_ALLOWED'],
  ])('is closed to %s', (_what, more, given, code) => {
    const actions = portalActions({ ...item, ...given }, contact, context(more))
    expect([actions.save, actions.submit]).toEqual([null, null])
    expect([actions.whyNot.save?.code, actions.whyNot.submit?.code]).toEqual([code, code])
  })

  it('is not for staff', () => {
    expect(portalActions(item, buildActor('ADMIN'), context()).whyNot.submit?.code).toBe('FORBIDDEN')
  })

  it('takes an exception away when a document comes after all', () => {
    const material = submit(nothing, { amount: usd('-900.00') })
    if (!material?.ok) throw new Error('refused')
    const better = portalActions(material.value.subject, contact, context()).submit?.(uploaded)
    expect(better?.ok && 'exception' in better.value.subject).toBe(false)
    const pushed = resolutionActions(better?.ok ? better.value.subject : item, buildActor('BOOKKEEPER'), {
      now,
      runOpen: true,
    })
    const asked = pushed.pushBack?.({ question: 'Which job was it for?' })
    expect(asked).toMatchObject({
      value: { subject: { status: 'PENDING', response: { status: 'PUSHED_BACK' }, question: 'Which job was it for?' } },
    })
    const draft = portalActions(asked?.ok ? asked.value.subject : item, contact, context()).save?.({ note: 'for' })
    expect(draft).toMatchObject({ value: { subject: { response: { status: 'DRAFT' } } } })
  })
})
