import { currencyExponent, type IsoDate, type IsoInstant, isCurrency, type Money } from '@recon/core'

/** Numbers, amounts, dates and moments as one locale and time zone write them. */
export interface LocalizedFormat {
  /** Digits with the currency's decimals and a real minus sign; no currency. */
  readonly amount: (value: Money, options?: { readonly sign?: boolean }) => string
  /** The amount with its ISO code, for sentences and labels. */
  readonly money: (value: Money) => string
  readonly count: (value: number) => string
  readonly percent: (share: number) => string
  readonly decimal: (value: number) => string
  /** `20 Nov 2026`: never a numeric order a reader could misread. */
  readonly date: (date: IsoDate) => string
  /** `20 Nov` */
  readonly shortDate: (date: IsoDate) => string
  readonly longDate: (date: IsoDate) => string
  /** `1 – 31 October 2026`, as short as the language allows. */
  readonly dateRange: (from: IsoDate, to: IsoDate) => string
  readonly time: (instant: IsoInstant) => string
  readonly moment: (instant: IsoInstant) => string
  /** `3 days ago`, against the clock that is handed in. */
  readonly relative: (instant: IsoInstant, now: number) => string
  /** `2 h`, `3 d`: how long something has been waiting. */
  readonly age: (milliseconds: number) => string
  readonly bytes: (size: number) => string
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

function withMinus(text: string): string {
  return text.replace('-', '\u2212')
}

/** Exact: Intl reads the decimal string, so no amount passes through a float. */
function amountFormat(locale: string): LocalizedFormat['amount'] {
  const formats = new Map<string, Intl.NumberFormat>()
  return (value, options) => {
    const key = `${value.currency}${options?.sign ? '+' : ''}`
    let format = formats.get(key)
    if (format === undefined) {
      const digits = isCurrency(value.currency) ? currencyExponent(value.currency) : 2
      format = new Intl.NumberFormat(locale, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
        signDisplay: options?.sign ? 'exceptZero' : 'auto',
      })
      formats.set(key, format)
    }
    return withMinus(format.format(value.amount as `${number}`))
  }
}

function relativeText(format: Intl.RelativeTimeFormat, elapsed: number): string {
  const size = Math.abs(elapsed)
  const sign = elapsed < 0 ? 1 : -1
  if (size < minute) return format.format(0, 'second')
  if (size < hour) return format.format(sign * Math.floor(size / minute), 'minute')
  if (size < day) return format.format(sign * Math.floor(size / hour), 'hour')
  return format.format(sign * Math.floor(size / day), 'day')
}

export function localizedFormat(locale: string, timeZone: string): LocalizedFormat {
  const amount = amountFormat(locale)
  const utc = 'UTC'
  const dateFormat = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: utc })
  const shortFormat = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: utc })
  const longFormat = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: utc })
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const timeFormat = new Intl.DateTimeFormat(locale, { ...clock, timeZone })
  const momentFormat = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...clock,
    timeZone,
  })
  const relativeFormat = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const countFormat = new Intl.NumberFormat(locale)
  const percentFormat = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const decimalFormat = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
  const unit = (name: string) => new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'narrow' })
  const units = { minute: unit('minute'), hour: unit('hour'), day: unit('day') }
  const megabytes = new Intl.NumberFormat(locale, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 })
  const kilobytes = new Intl.NumberFormat(locale, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 })
  return {
    amount,
    money: (value) => `${amount(value)} ${value.currency}`,
    count: (value) => countFormat.format(value),
    percent: (share) => percentFormat.format(share),
    decimal: (value) => withMinus(decimalFormat.format(value)),
    date: (date) => calendar(dateFormat, date),
    shortDate: (date) => calendar(shortFormat, date),
    longDate: (date) => calendar(longFormat, date),
    dateRange: (from, to) => {
      const start = Date.parse(`${from}T00:00:00Z`)
      const end = Date.parse(`${to}T00:00:00Z`)
      return start <= end ? longFormat.formatRange(start, end) : `${from} – ${to}`
    },
    time: (instant) => moment(timeFormat, instant),
    moment: (instant) => moment(momentFormat, instant),
    relative: (instant, now) => relativeText(relativeFormat, now - Date.parse(instant)),
    age: (milliseconds) => {
      const waited = Math.max(0, milliseconds)
      if (waited < hour) return units.minute.format(Math.floor(waited / minute))
      if (waited < day) return units.hour.format(Math.floor(waited / hour))
      return units.day.format(Math.floor(waited / day))
    },
    bytes: (size) => (size < 1_000_000 ? kilobytes.format(Math.ceil(size / 1000)) : megabytes.format(size / 1_000_000)),
  }
}

function calendar(format: Intl.DateTimeFormat, date: IsoDate): string {
  const at = Date.parse(`${date}T00:00:00Z`)
  return Number.isNaN(at) ? date : format.format(at)
}

function moment(format: Intl.DateTimeFormat, instant: IsoInstant): string {
  const at = Date.parse(instant)
  return Number.isNaN(at) ? instant : format.format(at)
}
