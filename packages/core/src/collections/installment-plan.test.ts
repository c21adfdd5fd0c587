import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromMinorUnits, money, sumMoney } from '../money/money.ts'
import { isIsoDate } from '../records/iso-date.ts'
import { installmentPlan, type PlanRequest } from './installment-plan.ts'

const plan: PlanRequest = { total: money('1000.00', 'USD'), count: 3, firstDue: '2026-11-30', every: 'MONTH' }

describe('installmentPlan', () => {
  it('adds up to the total and keeps to the last day of shorter months', () => {
    expect(installmentPlan({ ...plan, firstDue: '2026-12-31' })).toEqual({
      ok: true,
      value: [
        { number: 1, due: '2026-12-31', amount: money('333.34', 'USD') },
        { number: 2, due: '2027-01-31', amount: money('333.33', 'USD') },
        { number: 3, due: '2027-02-28', amount: money('333.33', 'USD') },
      ],
    })
  })

  it('goes by weeks', () => {
    const weekly = installmentPlan({ ...plan, every: 'WEEK', count: 2, firstDue: '2026-12-28' })
    expect(weekly).toMatchObject({ value: [{ due: '2026-12-28' }, { due: '2027-01-04' }] })
  })

  it.each<[string, Partial<PlanRequest>, string]>([
    ['nothing', { total: money('0', 'USD') }, 'AMOUNT_NOT_POSITIVE'],
    ['a negative total', { total: money('-1', 'USD') }, 'AMOUNT_NOT_POSITIVE'],
    ['no parts', { count: 0 }, 'COUNT_INVALID'],
    ['121 parts', { count: 121 }, 'COUNT_INVALID'],
    ['half a part', { count: 1.5 }, 'COUNT_INVALID'],
    ['more parts than cents', { total: money('0.02', 'USD') }, 'COUNT_INVALID'],
    ['a date that does not exist', { firstDue: '2026-02-30' }, 'DATE_INVALID'],
    ['the end of time', { firstDue: '9999-12-31' }, 'DATE_INVALID'],
  ])('refuses %s', (_what, given, code) => {
    expect(installmentPlan({ ...plan, ...given })).toMatchObject({ ok: false, refusal: { code } })
  })

  it('has as many parts as asked, dates in order, and not a cent more or less', () => {
    const dates = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(fc.bigInt(120n, 10n ** 12n), fc.integer({ min: 1, max: 120 }), dates, (minor, count, date) => {
        const total = fromMinorUnits(minor, 'USD')
        const made = installmentPlan({ total, count, firstDue: date.toISOString().slice(0, 10), every: 'MONTH' })
        if (!made.ok) throw new Error(made.refusal.code)
        expect(made.value).toHaveLength(count)
        expect(
          sumMoney(
            made.value.map((part) => part.amount),
            'USD',
          ),
        ).toEqual(total)
        const due = made.value.map((part) => part.due)
        expect(due).toEqual([...due].sort())
        expect(due.every(isIsoDate)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})
