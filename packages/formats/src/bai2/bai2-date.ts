import { type IsoDate, isIsoDate } from '@recon/core'

/** `YYMMDD` as a date, years 80-99 in the last century (the standard is of 1980); undefined when it is none. */
export function bai2Date(text: string): IsoDate | undefined {
  if (text.length !== 6 || !/^\d{6}$/.test(text)) return undefined
  const century = text >= '800000' ? '19' : '20'
  const date = `${century}${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4, 6)}`
  return isIsoDate(date) ? date : undefined
}
