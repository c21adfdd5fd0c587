import { describe, expect, it } from 'vitest'
import { buildActor } from '../testing/builders.ts'
import { type AccountingPeriod, lockedThrough, type PeriodFacts, periodActions } from './period-lock.ts'

const now = '2026-12-02T09:00:00Z'
const period = (id: string, from: string, to: string, given: Partial<AccountingPeriod> = {}): AccountingPeriod => ({
  id,
  version: 1,
  account: 'ACC-1',
  from,
  to,
  status: 'OPEN',
  ...given,
})
const october = period('october', '2026-10-01', '2026-10-31', { status: 'LOCKED' })
const november = period('november', '2026-11-01', '2026-11-30')
const senior = buildActor('SENIOR_ACCOUNTANT')
const facts = (given: Partial<PeriodFacts> = {}): PeriodFacts => ({
  proved: true,
  undecidedItemIds: [],
  periods: [october, november],
  ...given,
})

describe('periodActions', () => {
  it('locks a proved period whose earlier ones are locked', () => {
    const locked = periodActions(november, senior, facts(), now).lock?.('month end')
    expect(locked).toMatchObject({
      value: {
        subject: { status: 'LOCKED', version: 2 },
        events: [{ name: 'accounting_period.locked', data: { about: { reason: 'month end' } } }],
      },
    })
  })

  it('wants a reason, and refuses whoever saw another version', () => {
    const { lock } = periodActions(november, senior, facts(), now)
    expect(lock?.('  ')).toMatchObject({ refusal: { code: 'TEXT_MISSING' } })
    expect(lock?.('month end', 2)).toMatchObject({ refusal: { code: 'VERSION_STALE', ids: ['november'] } })
    expect(lock?.('month end', 1)).toMatchObject({ ok: true })
  })

  it.each<[string, Partial<PeriodFacts>, string]>([
    ['without its proof', { proved: false }, 'NOT_PROVED'],
    ['before the earlier ones', { periods: [{ ...october, status: 'OPEN' }] }, 'EARLIER_PERIOD_OPEN'],
    ['with undecided items', { undecidedItemIds: ['item-1'] }, 'ITEMS_UNDECIDED'],
  ])('does not lock %s', (_what, given, code) => {
    const actions = periodActions(november, senior, facts(given), now)
    expect(actions.lock).toBeNull()
    expect(actions.whyNot.lock?.code).toBe(code)
  })

  it('opens the latest only, and looks at periods of the same account only', () => {
    const later = { ...november, status: 'LOCKED' } as const
    expect(periodActions(october, senior, facts({ periods: [later] }), now).whyNot.unlock).toMatchObject({
      code: 'LATER_PERIOD_LOCKED',
      ids: ['november'],
    })
    const other = { ...later, account: 'ACC-2' }
    const opened = periodActions(october, senior, facts({ periods: [other, november] }), now).unlock?.('a late invoice')
    expect(opened).toMatchObject({
      value: { subject: { status: 'OPEN' }, events: [{ name: 'accounting_period.unlocked' }] },
    })
    const sameDay = { ...later, id: 'overlap', from: october.to }
    expect(periodActions(october, senior, facts({ periods: [sameDay] }), now).unlock).not.toBeNull()
    const early = { ...october, account: 'ACC-2', status: 'OPEN' } as const
    expect(periodActions(november, senior, facts({ periods: [early] }), now).lock).not.toBeNull()
  })

  it('is not for bookkeepers', () => {
    expect(periodActions(november, buildActor('BOOKKEEPER'), facts(), now).whyNot.lock?.code).toBe('FORBIDDEN')
  })

  it('says the last day that is closed', () => {
    expect(lockedThrough([november])).toBeUndefined()
    expect(lockedThrough([{ ...november, status: 'LOCKED' }, october, period('z', '2027-01-01', '2027-01-31')])).toBe(
      '2026-11-30',
    )
  })
})
