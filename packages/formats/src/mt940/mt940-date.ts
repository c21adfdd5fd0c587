import { dayNumber, type IsoDate, isIsoDate } from '@recon/core'

/** `YYMMDD` as a date, years 80-99 in the last century; undefined when it is none. */
export function swiftDate(text: string): IsoDate | undefined {
  if (!/^\d{6}$/.test(text)) return undefined
  const date = `${text >= '800000' ? '19' : '20'}${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4, 6)}`
  return isIsoDate(date) ? date : undefined
}

/** An entry date `MMDD` in the year that brings it nearest to the value date: 0102 beside 2026-12-31 is in 2027. */
export function entryDate(monthDay: string, valueDate: IsoDate): IsoDate | undefined {
  const target = dayNumber(valueDate) ?? 0
  const year = Number(valueDate.slice(0, 4))
  let nearest: IsoDate | undefined
  let distance = Number.POSITIVE_INFINITY
  for (const candidate of [year - 1, year, year + 1]) {
    const date = `${candidate}-${monthDay.slice(0, 2)}-${monthDay.slice(2, 4)}`
    const day = dayNumber(date)
    if (day === undefined || Math.abs(day - target) >= distance) continue
    nearest = date
    distance = Math.abs(day - target)
  }
  return nearest
}
