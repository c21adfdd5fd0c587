import * as z from 'zod'

/**
 * A span of days between a line and an entry. `ENTRY_FIRST` asks that the entry is dated first (money is booked, then moves),
 * `LINE_FIRST` the reverse. Business days are Monday to Friday. `maximum: null` is no limit.
 */
export const dateWindow = z.strictObject({
  minimum: z.int().min(0).max(10_000).default(0),
  maximum: z.int().min(0).max(10_000).nullable(),
  direction: z.enum(['EITHER', 'ENTRY_FIRST', 'LINE_FIRST']).default('EITHER'),
  /** Days allowed against the direction (a value date before the booking, a clerk who books late). */
  against: z.int().min(0).max(10_000).default(0),
  unit: z.enum(['CALENDAR', 'BUSINESS']).default('CALENDAR'),
})
export type DateWindow = z.infer<typeof dateWindow>

/** Whole calendar days, unlimited where null. */
export const days = (
  maximum: number | null,
  direction: DateWindow['direction'] = 'EITHER',
  against = 0,
): DateWindow => ({
  minimum: 0,
  maximum,
  direction,
  against,
  unit: 'CALENDAR',
})
