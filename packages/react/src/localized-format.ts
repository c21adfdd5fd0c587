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

/** Made when it is first asked for: a formatter costs more than a row, and most screens need three of them. */
function lazily<Value>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => {
    made ??= make()
    return made
  }
}

const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const dayAndMonth = { day: 'numeric', month: 'short' } as const

function dateFormats(locale: string, timeZone: string) {
  const calendarDay = (options: Intl.DateTimeFormatOptions) =>
    lazily(() => new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }))
  return {
    date: calendarDay({ ...dayAndMonth, year: 'numeric' }),
    short: calendarDay(dayAndMonth),
    long: calendarDay({ day: 'numeric', month: 'long', year: 'numeric' }),
    time: lazily(() => new Intl.DateTimeFormat(locale, { ...clock, timeZone })),
    moment: lazily(() => new Intl.DateTimeFormat(locale, { ...dayAndMonth, year: 'numeric', ...clock, timeZone })),
    relative: lazily(() => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })),
  }
}

function numberFormats(locale: string) {
  const number = (options?: Intl.NumberFormatOptions) => lazily(() => new Intl.NumberFormat(locale, options))
  const unit = (name: string) => number({ style: 'unit', unit: name, unitDisplay: 'narrow' })
  const size = (name: string, digits: number) => number({ style: 'unit', unit: name, maximumFractionDigits: digits })
  return {
    count: number(),
    percent: number({ style: 'percent', maximumFractionDigits: 1 }),
    decimal: number({ maximumFractionDigits: 1 }),
    minutes: unit('minute'),
    hours: unit('hour'),
    days: unit('day'),
    megabytes: size('megabyte', 1),
    kilobytes: size('kilobyte', 0),
  }
}

export function localizedFormat(locale: string, timeZone: string): LocalizedFormat {
  const amount = amountFormat(locale)
  const dates = dateFormats(locale, timeZone)
  const numbers = numberFormats(locale)
  return {
    amount,
    money: (value) => `${amount(value)} ${value.currency}`,
    count: (value) => numbers.count().format(value),
    percent: (share) => numbers.percent().format(share),
    decimal: (value) => withMinus(numbers.decimal().format(value)),
    date: remembered((date) => calendar(dates.date(), date)),
    shortDate: remembered((date) => calendar(dates.short(), date)),
    longDate: (date) => calendar(dates.long(), date),
    dateRange: (from, to) => {
      const start = Date.parse(`${from}T00:00:00Z`)
      const end = Date.parse(`${to}T00:00:00Z`)
      return start <= end ? dates.long().formatRange(start, end) : `${from} – ${to}`
    },
    time: (instant) => moment(dates.time(), instant),
    moment: (instant) => moment(dates.moment(), instant),
    relative: (instant, now) => relativeText(dates.relative(), now - Date.parse(instant)),
    age: (milliseconds) => {
      const waited = Math.max(0, milliseconds)
      if (waited < hour) return numbers.minutes().format(Math.floor(waited / minute))
      if (waited < day) return numbers.hours().format(Math.floor(waited / hour))
      return numbers.days().format(Math.floor(waited / day))
    },
    bytes: (size) =>
      size < 1_000_000
        ? numbers.kilobytes().format(Math.ceil(size / 1000))
        : numbers.megabytes().format(size / 1_000_000),
  }
}

const mostRemembered = 2000

/** A list shows few days many times. */
function remembered(text: (date: IsoDate) => string): (date: IsoDate) => string {
  const known = new Map<string, string>()
  return (date) => {
    let written = known.get(date)
    if (written === undefined) {
      if (known.size >= mostRemembered) known.clear()
      written = text(date)
      known.set(date, written)
    }
    return written
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
