import { describe, expect, it } from 'vitest'
import { money } from '../money/money.ts'
import type { ReconciliationRun } from '../review/reconciliation-run.ts'
import { buildActor } from '../testing/builders.ts'
import { type DispatchRequest, dispatchSubject, prepareDispatch, sendDispatch } from './dispatch.ts'
import type { UnreconciledItem } from './unreconciled-item.ts'

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
const item = (
  id: string,
  date: string,
  amount: string,
  currency = 'USD',
  status: UnreconciledItem['status'] = 'UNDISPATCHED',
) =>
  ({
    id,
    version: 1,
    runId: 'run-1',
    bankLineId: `bank-${id}`,
    date,
    amount: money(amount, currency),
    description: id,
    status,
  }) satisfies UnreconciledItem
const request: DispatchRequest = {
  run,
  items: [
    item('b', '2026-10-14', '-480.00'),
    item('a', '2026-10-14', '20.00'),
    item('c', '2026-10-02', '-7.00', 'EUR'),
    item('d', '2026-10-01', '-1.00', 'USD', 'RESOLVED'),
  ],
  contactId: 'contact-1',
  now: '2026-11-21T09:30:15.250Z',
}

describe('prepareDispatch', () => {
  it('takes a snapshot of what is open: next generation, 60 days, magnitudes per currency', () => {
    expect(prepareDispatch({ ...request, note: ' please by Friday ' })).toEqual({
      ok: true,
      value: {
        id: 'run-1/1',
        version: 1,
        runId: 'run-1',
        generation: 1,
        contactId: 'contact-1',
        status: 'LIVE',
        dispatchedAt: '2026-11-21T09:30:15.250Z',
        expiresAt: '2027-01-20T09:30:15.250Z',
        note: 'please by Friday',
        items: [
          { itemId: 'c', date: '2026-10-02', amount: money('-7.00', 'EUR'), description: 'c' },
          { itemId: 'a', date: '2026-10-14', amount: money('20.00', 'USD'), description: 'a' },
          { itemId: 'b', date: '2026-10-14', amount: money('-480.00', 'USD'), description: 'b' },
        ],
        totals: [money('7.00', 'EUR'), money('500.00', 'USD')],
        subject: 'Action needed: 3 unreconciled bank items for Haverly Glass Ltd',
      },
    })
  })

  it('puts items and totals in order whatever order they come in', () => {
    const items = [...request.items, item('e', '2026-10-20', '-3.00', 'AUD'), item('f', '2026-10-03', '1.00', 'ZAR')]
    for (const given of [items, [...items].reverse()]) {
      const made = prepareDispatch({ ...request, items: given })
      if (!made.ok) throw new Error(made.refusal.code)
      expect(made.value.items.map((one) => one.itemId)).toEqual(['c', 'f', 'a', 'b', 'e'])
      expect(made.value.totals.map((total) => total.currency)).toEqual(['AUD', 'EUR', 'USD', 'ZAR'])
    }
  })

  it('lives as long as the tenant says, and has no note when none was written', () => {
    const day = prepareDispatch({ ...request, expiryDays: 1, note: '  ' })
    expect(day).toMatchObject({ value: { expiresAt: '2026-11-22T09:30:15.250Z' } })
    expect(day.ok && 'note' in day.value).toBe(false)
    expect(prepareDispatch({ ...request, expiryDays: 365 })).toMatchObject({ ok: true })
  })

  it.each<[string, Partial<DispatchRequest>, string]>([
    ['no open item', { items: [item('d', '2026-10-01', '1.00', 'USD', 'RESOLVED')] }, 'NOTHING_TO_DISPATCH'],
    [
      'an item of another run',
      { items: [{ ...item('x', '2026-10-01', '1.00'), runId: 'run-2' }] },
      'ITEM_OF_OTHER_RUN',
    ],
    ['zero days', { expiryDays: 0 }, 'EXPIRY_INVALID'],
    ['a year and a day', { expiryDays: 366 }, 'EXPIRY_INVALID'],
    ['half a day', { expiryDays: 0.5 }, 'EXPIRY_INVALID'],
    ['a moment that is none', { now: '2026-11-21' }, 'DATE_INVALID'],
    ['a note that is a book', { note: 'x'.repeat(2001) }, 'TEXT_TOO_LONG'],
  ])('refuses %s', (_what, given, code) => {
    expect(prepareDispatch({ ...request, ...given })).toMatchObject({ ok: false, refusal: { code } })
  })
})

describe('sendDispatch', () => {
  it('is for the firm, and writes the snapshot as the first event of the dispatch', () => {
    expect(sendDispatch(request, buildActor('FINANCE'))).toMatchObject({
      refusal: { code: 'FORBIDDEN', ids: ['run-1'] },
    })
    const sent = sendDispatch(request, buildActor('BOOKKEEPER'))
    expect(sent).toMatchObject({
      value: { subject: { id: 'run-1/1' }, events: [{ name: 'bookkeeping.dispatch.sent', version: 1 }] },
    })
  })
})

describe('dispatchSubject', () => {
  it('is one line whatever the name holds', () => {
    expect(dispatchSubject(7, 'Haverly\r\nBcc: x@evil.example\u202e Ltd\u2066\u0085\u007f')).toBe(
      'Action needed: 7 unreconciled bank items for HaverlyBcc: x@evil.example Ltd',
    )
    expect(dispatchSubject(1, 'A'.repeat(10_000)).length).toBeLessThan(260)
    expect(dispatchSubject(1, 'Zoë & Söhne 株式会社')).toContain('Zoë & Söhne 株式会社')
  })
})
