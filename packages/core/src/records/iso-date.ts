import { ReconError } from '../recon-error.ts'

/** A calendar date, `YYYY-MM-DD` (ISO 8601 extended format), years 0001 to 9999. */
export type IsoDate = string
/** A moment, `YYYY-MM-DDTHH:mm:ss[.sss]Z`. */
export type IsoInstant = string

const daysBeforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function digitsAt(text: string, start: number, length: number): number {
  let value = 0
  for (let index = start; index < start + length; index++) {
    const digit = text.charCodeAt(index) - 48
    if (digit < 0 || digit > 9 || Number.isNaN(digit)) return -1
    value = value * 10 + digit
  }
  return value
}

/**
 * The day number of an ISO date (0 = 1970-01-01), or undefined when the text is not a real date.
 * Written without `Date`, which accepts 2026-02-31 as 3 March.
 */
export function dayNumber(date: IsoDate): number | undefined {
  if (date.length !== 10 || date.charCodeAt(4) !== 45 || date.charCodeAt(7) !== 45) return undefined
  const year = digitsAt(date, 0, 4)
  const month = digitsAt(date, 5, 2)
  const day = digitsAt(date, 8, 2)
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined
  const previous = year - 1
  const leapDays = Math.floor(previous / 4) - Math.floor(previous / 100) + Math.floor(previous / 400)
  const dayOfYear = (daysBeforeMonth[month - 1] ?? 0) + day + (month > 2 && isLeapYear(year) ? 1 : 0)
  return previous * 365 + leapDays + dayOfYear - 719163
}

/** The ISO date of a day number (0 = 1970-01-01). */
export function dateOfDayNumber(day: number): IsoDate {
  const iso = new Date(day * 86_400_000).toISOString()
  return iso.slice(0, 10)
}

export function isIsoDate(text: string): boolean {
  return dayNumber(text) !== undefined
}

/**
 * The same text when it is a real calendar date.
 * @throws ReconError DATE_INVALID naming the place.
 */
export function isoDate(text: string, place?: string): IsoDate {
  if (isIsoDate(text)) return text
  throw new ReconError(
    'DATE_INVALID',
    `${place === undefined ? '' : `${place}: `}"${text.slice(0, 40)}" is not a date. Give a real calendar date as YYYY-MM-DD.`,
    place === undefined ? {} : { place },
  )
}

const instantPattern = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?Z$/

export function isIsoInstant(text: string): boolean {
  if (text.length > 30) return false
  const parts = instantPattern.exec(text)
  if (!parts) return false
  return isIsoDate(parts[1] ?? '') && Number(parts[2]) < 24 && Number(parts[3]) < 60 && Number(parts[4]) < 60
}

/** Calendar days from `from` to `to`; negative when `to` is earlier. @throws ReconError DATE_INVALID */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return (dayNumber(isoDate(to)) ?? 0) - (dayNumber(isoDate(from)) ?? 0)
}

/** The date `days` calendar days later. @throws ReconError DATE_INVALID */
export function addDays(date: IsoDate, days: number): IsoDate {
  return dateOfDayNumber((dayNumber(isoDate(date)) ?? 0) + days)
}
