import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayNumber } from '../records/iso-date.ts'
import { type AmountTolerance, type DateWindow, matchPolicy } from './match-policy.ts'
import { businessDaysBetween, windowSpan, withinTolerance, withinWindow } from './pair-rules.ts'

const day = (date: string): number => dayNumber(date) ?? 0
const window = (given: Partial<DateWindow>): DateWindow => ({
  minimum: 0,
  maximum: 3,
  direction: 'EITHER',
  against: 0,
  unit: 'CALENDAR',
  ...given,
})

describe('date windows', () => {
  it.each([
    [{ maximum: 1 }, '2026-01-16', '2026-01-15', true],
    [{ maximum: 1 }, '2026-01-17', '2026-01-15', false],
    [{ maximum: 1 }, '2026-01-14', '2026-01-15', true],
    [{ minimum: 1, maximum: 3 }, '2026-01-01', '2026-01-01', false],
    [{ direction: 'ENTRY_FIRST' }, '2026-01-12', '2026-01-10', true],
    [{ direction: 'ENTRY_FIRST' }, '2026-01-10', '2026-01-12', false],
    [{ direction: 'ENTRY_FIRST', against: 2 }, '2026-01-10', '2026-01-12', true],
    [{ direction: 'LINE_FIRST' }, '2026-01-10', '2026-01-12', true],
    [{ unit: 'BUSINESS', maximum: 1 }, '2024-06-17', '2024-06-15', true],
    [{ unit: 'BUSINESS', maximum: 1 }, '2024-06-18', '2024-06-14', false],
    [{ maximum: null }, '2026-01-10', '1999-01-12', true],
  ] as const)('%j holds a line of %s and an entry of %s: %s', (given, line, entry, inside) => {
    expect(withinWindow(window(given), day(line), day(entry))).toBe(inside)
  })

  it('counts Monday to Friday', () => {
    expect(businessDaysBetween(day('2024-06-14'), day('2024-06-17'))).toBe(1)
    expect(businessDaysBetween(day('2024-06-15'), day('2024-06-16'))).toBe(0)
    expect(businessDaysBetween(day('2024-06-10'), day('2024-06-24'))).toBe(10)
  })

  it('spans at least what it holds', () => {
    fc.assert(
      fc.property(
        fc.record({
          minimum: fc.constant(0),
          maximum: fc.integer({ min: 0, max: 30 }),
          direction: fc.constantFrom('EITHER', 'ENTRY_FIRST', 'LINE_FIRST'),
          against: fc.integer({ min: 0, max: 5 }),
          unit: fc.constantFrom('CALENDAR', 'BUSINESS'),
        }) as fc.Arbitrary<DateWindow>,
        fc.integer({ min: 18_000, max: 18_030 }),
        fc.integer({ min: -60, max: 60 }),
        (given, entry, offset) => {
          const [earliest, latest] = windowSpan(given)
          if (withinWindow(given, entry + offset, entry)) {
            expect(offset).toBeGreaterThanOrEqual(earliest)
            expect(offset).toBeLessThanOrEqual(latest)
          }
        },
      ),
    )
  })
})

describe('amount tolerances', () => {
  const tolerance = (given: Partial<AmountTolerance>): AmountTolerance => ({
    ...matchPolicy().amounts.tolerance,
    ...given,
  })
  it.each([
    [{}, 10000, 10000, true],
    [{}, 10000, 10001, false],
    [{ absolute: '0.01' }, 10000, 10001, true],
    [{ fraction: '0.01' }, 10100, 10000, true],
    [{ fraction: '0.01' }, 10101, 10000, false],
    [{ fraction: '0.05', inclusive: false }, 2100, 2000, false],
    [{ fraction: '0.5' }, 500, 0, false],
    [{ absolute: '0.50', fraction: '0.1', combine: 'LARGER' }, 10000, 10900, true],
    [{ absolute: '500', fraction: '0.01', combine: 'SMALLER' }, 10040000, 10000000, true],
    [{ absolute: '500', fraction: '0.01', combine: 'SMALLER' }, 98000, 100000, false],
    [{ fraction: '0.02', fractionOf: 'LINE' }, 10000, 9800, true],
  ] as const)('%j takes %d for %d: %s', (given, line, entry, equal) => {
    expect(withinTolerance(tolerance(given), line, entry, 'USD', true)).toBe(equal)
  })

  it('may hold for the same day only', () => {
    expect(withinTolerance(tolerance({ absolute: '1', onlySameDay: true }), 100, 150, 'USD', false)).toBe(false)
  })
})
